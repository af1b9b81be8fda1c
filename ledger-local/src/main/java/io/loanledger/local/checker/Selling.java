package io.loanledger.local.checker;

import java.math.BigDecimal;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * When the hard threshold is met, how much is sold and what it costs.
 *
 * @param plan TO_TARGET, EVERYTHING or STABILISE
 * @param closeFactor the most of the booked debt that one case repays
 * @param feeBase SOLD_VALUE or DEBT_REPAID, as penaltyBase
 */
record Selling(
        Limit limit,
        String plan,
        Ratio target,
        Ratio closeFactor,
        BigDecimal minimumResidualDebt,
        Ratio fee,
        String feeBase,
        Ratio penalty,
        String penaltyBase,
        Ratio floorDiscount,
        @Nullable Ratio reverse) {
    static final String TO_TARGET = "TO_TARGET";
    static final String EVERYTHING = "EVERYTHING";
    static final String STABILISE = "STABILISE";
    static final String SOLD_VALUE = "SOLD_VALUE";
    static final String DEBT_REPAID = "DEBT_REPAID";

    static Selling read(GenericRecord record) {
        GenericRecord sale = (GenericRecord) record.get("liquidation");
        GenericRecord more = Terms.part(sale, "sale");
        return new Selling(
                Limit.read((GenericRecord) sale.get("threshold")),
                more == null ? TO_TARGET : Terms.text(more, "plan", TO_TARGET),
                Ratio.read((GenericRecord) sale.get("targetLtv")),
                more == null ? Ratio.ONE : Terms.rate(more, "closeFactor", Ratio.ONE),
                new BigDecimal(sale.get("minimumResidualDebt").toString()).stripTrailingZeros(),
                Terms.rate(sale, "feeRate"),
                more == null ? SOLD_VALUE : Terms.text(more, "feeBase", SOLD_VALUE),
                more == null ? Ratio.ZERO : Terms.rate(more, "penaltyRate", Ratio.ZERO),
                more == null ? DEBT_REPAID : Terms.text(more, "penaltyBase", DEBT_REPAID),
                Terms.rate(sale, "floorDiscount"),
                more == null ? null : Terms.rateOrNull(more, "reverseLtv"));
    }

    /** The rates of the charges on a base, together. */
    Ratio rates(String base) {
        Ratio ofFee = feeBase.equals(base) ? fee : Ratio.ZERO;
        return penaltyBase.equals(base) ? ofFee.plus(penalty) : ofFee;
    }
}

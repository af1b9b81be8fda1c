package io.loanledger.local.checker;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.apache.avro.generic.GenericRecord;

/** What evidence in the journal becomes where it leaves the ledger. */
final class WireEvidence {
    private WireEvidence() {}

    private static BigDecimal number(GenericRecord record, String field) {
        return new BigDecimal(record.get(field).toString());
    }

    /** Numerator over denominator is exposure over value: the exposure is rounded up, so that who multiplies it out sees the breach. */
    static String exposure(GenericRecord evidence) {
        GenericRecord stated = (GenericRecord) evidence.get("exposure");
        GenericRecord index = (GenericRecord) evidence.get("index");
        BigDecimal value = number(index, "price").multiply(exactlyCounted(evidence));
        GenericRecord stabilised = Terms.part(evidence, "stabilised");
        if (stabilised != null) {
            value = value.add(number(stabilised, "amount"));
        }
        value = value.add(others(evidence));
        BigDecimal denominator = number(evidence, "denominator");
        GenericRecord debt = Terms.part(evidence, "debt");
        int scale = debt == null
                ? number(stated, "amount").scale()
                : (Integer) ((GenericRecord) debt.get("quote")).get("scale");
        BigDecimal exposure = denominator.signum() == 0
                ? number(stated, "amount")
                : number(evidence, "numerator").multiply(value).divide(denominator, scale, RoundingMode.CEILING);
        return exposure.toPlainString() + " "
                + (debt == null ? stated.get("asset") : ((GenericRecord) debt.get("quote")).get("code"));
    }

    private static BigDecimal others(GenericRecord evidence) {
        return Terms.parts(evidence, "others").stream()
                .map(other -> number(other, "counted").multiply(number(other, "price")))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** What coin of other assets is worth beside, rounded down; "null" without any. */
    static String otherValue(GenericRecord evidence) {
        int scale = number((GenericRecord) evidence.get("exposure"), "amount").scale();
        return Terms.parts(evidence, "others").isEmpty()
                ? "null"
                : others(evidence).setScale(scale, RoundingMode.DOWN).toPlainString();
    }

    private static BigDecimal exactlyCounted(GenericRecord evidence) {
        if (Terms.field(evidence, "counted") != null) {
            return number(evidence, "counted");
        }
        Ratio rest = Ratio.read((GenericRecord) evidence.get("haircut")).rest();
        return number((GenericRecord) evidence.get("collateral"), "amount")
                .multiply(rest.over())
                .divide(rest.under());
    }

    /** Where parts of the coin count less, what counted stands in the coin's place. */
    static String counted(GenericRecord evidence) {
        BigDecimal collateral = number((GenericRecord) evidence.get("collateral"), "amount");
        return Terms.field(evidence, "counted") == null
                ? collateral.toPlainString()
                : number(evidence, "counted")
                        .setScale(collateral.scale(), RoundingMode.DOWN)
                        .toPlainString();
    }
}

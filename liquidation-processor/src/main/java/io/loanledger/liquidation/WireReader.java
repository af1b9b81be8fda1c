package io.loanledger.liquidation;

import io.loanledger.core.liquidation.BookInput;
import io.loanledger.core.liquidation.ExecType;
import io.loanledger.core.liquidation.ExecutionReport;
import io.loanledger.core.liquidation.MarketRules;
import io.loanledger.core.liquidation.OrdStatus;
import io.loanledger.core.liquidation.SaleAmendment;
import io.loanledger.core.liquidation.SaleEvidence;
import io.loanledger.core.liquidation.SaleReason;
import io.loanledger.core.liquidation.SaleRequest;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.money.Threshold;
import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.price.IndexState;
import io.loanledger.events.LiquidationAmended;
import io.loanledger.events.LiquidationRequested;
import io.loanledger.events.OrderCancelReject;
import io.loanledger.events.PriceEvidence;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a book's inputs out of records of the contract, in the market's own units, or says why that cannot be. The enums of both
 * sides have the same names but for UNKNOWN, which the record reader has refused before.
 */
final class WireReader {
    private final MarketRules rules;

    WireReader(MarketRules rules) {
        this.rules = rules;
    }

    Mapped request(LiquidationRequested record) {
        Fields fields = new Fields();
        checkAssets(fields, record.getCollateralAsset(), record.getDebtAsset());
        Quantity reserved = fields.quantity("reservedQuantity", record.getReservedQuantity(), rules.base());
        Quantity lot = fields.quantity("lotSize", record.getLotSize(), rules.base());
        fields.require(lot.isPositive(), "lotSize is not positive");
        BigDecimal floorDiscount = fields.notNegative("floorDiscount", record.getFloorDiscount());
        fields.require(floorDiscount.compareTo(BigDecimal.ONE) < 0, "floorDiscount is not under 1");
        fields.require(!record.getCaseId().isEmpty() && !record.getLoanId().isEmpty(), "a case has an id and a loan");
        SaleEvidence evidence = evidence(fields, record.getEvidence());
        if (fields.problem() != null || evidence == null) {
            return impossible(fields);
        }
        return new Mapped.Input(new BookInput.RequestSale(new SaleRequest(
                record.getCaseId(),
                record.getLoanId(),
                record.getVersion(),
                SaleReason.valueOf(record.getReason().name()),
                reserved,
                lot,
                floorDiscount,
                record.getRequestedAt(),
                evidence)));
    }

    Mapped amendment(LiquidationAmended record) {
        Fields fields = new Fields();
        Quantity reserved = fields.quantity("reservedQuantity", record.getReservedQuantity(), rules.base());
        PriceEvidence given = record.getEvidence();
        SaleEvidence evidence = given == null ? null : evidence(fields, given);
        if (fields.problem() != null) {
            return impossible(fields);
        }
        return new Mapped.Input(new BookInput.AmendSale(
                new SaleAmendment(record.getCaseId(), record.getLoanId(), record.getVersion(), reserved, evidence)));
    }

    private @Nullable SaleEvidence evidence(Fields fields, PriceEvidence record) {
        checkAssets(fields, record.getCollateralAsset(), record.getDebtAsset());
        fields.require(record.getMarket().equals(rules.market()), "evidence is of market " + record.getMarket());
        BigDecimal price = fields.positive("evidence.price", record.getPrice());
        Money exposure = fields.money("evidence.exposure", record.getExposure(), rules.quote());
        Money besides = besides(fields, record);
        Quantity collateral =
                fields.quantity("evidence.collateralQuantity", record.getCollateralQuantity(), rules.base());
        BigDecimal haircut = fields.notNegative("evidence.haircut", record.getHaircut());
        fields.require(haircut.compareTo(BigDecimal.ONE) <= 0, "evidence.haircut is over 1");
        io.loanledger.events.Fraction limit = record.getThreshold().getLtv();
        Fraction ltv = fields.fraction("evidence.threshold", limit.getNumerator(), limit.getDenominator());
        if (fields.problem() != null) {
            return null;
        }
        Threshold.Comparator comparator = Threshold.Comparator.valueOf(
                record.getThreshold().getComparator().name());
        return new SaleEvidence(
                record.getEpoch(),
                record.getSequence(),
                record.getPriceTime(),
                price,
                besides.isZero() ? exposure : beyond(exposure, besides, ltv),
                collateral,
                haircut,
                new Threshold(ltv, comparator));
    }

    /** What counts beside the coin of this market: money, and the value of coin that is sold in others. */
    private Money besides(Fields fields, PriceEvidence record) {
        Money sum = Money.zero(rules.quote());
        if (record.getStabilised() != null) {
            sum = sum.plus(fields.money("evidence.stabilised", record.getStabilised(), rules.quote()));
        }
        if (record.getOtherValue() != null) {
            sum = sum.plus(fields.money("evidence.otherValue", record.getOtherValue(), rules.quote()));
        }
        return sum;
    }

    /**
     * Exposure E over coin V and S beside it meets a limit L where E - L x S over V alone does. Rounded up like the exposure, so that a
     * breach stays one; nothing when what is beside it keeps the limit alone.
     */
    private static Money beyond(Money exposure, Money besides, Fraction limit) {
        BigDecimal over = exposure.amount()
                .multiply(new BigDecimal(limit.denominator()))
                .subtract(besides.amount().multiply(new BigDecimal(limit.numerator())))
                .divide(new BigDecimal(limit.denominator()), exposure.currency().scale(), RoundingMode.CEILING);
        return new Money(over, exposure.currency()).max(Money.zero(exposure.currency()));
    }

    Mapped index(io.loanledger.events.IndexPrice record) {
        Fields fields = new Fields();
        IndexState state = IndexState.valueOf(record.getState().name());
        String text = record.getPrice();
        BigDecimal price = text == null ? null : fields.positive("price", text);
        fields.require(price != null || !state.isOpen(), "an open index has a price");
        if (fields.problem() != null) {
            return impossible(fields);
        }
        // The venues' parts explain a price to people; a sale needs none of them.
        return new Mapped.Input(new BookInput.ObserveIndex(new IndexPrice(
                record.getMarket(),
                record.getEpoch(),
                record.getSequence(),
                record.getPriceTime(),
                price,
                state,
                record.getStateReason(),
                record.getQuorum(),
                List.of())));
    }

    Mapped report(io.loanledger.events.ExecutionReport record) {
        Fields fields = new Fields();
        ExecType type = ExecType.valueOf(record.getExecType().name());
        // Without a fill nothing is counted in money; a desk that is asked about an order it never had knows no
        // currency.
        boolean fill = type == ExecType.TRADE || type == ExecType.TRADE_CORRECT;
        fields.require(
                record.getCurrency().equals(rules.quote().code())
                        || (!fill && record.getCurrency().isBlank()),
                "currency is " + record.getCurrency());
        fields.require(
                !record.getSenderCompId().isEmpty() && !record.getExecId().isEmpty(),
                "senderCompId or execId is empty");
        Quantity cumQty = fields.quantity("cumQty", record.getCumQty(), rules.base());
        Quantity leavesQty = fields.quantity("leavesQty", record.getLeavesQty(), rules.base());
        Quantity lastQty = Quantity.zero(rules.base());
        BigDecimal lastPx = BigDecimal.ZERO;
        BigDecimal commission = BigDecimal.ZERO;
        if (fill) {
            lastQty = fields.quantity("lastQty", record.getLastQty(), rules.base());
            fields.require(lastQty.isPositive(), "a fill of no quantity");
            lastPx = fields.positive("lastPx", record.getLastPx());
            commission = fields.decimal("commission", record.getCommission());
        }
        String execRefId = absentIfBlank(record.getExecRefId());
        boolean reversal = type == ExecType.TRADE_CANCEL || type == ExecType.TRADE_CORRECT;
        fields.require(!reversal || execRefId != null, "a bust or correction without execRefId");
        if (fields.problem() != null) {
            return impossible(fields);
        }
        String original = absentIfBlank(record.getOrigClOrdId());
        return new Mapped.Input(new BookInput.Report(new ExecutionReport(
                record.getSenderCompId(),
                original == null ? record.getClOrdId() : original,
                record.getExecId(),
                reversal ? execRefId : null,
                type,
                OrdStatus.valueOf(record.getOrdStatus().name()),
                lastQty,
                lastPx,
                cumQty,
                leavesQty,
                commission,
                record.getTransactTime())));
    }

    /** Some desks write an empty text where FIX leaves the tag out. */
    private static @Nullable String absentIfBlank(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    Mapped cancelRefused(OrderCancelReject record) {
        return new Mapped.Input(new BookInput.CancelRefused(record.getSenderCompId(), record.getOrigClOrdId()));
    }

    private void checkAssets(Fields fields, String collateral, String debt) {
        fields.require(
                collateral.equals(rules.base().code())
                        && debt.equals(rules.quote().code()),
                rules.market() + " does not sell " + collateral + " for " + debt);
    }

    private static Mapped impossible(Fields fields) {
        return new Mapped.Impossible(String.valueOf(fields.problem()));
    }
}

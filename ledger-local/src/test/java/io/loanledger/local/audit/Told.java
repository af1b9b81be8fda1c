package io.loanledger.local.audit;

import io.loanledger.events.AgreementTerms;
import io.loanledger.events.Allocation;
import io.loanledger.events.AssetDefinition;
import io.loanledger.events.BlockFormed;
import io.loanledger.events.BlockMember;
import io.loanledger.events.ClockStopper;
import io.loanledger.events.DayCount;
import io.loanledger.events.DebtPrice;
import io.loanledger.events.ExecType;
import io.loanledger.events.ExecutionReport;
import io.loanledger.events.ExposureBasis;
import io.loanledger.events.FannedTerms;
import io.loanledger.events.FannedTermsKind;
import io.loanledger.events.Fraction;
import io.loanledger.events.IndexPrice;
import io.loanledger.events.IndexState;
import io.loanledger.events.LiquidationMode;
import io.loanledger.events.LiquidationReason;
import io.loanledger.events.LiquidationRequested;
import io.loanledger.events.LiquidationSettled;
import io.loanledger.events.LiquidationTerms;
import io.loanledger.events.MarginCallTerms;
import io.loanledger.events.OrdStatus;
import io.loanledger.events.OrdType;
import io.loanledger.events.PriceEvidence;
import io.loanledger.events.ProductTerms;
import io.loanledger.events.SellOrder;
import io.loanledger.events.Side;
import io.loanledger.events.Threshold;
import io.loanledger.events.ThresholdComparator;
import io.loanledger.events.TimeInForce;
import java.time.Instant;
import java.util.List;

/**
 * Records of a small sale that is right in every part: 1 BTC backs 8,000.00 USD, the index falls from 10,001.00 to 10,000.00, which is 80 %,
 * and 0.4 BTC are sold in two fills.
 */
public final class Told {

    public static final Instant NOON = Instant.parse("2020-03-12T12:00:00Z");
    public static final String CASE = "loan-1/case/1";
    public static final String ORDER = "order-1";

    private Told() {}

    /** The whole sale. */
    public static PublicHistory sale() {
        var history = new PublicHistory();
        for (int partition = 0; partition < 2; partition++) {
            history.add(price(1, "10001.00"), partition, 0, NOON);
            history.add(price(2, "10000.00"), partition, 1, NOON.plusSeconds(60));
        }
        history.add(request(2, "10000.00", "8000.00"), 0, 0, NOON);
        history.add(block("0.40000000"), 0, 0, NOON);
        history.add(order("0.40000000", 2), 0, 0, NOON);
        history.add(fill("1", "0.10000000", "9900.00", "0.10000000", "0.30000000"), 0, 0, NOON);
        history.add(fill("2", "0.30000000", "9900.00", "0.40000000", "0"), 0, 1, NOON);
        history.add(settled("0.40000000", "3960.00"), 0, 0, NOON);
        return history;
    }

    static IndexPrice price(long sequence, String price) {
        return price("BTC-USD", sequence, price);
    }

    static IndexPrice price(String market, String price) {
        return price(market, 1, price);
    }

    private static IndexPrice price(String market, long sequence, String price) {
        return IndexPrice.newBuilder()
                .setMarket(market)
                .setEpoch(1)
                .setSequence(sequence)
                .setPriceTime(NOON.plusSeconds(60 * (sequence - 1)))
                .setPrice(price)
                .setState(IndexState.LIVE)
                .setStateReason("")
                .setQuorum(3)
                .setSources(List.of())
                .build();
    }

    /** Terms by which the debt of the product has a price of its own. */
    static FannedTerms pricedDebt() {
        var fraction = new Fraction("80", "100");
        var limit = new Threshold(fraction, ThresholdComparator.REACHES);
        return FannedTerms.newBuilder()
                .setEpoch(1)
                .setSequence(1)
                .setKind(FannedTermsKind.PRODUCT_TERMS)
                .setProductTerms(ProductTerms.newBuilder()
                        .setEventId("terms")
                        .setOccurredAt(NOON)
                        .setProducer("test")
                        .setProductId("product")
                        .setVersion(1)
                        .setDebtAsset(new AssetDefinition("USDX", 6, ""))
                        .setOpenLtv(fraction)
                        .setMarginCall(new MarginCallTerms(limit, fraction, 1L, 0L, ClockStopper.DETECTED))
                        .setLiquidation(new LiquidationTerms(limit, fraction, "0", "0", "0.02", null))
                        .setAnnualRate("0")
                        .setDayCount(DayCount.IN_AGREEMENT)
                        .setExposureBasis(ExposureBasis.OUTSTANDING)
                        .setTermDays(0)
                        .setAgreement(AgreementTerms.newBuilder()
                                .setDayCount(DayCount.ACT_365F)
                                .setDebtPrice(new DebtPrice("USDX-USD", new AssetDefinition("USD", 2, ""), false))
                                .build())
                        .build())
                .build();
    }

    static LiquidationRequested request(long sequence, String price, String exposure) {
        return LiquidationRequested.newBuilder()
                .setCaseId(CASE)
                .setLoanId("loan-1")
                .setMarket("BTC-USD")
                .setVersion(1)
                .setReason(LiquidationReason.HARD_LTV)
                .setMode(LiquidationMode.PARTIAL)
                .setReservedQuantity("0.40000000")
                .setCollateralAsset("BTC")
                .setLotSize("0.00010000")
                .setDebtAsset("USD")
                .setFloorDiscount("0.02")
                .setRequestedAt(NOON.plusSeconds(60))
                .setEvidence(PriceEvidence.newBuilder()
                        .setMarket("BTC-USD")
                        .setEpoch(1)
                        .setSequence(sequence)
                        .setPriceTime(NOON.plusSeconds(60))
                        .setPrice(price)
                        .setExposure(exposure)
                        .setDebtAsset("USD")
                        .setCollateralQuantity("1.00000000")
                        .setCollateralAsset("BTC")
                        .setHaircut("0")
                        .setThreshold(Threshold.newBuilder()
                                .setLtv(Fraction.newBuilder()
                                        .setNumerator("80")
                                        .setDenominator("100")
                                        .build())
                                .setComparator(ThresholdComparator.REACHES)
                                .build())
                        .setProductId("product")
                        .setTermsVersion(1)
                        .setSources(List.of())
                        .build())
                .build();
    }

    static BlockFormed block(String quantity) {
        return BlockFormed.newBuilder()
                .setBlockId("block-1")
                .setMarket("BTC-USD")
                .setFormedAt(NOON.plusSeconds(60))
                .setTotalQuantity(quantity)
                .setMembers(List.of(BlockMember.newBuilder()
                        .setCaseId(CASE)
                        .setLoanId("loan-1")
                        .setQuantity(quantity)
                        .build()))
                .setFloorPrice("9800.00")
                .setIndexEpoch(1)
                .setIndexSequence(2)
                .build();
    }

    static SellOrder order(String quantity, long sequence) {
        return SellOrder.newBuilder()
                .setClOrdId(ORDER)
                .setSymbol("BTC-USD")
                .setSide(Side.SELL)
                .setOrderQty(quantity)
                .setOrdType(OrdType.LIMIT)
                .setPrice("9800.00")
                .setCurrency("USD")
                .setTimeInForce(TimeInForce.GOOD_TILL_DATE)
                .setExpireTime(NOON.plusSeconds(240))
                .setTransactTime(NOON.plusSeconds(60))
                .setAllocations(List.of(Allocation.newBuilder()
                        .setAllocAccount(CASE)
                        .setAllocQty(quantity)
                        .build()))
                .setBlockId("block-1")
                .setAttempt(1)
                .setSlice(1)
                .setIndexEpoch(1)
                .setIndexSequence(sequence)
                .build();
    }

    static ExecutionReport fill(String execId, String quantity, String price, String cum, String leaves) {
        return ExecutionReport.newBuilder()
                .setSenderCompId("DESK")
                .setOrderId("desk-1")
                .setExecId(execId)
                .setClOrdId(ORDER)
                .setExecType(ExecType.TRADE)
                .setOrdStatus(leaves.equals("0") ? OrdStatus.FILLED : OrdStatus.PARTIALLY_FILLED)
                .setSymbol("BTC-USD")
                .setSide(Side.SELL)
                .setLastQty(quantity)
                .setLastPx(price)
                .setCumQty(cum)
                .setLeavesQty(leaves)
                .setAvgPx(price)
                .setCommission("1.00")
                .setCurrency("USD")
                .setTransactTime(NOON.plusSeconds(60))
                .build();
    }

    static LiquidationSettled settled(String quantity, String gross) {
        return LiquidationSettled.newBuilder()
                .setCaseId(CASE)
                .setLoanId("loan-1")
                .setLeg(0)
                .setVersion(1)
                .setCumQuantity(quantity)
                .setCumGross(gross)
                .setCumFees("2.00")
                .setFinalSettlement(true)
                .setSettledAt(NOON.plusSeconds(60))
                .build();
    }
}

package io.loanledger.liquidation;

import io.loanledger.events.ExecType;
import io.loanledger.events.ExecutionReport;
import io.loanledger.events.FannedTerms;
import io.loanledger.events.FannedTermsKind;
import io.loanledger.events.Fraction;
import io.loanledger.events.IndexPrice;
import io.loanledger.events.IndexState;
import io.loanledger.events.KillSwitch;
import io.loanledger.events.LiquidationAmended;
import io.loanledger.events.LiquidationMode;
import io.loanledger.events.LiquidationReason;
import io.loanledger.events.LiquidationRequested;
import io.loanledger.events.MarketPause;
import io.loanledger.events.OrdStatus;
import io.loanledger.events.PriceEvidence;
import io.loanledger.events.SellOrder;
import io.loanledger.events.Side;
import io.loanledger.events.Threshold;
import io.loanledger.events.ThresholdComparator;
import io.loanledger.events.topic.TopicCatalogue;
import java.util.List;

/** Records of the contract in few words, piped into a driver. 60,000 USD owed on 1 BTC, to be sold from 80 % on. */
final class WireSamples {
    /** murmur2("BTC-USD") is not in partition 0 of so many. */
    static final int PARTITIONS_WITH_BTC_ELSEWHERE = 4;

    private final ProcessorDriver driver;
    private long sequence;

    WireSamples(ProcessorDriver driver) {
        this.driver = driver;
    }

    void index(String price) {
        driver.pipe(TopicCatalogue.INDEX_PRICES, "BTC-USD", nextIndex(price));
    }

    /** Of now, to be read later. */
    IndexPrice nextIndex(String price) {
        return IndexPrice.newBuilder()
                .setMarket("BTC-USD")
                .setEpoch(1)
                .setSequence(++sequence)
                .setPriceTime(driver.now)
                .setPrice(price)
                .setState(IndexState.LIVE)
                .setStateReason("")
                .setQuorum(3)
                .setSources(List.of())
                .build();
    }

    void request(String caseId, String reserved) {
        driver.pipe(TopicCatalogue.LIQUIDATION_REQUESTS, "BTC-USD", requestIn("BTC-USD", caseId, reserved));
    }

    LiquidationRequested requestIn(String market, String caseId, String reserved) {
        return LiquidationRequested.newBuilder()
                .setCaseId(caseId)
                .setLoanId("loan-" + caseId)
                .setMarket(market)
                .setVersion(1)
                .setReason(LiquidationReason.HARD_LTV)
                .setMode(LiquidationMode.PARTIAL)
                .setReservedQuantity(reserved)
                .setCollateralAsset("BTC")
                .setLotSize("0.0001")
                .setDebtAsset("USD")
                .setFloorDiscount("0.02")
                .setRequestedAt(driver.now)
                .setEvidence(evidence(market))
                .build();
    }

    private PriceEvidence evidence(String market) {
        return PriceEvidence.newBuilder()
                .setMarket(market)
                .setEpoch(1)
                .setSequence(sequence)
                .setPriceTime(driver.now)
                .setPrice("74000.00")
                .setExposure("60000.00")
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
                .setProductId("bitcoin-24h")
                .setTermsVersion(1)
                .setSources(List.of())
                .build();
    }

    void amend(String caseId, int version, String reserved) {
        driver.pipe(
                TopicCatalogue.LIQUIDATION_REQUESTS,
                "BTC-USD",
                LiquidationAmended.newBuilder()
                        .setCaseId(caseId)
                        .setLoanId("loan-" + caseId)
                        .setMarket("BTC-USD")
                        .setVersion(version)
                        .setReservedQuantity(reserved)
                        .setMode(LiquidationMode.PARTIAL)
                        .setReason("measured again")
                        .setAmendedAt(driver.now)
                        .setEvidence(null)
                        .build());
    }

    void trade(SellOrder order, String execId, String quantity, String cumulative, String leaves, String fee) {
        driver.pipe(
                TopicCatalogue.EXECUTIONS,
                "BTC-USD",
                fill(order.getClOrdId(), execId, quantity, cumulative, leaves, fee));
    }

    ExecutionReport fill(String orderId, String execId, String quantity, String cumulative, String leaves, String fee) {
        return ExecutionReport.newBuilder(report(orderId, ExecType.TRADE, OrdStatus.PARTIALLY_FILLED))
                .setExecId(execId)
                .setLastQty(quantity)
                .setLastPx("74000.00")
                .setCumQty(cumulative)
                .setLeavesQty(leaves)
                .setCommission(fee)
                .build();
    }

    ExecutionReport report(String orderId, ExecType type, OrdStatus status) {
        return ExecutionReport.newBuilder()
                .setSenderCompId("DESK")
                .setOrderId("desk-1")
                .setExecId("E0")
                .setExecRefId(null)
                .setClOrdId(orderId)
                .setOrigClOrdId(null)
                .setExecType(type)
                .setOrdStatus(status)
                .setSymbol("BTC-USD")
                .setSide(Side.SELL)
                .setLastQty("0")
                .setLastPx("0")
                .setCumQty("0")
                .setLeavesQty("1")
                .setAvgPx("0")
                .setCommission("0")
                .setCurrency("USD")
                .setTransactTime(driver.now)
                .setText(null)
                .build();
    }

    void kill(long number, boolean engaged) {
        driver.pipe(
                TopicCatalogue.TERMS_FANNED,
                "kill-switch",
                fanned(number, FannedTermsKind.KILL_SWITCH)
                        .setKillSwitch(KillSwitch.newBuilder()
                                .setEventId("k" + number)
                                .setOccurredAt(driver.now)
                                .setProducer("risk")
                                .setEngaged(engaged)
                                .setReason("test")
                                .build())
                        .build());
    }

    void pause(long number, String market, boolean paused) {
        driver.pipe(
                TopicCatalogue.TERMS_FANNED,
                market,
                fanned(number, FannedTermsKind.MARKET_PAUSE)
                        .setMarketPause(MarketPause.newBuilder()
                                .setEventId("p" + number)
                                .setOccurredAt(driver.now)
                                .setProducer("risk")
                                .setMarket(market)
                                .setPaused(paused)
                                .setReason("test")
                                .build())
                        .build());
    }

    private static FannedTerms.Builder fanned(long number, FannedTermsKind kind) {
        return FannedTerms.newBuilder()
                .setEpoch(1)
                .setSequence(number)
                .setKind(kind)
                .setProductTerms(null)
                .setMarketPause(null)
                .setKillSwitch(null);
    }
}

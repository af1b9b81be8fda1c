package io.loanledger.streams.wire;

import static io.loanledger.events.topic.TopicCatalogue.CLAIM_REQUESTS;
import static io.loanledger.events.topic.TopicCatalogue.CUSTODY_INSTRUCTIONS;
import static io.loanledger.events.topic.TopicCatalogue.LIQUIDATION_REQUESTS;
import static io.loanledger.events.topic.TopicCatalogue.MARGIN_CALLS;
import static io.loanledger.events.topic.TopicCatalogue.PAYMENT_INSTRUCTIONS;
import static io.loanledger.events.topic.TopicCatalogue.REJECTIONS;
import static io.loanledger.streams.wire.SampleLoan.coin;
import static io.loanledger.streams.wire.SampleLoan.money;
import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.loan.Allocation;
import io.loanledger.core.loan.CaseReason;
import io.loanledger.core.loan.CureKind;
import io.loanledger.core.loan.DisputeOutcome;
import io.loanledger.core.loan.Draws;
import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanEvent;
import io.loanledger.core.loan.Pledge;
import io.loanledger.core.loan.PriceEvidence;
import io.loanledger.core.loan.Refusal;
import io.loanledger.core.loan.SaleMode;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Threshold;
import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.price.IndexSource;
import io.loanledger.core.price.IndexState;
import io.loanledger.core.terms.ExposureBasis;
import io.loanledger.events.BuyBack;
import io.loanledger.events.CancelDisbursement;
import io.loanledger.events.ClaimRequested;
import io.loanledger.events.ClaimWithdrawn;
import io.loanledger.events.DeliverCollateral;
import io.loanledger.events.Disburse;
import io.loanledger.events.IndexSourceStatus;
import io.loanledger.events.LiquidationAmended;
import io.loanledger.events.LiquidationMode;
import io.loanledger.events.LiquidationReason;
import io.loanledger.events.LiquidationRequested;
import io.loanledger.events.MarginCallAccelerated;
import io.loanledger.events.MarginCallCancelled;
import io.loanledger.events.MarginCallCured;
import io.loanledger.events.MarginCallDisputeClosed;
import io.loanledger.events.MarginCallDisputeOpened;
import io.loanledger.events.MarginCallExpired;
import io.loanledger.events.MarginCallIssued;
import io.loanledger.events.MarginNoticeIssued;
import io.loanledger.events.PaySurplus;
import io.loanledger.events.Rejection;
import io.loanledger.events.ReleaseCollateral;
import io.loanledger.events.ThresholdComparator;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OutputMappingTest {
    private static final Instant NOW = Instant.parse("2020-03-12T12:00:05Z");
    private static final Instant PRICED = Instant.parse("2020-03-12T12:00:00Z");
    private static final Instant DEADLINE = Instant.parse("2020-03-13T12:00:00Z");
    private static final Loan LOAN = SampleLoan.inLiquidation();
    private static final String PROOF = LOAN.pledges().getFirst().proof();
    private static final Allocation NOTHING = Allocation.none(RandomCore.USD);
    private static final LocalDate DAY = LocalDate.parse("2020-03-12");

    private static final PriceEvidence EVIDENCE = new PriceEvidence(
            new IndexPrice(
                    "BTC-USD",
                    4,
                    17,
                    PRICED,
                    new BigDecimal("7934.57"),
                    IndexState.LIVE,
                    "",
                    3,
                    List.of(
                            new IndexSource("alpha", new BigDecimal("7934.00"), IndexSource.Status.USED, PRICED),
                            new IndexSource("beta", new BigDecimal("7990.00"), IndexSource.Status.CLAMPED, PRICED),
                            new IndexSource("gamma", new BigDecimal("9000.00"), IndexSource.Status.OUTLIER, PRICED),
                            new IndexSource("delta", null, IndexSource.Status.UNCONVERTED, PRICED),
                            new IndexSource("silent", null, IndexSource.Status.AGED, null))),
            money("27000.00"),
            coin("4.25000000"),
            Fraction.of(5, 100),
            Threshold.reaches(Fraction.percent(80)),
            new BigDecimal(
                    "27000.004"), // said as 27,000.01: rounded to the nearest cent it would not be over 27,000.00
            new BigDecimal("32035.826375"),
            "btc-24h",
            3,
            ExposureBasis.TOTAL_OBLIGATION,
            LocalDate.parse("2021-03-01"),
            null,
            null,
            List.of(),
            null,
            null);

    private static final io.loanledger.events.PriceEvidence EVIDENCE_RECORD =
            io.loanledger.events.PriceEvidence.newBuilder()
                    .setMarket("BTC-USD")
                    .setEpoch(4)
                    .setSequence(17)
                    .setPriceTime(PRICED)
                    .setPrice("7934.57")
                    .setExposure("27000.01")
                    .setDebtAsset("USD")
                    .setCollateralQuantity("4.25000000")
                    .setCollateralAsset("BTC")
                    .setHaircut("0.05")
                    .setThreshold(new io.loanledger.events.Threshold(
                            new io.loanledger.events.Fraction("80", "100"), ThresholdComparator.REACHES))
                    .setProductId("btc-24h")
                    .setTermsVersion(3)
                    .setSources(List.of(
                            new io.loanledger.events.IndexSource(
                                    "alpha", "7934.00", "0.500000", IndexSourceStatus.USED, PRICED),
                            new io.loanledger.events.IndexSource(
                                    "beta", "7990.00", "0.500000", IndexSourceStatus.CLAMPED, PRICED),
                            new io.loanledger.events.IndexSource(
                                    "gamma", "9000.00", "0", IndexSourceStatus.OUTLIER, PRICED),
                            new io.loanledger.events.IndexSource(
                                    "delta", null, "0", IndexSourceStatus.UNCONVERTED, PRICED)))
                    .setExposureBasis(io.loanledger.events.ExposureBasis.TOTAL_OBLIGATION)
                    .setMaturity(LocalDate.parse("2021-03-01"))
                    .build();

    private static LoanEvent.SaleSettled sale(String sold) {
        return new LoanEvent.SaleSettled(
                "loan-1/case/2", coin(sold), money("1.00"), money("0.10"), money("0.01"), NOTHING, DAY);
    }

    static Stream<Arguments> everyEventThatIsTold() {
        return Stream.of(
                Arguments.of(
                        new LoanEvent.CollateralLocked(PROOF, new BigDecimal("1"), "BTC", PRICED),
                        new Outbound(CLAIM_REQUESTS, PROOF, new ClaimRequested(PROOF, "loan-1", NOW))),
                Arguments.of(
                        new LoanEvent.CollateralLockReverted(PROOF, coin("1"), coin("0"), "reorganised", NOW),
                        new Outbound(CLAIM_REQUESTS, PROOF, new ClaimWithdrawn(PROOF, "loan-1", NOW, "reorganised"))),
                Arguments.of(
                        new LoanEvent.PendingLockReverted(PROOF, "reorganised", NOW),
                        new Outbound(CLAIM_REQUESTS, PROOF, new ClaimWithdrawn(PROOF, "loan-1", NOW, "reorganised"))),
                Arguments.of(
                        new LoanEvent.CollateralReleaseInstructed("loan-1/release/2", coin("0.5"), "REPAID"),
                        new Outbound(
                                CUSTODY_INSTRUCTIONS,
                                "loan-1",
                                new ReleaseCollateral(
                                        "loan-1/release/2", "loan-1", "BTC", "0.50000000", "REPAID", NOW))),
                Arguments.of(
                        new LoanEvent.ReconversionInstructed("loan-1/reconversion/9", money("54999.90"), EVIDENCE),
                        new Outbound(
                                CUSTODY_INSTRUCTIONS,
                                "loan-1",
                                new BuyBack("loan-1/reconversion/9", "loan-1", "BTC", "54999.90", "USD", NOW))),
                Arguments.of(
                        new LoanEvent.PledgeReturnInstructed(
                                "loan-1/return/p",
                                "p",
                                new BigDecimal("0.5"),
                                "ETH",
                                "the terms do not take this coin"),
                        new Outbound(
                                CUSTODY_INSTRUCTIONS,
                                "loan-1",
                                new ReleaseCollateral(
                                        "loan-1/return/p",
                                        "loan-1",
                                        "ETH",
                                        "0.5",
                                        "the terms do not take this coin",
                                        NOW))),
                Arguments.of(
                        new LoanEvent.LoanIssued("loan-1/disbursement", money("20000"), EVIDENCE),
                        new Outbound(
                                PAYMENT_INSTRUCTIONS,
                                "loan-1",
                                new Disburse("loan-1/disbursement", "loan-1", "20000.00", "USD", NOW))),
                Arguments.of(
                        new LoanEvent.DrawdownInstructed("loan-1/disbursement/2", money("5000"), money("50"), EVIDENCE),
                        new Outbound(
                                PAYMENT_INSTRUCTIONS,
                                "loan-1",
                                new Disburse("loan-1/disbursement/2", "loan-1", "4950.00", "USD", NOW))),
                Arguments.of(
                        new LoanEvent.DisbursementCancelInstructed("loan-1/cancel", "loan-1/disbursement", "BREACHED"),
                        new Outbound(
                                PAYMENT_INSTRUCTIONS,
                                "loan-1",
                                new CancelDisbursement(
                                        "loan-1/cancel", "loan-1", "loan-1/disbursement", "BREACHED", NOW))),
                Arguments.of(
                        new LoanEvent.SurplusPayoutInstructed("loan-1/payout/1", money("3")),
                        new Outbound(
                                PAYMENT_INSTRUCTIONS,
                                "loan-1",
                                new PaySurplus("loan-1/payout/1", "loan-1", "3.00", "USD", NOW))),
                Arguments.of(
                        new LoanEvent.MarginCallIssued(
                                "loan-1/call/2",
                                PRICED,
                                DEADLINE,
                                DEADLINE.plusSeconds(300),
                                EVIDENCE,
                                coin("0.7"),
                                money("4200"),
                                1),
                        new Outbound(
                                MARGIN_CALLS,
                                "loan-1",
                                new MarginCallIssued(
                                        "loan-1",
                                        "loan-1/call/2",
                                        PRICED,
                                        DEADLINE,
                                        EVIDENCE_RECORD,
                                        new io.loanledger.events.Fraction("60", "100"),
                                        "0.70000000",
                                        "BTC",
                                        "4200.00",
                                        "USD",
                                        1))),
                Arguments.of(
                        new LoanEvent.MarginCallAccelerated(
                                "loan-1/call/2",
                                1,
                                DEADLINE,
                                DEADLINE.plusSeconds(300),
                                EVIDENCE,
                                coin("0.7"),
                                money("4200")),
                        new Outbound(
                                MARGIN_CALLS,
                                "loan-1",
                                new MarginCallAccelerated(
                                        "loan-1",
                                        "loan-1/call/2",
                                        1,
                                        NOW,
                                        DEADLINE,
                                        EVIDENCE_RECORD,
                                        new io.loanledger.events.Fraction("60", "100"),
                                        "0.70000000",
                                        "BTC",
                                        "4200.00",
                                        "USD"))),
                Arguments.of(
                        new LoanEvent.MarginNoticeIssued(2, EVIDENCE),
                        new Outbound(
                                MARGIN_CALLS, "loan-1", new MarginNoticeIssued("loan-1", 2, NOW, EVIDENCE_RECORD))),
                Arguments.of(
                        new LoanEvent.MarginCallDisputed("loan-1/call/1", PRICED, DEADLINE, "paid"),
                        new Outbound(
                                MARGIN_CALLS,
                                "loan-1",
                                new MarginCallDisputeOpened("loan-1", "loan-1/call/1", PRICED, DEADLINE, "paid"))),
                Arguments.of(
                        new LoanEvent.MarginCallDisputeClosed(
                                "loan-1/call/1",
                                DisputeOutcome.UPHELD,
                                PRICED,
                                DEADLINE,
                                DEADLINE.plusSeconds(300),
                                "so it is"),
                        new Outbound(
                                MARGIN_CALLS,
                                "loan-1",
                                new MarginCallDisputeClosed(
                                        "loan-1",
                                        "loan-1/call/1",
                                        io.loanledger.events.DisputeOutcome.UPHELD,
                                        PRICED,
                                        DEADLINE,
                                        "so it is"))),
                Arguments.of(
                        new LoanEvent.MarginCallCured("loan-1/call/1", CureKind.TOP_UP, PRICED, EVIDENCE),
                        new Outbound(
                                MARGIN_CALLS,
                                "loan-1",
                                new MarginCallCured(
                                        "loan-1", "loan-1/call/1", PRICED, io.loanledger.events.CureKind.TOP_UP))),
                Arguments.of(
                        new LoanEvent.MarginCallCancelled("loan-1/call/1", "PRE_EMPTED"),
                        new Outbound(
                                MARGIN_CALLS,
                                "loan-1",
                                new MarginCallCancelled("loan-1", "loan-1/call/1", NOW, "PRE_EMPTED"))),
                Arguments.of(
                        new LoanEvent.MarginCallExpired("loan-1/call/1", DEADLINE, NOW),
                        new Outbound(
                                MARGIN_CALLS,
                                "loan-1",
                                new MarginCallExpired("loan-1", "loan-1/call/1", DEADLINE, NOW))),
                Arguments.of(
                        new LoanEvent.LiquidationRequested(
                                "loan-1/case/3",
                                CaseReason.HARD_LTV,
                                SaleMode.PARTIAL,
                                coin("1.5"),
                                coin("0.0001"),
                                EVIDENCE,
                                null,
                                0),
                        new Outbound(
                                LIQUIDATION_REQUESTS,
                                "BTC-USD",
                                new LiquidationRequested(
                                        "loan-1/case/3",
                                        "loan-1",
                                        "BTC-USD",
                                        1,
                                        LiquidationReason.HARD_LTV,
                                        LiquidationMode.PARTIAL,
                                        "1.50000000",
                                        "BTC",
                                        "0.00010000",
                                        "USD",
                                        "0.02",
                                        PRICED,
                                        EVIDENCE_RECORD))),
                Arguments.of(
                        new LoanEvent.LiquidationAmended(
                                "loan-1/case/2", 3, SaleMode.FULL, coin("4.25"), "DEEPER", EVIDENCE),
                        new Outbound(
                                LIQUIDATION_REQUESTS,
                                "BTC-USD",
                                new LiquidationAmended(
                                        "loan-1/case/2",
                                        "loan-1",
                                        "BTC-USD",
                                        3,
                                        "4.25000000",
                                        LiquidationMode.FULL,
                                        "DEEPER",
                                        NOW,
                                        EVIDENCE_RECORD))),
                Arguments.of(
                        sale("0.25"),
                        new Outbound(
                                CUSTODY_INSTRUCTIONS,
                                "loan-1",
                                new DeliverCollateral(
                                        "loan-1/delivery/17",
                                        "loan-1",
                                        "loan-1/case/2",
                                        "BTC",
                                        "0.25000000",
                                        "",
                                        NOW))));
    }

    @ParameterizedTest
    @MethodSource("everyEventThatIsTold")
    void tellsTheOneWhoHasToAct(LoanEvent event, Outbound expected) {
        assertThat(OutputMapping.of(event, LOAN, LOAN, NOW)).containsExactly(expected);
        assertThat(expected.topic().carries(expected.value().getClass())).isTrue();
    }

    /** Outside, the answer that upheld the dispute was the last word of it. */
    @Test
    void tellsNothingMoreOfAWithdrawnCall() {
        LoanEvent gone =
                new LoanEvent.MarginCallCancelled("loan-1/call/1", LoanEvent.MarginCallCancelled.AFTER_WITHDRAWAL);

        assertThat(OutputMapping.of(gone, LOAN, LOAN, NOW)).isEmpty();
    }

    @Test
    void tellsNothingOfAllOtherEvents() throws Exception {
        Set<Class<?>> told = new HashSet<>();
        everyEventThatIsTold().forEach(row -> told.add(row.get()[0].getClass()));
        for (Class<?> type : LoanEvent.class.getPermittedSubclasses()) {
            if (!told.contains(type)) {
                assertThat(OutputMapping.of(new RandomCore(1).event(type), LOAN, LOAN, NOW))
                        .as(type.getSimpleName())
                        .isEmpty();
            }
        }
        assertThat(told).isSubsetOf(Arrays.asList(LoanEvent.class.getPermittedSubclasses()));
    }

    @Test
    void deliversNothingWhenASaleIsTakenBack() {
        assertThat(OutputMapping.of(sale("-0.25"), LOAN, LOAN, NOW)).isEmpty();
        assertThat(OutputMapping.of(sale("0"), LOAN, LOAN, NOW)).isEmpty();
    }

    @Test
    void givesNoClaimBackForCoinThatWasOnlyDetected() {
        Loan detected = new Loan(
                "loan-9",
                2,
                LOAN.status(),
                false,
                null,
                null,
                null,
                null,
                List.of(new Pledge("p", BigDecimal.ONE, "BTC", PRICED, null, Pledge.Stage.REVERTED)),
                null,
                null,
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                LOAN.counters(),
                LOAN.memory(),
                LOAN.reconciliation(),
                null,
                LOAN.servicing(),
                0,
                Draws.NONE);

        assertThat(OutputMapping.of(new LoanEvent.PendingLockReverted("p", "gone", NOW), detected, detected, NOW))
                .isEmpty();
    }

    @Test
    void tellsAnAmendmentWithoutAPriceAsOne() {
        List<Outbound> told = OutputMapping.of(
                new LoanEvent.LiquidationAmended("c", 2, SaleMode.PARTIAL, coin("1"), "FROZEN", null), LOAN, LOAN, NOW);

        assertThat(((LiquidationAmended) told.getFirst().value()).getEvidence()).isNull();
    }

    @Test
    void writesARateWithoutAnEndHalfEvenAtEighteenPlaces() {
        assertThat(WireText.rateRoundedHalfEven(Fraction.of(2, 3))).isEqualTo("0.666666666666666667");
        assertThat(WireText.rateRoundedHalfEven(Fraction.of(99, 10_000))).isEqualTo("0.0099");
        assertThat(WireText.rateRoundedHalfEven(Fraction.of(3, 6))).isEqualTo("0.5");
        assertThat(WireText.rateRoundedHalfEven(Fraction.ZERO)).isEqualTo("0");
    }

    @Test
    void answersWhatItRefuses() {
        Cause cause = new Cause("payments.movements.v1", 3, 99, "e-1", 7, PRICED);

        assertThat(OutputMapping.rejection("loan-1", Refusal.WRONG_ASSET, "EUR", "RepaymentReceived", cause, NOW))
                .isEqualTo(new Outbound(
                        REJECTIONS,
                        "loan-1",
                        new Rejection(
                                "loan-1",
                                "WRONG_ASSET",
                                "EUR",
                                "RepaymentReceived",
                                "payments.movements.v1",
                                3,
                                99L,
                                "e-1",
                                NOW)));
    }
}

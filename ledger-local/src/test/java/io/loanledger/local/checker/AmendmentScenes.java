package io.loanledger.local.checker;

import static io.loanledger.local.checker.SceneTerms.fraction;

import io.loanledger.events.AgreementTerms;
import io.loanledger.events.CollateralReleaseRequested;
import io.loanledger.events.DayCount;
import io.loanledger.events.DisbursementConfirmed;
import io.loanledger.events.DisbursementFailed;
import io.loanledger.events.DisbursementReturned;
import io.loanledger.events.DrawdownRequested;
import io.loanledger.events.LineTerms;
import io.loanledger.events.LoanCancelled;
import io.loanledger.events.LoanRequested;
import io.loanledger.events.OriginationTerms;
import io.loanledger.events.PrepaymentTerms;
import io.loanledger.events.ProductTerms;
import io.loanledger.events.TermsAmended;
import io.loanledger.events.WaterfallTerms;
import io.loanledger.events.topic.TopicCatalogue;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Paid before its day; extended and rolled over; drawn in parts; coin for coin. */
final class AmendmentScenes {
    private AmendmentScenes() {}

    private static ProductTerms.Builder terms(AgreementTerms.Builder agreement) {
        return SceneTerms.product()
                .setDayCount(DayCount.IN_AGREEMENT)
                .setAgreement(agreement.setDayCount(DayCount.ACT_365F).build());
    }

    private static void days(RecordedLedger ledger, int days, String price) {
        ledger.priceAfter(Duration.ofDays(days).toSeconds(), price);
    }

    private static WaterfallTerms inOrder() {
        return new WaterfallTerms(
                List.of(io.loanledger.events.DebtComponent.values()).subList(0, 5), false, true);
    }

    static Scene prepaid() {
        return new Scene(
                "paid before its day",
                () -> terms(AgreementTerms.newBuilder()
                                .setWaterfall(inOrder())
                                .setPrepayment(new PrepaymentTerms(fraction("2/100"), 200)))
                        .build(),
                ledger -> {
                    ledger.active("L1");
                    days(ledger, 32, "10000");
                    ledger.repaid("p1", "L1", "1000.00");
                    ledger.repaid("p2", "L1", "333.33", ledger.now.minus(Duration.ofDays(2)));
                    days(ledger, 5, "10000");
                    ledger.reversed("p1", "L1", "1000.00");
                    ledger.priceAfter(1, "6500");
                    ledger.repaid("p3", "L1", "200.00"); // called: free
                    ledger.priceAfter(1, "10000");
                    days(ledger, 170, "10000");
                    ledger.repaid("p4", "L1", "9000.00");
                    ledger.reversed("p2", "L1", "333.33");
                    ledger.active("L2");
                    days(ledger, 10, "10000");
                    ledger.repaid("q1", "L2", "9000.00");
                },
                List.of("RepaymentApplied", "RepaymentReversed", "MarginCallIssued", "LoanRepaid"),
                List.of(
                        Forgeries.altered("a fee a cent too high", "RepaymentApplied", "fee/amount", "19.62"),
                        Forgeries.altered("a fee that was kept", "RepaymentReversed", "fee", null)));
    }

    // --- other terms -------------------------------------------------------------------------------------------------

    static void amend(RecordedLedger ledger, String loanId, int version, @Nullable Integer inDays, String fee) {
        LocalDate maturity = inDays == null
                ? null
                : LocalDate.ofInstant(ledger.now, ZoneOffset.UTC).plusDays(inDays);
        ledger.send(
                TopicCatalogue.LOANS,
                loanId,
                new TermsAmended(
                        ledger.nextId(),
                        ledger.now,
                        "test",
                        loanId,
                        RecordedLedger.PRODUCT,
                        version,
                        maturity,
                        fee,
                        "USD",
                        "as agreed"));
    }

    static Scene amended() {
        return new Scene(
                "extended and rolled over",
                () -> SceneTerms.plain("0.12"),
                ledger -> {
                    ledger.active("L1");
                    days(ledger, 20, "10000");
                    ledger.repaid("p1", "L1", "100.00");
                    days(ledger, 80, "10000");
                    amend(ledger, "L1", 1, 400, "10.00");
                    amend(ledger, "L1", 1, 300, "10.00");
                    amend(ledger, "L1", 2, null, "0");
                    ledger.terms(SceneTerms.product()
                            .setEventId("terms-2")
                            .setVersion(2)
                            .setAnnualRate("0.08")
                            .setTermDays(30)
                            .build());
                    days(ledger, 10, "10000");
                    ledger.priceAfter(1, "7300");
                    amend(ledger, "L1", 2, null, "600.00");
                    ledger.priceAfter(1, "10000");
                    amend(ledger, "L1", 2, null, "1.00");
                    days(ledger, 10, "10000");
                    ledger.repaid("p2", "L1", "50.00", ledger.now.minus(Duration.ofDays(15)));
                    ledger.reversed("p1", "L1", "100.00");
                    days(ledger, 31, "10000");
                    ledger.priceAfter(1, "6900");
                    amend(ledger, "L1", 2, 90, "0");
                    ledger.priceAfter(1, "10000");
                    ledger.repaid("p3", "L1", "9000.00");
                },
                List.of("LoanAmended", "ChargePosted", "InterestPosted", "LoanRepaid"),
                List.of(
                        Forgeries.altered("a maturity a day earlier", "LoanAmended", "maturity", 1),
                        Forgeries.altered("from another day on", "LoanAmended", "on", 1),
                        Forgeries.goneFrom(
                                "an extension without an effect", "L1", "ChargePosted", Check.INPUT_HAS_ONE_EFFECT),
                        Forgeries.rejected("what does not fit, called unknown", "TERMS_MISFIT", "TERMS_UNKNOWN"),
                        Forgeries.rejected("too dear, called a misfit", "LTV_TOO_HIGH", "TERMS_MISFIT")));
    }

    // --- a line ------------------------------------------------------------------------------------------------------

    private static void request(RecordedLedger ledger, String loanId) {
        ledger.send(
                TopicCatalogue.LOANS,
                loanId,
                LoanRequested.newBuilder()
                        .setEventId(ledger.nextId())
                        .setOccurredAt(ledger.now)
                        .setProducer("test")
                        .setLoanId(loanId)
                        .setBorrowerId("alice")
                        .setProductId(RecordedLedger.PRODUCT)
                        .setPrincipal("4000.00")
                        .setFirstDraw("1000.00")
                        .setDebtAsset("USD")
                        .setCollateralAsset("BTC")
                        .build());
        ledger.locked(loanId, "coin-of-" + loanId, "1.00000000");
        ledger.disbursed(loanId, "1000.00");
    }

    private static void draw(RecordedLedger ledger, String loanId, String amount) {
        ledger.send(
                TopicCatalogue.LOANS,
                loanId,
                new DrawdownRequested(ledger.nextId(), ledger.now, "test", loanId, amount, "USD"));
    }

    private static void confirm(RecordedLedger ledger, String loanId, int number, String amount, int daysAgo) {
        ledger.send(
                TopicCatalogue.MOVEMENTS,
                loanId,
                new DisbursementConfirmed(
                        ledger.nextId(),
                        ledger.now.minus(Duration.ofDays(daysAgo)),
                        "test",
                        loanId,
                        loanId + "/disbursement/" + number,
                        amount,
                        "USD"));
    }

    private static void play(RecordedLedger ledger) {
        request(ledger, "L1");
        request(ledger, "L2");
        days(ledger, 3, "10000");
        draw(ledger, "L1", "2000.00");
        confirm(ledger, "L1", 2, "1975.00", 1);
        draw(ledger, "L1", "1500.00");
        draw(ledger, "L1", "50.00");
        draw(ledger, "L1", "1000.00");
        ledger.priceAfter(1, "5500");
        ledger.send(
                TopicCatalogue.MOVEMENTS,
                "L1",
                new DisbursementFailed(ledger.nextId(), ledger.now, "test", "L1", "L1/disbursement/3", "stopped"));
        ledger.priceAfter(1, "5600");
        draw(ledger, "L1", "900.00");
        ledger.priceAfter(1, "10000");
        days(ledger, 31, "10000");
        ledger.repaid("p1", "L1", "3900.00");
        draw(ledger, "L1", "500.00");
        confirm(ledger, "L1", 4, "490.00", 0);
        days(ledger, 31, "10000");
        ledger.send(
                TopicCatalogue.MOVEMENTS,
                "L1",
                new DisbursementReturned(
                        ledger.nextId(), ledger.now, "test", "L1", "L1/disbursement/4", "490.00", "USD", "sent back"));
        draw(ledger, "L1", "600.00");
        ledger.send(
                TopicCatalogue.LOANS, "L1", new LoanCancelled(ledger.nextId(), ledger.now, "test", "L1", "no more"));
        confirm(ledger, "L1", 5, "589.00", 0);
        ledger.repaid("p2", "L1", "4000.00");
        days(ledger, 300, "10000");
        days(ledger, 1, "10000");
    }

    static Scene line() {
        return new Scene(
                "a line in several draws",
                () -> terms(AgreementTerms.newBuilder()
                                .setLine(
                                        new LineTerms(true, "100.00", new OriginationTerms("5.00", fraction("1/100")))))
                        .build(),
                AmendmentScenes::play,
                List.of(
                        "DrawdownInstructed",
                        "DisbursementConfirmed",
                        "DisbursementCancelInstructed",
                        "DisbursementFailed",
                        "DisbursementReturned",
                        "CommitmentEnded",
                        "LoanRepaid"),
                List.of(
                        Forgeries.altered("a fee that was not kept", "DrawdownInstructed", "fee/amount", "24.00"),
                        Forgeries.altered(
                                "a draw that counted for nothing", "DrawdownInstructed", "evidence/numerator", "1"),
                        Forgeries.goneFrom(
                                "a draw that nobody stopped",
                                "L1",
                                "DisbursementCancelInstructed",
                                Check.BREACH_IMPLIES_ACTION),
                        Forgeries.goneFrom("a commitment without an end", "L2", "CommitmentEnded", Check.DEADLINE_ACTS),
                        Forgeries.rejected("too much drawn, called too little", "ABOVE_COMMITMENT", "DRAW_TOO_SMALL"),
                        new Forgery(
                                "all of a draw paid out",
                                Check.PUBLIC_RECORD_ONCE,
                                forger -> forger.alter(
                                        Topics.PAYMENT_INSTRUCTIONS,
                                        told -> told.get("instructionId")
                                                .toString()
                                                .equals("L1/disbursement/2"),
                                        told -> told.put("amount", "2000.00")))));
    }

    // --- coin for coin -----------------------------------------------------------------------------------------------

    private static void exchange(RecordedLedger ledger, String loanId, String quantity, String proof) {
        ledger.send(
                TopicCatalogue.LOANS,
                loanId,
                new CollateralReleaseRequested(
                        ledger.nextId(), ledger.now, "test", loanId, "BTC", quantity, RecordedLedger.proof(proof)));
    }

    static Scene exchanged() {
        return new Scene(
                "coin for coin",
                () -> terms(AgreementTerms.newBuilder().setSubstitution(true)).build(),
                ledger -> {
                    List.of("L1", "L2", "L3").forEach(ledger::active);
                    ledger.priceAfter(1, "7500");
                    ledger.locked("L1", "new-coin-of-L1", "0.50000000");
                    exchange(ledger, "L1", "0.50000001", "new-coin-of-L1");
                    exchange(ledger, "L1", "0.50000000", "coin-of-L1");
                    exchange(ledger, "L1", "0.50000000", "new-coin-of-L1");
                    exchange(ledger, "L1", "0.10000000", "new-coin-of-L1");
                    ledger.priceAfter(1, "7100");
                    ledger.locked("L2", "new-coin-of-L2", "0.50000000");
                    exchange(ledger, "L2", "0.10000000", "new-coin-of-L2");
                    ledger.priceAfter(1, "10000");
                },
                List.of("CollateralReleaseInstructed"),
                List.of(
                        Forgeries.altered("for other coin", "CollateralReleaseInstructed", "substitutes", "coin"),
                        Forgeries.rejected("a second time, called too high", "NOT_SUBSTITUTABLE", "LTV_TOO_HIGH"),
                        Forgeries.rejected("too much, called frozen", "LTV_TOO_HIGH", "FROZEN"),
                        Forgeries.goneFrom(
                                "an exchange without an effect",
                                "L1",
                                "CollateralReleaseInstructed",
                                Check.INPUT_HAS_ONE_EFFECT)));
    }

    static List<Scene> all() {
        return List.of(prepaid(), amended(), line(), exchanged());
    }
}

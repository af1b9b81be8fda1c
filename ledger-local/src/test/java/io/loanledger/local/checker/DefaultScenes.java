package io.loanledger.local.checker;

import static io.loanledger.local.checker.SceneTerms.fraction;

import io.loanledger.events.AgreementTerms;
import io.loanledger.events.DayCount;
import io.loanledger.events.DefaultDeclared;
import io.loanledger.events.DefaultTerms;
import io.loanledger.events.DefaultWaived;
import io.loanledger.events.ExposureBasis;
import io.loanledger.events.ProductTerms;
import io.loanledger.events.ScheduleKind;
import io.loanledger.events.ScheduleTerms;
import io.loanledger.events.topic.TopicCatalogue;
import java.time.Duration;
import java.util.List;

/** Not paid within twenty days of its day: accelerated, dearer, sold; paid, waived, declared; of one loan and of all of a borrower's. */
final class DefaultScenes {
    private DefaultScenes() {}

    private static ProductTerms terms(DefaultTerms onDefault, ExposureBasis basis) {
        return SceneTerms.product()
                .setDayCount(DayCount.IN_AGREEMENT)
                .setExposureBasis(basis)
                .setAgreement(AgreementTerms.newBuilder()
                        .setDayCount(DayCount.ACT_365F)
                        .setSchedule(ScheduleTerms.newBuilder()
                                .setKind(ScheduleKind.EQUAL_PRINCIPAL)
                                .setEveryDays(0)
                                .setEveryMonths(1)
                                .setCustom(List.of())
                                .setGraceDays(10)
                                .setFactLagSeconds(3_600L)
                                .setLateFee("25.00")
                                .setLateFeeRate(fraction("0"))
                                .build())
                        .setOnDefault(onDefault)
                        .build())
                .build();
    }

    private static void days(RecordedLedger ledger, int days, String price) {
        ledger.priceAfter(Duration.ofDays(days).toSeconds(), price);
    }

    private static void lent(RecordedLedger ledger, String loanId) {
        ledger.requested(loanId, "4000.00");
        ledger.locked(loanId, "coin-of-" + loanId, "1.00000000");
        ledger.disbursed(loanId, "4000.00");
    }

    private static void declare(RecordedLedger ledger, String loanId) {
        ledger.send(
                TopicCatalogue.LOANS,
                loanId,
                new DefaultDeclared(ledger.nextId(), ledger.now, "test", loanId, "a covenant"));
    }

    private static void waive(RecordedLedger ledger, String loanId) {
        ledger.send(
                TopicCatalogue.LOANS, loanId, new DefaultWaived(ledger.nextId(), ledger.now, "test", loanId, "let go"));
    }

    static Scene sold() {
        return new Scene(
                "a default that is sold",
                () -> terms(new DefaultTerms(20, "0.05", true, true, false), ExposureBasis.OUTSTANDING),
                ledger -> {
                    lent(ledger, "L1");
                    lent(ledger, "L2");
                    lent(ledger, "L3");
                    days(ledger, 31, "10000");
                    days(ledger, 12, "10000");
                    ledger.repaid("p0", "L3", "2000.00");
                    days(ledger, 10, "10000");
                    ledger.priceAfter(1, "9000");
                    LedgerScenes.settle(ledger, "L1", "L1/case/1", "9000");
                    ledger.repaid("p1", "L2", "4000.00");
                    ledger.repaid("p2", "L2", "4000.00", ledger.now.minus(Duration.ofDays(2)));
                    declare(ledger, "L3");
                    waive(ledger, "L3");
                    waive(ledger, "L3");
                    days(ledger, 60, "9000");
                },
                List.of("LoanDefaulted", "DefaultEnded", "LiquidationRequested", "LiquidationAmended", "SaleSettled"),
                List.of(
                        Forgeries.decisionGoneFrom(
                                "a default that nobody noticed", "L1", "LoanDefaulted", Check.DEADLINE_ACTS),
                        Forgeries.goneFrom(
                                "a loan in default that nobody sold",
                                "L1",
                                "LiquidationRequested",
                                Check.DECISION_RECOMPUTED),
                        Forgeries.altered("in default a day late", "LoanDefaulted", "since", 1),
                        Forgeries.altered("less brought forward", "LoanDefaulted", "principal/amount", "1.00"),
                        Forgeries.altered("another end", "DefaultEnded", "until", 1),
                        Forgeries.rejected("nothing to waive, called closed", "NOT_IN_DEFAULT", "LOAN_CLOSED"),
                        Forgeries.altered("sold for its ratio", "LiquidationRequested", "reason", "HARD_LTV")));
    }

    static Scene dearer() {
        return new Scene(
                "a default that costs, ends and comes back",
                () -> terms(new DefaultTerms(20, "0.05", true, false, true), ExposureBasis.OUTSTANDING),
                ledger -> {
                    lent(ledger, "L1");
                    days(ledger, 31, "10000");
                    days(ledger, 23, "10000");
                    days(ledger, 10, "10000");
                    ledger.repaid("p1", "L1", "1000.00", ledger.now.minus(Duration.ofDays(4)));
                    days(ledger, 40, "10000");
                    waive(ledger, "L1");
                    days(ledger, 5, "10000");
                    lent(ledger, "L2");
                    days(ledger, 40, "10000");
                    declare(ledger, "L1");
                    days(ledger, 31, "10000");
                    ledger.repaid("p2", "L1", "2000.00");
                    ledger.reversed("p1", "L1", "1000.00");
                    ledger.repaid("p3", "L1", "9000.00", ledger.now.minus(Duration.ofDays(3)));
                    days(ledger, 31, "10000");
                    ledger.repaid("p4", "L2", "9000.00");
                    days(ledger, 1, "10000");
                },
                List.of("LoanDefaulted", "DefaultEnded", "InterestPosted", "LoanRepaid"),
                List.of(
                        new Forgery("default interest of another margin", Check.DECISION_RECOMPUTED, forger -> {
                            forger.alter(
                                    Topics.JOURNAL,
                                    "InterestPosted",
                                    event -> event.get("penalty") != null,
                                    event -> Forger.put(event, "penalty/amount", "0.01"));
                            forger.mendJournal();
                        }),
                        Forgeries.altered(
                                "days of no default",
                                event -> event.getSchema().getName().equals("InterestPosted")
                                        && event.get("penalty") != null,
                                "balances/penaltyDays",
                                "1",
                                Check.BALANCES_RECOMPUTED)));
    }

    static List<Scene> all() {
        return List.of(sold(), dearer());
    }
}

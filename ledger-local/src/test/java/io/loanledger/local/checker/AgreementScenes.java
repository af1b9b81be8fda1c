package io.loanledger.local.checker;

import static io.loanledger.local.checker.SceneTerms.fraction;

import io.loanledger.events.AgreementTerms;
import io.loanledger.events.ChargeKind;
import io.loanledger.events.ChargeRaised;
import io.loanledger.events.DayCount;
import io.loanledger.events.DebtComponent;
import io.loanledger.events.ExposureBasis;
import io.loanledger.events.OriginationTerms;
import io.loanledger.events.ProductTerms;
import io.loanledger.events.ScheduleKind;
import io.loanledger.events.ScheduleTerms;
import io.loanledger.events.WaterfallTerms;
import io.loanledger.events.topic.TopicCatalogue;
import java.time.Duration;
import java.util.List;
import org.apache.avro.generic.GenericRecord;

/** Instalments, late fees, charges, a fee of the payout, another order of what is paid, and payments applied again. */
final class AgreementScenes {
    private AgreementScenes() {}

    private static ProductTerms terms(AgreementTerms.Builder agreement, ExposureBasis basis) {
        return SceneTerms.product()
                .setDayCount(DayCount.IN_AGREEMENT)
                .setExposureBasis(basis)
                .setAgreement(agreement.setDayCount(DayCount.THIRTY_360).build())
                .build();
    }

    private static void charge(RecordedLedger ledger, ChargeKind kind, String amount) {
        ledger.send(
                TopicCatalogue.LOANS,
                "L1",
                new ChargeRaised(ledger.nextId(), ledger.now, "test", "L1", kind, amount, "USD", "as agreed"));
    }

    private static void days(RecordedLedger ledger, int days, String price) {
        ledger.priceAfter(Duration.ofDays(days).toSeconds(), price);
    }

    private static final WaterfallTerms INTEREST_LAST = new WaterfallTerms(
            List.of(
                    DebtComponent.FEES,
                    DebtComponent.COSTS,
                    DebtComponent.PENALTIES,
                    DebtComponent.PRINCIPAL,
                    DebtComponent.INTEREST),
            false,
            true);

    private static ScheduleTerms.Builder monthly(ScheduleKind kind) {
        return ScheduleTerms.newBuilder()
                .setKind(kind)
                .setEveryDays(0)
                .setEveryMonths(1)
                .setCustom(List.of())
                .setGraceDays(10)
                .setFactLagSeconds(3_600L)
                .setLateFee("25.00")
                .setLateFeeRate(fraction("1/100"));
    }

    /** In arrears, charged, waived, paid; a payment taken back; sold in part. */
    private static void inArrears(RecordedLedger ledger, String paidOut) {
        ledger.requested("L1", "4000.00");
        ledger.locked("L1", "coin-of-L1", "1.00000000");
        ledger.disbursed("L1", paidOut);
        days(ledger, 32, "10000");
        ledger.repaid("p1", "L1", "100.00");
        days(ledger, 12, "10000");
        ledger.repaid("p2", "L1", "700.00", ledger.now.minus(Duration.ofDays(3)));
        charge(ledger, ChargeKind.COSTS, "50.00");
        charge(ledger, ChargeKind.PENALTY, "20.00");
        charge(ledger, ChargeKind.FEE, "-10.00");
        charge(ledger, ChargeKind.PENALTY, "-20.01");
        ledger.repaid("p3", "L1", "90.00");
        days(ledger, 30, "10000");
        ledger.reversed("p1", "L1", "100.00");
        days(ledger, 61, "10000");
        ledger.repaid("p4", "L1", "40.00");
        ledger.priceAfter(1, "4000");
        LedgerScenes.settle(ledger, "L1", "L1/case/1", "4000");
        days(ledger, 400, "10000");
        ledger.repaid("p5", "L1", "9000.00");
    }

    private static Forgery altered(String what, String type, String path, Object value) {
        return Forgeries.altered(what, type, path, value);
    }

    private static List<Forgery> ofInstalments() {
        return List.of(
                Forgeries.goneFrom("an instalment that never fell due", "L1", "InterestPosted", Check.DEADLINE_ACTS),
                Forgeries.goneFrom(
                        "a late fee that nobody was charged",
                        "L1",
                        event -> event.getSchema().getName().equals("ChargePosted")
                                && event.get("kind").toString().equals("LATE"),
                        Check.DEADLINE_ACTS),
                Forgeries.goneFrom(
                        "a charge without an effect",
                        "L1",
                        event -> event.getSchema().getName().equals("ChargePosted")
                                && event.get("kind").toString().equals("COSTS"),
                        Check.INPUT_HAS_ONE_EFFECT),
                altered("an instalment of another principal", "InstalmentDue", "principal/amount", "333.32"),
                altered("an instalment due a day later", "InstalmentDue", "dueOn", 1),
                altered("a late fee a cent too high", "ChargePosted", "amount/amount", "99.99"),
                altered("a payment to principal first", "RepaymentApplied", "allocation/principal/amount", "100.00"),
                new Forgery("a payment to another instalment", Check.DECISION_RECOMPUTED, forger -> {
                    forger.alter(
                            Topics.JOURNAL,
                            "RepaymentApplied",
                            event -> !Terms.parts((GenericRecord) event.get("allocation"), "parts")
                                    .isEmpty(),
                            event -> Terms.parts((GenericRecord) event.get("allocation"), "parts")
                                    .getFirst()
                                    .put("bucket", 2));
                    forger.mendJournal();
                }),
                Forgeries.rejected("too much waived, called nothing", "EXCEEDS_DEBT", "NOT_POSITIVE"));
    }

    private static final List<String> HAPPENS =
            List.of("InstalmentDue", "ChargePosted", "RepaymentReversed", "SaleSettled", "LoanRepaid");

    static Scene equalPrincipal() {
        return new Scene(
                "equal principal by month",
                () -> terms(
                        AgreementTerms.newBuilder()
                                .setSchedule(
                                        monthly(ScheduleKind.EQUAL_PRINCIPAL).build()),
                        ExposureBasis.OUTSTANDING),
                ledger -> inArrears(ledger, "4000.00"),
                HAPPENS,
                ofInstalments());
    }

    static Scene annuity() {
        return new Scene(
                "a level annuity on all that is to come",
                () -> terms(
                        AgreementTerms.newBuilder()
                                .setWaterfall(INTEREST_LAST)
                                .setSchedule(monthly(ScheduleKind.ANNUITY).build()),
                        ExposureBasis.TOTAL_OBLIGATION),
                ledger -> inArrears(ledger, "4000.00"),
                HAPPENS,
                List.of(
                        altered("another level", "InstalmentDue", "principal/amount", "315.00"),
                        altered("a reversal of nobody's", "RepaymentReversed", "reappliedFor", "another"),
                        altered("interest of the plan forgotten", "LoanIssued", "evidence/numerator", "1")));
    }

    static Scene interestOnly() {
        return new Scene(
                "interest every thirty days, the fee kept from the payout",
                () -> terms(
                        AgreementTerms.newBuilder()
                                .setWaterfall(INTEREST_LAST)
                                .setOrigination(new OriginationTerms("10.00", fraction("15/1000")))
                                .setSchedule(monthly(ScheduleKind.INTEREST_ONLY)
                                        .setEveryMonths(0)
                                        .setEveryDays(30)
                                        .build()),
                        ExposureBasis.PRINCIPAL),
                ledger -> inArrears(ledger, "3930.00"),
                HAPPENS,
                List.of(
                        altered("a fee that was not kept", "DisbursementConfirmed", "fee/amount", "60.00"),
                        altered("a reversal of nobody's", "RepaymentReversed", "reappliedFor", "another"),
                        new Forgery(
                                "all of it paid out",
                                Check.PUBLIC_RECORD_ONCE,
                                forger -> forger.alter(
                                        Topics.PAYMENT_INSTRUCTIONS,
                                        "Disburse",
                                        told -> true,
                                        told -> told.put("amount", "4000.00")))));
    }

    static Scene reapplied() {
        return new Scene(
                "payments applied again, without a schedule",
                () -> terms(AgreementTerms.newBuilder().setWaterfall(INTEREST_LAST), ExposureBasis.OUTSTANDING),
                ledger -> {
                    ledger.active("L1");
                    days(ledger, 31, "10000");
                    ledger.repaid("p1", "L1", "60.00");
                    ledger.repaid("p2", "L1", "80.00");
                    charge(ledger, ChargeKind.FEE, "25.00");
                    ledger.repaid("p3", "L1", "6000.00", ledger.now.minus(Duration.ofDays(1)));
                    ledger.requested("L2", "5000.00");
                    ledger.locked("L2", "coin-of-L2", "1.00000000");
                    ledger.disbursed("L2", "5000.00");
                    days(ledger, 31, "10000");
                    ledger.repaid("q1", "L2", "60.00");
                    ledger.repaid("q2", "L2", "80.00");
                    ledger.repaid("q3", "L2", "30.00");
                    ledger.reversed("q1", "L2", "60.00");
                    ledger.reversed("q3", "L2", "30.00");
                    ledger.reversed("p1", "L1", "60.00");
                    days(ledger, 31, "10000");
                },
                List.of("RepaymentReversed", "ChargePosted", "LoanRepaid"),
                List.of(
                        Forgeries.goneFrom(
                                "a reversal that applied nothing again",
                                "L2",
                                event -> event.getSchema().getName().equals("RepaymentReversed"),
                                Check.INPUT_HAS_ONE_EFFECT),
                        altered("a reversal of nobody's", "RepaymentReversed", "reappliedFor", "another")));
    }

    static List<Scene> all() {
        return List.of(equalPrincipal(), annuity(), interestOnly(), reapplied());
    }
}

package io.loanledger.local.checker;

import io.loanledger.events.AgreedInterest;
import io.loanledger.events.AgreementTerms;
import io.loanledger.events.Compounding;
import io.loanledger.events.DayCount;
import io.loanledger.events.FannedTermsKind;
import io.loanledger.events.FloatingRate;
import io.loanledger.events.KinkedRate;
import io.loanledger.events.ProductTerms;
import io.loanledger.events.RateFixing;
import io.loanledger.events.RateKind;
import io.loanledger.events.RateStep;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Rates that step, float and bend, and interest that bears interest: through payments of the past, a sale and the end. */
final class RateScenes {
    private RateScenes() {}

    private static ProductTerms terms(DayCount dayCount, String annualRate, @Nullable AgreedInterest interest) {
        return SceneTerms.product()
                .setAnnualRate(annualRate)
                .setDayCount(DayCount.IN_AGREEMENT)
                .setAgreement(AgreementTerms.newBuilder()
                        .setDayCount(dayCount)
                        .setInterest(interest)
                        .build())
                .build();
    }

    private static AgreedInterest.Builder interest(RateKind kind, Compounding compounding) {
        return AgreedInterest.newBuilder().setKind(kind).setCompounding(compounding);
    }

    private static void fix(RecordedLedger ledger, int daysFromNow, String value) {
        LocalDate day = LocalDate.ofInstant(ledger.now, ZoneOffset.UTC).plusDays(daysFromNow);
        RateFixing fixing = new RateFixing(ledger.nextId(), ledger.now, "test", "SOFR", day, value);
        ledger.fan(FannedTermsKind.RATE_FIXING, fanned -> fanned.setRateFixing(fixing));
    }

    private static void days(RecordedLedger ledger, int days, String price) {
        ledger.priceAfter(Duration.ofDays(days).toSeconds(), price);
    }

    /** Paid in time and late, called, sold in part, paid back. */
    private static void life(RecordedLedger ledger) {
        ledger.active("L1");
        ledger.active("L2");
        days(ledger, 31, "10000");
        ledger.repaid("p1", "L1", "100.00", ledger.now.minus(Duration.ofDays(3)));
        ledger.repaid("p2", "L1", "10.00");
        days(ledger, 20, "10000");
        ledger.reversed("p1", "L1", "100.00");
        days(ledger, 40, "7100");
        ledger.priceAfter(1, "6200");
        LedgerScenes.settle(ledger, "L1", "L1/case/1", "6200");
        days(ledger, 40, "10000");
        ledger.repaid("p3", "L2", "9000.00", ledger.now.minus(Duration.ofDays(2)));
        ledger.priceAfter(1, "10000");
    }

    private static final List<String> HAPPENS =
            List.of("InterestPosted", "RepaymentApplied", "RepaymentReversed", "SaleSettled");

    private static Scene scene(
            String name, Supplier<ProductTerms> terms, Consumer<RecordedLedger> play, List<Forgery> more) {
        List<Forgery> forgeries = new java.util.ArrayList<>(more);
        forgeries.add(Forgeries.altered("interest of another rate", "InterestPosted", "amount/amount", "9.99"));
        return new Scene(name, terms, play, HAPPENS, forgeries);
    }

    static Scene stepped() {
        return scene(
                "a rate that steps",
                () -> terms(
                        DayCount.THIRTY_E_360,
                        "0",
                        interest(RateKind.STEPPED, Compounding.SIMPLE)
                                .setSteps(List.of(
                                        new RateStep(0, "0.08"), new RateStep(20, "0.30"), new RateStep(60, "0")))
                                .build()),
                RateScenes::life,
                List.of(Forgeries.altered(
                        "days of another rate",
                        "InterestPosted",
                        "balances/principalDays",
                        "1",
                        Check.BALANCES_RECOMPUTED)));
    }

    private static AgreedInterest floating(Compounding compounding) {
        return interest(RateKind.FLOATING, compounding)
                .setFloating(new FloatingRate("SOFR", "0.03", "0.01", "0.12"))
                .build();
    }

    /** Fixed before the first day, every so often after, late once, under the floor and over the cap. */
    private static void floatingLife(RecordedLedger ledger) {
        ledger.requested("L3", "5000.00");
        ledger.locked("L3", "coin-of-L3", "1.00000000");
        ledger.priceAfter(1, "10000");
        fix(ledger, -10, "0.043");
        ledger.priceAfter(1, "10000");
        fix(ledger, 5, "-0.2");
        fix(ledger, 9, "0.5");
        fix(ledger, 33, "0.0405");
        life(ledger);
        fix(ledger, -20, "0.08");
        days(ledger, 31, "10000");
    }

    private static List<Forgery> ofFixings() {
        return List.of(
                Forgeries.altered("a weight that is not the days'", "InterestPosted", "accrual", "1.5"),
                new Forgery(
                        "a fixing that was another",
                        Check.DECISION_RECOMPUTED,
                        forger -> forger.alter(
                                Topics.TERMS_FANNED,
                                "FannedTerms",
                                fanned -> fanned.get("kind").toString().equals("RATE_FIXING"),
                                fanned -> Forger.put(fanned, "rateFixing/value", "0.02"))),
                new Forgery("a loan issued before its rate was fixed", Check.DECISION_RECOMPUTED, forger -> {
                    forger.remove(
                            Topics.TERMS_FANNED,
                            fanned -> fanned.get("kind").toString().equals("RATE_FIXING"));
                }));
    }

    static Scene floats() {
        return scene(
                "a rate that floats",
                () -> terms(DayCount.ACT_360, "0", floating(Compounding.SIMPLE)),
                RateScenes::floatingLife,
                ofFixings());
    }

    static Scene floatsAndCompounds() {
        return scene(
                "a rate that floats and compounds",
                () -> terms(DayCount.ACT_360, "0", floating(Compounding.DAILY)),
                RateScenes::floatingLife,
                ofFixings());
    }

    static Scene kinked() {
        return scene(
                "a rate that bends",
                () -> terms(
                        DayCount.ACT_365F,
                        "0",
                        interest(RateKind.KINKED, Compounding.SIMPLE)
                                .setKinked(new KinkedRate("SOFR", "0.01", "0.04", "0.92", "0.4"))
                                .build()),
                RateScenes::floatingLife,
                ofFixings());
    }

    static Scene compounds() {
        return scene(
                "interest on interest by the second",
                () -> terms(
                        DayCount.ACT_365F,
                        "0.12",
                        interest(RateKind.ANNUAL_RATE, Compounding.PER_SECOND).build()),
                RateScenes::life,
                List.of(Forgeries.altered(
                        "flows that are not there",
                        "RepaymentApplied",
                        "balances/principalDays",
                        "5000",
                        Check.BALANCES_RECOMPUTED)));
    }

    static List<Scene> all() {
        return List.of(stepped(), floats(), floatsAndCompounds(), kinked(), compounds());
    }
}

package io.loanledger.local.planted;

import io.loanledger.local.planted.PlantedBug.Kind;
import java.util.List;

/** Faults in how interest runs: the rate of a day, its sums, what an event tells of it, and keys that look ahead. */
final class PlantedInRates {
    private static final String CORE = "ledger-core";

    private PlantedInRates() {}

    static final List<PlantedBug> ALL = List.of(
            bug(
                    "a payment valued in the past is corrected with the wrong sign",
                    "loan.Debt",
                    "weight(clock, end, valueDate).negate()",
                    "weight(clock, end, valueDate)",
                    "RatesTest"),
            bug(
                    "a fixing counts from the day after its own",
                    "terms.RateCurve",
                    "found >= 0 ? found : -found - 2",
                    "found >= 0 ? found - 1 : -found - 2",
                    "RatesTest"),
            bug(
                    "a floating rate has no floor",
                    "terms.Rate",
                    "value.add(spread).max(floor)",
                    "value.add(spread)",
                    "RatesTest"),
            bug(
                    "a utilisation over 1 counts beyond 1",
                    "terms.Rate",
                    "value.max(BigDecimal.ZERO).min(BigDecimal.ONE)",
                    "value.max(BigDecimal.ZERO)",
                    "RatesTest"),
            bug(
                    "a loan is issued before its rate is known",
                    "loan.Valuation",
                    "|| !draft.rateIsKnown()",
                    "",
                    "RatesTest"),
            bug(
                    "keys look no further than what is fixed",
                    "loan.RateClock",
                    "return new Ahead(this, today);",
                    "return this;",
                    "RatesTest"),
            bug(
                    "a fixing that outruns the keys leaves them",
                    "loan.LoanTriggers",
                    ".compareTo(RateClock.HEADROOM) > 0",
                    ".compareTo(BigDecimal.ONE) > 0",
                    "RatesTest"),
            bug(
                    "interest that is paid goes on bearing interest",
                    "loan.Debt",
                    "change.minus(allocation.interest())",
                    "change",
                    "CompoundingTest"),
            bug(
                    "a refund of interest is forgotten where it compounds",
                    "loan.Debt",
                    "principalDays.add(scaled(amount, clock, Objects.requireNonNull(accruedTo)))",
                    "principalDays",
                    "CompoundingTest"));

    private static PlantedBug bug(String fault, String type, String text, String instead, String test) {
        return new PlantedBug(
                Kind.MONEY,
                fault,
                CORE,
                "io.loanledger.core." + type,
                text,
                instead,
                CORE,
                List.of("io.loanledger.core.loan." + test));
    }
}

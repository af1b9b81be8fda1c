package io.loanledger.local.checker;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which of a loan's moments must have acted by a time: its call's, and those of its schedule. */
final class Deadlines {
    private static final Set<String> FIRST_AFTER_ONE = Set.of(
            "MarginCallExpired",
            "MarginCallDisputeClosed",
            "MarginCallCured",
            "InterestPosted",
            "InstalmentDue",
            "LoanDefaulted",
            "CommitmentEnded",
            "ChargePosted");

    private final PartitionInputs inputs;
    private final Chronology chronology;

    Deadlines(PartitionInputs inputs, Chronology chronology) {
        this.inputs = inputs;
        this.chronology = chronology;
    }

    /** Whether a decision may be the one that a moment demands; it is recomputed then. */
    static boolean mayAct(Decision decision) {
        String first = decision.firstType();
        boolean ofTime = decision.header.causedByAPrice() || decision.header.causedByAContinuation();
        return first.equals("LoanQuarantined") || (ofTime && FIRST_AFTER_ONE.contains(first));
    }

    /** The moment that is over and has not acted, in words; null for none. */
    @Nullable
    String passed(Loan loan, Map<String, Integer> first, Map<String, Integer> last, long time) {
        Call call = loan.call;
        ClockRules.Moment next = ClockRules.next(loan, false);
        if (call != null && next != null && next.at() < time) {
            return call.id() + " had its " + next.kind() + " at " + next.at();
        }
        if (call != null && call.healedSince() != Call.NEVER) {
            long end = call.healedSince() + loan.terms().ladder().dwellMicros();
            if (end < time
                    && CallRules.isInTime(call, end)
                    && loan.markets().stream()
                            .allMatch(market -> wasOpen(
                                    market, first.getOrDefault(market, 0) - 1, last.getOrDefault(market, -1)))) {
                return call.id() + " was healed through " + end;
            }
        }
        Long ends = DrawRules.endsAfter(loan);
        if (ends != null && ends < time) {
            return "the commitment of loan " + loan.id + " ended at " + ends;
        }
        ScheduleRules.Moment due = ScheduleRules.next(loan);
        return due != null && due.at() < time
                ? due.kind() + ": an instalment of loan " + loan.id + " had its moment at " + due.at()
                : null;
    }

    /** A dwell is not completed over a closed market. */
    private boolean wasOpen(String market, int first, int last) {
        MarketSeries series = inputs.market(market);
        for (int at = Math.max(0, first); at <= last && at < series.size(); at++) {
            if (!series.get(at).open() || chronology.mayBePaused(series.get(at))) {
                return false;
            }
        }
        return true;
    }
}

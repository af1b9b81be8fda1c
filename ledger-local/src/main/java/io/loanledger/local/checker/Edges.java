package io.loanledger.local.checker;

import java.math.BigDecimal;

/**
 * Whether a price may do anything to a loan, asked of the lowest and the highest of a stretch before its single prices are looked at: may
 * say yes to a price that does nothing, never no to one that does.
 */
final class Edges {
    private Edges() {}

    /** Falling prices, with the highest debt of the stretch. */
    static boolean mayFall(Loan loan, Priced at, long taskTime) {
        return switch (loan.status) {
            case ISSUED -> loan.payoutAsked && loan.meets(loan.terms().firstLimit(), Exposures.promised(loan), at);
            case ACTIVE -> mayFallLive(loan, at, Answer.day(taskTime));
            case UNKNOWN, REQUESTED, SHORTFALL, REPAID, CANCELLED, CLOSED -> false;
        };
    }

    private static boolean mayFallLive(Loan loan, Priced at, int day) {
        if (loan.draws.pending().signum() > 0
                && loan.meets(loan.terms().firstLimit(), loan.draws.scaledExposure(loan, BigDecimal.ZERO, day), at)) {
            return true;
        }
        Sale sale = loan.sale;
        if (sale != null) {
            return sale.is(Sale.PARTIAL)
                    && !loan.frozen
                    && !sale.isRescinded()
                    && at.counts(loan.coin(sale.asset)).compareTo(sale.measuredAt) < 0;
        }
        Call call = loan.call;
        if (call != null && call.expired() && !loan.frozen) {
            return true;
        }
        if (loan.meets(loan.terms().selling().limit(), day, at)) {
            return true;
        }
        if (Defaults.sells(loan)) {
            return true;
        }
        if (StabilisedRules.has(loan)) {
            return StabilisedRules.isUsedUp(loan, day, at);
        }
        Ladder ladder = loan.terms().ladder();
        if (call != null
                && call.healedSince() != Call.NEVER
                && !loan.atOrUnder(ladder.rung(call.rung()).level(), day, at)) {
            return true;
        }
        int called = call == null ? Ladder.NONE : call.rung();
        return ladder.rungs().stream()
                .anyMatch(rung -> rung.number() > (rung.is(Ladder.CALL) ? called : loan.reached)
                        && loan.meets(rung.limit(), day, at));
    }

    /** Rising prices: likewise, with the lowest debt. */
    static boolean mayRise(Loan loan, Priced at, long taskTime) {
        return switch (loan.status) {
            case REQUESTED ->
                !loan.frozen
                        && loan.isSecured()
                        && loan.compareLtv(Exposures.promised(loan), loan.pledges(), at, loan.openLimit()) <= 0;
            case ACTIVE -> loan.sale == null && mayRiseLive(loan, at, Answer.day(taskTime));
            case UNKNOWN, ISSUED, SHORTFALL, REPAID, CANCELLED, CLOSED -> false;
        };
    }

    private static boolean mayRiseLive(Loan loan, Priced at, int day) {
        Ladder ladder = loan.terms().ladder();
        Call call = loan.call;
        return (call != null && loan.atOrUnder(ladder.rung(call.rung()).level(), day, at))
                || (loan.reached > Ladder.NONE
                        && loan.atOrUnder(ladder.rung(loan.reached).level(), day, at));
    }
}

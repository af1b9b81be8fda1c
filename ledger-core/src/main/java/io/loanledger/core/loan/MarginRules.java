package io.loanledger.core.loan;

import static io.loanledger.core.loan.LoanEvent.MarginCallCancelled.AFTER_WITHDRAWAL;

import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.money.Threshold;
import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.terms.Ladder;
import io.loanledger.core.terms.Rung;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The ladder under the hard limit at a price: how a call is healed, issued and accelerated, what is told, what is armed again. */
final class MarginRules {
    private MarginRules() {}

    static Ladder ladder(Loan loan) {
        return loan.terms().terms().ladder();
    }

    /** The ratio at or under which a call is cured. */
    static Fraction cureLtv(Loan loan, MarginCall call) {
        return ladder(loan).rung(call.rung()).level();
    }

    // --- healing -----------------------------------------------------------------------------------------------------

    /**
     * A cure needs the value time of what healed the loan inside the deadline: the borrower's fact, which heals at once, or else the
     * price, which may have to last. An open sweep may visit at a price from before the call, when a newer one has issued it: that one
     * heals nothing.
     */
    static void cureIfHealed(
            Draft draft, IndexPrice index, LoanToValue ltv, MarginCall call, Valuation.@Nullable Change change) {
        if (!ltv.isAtOrUnder(cureLtv(draft.loan(), call)) || isFromBefore(draft, index, call.issuedAt())) {
            return;
        }
        if (!call.isOpen()) {
            cancel(draft, AFTER_WITHDRAWAL);
        } else if (change != null && change.kind() != CureKind.PRICE) {
            if (call.isInTime(change.valueTime())) {
                cure(draft, index, ltv, call, change.kind(), change.valueTime());
            }
        } else {
            healByPrice(draft, index, ltv, call);
        }
    }

    /** The dwell that a price has lasted for is completed in {@link Deadlines}, unless the market was closed at its end. */
    private static void healByPrice(Draft draft, IndexPrice index, LoanToValue ltv, MarginCall call) {
        Duration dwell = ladder(draft.loan()).cureDwell();
        Instant taskTime = draft.now().taskTime();
        Instant since = call.healedSince();
        if (dwell.isZero() || (since != null && taskTime.isAfter(since.plus(dwell)))) {
            if (call.isInTime(draft.timeOf(index))) {
                cure(draft, index, ltv, call, CureKind.PRICE, draft.timeOf(index));
            }
        } else if (since == null && draft.isAtNewest(index) && call.isInTime(taskTime.plus(dwell))) {
            draft.emit(new LoanEvent.CureDwellStarted(
                    call.callId(), taskTime, ltv.evidence(draft.loan(), index, kept(draft.loan(), call))));
        }
    }

    /** A price over the call's level ends a dwell, but for one from before it that a newer price has superseded. */
    static void endDwellIfOver(Draft draft, IndexPrice index, LoanToValue ltv) {
        MarginCall call = draft.loan().marginCall();
        if (call == null || call.healedSince() == null || ltv.isAtOrUnder(cureLtv(draft.loan(), call))) {
            return;
        }
        if (!isFromBefore(draft, index, call.healedSince())) {
            draft.emit(new LoanEvent.CureDwellEnded(
                    call.callId(),
                    draft.now().taskTime(),
                    ltv.evidence(draft.loan(), index, kept(draft.loan(), call))));
        }
    }

    private static boolean isFromBefore(Draft draft, IndexPrice index, Instant time) {
        return draft.visitedOr(index).priceTime().isBefore(time) && !draft.isAtNewest(index);
    }

    static void cure(Draft draft, IndexPrice index, LoanToValue ltv, MarginCall call, CureKind kind, Instant curedAt) {
        draft.emit(new LoanEvent.MarginCallCured(
                call.callId(), kind, curedAt, ltv.evidence(draft.loan(), index, kept(draft.loan(), call))));
    }

    private static Threshold kept(Loan loan, MarginCall call) {
        return new Threshold(cureLtv(loan, call), Threshold.Comparator.EXCEEDS);
    }

    /** The call has lost its object. */
    static void cancel(Draft draft, String reason) {
        MarginCall call = draft.loan().marginCall();
        if (call != null) {
            draft.emit(new LoanEvent.MarginCallCancelled(call.callId(), call.isOpen() ? reason : AFTER_WITHDRAWAL));
        }
    }

    // --- the rungs ---------------------------------------------------------------------------------------------------

    /** What the rungs above ask for, and which rungs below are armed again. */
    static void climb(Draft draft, IndexPrice index, LoanToValue ltv, boolean waits) {
        if (!waits) {
            callIfMet(draft, index, ltv);
            noticeIfMet(draft, index, ltv);
        }
        clearIfUnder(draft, index, ltv);
    }

    private static void callIfMet(Draft draft, IndexPrice index, LoanToValue ltv) {
        int met = highestMet(ladder(draft.loan()), Rung.Action.CALL, ltv);
        MarginCall call = draft.loan().marginCall();
        if (met == 0) {
            return;
        }
        if (call == null) {
            issue(draft, index, ltv, met);
            return;
        }
        switch (call.stage()) {
            case RUNNING -> {
                if (met > call.rung()) {
                    accelerate(draft, index, ltv, call, met);
                }
            }
            case WITHDRAWN -> {
                if (met > call.rung()) {
                    cancel(draft, AFTER_WITHDRAWAL);
                    issue(draft, index, ltv, met);
                }
            }
            case DISPUTED, EXPIRED -> {}
        }
    }

    private static void issue(Draft draft, IndexPrice index, LoanToValue ltv, int rung) {
        Loan loan = draft.loan();
        Instant issuedAt = draft.now().taskTime();
        Instant deadline = deadline(issuedAt, ladder(loan).rung(rung));
        draft.emit(new LoanEvent.MarginCallIssued(
                loan.loanId() + "/call/" + (loan.counters().calls() + 1),
                issuedAt,
                deadline,
                MarginCall.moved(deadline, ladder(loan).factLag()),
                ltv.evidence(loan, index, ladder(loan).rung(rung).threshold()),
                topUp(loan, ltv, rung),
                repayment(draft, ltv, rung),
                rung));
    }

    /** Never to a later deadline: who is called twice has no more time than the first call gave. */
    private static void accelerate(Draft draft, IndexPrice index, LoanToValue ltv, MarginCall call, int rung) {
        Loan loan = draft.loan();
        Instant ownDeadline = deadline(draft.now().taskTime(), ladder(loan).rung(rung));
        Instant deadline = ownDeadline.isBefore(call.deadline()) ? ownDeadline : call.deadline();
        draft.emit(new LoanEvent.MarginCallAccelerated(
                call.callId(),
                rung,
                deadline,
                MarginCall.moved(deadline, ladder(loan).factLag()),
                ltv.evidence(loan, index, ladder(loan).rung(rung).threshold()),
                topUp(loan, ltv, rung),
                repayment(draft, ltv, rung)));
    }

    private static Instant deadline(Instant from, Rung rung) {
        return rung.period().isZero() ? MarginCall.NO_CLOCK : from.plus(rung.period());
    }

    private static Quantity topUp(Loan loan, LoanToValue ltv, int rung) {
        return ltv.topUpTo(ladder(loan).rung(rung).level(), loan);
    }

    private static Money repayment(Draft draft, LoanToValue ltv, int rung) {
        return ltv.repaymentTo(ladder(draft.loan()).rung(rung).level(), draft.loan(), draft.clock(), draft.today());
    }

    /** One notice, of the highest rung met; a rung under the open call's has nothing more to tell. */
    private static void noticeIfMet(Draft draft, IndexPrice index, LoanToValue ltv) {
        Loan loan = draft.loan();
        int met = highestMet(ladder(loan), Rung.Action.NOTICE, ltv, noticesUnder(loan));
        if (met > silentUpTo(loan)) {
            draft.emit(new LoanEvent.MarginNoticeIssued(
                    met, ltv.evidence(loan, index, ladder(loan).rung(met).threshold())));
        }
    }

    /** The rung up to which no notice is given: the borrower was told already. */
    static int silentUpTo(Loan loan) {
        MarginCall call = loan.marginCall();
        return call == null ? loan.reached() : Math.max(loan.reached(), call.rung());
    }

    /** The rung that no notice passes over: the lowest armed band, or one more than there are. */
    static int noticesUnder(Loan loan) {
        int band = ladder(loan).next(Rung.Action.SELL, loan.reached());
        return band == 0 ? ladder(loan).rungs().size() + 1 : band;
    }

    // --- banded sales ------------------------------------------------------------------------------------------------

    /** The highest SELL rung that is met, if it is armed; else 0. */
    static int armedBand(Loan loan, LoanToValue ltv) {
        int met = highestMet(ladder(loan), Rung.Action.SELL, ltv);
        return met > loan.reached() ? met : 0;
    }

    /** What all armed bands up to this one sell together: at most everything. */
    static Fraction shareThrough(Loan loan, int band) {
        Fraction share = Fraction.ZERO;
        for (int number = loan.reached() + 1; number <= band; number++) {
            share = share.plus(ladder(loan).rung(number).share()); // nothing of a notice or a call
        }
        return share.compareTo(Fraction.ONE) > 0 ? Fraction.ONE : share;
    }

    private static void clearIfUnder(Draft draft, IndexPrice index, LoanToValue ltv) {
        Loan loan = draft.loan();
        int left = loan.reached();
        while (left > 0 && !holds(ladder(loan).rung(left), ltv)) {
            left--;
        }
        if (left < loan.reached()) {
            Fraction level = ladder(loan).rung(loan.reached()).level();
            draft.emit(new LoanEvent.RungsCleared(
                    left, ltv.evidence(loan, index, new Threshold(level, Threshold.Comparator.EXCEEDS))));
        }
    }

    /** Whether a rung that acted is still not armed again. */
    private static boolean holds(Rung rung, LoanToValue ltv) {
        return rung.action() != Rung.Action.CALL && !ltv.isAtOrUnder(rung.level());
    }

    /** The number of the highest rung of an action whose threshold is met, or 0. */
    private static int highestMet(Ladder ladder, Rung.Action action, LoanToValue ltv) {
        return highestMet(ladder, action, ltv, ladder.rungs().size() + 1);
    }

    private static int highestMet(Ladder ladder, Rung.Action action, LoanToValue ltv, int under) {
        for (int number = under - 1; number > 0; number--) {
            Rung rung = ladder.rung(number);
            if (rung.action() == action && ltv.meets(rung.threshold())) {
                return number;
            }
        }
        return 0;
    }
}

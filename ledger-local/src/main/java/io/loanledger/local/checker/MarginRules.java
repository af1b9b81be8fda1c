package io.loanledger.local.checker;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What prices and deadlines do: issue, call, cure, expiry, sale, its growing and shrinking. */
final class MarginRules {
    /** The longest wait after declines, microseconds. */
    static final long LONGEST_WAIT = 64_000_000;

    private final Answer answer;
    private final Loan loan;
    private final Circumstances now;
    private final StabilisedRules stabilised;
    final SaleSize size;
    final CallRules calls;
    final CaseRules cases;

    MarginRules(Answer answer, StabilisedRules stabilised) {
        this.answer = answer;
        this.loan = answer.loan();
        this.now = answer.now();
        this.stabilised = stabilised;
        size = new SaleSize(answer);
        calls = new CallRules(answer);
        cases = new CaseRules(answer, size, calls);
    }

    // --- before the money is out
    // ---------------------------------------------------------------------------------------

    private BigDecimal scaledPrincipal() {
        return Exposures.promised(loan);
    }

    void issueIfPossible() {
        if (loan.status != Loan.Status.REQUESTED
                || !loan.bound()
                || loan.frozen
                || loan.pledged().signum() <= 0
                || !Accrual.isFixed(loan)) {
            return;
        }
        IndexRecord index = now.freshPrice(loan.coin().market());
        if (index == null || loan.compareLtv(scaledPrincipal(), loan.pledged(), index.priced(), loan.openLimit()) > 0) {
            return;
        }
        loan.status = Loan.Status.ISSUED;
        loan.payoutAsked = true;
        answer.say(
                "LoanIssued",
                "disbursementId",
                loan.id + "/disbursement",
                "principal",
                loan.money(loan.asked),
                "evidence",
                loan.evidence(index, scaledPrincipal(), Limit.keptAt(loan.openLimit())));
    }

    void stopPayoutIfUnsecured() {
        if (loan.status == Loan.Status.ISSUED
                && loan.payoutAsked
                && loan.pledged().signum() == 0) {
            stopPayout();
        }
    }

    void stopPayoutIfBreached(@Nullable IndexRecord index) {
        if (loan.status == Loan.Status.ISSUED
                && loan.payoutAsked
                && index != null
                && loan.meets(loan.terms().firstLimit(), scaledPrincipal(), index.priced())) {
            stopPayout();
        }
    }

    void stopPayout() {
        loan.payoutAsked = false;
        answer.say(
                "DisbursementCancelInstructed",
                "instructionId",
                loan.id + "/disbursement/cancel",
                "disbursementId",
                loan.id + "/disbursement");
    }

    // --- the live loan without a case
    // ------------------------------------------------------------------------------------

    /** The rules in their order; a cure by a fact needs the time of what heals inside the deadline. */
    void evaluate(IndexRecord index, String cure, long healedAt) {
        if (loan.debtIsClear()) {
            return;
        }
        boolean waits = loan.waitsAt(now.taskTime);
        if (StabilisedRules.has(loan)) {
            if (!sellsAtOnce(index, waits)) {
                stabilised.evaluate(index);
            }
            return;
        }
        calls.endDwellIfOver(index);
        if (sellsAtOnce(index, waits)) {
            return;
        }
        if (!waits && sellsABand(index)) {
            return;
        }
        Call call = loan.call;
        if (call != null && call.expired()) {
            judgeExpired(index, call, waits);
        } else if (call != null && calls.standsHealed(call, index) && !isOutOfDate(index, call.issuedAt())) {
            calls.heal(call, index, cure, healedAt);
        }
        if (loan.sale != null) {
            return;
        }
        if (!waits) {
            callIfMet(index);
            noticeIfMet(index);
        }
        armAgain(index);
    }

    /** An open sweep may visit at a price from before something, when a newer one is known: it says nothing of that. */
    private boolean isOutOfDate(IndexRecord index, long since) {
        return index.priceTime() < since && !now.isNewest(index);
    }

    /** The hard limit pre-empts every clock. */
    private boolean sellsAtOnce(IndexRecord index, boolean waits) {
        if (loan.frozen || loan.lessThanALot()) {
            return false;
        }
        BigDecimal price = index.priced();
        if (loan.meets(loan.terms().selling().limit(), answer.today(), price)) {
            if (!waits) {
                cases.request("HARD_LTV", Ladder.NONE, size.need(price), index, Long.MIN_VALUE);
            }
            return true;
        }
        return false;
    }

    /** The highest band that the loan has reached and that is armed; those under it are sold with it. */
    private boolean sellsABand(IndexRecord index) {
        Ladder.Rung met = highestMet(Ladder.SELL, index);
        if (met == null || met.number() <= loan.reached || loan.frozen || loan.lessThanALot()) {
            return false;
        }
        SaleSize.Need need = size.ofBands(loan.reached, met.number(), index.priced());
        cases.request("HARD_LTV", met.number(), need, index, Long.MIN_VALUE);
        return true;
    }

    private void judgeExpired(IndexRecord index, Call call, boolean waits) {
        if (loan.frozen) {
            return;
        }
        if (calls.standsHealed(call, index)) {
            calls.cancel("HEALED_AFTER_EXPIRY");
        } else if (!waits && !loan.lessThanALot()) {
            cases.request("CALL_EXPIRED", call.rung(), size.need(index.priced()), index, call.deadline());
        }
    }

    /** A notice never passes over one. */
    private int lowestArmedBand() {
        return loan.terms().ladder().rungs().stream()
                .filter(rung -> rung.is(Ladder.SELL) && rung.number() > loan.reached)
                .mapToInt(Ladder.Rung::number)
                .findFirst()
                .orElse(Integer.MAX_VALUE);
    }

    private Ladder.@Nullable Rung highestMet(String action, IndexRecord index) {
        return highestMet(action, index, Integer.MAX_VALUE);
    }

    /** The highest rung of an action under a number that the loan meets; null for none. */
    private Ladder.@Nullable Rung highestMet(String action, IndexRecord index, int under) {
        Ladder.Rung highest = null;
        for (Ladder.Rung rung : loan.terms().ladder().rungs()) {
            if (rung.is(action) && rung.number() < under && loan.meets(rung.limit(), answer.today(), index.priced())) {
                highest = rung;
            }
        }
        return highest;
    }

    private void callIfMet(IndexRecord index) {
        Ladder.Rung met = highestMet(Ladder.CALL, index);
        Call call = loan.call;
        if (met == null) {
            return;
        }
        if (call == null) {
            calls.issue(index, met);
        } else if (met.number() > call.rung() && call.is(Call.Stage.RUNNING)) {
            calls.accelerate(call, index, met);
        } else if (met.number() > call.rung() && call.is(Call.Stage.WITHDRAWN)) {
            calls.cancel(CallRules.AFTER_WITHDRAWAL);
            calls.issue(index, met);
        }
    }

    private void noticeIfMet(IndexRecord index) {
        Ladder.Rung met = highestMet(Ladder.NOTICE, index, lowestArmedBand());
        Call call = loan.call;
        if (met != null && met.number() > loan.reached && (call == null || met.number() > call.rung())) {
            loan.reached = met.number();
            answer.say(
                    "MarginNoticeIssued",
                    "rung",
                    met.number(),
                    "evidence",
                    loan.evidence(index, loan.scaledExposure(answer.today()), met.limit()));
        }
    }

    /** Rungs whose level the loan has come back to can act again. */
    private void armAgain(IndexRecord index) {
        int former = loan.reached;
        int kept = former;
        while (kept > Ladder.NONE && !standsOver(loan.terms().ladder().rung(kept), index)) {
            kept--;
        }
        if (kept < former) {
            loan.reached = kept;
            answer.say(
                    "RungsCleared",
                    "reached",
                    kept,
                    "evidence",
                    loan.evidence(
                            index,
                            loan.scaledExposure(answer.today()),
                            Limit.keptAt(loan.terms().ladder().rung(former).level())));
        }
    }

    private boolean standsOver(Ladder.Rung rung, IndexRecord index) {
        return !rung.is(Ladder.CALL) && !loan.atOrUnder(rung.level(), answer.today(), index.priced());
    }
}

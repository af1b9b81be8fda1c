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
                || !loan.isSecured()
                || !Accrual.isFixed(loan)) {
            return;
        }
        Priced at = now.freshPrice(loan);
        if (at == null || loan.compareLtv(scaledPrincipal(), loan.pledges(), at, loan.openLimit()) > 0) {
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
                loan.evidence(at, scaledPrincipal(), Limit.keptAt(loan.openLimit())));
    }

    void stopPayoutIfUnsecured() {
        if (loan.status == Loan.Status.ISSUED && loan.payoutAsked && !loan.isSecured()) {
            stopPayout();
        }
    }

    void stopPayoutIfBreached(@Nullable Priced at) {
        if (loan.status == Loan.Status.ISSUED
                && loan.payoutAsked
                && at != null
                && loan.meets(loan.terms().firstLimit(), scaledPrincipal(), at)) {
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
    void evaluate(Priced at, String cure, long healedAt) {
        if (loan.debtIsClear()) {
            return;
        }
        boolean waits = loan.waitsAt(now.taskTime);
        if (StabilisedRules.has(loan)) {
            if (!sellsAtOnce(at, waits) && !sellsInDefault(at, waits)) {
                stabilised.evaluate(at);
            }
            return;
        }
        calls.endDwellIfOver(at);
        if (sellsAtOnce(at, waits) || sellsInDefault(at, waits)) {
            return;
        }
        if (!waits && sellsABand(at)) {
            return;
        }
        Call call = loan.call;
        if (call != null && call.expired()) {
            judgeExpired(at, call, waits);
        } else if (call != null && calls.standsHealed(call, at) && !isOutOfDate(at, call.issuedAt())) {
            calls.heal(call, at, cure, healedAt);
        }
        if (loan.sale != null) {
            return;
        }
        if (!loan.waitsAt(now.taskTime)) { // a cure ends the wait
            callIfMet(at);
            noticeIfMet(at);
        }
        armAgain(at);
    }

    /** An open sweep may visit at a price from before something, when a newer one is known: it says nothing of that. */
    private boolean isOutOfDate(Priced at, long since) {
        return at.byMarket().values().stream().anyMatch(record -> record.priceTime() < since && !now.isNewest(record));
    }

    /** The hard limit pre-empts every clock. */
    private boolean sellsAtOnce(Priced at, boolean waits) {
        if (loan.frozen || loan.lessThanALot()) {
            return false;
        }
        if (loan.meets(loan.terms().selling().limit(), answer.today(), at)) {
            if (!waits) {
                cases.request("HARD_LTV", Ladder.NONE, size.need(at), at, Long.MIN_VALUE);
            }
            return true;
        }
        return false;
    }

    /** A loan that is to be sold is not called and not told of anything. */
    private boolean sellsInDefault(Priced at, boolean waits) {
        Defaults.InDefault inDefault = loan.defaults.now;
        if (inDefault == null || !Defaults.sells(loan)) {
            return false;
        }
        Coin coin = loan.sellable();
        if (StabilisedRules.has(loan) && coin == null) {
            return false; // the money pays
        }
        if (coin != null && !loan.frozen && !waits) {
            cases.requestAllThatIsOwed(inDefault, coin, at);
        }
        return true;
    }

    /** The highest band that the loan has reached and that is armed; those under it are sold with it. */
    private boolean sellsABand(Priced at) {
        Ladder.Rung met = highestMet(Ladder.SELL, at);
        if (met == null || met.number() <= loan.reached || loan.frozen || loan.lessThanALot()) {
            return false;
        }
        SaleSize.Need need = size.ofBands(loan.reached, met.number(), at);
        cases.request("HARD_LTV", met.number(), need, at, Long.MIN_VALUE);
        return true;
    }

    private void judgeExpired(Priced at, Call call, boolean waits) {
        if (loan.frozen) {
            return;
        }
        if (calls.standsHealed(call, at)) {
            calls.cancel("HEALED_AFTER_EXPIRY");
        } else if (!waits && !loan.lessThanALot()) {
            cases.request("CALL_EXPIRED", call.rung(), size.need(at), at, call.deadline());
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

    private Ladder.@Nullable Rung highestMet(String action, Priced at) {
        return highestMet(action, at, Integer.MAX_VALUE);
    }

    /** The highest rung of an action under a number that the loan meets; null for none. */
    private Ladder.@Nullable Rung highestMet(String action, Priced at, int under) {
        Ladder.Rung highest = null;
        for (Ladder.Rung rung : loan.terms().ladder().rungs()) {
            if (rung.is(action) && rung.number() < under && loan.meets(rung.limit(), answer.today(), at)) {
                highest = rung;
            }
        }
        return highest;
    }

    private void callIfMet(Priced at) {
        Ladder.Rung met = highestMet(Ladder.CALL, at);
        Call call = loan.call;
        if (met == null) {
            return;
        }
        if (call == null) {
            calls.issue(at, met);
        } else if (met.number() > call.rung() && call.is(Call.Stage.RUNNING)) {
            calls.accelerate(call, at, met);
        } else if (met.number() > call.rung() && call.is(Call.Stage.WITHDRAWN)) {
            calls.cancel(CallRules.AFTER_WITHDRAWAL);
            calls.issue(at, met);
        }
    }

    private void noticeIfMet(Priced at) {
        Ladder.Rung met = highestMet(Ladder.NOTICE, at, lowestArmedBand());
        Call call = loan.call;
        if (met != null && met.number() > loan.reached && (call == null || met.number() > call.rung())) {
            loan.reached = met.number();
            answer.say(
                    "MarginNoticeIssued",
                    "rung",
                    met.number(),
                    "evidence",
                    loan.evidence(at, loan.scaledExposure(answer.today()), met.limit()));
        }
    }

    /** Rungs whose level the loan has come back to can act again. */
    private void armAgain(Priced at) {
        int former = loan.reached;
        int kept = former;
        while (kept > Ladder.NONE && !standsOver(loan.terms().ladder().rung(kept), at)) {
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
                            at,
                            loan.scaledExposure(answer.today()),
                            Limit.keptAt(loan.terms().ladder().rung(former).level())));
        }
    }

    private boolean standsOver(Ladder.Rung rung, Priced at) {
        return !rung.is(Ladder.CALL) && !loan.atOrUnder(rung.level(), answer.today(), at);
    }
}

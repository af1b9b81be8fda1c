package io.loanledger.local.checker;

import static java.math.BigDecimal.ZERO;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What prices and deadlines do: issue, call, cure, expiry, sale, its growing and shrinking. */
final class MarginRules {
    /** The longest wait after declines, microseconds. */
    static final long LONGEST_WAIT = 64_000_000;

    private final Answer answer;
    private final Loan loan;
    private final Circumstances now;

    MarginRules(Answer answer) {
        this.answer = answer;
        this.loan = answer.loan();
        this.now = answer.now();
    }

    /** What to sell from now on, and whether that is all of it. */
    record Need(BigDecimal quantity, boolean full) {}

    // --- before the money is out
    // ---------------------------------------------------------------------------------------

    private BigDecimal scaledPrincipal() {
        return Exposures.promised(loan);
    }

    void issueIfPossible() {
        if (loan.status != Loan.Status.REQUESTED
                || !loan.bound()
                || loan.frozen
                || loan.pledged().signum() <= 0) {
            return;
        }
        IndexRecord index = now.freshPrice(loan.coin().market());
        if (index == null
                || loan.compareLtv(
                                scaledPrincipal(),
                                loan.pledged(),
                                index.priced(),
                                loan.terms().openLtv())
                        > 0) {
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
                loan.evidence(
                        index, scaledPrincipal(), Limit.keptAt(loan.terms().openLtv())));
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
                && loan.meets(loan.terms().call(), scaledPrincipal(), index.priced())) {
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

    /** The four rules in their order; a cure needs the time of what heals inside the deadline. */
    void evaluate(IndexRecord index, String cure, long healedAt) {
        if (loan.debtIsClear()) {
            return;
        }
        BigDecimal price = index.priced();
        int day = answer.today();
        Call call = loan.call;
        boolean waits = loan.waitsAt(now.taskTime);
        if (!loan.frozen && !loan.lessThanALot() && loan.meets(loan.terms().sale(), day, price)) {
            if (!waits) {
                request("HARD_LTV", index, Long.MIN_VALUE);
            }
        } else if (call == null) {
            if (!waits && loan.meets(loan.terms().call(), day, price)) {
                issueCall(index);
            }
        } else if (call.expired()) {
            judgeExpired(index, call, waits);
        } else if (healedAt <= call.deadline()
                && !isSuperseded(index, call)
                && loan.atOrUnder(loan.terms().cureLtv(), day, price)) {
            cure(call, index, cure, healedAt);
        }
    }

    /** An open sweep may visit at a price from before the call, when a newer one has issued it: that one cures nothing. */
    private boolean isSuperseded(IndexRecord index, Call call) {
        IndexRecord newest = now.indexes.get(index.market());
        boolean isNewest = newest != null && newest.epoch() == index.epoch() && newest.sequence() == index.sequence();
        return index.priceTime() < call.issuedAt() && !isNewest;
    }

    private void cure(Call call, IndexRecord index, String cure, long healedAt) {
        loan.call = null;
        loan.declines = 0;
        answer.say(
                "MarginCallCured",
                "callId",
                call.id(),
                "kind",
                cure,
                "curedAt",
                healedAt,
                "evidence",
                loan.evidence(
                        index,
                        loan.scaledExposure(answer.today()),
                        Limit.keptAt(loan.terms().cureLtv())));
    }

    private void judgeExpired(IndexRecord index, Call call, boolean waits) {
        if (loan.frozen) {
            return;
        }
        if (loan.atOrUnder(loan.terms().cureLtv(), answer.today(), index.priced())) {
            cancelCall("HEALED_AFTER_EXPIRY");
        } else if (!waits && !loan.lessThanALot()) {
            request("CALL_EXPIRED", index, call.deadline());
        }
    }

    void cancelCall(String reason) {
        Call call = Objects.requireNonNull(loan.call);
        loan.call = null;
        answer.say("MarginCallCancelled", "callId", call.id(), "reason", reason);
    }

    void expireCall(long expiredAt) {
        Call call = Objects.requireNonNull(loan.call);
        loan.call = new Call(call.id(), call.issuedAt(), call.deadline(), call.expiresAt(), true);
        answer.say("MarginCallExpired", "callId", call.id(), "deadline", call.deadline(), "expiredAt", expiredAt);
    }

    private void issueCall(IndexRecord index) {
        Product terms = loan.terms();
        long deadline = now.taskTime + terms.cureMicros();
        long expiresAt = deadline + terms.factLagMicros();
        loan.calls++;
        String id = loan.id + "/call/" + loan.calls;
        loan.call = new Call(id, now.taskTime, deadline, expiresAt, false);
        BigDecimal exposure = loan.scaledExposure(answer.today());
        Ratio counted = loan.coin().haircut().rest();
        // Pledged that heals = exposure / (cure x price x counted share), rounded up; debt that heals = cure x value.
        BigDecimal enough = exposure.multiply(terms.cureLtv().under())
                .multiply(counted.under())
                .divide(
                        index.priced()
                                .multiply(counted.over())
                                .multiply(loan.unit())
                                .multiply(terms.cureLtv().over()),
                        loan.coin().scale(),
                        RoundingMode.CEILING);
        BigDecimal repay = repaymentTo(terms.cureLtv(), exposure, index.priced());
        answer.say(
                "MarginCallIssued",
                "callId",
                id,
                "issuedAt",
                now.taskTime,
                "deadline",
                deadline,
                "expiresAt",
                expiresAt,
                "evidence",
                loan.evidence(index, exposure, terms.call()),
                "topUpToCure",
                loan.coins(enough.subtract(loan.pledged()).max(ZERO)),
                "repayToCure",
                loan.money(repay));
    }

    /** The exposure over cure x value, as money that goes through the waterfall today. */
    private BigDecimal repaymentTo(Ratio limit, BigDecimal exposure, BigDecimal price) {
        Ratio counted = loan.coin().haircut().rest();
        BigDecimal excess = exposure.multiply(limit.under())
                .multiply(counted.under())
                .subtract(loan.scaledValue(loan.pledged(), price).multiply(limit.over()));
        return excess.signum() <= 0
                ? ZERO
                : Exposures.repayment(loan, excess, limit.under().multiply(counted.under()), answer.today());
    }

    private Limit limitOf(String reason) {
        return reason.equals("HARD_LTV")
                ? loan.terms().sale()
                : Limit.keptAt(loan.terms().cureLtv());
    }

    private void request(String reason, IndexRecord index, long callDeadline) {
        Need need = need(index.priced());
        loan.cases++;
        Sale sale = new Sale();
        sale.id = loan.id + "/case/" + loan.cases;
        sale.reason = reason;
        sale.full = need.full();
        sale.reserved = need.quantity();
        sale.wanted = need.quantity();
        sale.measuredAt = index.priced();
        sale.callDeadline = callDeadline;
        Said.Evidence evidence = loan.evidence(index, loan.scaledExposure(answer.today()), limitOf(reason));
        loan.sale = sale;
        loan.reserved = need.quantity();
        if (loan.declines > 0 && index.priceTime() > loan.retryAt + LONGEST_WAIT) {
            loan.declines = 0; // the loan had healed meanwhile
        }
        answer.say(
                "LiquidationRequested",
                "caseId",
                sale.id,
                "reason",
                reason,
                "mode",
                sale.mode(),
                "reserved",
                loan.coins(need.quantity()),
                "lotSize",
                loan.coins(loan.coin().lot()),
                "evidence",
                evidence,
                "callDeadline",
                callDeadline == Long.MIN_VALUE ? Said.Nothing.NULL : (Object) callDeadline);
    }

    // --- how much to sell
    // ------------------------------------------------------------------------------------------------

    /** The smallest sufficient multiple of the lot; everything when none is, or when it leaves too little debt. */
    Need need(BigDecimal price) {
        BigDecimal lot = loan.coin().lot();
        BigDecimal pledged = loan.pledged();
        BigInteger lots = pledged.divideToIntegralValue(lot).toBigInteger();
        if (suffices(BigInteger.ZERO, lot, pledged, price)) {
            return new Need(ZERO, false);
        }
        BigInteger tooFew = BigInteger.ZERO;
        BigInteger enough = lots;
        while (enough.subtract(tooFew).compareTo(BigInteger.ONE) > 0) {
            BigInteger middle = enough.add(tooFew).shiftRight(1);
            if (suffices(middle, lot, pledged, price)) {
                enough = middle;
            } else {
                tooFew = middle;
            }
        }
        if (enough.compareTo(lots) >= 0) {
            return new Need(lot.multiply(new BigDecimal(lots)), true);
        }
        BigDecimal quantity = lot.multiply(new BigDecimal(enough));
        BigDecimal bookedDebt = loan.postedDebt().add(loan.interestToPost(answer.today()));
        BigDecimal left = bookedDebt.subtract(net(quantity, price)).max(ZERO);
        return left.compareTo(loan.terms().minimumResidualDebt()) < 0
                ? new Need(lot.multiply(new BigDecimal(lots)), true)
                : new Need(quantity, false);
    }

    private boolean suffices(BigInteger lots, BigDecimal lot, BigDecimal pledged, BigDecimal price) {
        BigDecimal quantity = lot.multiply(new BigDecimal(lots));
        BigDecimal left = Exposures.after(loan, net(quantity, price), answer.today());
        return loan.compareLtv(
                        left, pledged.subtract(quantity), price, loan.terms().targetLtv())
                <= 0;
    }

    private BigDecimal net(BigDecimal quantity, BigDecimal price) {
        BigDecimal gross = price.multiply(quantity).setScale(loan.terms().debtScale(), RoundingMode.DOWN);
        return gross.subtract(fee(gross));
    }

    BigDecimal fee(BigDecimal gross) {
        return loan.terms().feeRate().timesRoundedHalfEven(gross, loan.terms().debtScale());
    }

    // --- an open case is measured again
    // ------------------------------------------------------------------------------------

    void growAtPrice(IndexRecord index) {
        Sale sale = Objects.requireNonNull(loan.sale);
        if (sale.full || loan.frozen || sale.isRescinded() || index.priced().compareTo(sale.measuredAt) >= 0) {
            return;
        }
        Need need = need(index.priced());
        BigDecimal all = sale.cumQuantity.add(need.quantity());
        if (all.compareTo(sale.wanted) > 0) {
            amend(sale, all, need.full(), index, null);
        }
    }

    /** A fact moved debt or coin under an open case. */
    void measureAgain(After after) {
        Sale sale = Objects.requireNonNull(loan.sale);
        IndexRecord index = now.price(loan.coin().market());
        Call call = loan.call;
        if (index != null && call != null && healsInTime(sale, call, after, index)) {
            cure(call, index, after.cure(), after.valueTime());
            if (sale.callDeadline != Long.MIN_VALUE) {
                shrinkToSold(sale, "CURED_IN_TIME");
                if (sale.cumQuantity.signum() > 0) {
                    answer.say(
                            "RescissionOpened",
                            "caseId",
                            sale.id,
                            "callId",
                            call.id(),
                            "sold",
                            loan.coins(sale.cumQuantity));
                }
                return;
            }
        }
        if (loan.frozen) {
            shrinkToSold(sale, "FROZEN");
            return;
        }
        if (index == null || sale.isRescinded()) {
            return;
        }
        Need need = need(index.priced());
        BigDecimal all = sale.cumQuantity.add(need.quantity());
        int change = all.compareTo(sale.wanted);
        if (change < 0 || (change > 0 && index.open())) {
            amend(sale, all, need.full(), index, null);
        }
    }

    /** A fact inside the call's deadline; under a hard case the market has to be open for it. */
    private boolean healsInTime(Sale sale, Call call, After after, IndexRecord index) {
        return (index.open() || sale.callDeadline != Long.MIN_VALUE)
                && !after.cure().equals(After.PRICE)
                && after.valueTime() <= call.deadline()
                && loan.atOrUnder(loan.terms().cureLtv(), answer.today(), index.priced());
    }

    private void shrinkToSold(Sale sale, String reason) {
        if (sale.wanted.compareTo(sale.cumQuantity) > 0) {
            amend(sale, sale.cumQuantity, sale.full, null, reason);
        }
    }

    private void amend(
            Sale sale, BigDecimal wanted, boolean full, @Nullable IndexRecord index, @Nullable String reason) {
        Object evidence = index == null
                ? Said.Nothing.NULL
                : loan.evidence(index, loan.scaledExposure(answer.today()), limitOf(sale.reason));
        sale.version++;
        sale.full = full;
        sale.wanted = wanted;
        sale.reserved = sale.reserved.max(wanted);
        loan.reserved = sale.reserved.subtract(sale.cumQuantity);
        if (index != null) {
            sale.measuredAt = index.priced();
        }
        answer.say(
                "LiquidationAmended",
                "caseId",
                sale.id,
                "version",
                sale.version,
                "mode",
                sale.mode(),
                "reserved",
                loan.coins(wanted),
                "evidence",
                evidence,
                reason == null ? "mode" : "reason",
                reason == null ? sale.mode() : reason);
    }
}

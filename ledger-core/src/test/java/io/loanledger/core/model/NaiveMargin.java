package io.loanledger.core.model;

import io.loanledger.core.loan.Circumstances;
import io.loanledger.core.loan.CureKind;
import io.loanledger.core.loan.LoanStatus;
import io.loanledger.core.money.Threshold;
import io.loanledger.core.price.IndexPrice;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What prices and deadlines do to a loan: issue, call, cure, expiry, sale, its growing and shrinking. Linear scans throughout. */
final class NaiveMargin {
    private final NaiveLoan loan;
    private final Circumstances now;
    private final List<String> lines;
    final NaiveCases cases;

    NaiveMargin(NaiveLoan loan, Circumstances now, List<String> lines) {
        this.loan = loan;
        this.now = now;
        this.lines = lines;
        this.cases = new NaiveCases(this, loan, lines);
    }

    Instant taskTime() {
        return now.taskTime();
    }

    LocalDate today() {
        return now.taskTime().atZone(ZoneOffset.UTC).toLocalDate();
    }

    @Nullable
    IndexPrice anyPrice() {
        IndexPrice price = now.price(loan.coin().market());
        return price == null || price.price() == null ? null : price;
    }

    @Nullable
    IndexPrice openPrice() {
        IndexPrice price = anyPrice();
        return price == null || !price.state().isOpen() ? null : price;
    }

    private boolean meets(Threshold threshold, BigDecimal scaledExposure, BigDecimal price) {
        int order = loan.compareLtv(scaledExposure, loan.value(loan.pledged(), price), threshold.ltv());
        return threshold.comparator() == Threshold.Comparator.REACHES ? order >= 0 : order > 0;
    }

    private boolean meets(Threshold threshold, BigDecimal price) {
        return meets(threshold, loan.debt.scaledExposure(today()), price);
    }

    boolean atOrUnderCure(BigDecimal price) {
        return loan.compareLtv(
                        loan.debt.scaledExposure(today()),
                        loan.value(loan.pledged(), price),
                        loan.bound().ladder().rung(1).level())
                <= 0;
    }

    // --- before the money is out
    // ----------------------------------------------------------------------------------------

    void issueIfPossible() {
        if (loan.status != LoanStatus.REQUESTED || loan.terms == null || loan.frozen || loan.held.signum() <= 0) {
            return;
        }
        IndexPrice index = openPrice();
        if (index == null || !now.isFresh(index.market())) {
            return;
        }
        BigDecimal scaled = loan.debt.scaledPromise();
        BigDecimal value = loan.value(loan.pledged(), index.price());
        if (loan.compareLtv(scaled, value, loan.openLtv()) <= 0) {
            loan.status = LoanStatus.ISSUED;
            loan.payout = "INSTRUCTED";
            lines.add(Tongue.line("LoanIssued", loan.id + "/disbursement", loan.asked));
        }
    }

    void stopPayoutIfBreached() {
        if (loan.status != LoanStatus.ISSUED || !loan.payout.equals("INSTRUCTED")) {
            return;
        }
        IndexPrice index = openPrice();
        boolean breached =
                index != null && meets(loan.bound().ladder().rung(1).threshold(), loan.debt.scaledPromise(), index.price());
        if (loan.pledged().signum() == 0 || breached) {
            stopPayout();
        }
    }

    void stopPayout() {
        loan.payout = "CANCEL_ASKED";
        lines.add(Tongue.line(
                "DisbursementCancelInstructed", loan.id + "/disbursement/cancel", loan.id + "/disbursement"));
    }

    // --- the live loan
    // --------------------------------------------------------------------------------------------------

    /** The four rules for a loan without a case; a cure needs the time of what heals to lie inside the deadline. */
    void evaluate(IndexPrice index, CureKind kind, Instant healedAt) {
        BigDecimal price = index.price();
        boolean canSell = !loan.frozen && !loan.lessThanALot();
        if (canSell && meets(loan.bound().liquidation().threshold(), price)) {
            if (!isSilent()) {
                cases.request("HARD_LTV", index);
            }
            return;
        }
        if (loan.call == null) {
            if (!isSilent() && meets(loan.bound().ladder().rung(1).threshold(), price)) {
                issueCall(price);
            }
            return;
        }
        if (loan.call.expired()) {
            judgeExpired(index);
            return;
        }
        boolean fromBeforeTheCall = index.priceTime().isBefore(loan.call.issuedAt())
                && !index.equals(now.price(loan.coin().market()));
        if (atOrUnderCure(price) && !healedAt.isAfter(loan.call.deadline()) && !fromBeforeTheCall) {
            lines.add(Tongue.line("MarginCallCured", loan.call.id(), kind, healedAt));
            loan.call = null;
            loan.forgetDeclines();
        }
    }

    /** After declines the loan asks for nothing until its wait is over. */
    private boolean isSilent() {
        return loan.silentUntil != null && !now.taskTime().isAfter(loan.silentUntil);
    }

    void judgeExpired(IndexPrice index) {
        BigDecimal price = index.price();
        if (loan.frozen) {
            return;
        }
        if (atOrUnderCure(price)) {
            cancelCall("HEALED_AFTER_EXPIRY");
        } else if (!loan.lessThanALot() && !isSilent()) {
            cases.request("CALL_EXPIRED", index);
        }
    }

    void cancelCall(String reason) {
        lines.add(Tongue.line("MarginCallCancelled", loan.call.id(), reason));
        loan.call = null;
    }

    private void issueCall(BigDecimal price) {
        var terms = loan.bound().ladder();
        Instant deadline = now.taskTime().plus(terms.rung(1).period());
        loan.calls++;
        loan.call = new NaiveLoan.Call(
                loan.id + "/call/" + loan.calls, now.taskTime(), deadline, deadline.plus(terms.factLag()), false);
        BigDecimal repay = repaymentThatHeals(price);
        lines.add(Tongue.line(
                "MarginCallIssued",
                loan.call.id(),
                now.taskTime(),
                deadline,
                loan.call.expiresAt(),
                topUpThatHeals(price),
                repay));
    }

    /** The smallest quantity that brings the loan to its cure level when it is added, found by doubling and halving. */
    private BigDecimal topUpThatHeals(BigDecimal price) {
        int scale = loan.coin().asset().scale();
        BigInteger sick = BigInteger.ZERO;
        BigInteger healed = BigInteger.ONE;
        while (!heals(new BigDecimal(healed, scale), price)) {
            sick = healed;
            healed = healed.shiftLeft(1);
        }
        while (healed.subtract(sick).compareTo(BigInteger.ONE) > 0) {
            BigInteger middle = healed.add(sick).shiftRight(1);
            if (heals(new BigDecimal(middle, scale), price)) {
                healed = middle;
            } else {
                sick = middle;
            }
        }
        return new BigDecimal(healed, scale);
    }

    private boolean heals(BigDecimal more, BigDecimal price) {
        return loan.compareLtv(
                        loan.debt.scaledExposure(today()),
                        loan.value(loan.pledged().add(more), price),
                        loan.bound().ladder().rung(1).level())
                <= 0;
    }

    /**
     * The smallest amount after whose payment today the loan stands at or under its cure level, found by halving: no formula. A loan on
     * which nothing has worth heals with all that is owed.
     */
    private BigDecimal repaymentThatHeals(BigDecimal price) {
        BigDecimal value = loan.value(loan.pledged(), price);
        long healed = loan.debt
                .posted()
                .add(loan.debt.interestToPost(today()))
                .max(loan.debt.posted())
                .add(BigDecimal.ONE)
                .movePointRight(2)
                .longValueExact();
        long sick = -1;
        while (healed - sick > 1) {
            long middle = sick + (healed - sick) / 2;
            BigDecimal left = loan.debt.scaledExposureAfter(BigDecimal.valueOf(middle, 2), today());
            if (left.signum() == 0
                    || loan.compareLtv(left, value, loan.bound().ladder().rung(1).level()) <= 0) {
                healed = middle;
            } else {
                sick = middle;
            }
        }
        return BigDecimal.valueOf(healed, 2);
    }
}

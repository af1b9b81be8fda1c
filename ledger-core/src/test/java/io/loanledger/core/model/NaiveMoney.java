package io.loanledger.core.model;

import static io.loanledger.core.model.NaiveLoan.ZERO;
import static io.loanledger.core.model.NaiveModel.refuseIf;

import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.loan.LoanInput.Stated;
import io.loanledger.core.loan.LoanStatus;
import io.loanledger.core.loan.Refusal;
import io.loanledger.core.model.NaiveModel.After;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** Money comes and goes: payout, interest, repayment, surplus, the end. */
final class NaiveMoney {
    private final NaiveLoan loan;
    private final NaiveMargin margin;
    private final List<String> lines;

    NaiveMoney(NaiveLoan loan, NaiveMargin margin, List<String> lines) {
        this.loan = loan;
        this.margin = margin;
        this.lines = lines;
    }

    boolean takesMoney() {
        return loan.status == LoanStatus.ACTIVE
                || loan.status == LoanStatus.SHORTFALL
                || loan.status == LoanStatus.REPAID;
    }

    void suspend(Stated stated, String reference) {
        suspend(stated.amount(), stated.asset());
        lines.add(Tongue.line("MoneySuspended", stated.amount(), stated.asset(), reference));
    }

    void suspend(BigDecimal amount, String asset) {
        loan.suspense.merge(asset, amount, BigDecimal::add);
    }

    LocalDate valueDate(Instant occurredAt) {
        LocalDate day = occurredAt.atZone(ZoneOffset.UTC).toLocalDate();
        LocalDate latest = margin.today();
        if (loan.debt.accruedTo != null && loan.debt.accruedTo.isAfter(latest)) {
            latest = loan.debt.accruedTo;
        }
        day = day.isAfter(latest) ? latest : day;
        return loan.debt.startedOn != null && day.isBefore(loan.debt.startedOn) ? loan.debt.startedOn : day;
    }

    /** Brings interest to the books through a day after the last one. */
    void postThrough(LocalDate day) {
        if (loan.debt.accruedTo != null && day.isAfter(loan.debt.accruedTo)) {
            post(day);
        }
    }

    /** Today, or the last day through which interest is on the books. */
    LocalDate onTheBooks() {
        LocalDate accruedTo = loan.debt.accruedTo;
        return accruedTo != null && accruedTo.isAfter(margin.today()) ? accruedTo : margin.today();
    }

    /** The periodic posting says so even when it posts nothing. */
    void postPeriodically(LocalDate day) {
        sayPosted(loan.debt.interestToPost(day), loan.debt.penaltyToPost(day), day);
    }

    private void post(LocalDate day) {
        BigDecimal amount = loan.debt.interestToPost(day);
        BigDecimal penalty = loan.debt.penaltyToPost(day);
        if (amount.signum() != 0 || penalty.signum() != 0) {
            sayPosted(amount, penalty, day);
        }
    }

    private void sayPosted(BigDecimal amount, BigDecimal penalty, LocalDate day) {
        Object accrual = loan.debt.accrual(day);
        loan.debt.post(amount, penalty, day);
        lines.add(Tongue.line("InterestPosted", amount, day, accrual, penalty));
    }

    /** After money with an earlier value date: the difference, and what is too much when nothing else is owed. */
    void correct(LocalDate valueDate) {
        if (valueDate.isBefore(loan.debt.accruedTo)) {
            post(loan.debt.accruedTo);
        }
        refundInterest();
    }

    void refundInterest() {
        if (loan.debt.isPostedTooMuch()) {
            BigDecimal refund = loan.debt.interest.negate();
            BigDecimal penalty = loan.debt.penalties.negate();
            loan.debt.interest = ZERO;
            loan.debt.penalties = ZERO;
            loan.debt.flow(refund, loan.debt.accruedTo);
            loan.surplusOwed = loan.surplusOwed.add(refund).add(penalty);
            Object accrual = loan.debt.rates.compounds() ? loan.debt.accrual(loan.debt.accruedTo) : Tongue.NONE;
            lines.add(Tongue.line("InterestRefunded", refund, accrual, penalty));
        }
    }

    // --- surplus
    // --------------------------------------------------------------------------------------------------------

    After surplusPaid(LoanInput.SurplusPaid fact) {
        refuseIf(loan.status == LoanStatus.UNKNOWN, Refusal.UNKNOWN_LOAN);
        BigDecimal amount = loan.payouts.get(fact.instructionId());
        refuseIf(amount == null, Refusal.INSTRUCTION_UNKNOWN);
        refuseIf(amount.compareTo(fact.amount().amount()) != 0, Refusal.AMOUNT_DIFFERS);
        paid(fact.instructionId(), amount);
        return After.OTHER;
    }

    private void paid(String instructionId, BigDecimal amount) {
        loan.payouts.remove(instructionId);
        loan.surplusPaying = loan.surplusPaying.subtract(amount);
        lines.add(Tongue.line("SurplusPaid", instructionId, amount));
    }

    After surplusReturned(LoanInput.SurplusReturned fact) {
        refuseIf(loan.status == LoanStatus.UNKNOWN, Refusal.UNKNOWN_LOAN);
        refuseIf(!isPayoutOfThisLoan(fact.instructionId()), Refusal.INSTRUCTION_UNKNOWN);
        BigDecimal open = loan.payouts.get(fact.instructionId());
        if (open != null) {
            refuseIf(open.compareTo(fact.amount().amount()) != 0, Refusal.AMOUNT_DIFFERS);
            paid(fact.instructionId(), open);
        }
        suspend(fact.amount().amount(), loan.bound().debtAsset().code());
        lines.add(Tongue.line(
                "SurplusReturned", fact.instructionId(), fact.amount().amount()));
        return After.OTHER;
    }

    private boolean isPayoutOfThisLoan(String instructionId) {
        for (int n = 1; n <= loan.payoutCount; n++) {
            if (instructionId.equals(loan.id + "/surplus/" + n)) {
                return true;
            }
        }
        return false;
    }

    // --- the end
    // --------------------------------------------------------------------------------------------------------

    void endIfClear() {
        loan.inDefault.endIfPaid();
        if ((loan.status == LoanStatus.ACTIVE || loan.status == LoanStatus.SHORTFALL)
                && loan.sale == null
                && loan.debt.isClear()) {
            if (loan.line.keepsOpen()) {
                if (loan.call != null) {
                    margin.ladder.cancelCall("REPAID");
                }
                return;
            }
            if (!margin.stabilised.handBack()) {
                return;
            }
            if (loan.call != null) {
                margin.ladder.cancelCall("REPAID");
            }
            loan.status = LoanStatus.REPAID;
            lines.add("LoanRepaid");
        }
    }

    void end(NaiveSales sales) {
        loan.inDefault.endIfPaid();
        margin.cases.shrinkIfDefaultEnded();
        endIfClear();
        sales.shortfallIfSoldOut();
        boolean ending = loan.status == LoanStatus.REPAID || loan.status == LoanStatus.CANCELLED;
        if (ending && !loan.frozen) {
            sales.custody().sendBackWhatIsFree();
        }
        payOut();
        if (ending) {
            if (loan.coins.stream().allMatch(NaiveCoin::isGone)
                    && loan.returns.isEmpty()
                    && !sales.custody().awaitsCoin()
                    && loan.clearing.signum() <= 0
                    && loan.surplusOwed.signum() == 0
                    && loan.surplusPaying.signum() == 0) {
                loan.status = LoanStatus.CLOSED;
                lines.add("LoanClosed");
            }
        }
    }

    private void payOut() {
        if (loan.surplusOwed.signum() > 0 && loan.clearing.signum() <= 0 && loan.sale == null && !loan.frozen) {
            BigDecimal amount = loan.surplusOwed;
            loan.payoutCount++;
            String id = loan.id + "/surplus/" + loan.payoutCount;
            loan.payouts.put(id, amount);
            loan.surplusOwed = ZERO;
            loan.surplusPaying = loan.surplusPaying.add(amount);
            lines.add(Tongue.line("SurplusPayoutInstructed", id, amount));
        }
    }
}

package io.loanledger.core.model;

import static io.loanledger.core.model.NaiveLoan.ZERO;
import static io.loanledger.core.model.NaiveModel.refuseIf;

import io.loanledger.core.loan.CureKind;
import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.loan.LoanStatus;
import io.loanledger.core.loan.Refusal;
import io.loanledger.core.model.NaiveModel.After;
import io.loanledger.core.terms.LineTerms;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A commitment that is drawn in parts: what is on its way, what is left of it, how it ends. */
final class NaiveLine {
    private final NaiveLoan loan;
    private final NaiveMargin margin;
    private final NaiveMoney money;
    private final NaiveReconciliation reconciliation;
    private final List<String> lines;

    /** Every draw but the first payout, in the order in which they were granted. */
    final List<Draw> draws = new ArrayList<>();

    /** Nothing can be drawn any more. */
    boolean ended;

    NaiveLine(
            NaiveLoan loan,
            NaiveMargin margin,
            NaiveMoney money,
            NaiveReconciliation reconciliation,
            List<String> lines) {
        this.loan = loan;
        this.margin = margin;
        this.money = money;
        this.reconciliation = reconciliation;
        this.lines = lines;
    }

    /** More of the line; its stage in one word. */
    static final class Draw {
        final String id;
        final BigDecimal amount;
        final BigDecimal fee;
        String stage = "INSTRUCTED";

        Draw(String id, BigDecimal amount, BigDecimal fee) {
            this.id = id;
            this.amount = amount;
            this.fee = fee;
        }

        boolean isPending() {
            return stage.equals("INSTRUCTED") || stage.equals("CANCEL_ASKED");
        }

        BigDecimal paidOut() {
            return amount.subtract(fee);
        }

        @Override
        public String toString() {
            return Tongue.line(id, amount, stage);
        }
    }

    private @Nullable LineTerms terms() {
        return loan.terms == null ? null : loan.bound().agreed().line();
    }

    @Nullable
    Draw draw(String id) {
        return draws.stream().filter(draw -> draw.id.equals(id)).findFirst().orElse(null);
    }

    // --- what counts
    // ----------------------------------------------------------------------------------------------

    boolean isPending() {
        return draws.stream().anyMatch(Draw::isPending);
    }

    /** What the bank has not said its word of. */
    BigDecimal pending() {
        return draws.stream().filter(Draw::isPending).map(draw -> draw.amount).reduce(ZERO, BigDecimal::add);
    }

    private BigDecimal used() {
        if (terms().revolving()) {
            return loan.debt.principal.max(ZERO);
        }
        return draws.stream()
                .filter(draw -> draw.stage.equals("CONFIRMED"))
                .map(draw -> draw.amount)
                .reduce(loan.lent, BigDecimal::add);
    }

    /** Whether a loan that owes nothing goes on. */
    boolean keepsOpen() {
        if (isPending()) {
            return true;
        }
        return terms() != null
                && !ended
                && loan.status == LoanStatus.ACTIVE
                && (terms().revolving() || used().compareTo(loan.asked) < 0);
    }

    // --- a draw
    // ---------------------------------------------------------------------------------------------------

    After requested(LoanInput.DrawdownRequested fact) {
        BigDecimal amount = fact.amount().amount();
        refuseIf(loan.status == LoanStatus.UNKNOWN, Refusal.UNKNOWN_LOAN);
        refuseIf(loan.status == LoanStatus.CLOSED, Refusal.LOAN_CLOSED);
        refuseIf(loan.status != LoanStatus.ACTIVE || terms() == null || ended, Refusal.WRONG_STATUS);
        refuseIf(loan.frozen, Refusal.FROZEN);
        refuseIf(loan.inDefault.isNow(), Refusal.IN_DEFAULT);
        refuseIf(loan.sale != null, Refusal.RELEASE_WHILE_LIQUIDATING);
        refuseIf(loan.call != null && !loan.call.is("WITHDRAWN"), Refusal.RELEASE_WHILE_CALLED);
        refuseIf(reconciliation.custodianHasLess(), Refusal.CUSTODIAN_SHORT);
        BigDecimal fee = loan.feeOf(terms().drawFee(), amount);
        boolean small = amount.compareTo(terms().minimumDraw().amount()) < 0 || fee.compareTo(amount) >= 0;
        refuseIf(small, Refusal.DRAW_TOO_SMALL);
        BigDecimal available = loan.asked.subtract(used()).subtract(pending());
        refuseIf(amount.compareTo(available) > 0, Refusal.ABOVE_COMMITMENT);
        NaivePrices prices = margin.openPrices();
        refuseIf(prices == null || !prices.isFresh(), Refusal.NO_FRESH_PRICE);
        BigDecimal exposure = loan.debt.scaledExposureWith(pending().add(amount), margin.today());
        refuseIf(loan.compareLtv(exposure, prices.value(), loan.openLtv()) > 0, Refusal.LTV_TOO_HIGH);
        Draw draw = new Draw(loan.id + "/disbursement/" + (draws.size() + 2), amount, fee);
        draws.add(draw);
        loan.relyOnAllCoin();
        lines.add(Tongue.line("DrawdownInstructed", draw.id, amount, fee));
        return After.OTHER;
    }

    /** At these prices, none where no market is open: what is on its way would stand at the first limit, or on nothing. */
    void stopIfBreached(@Nullable NaivePrices prices) {
        boolean canBeStopped = draws.stream().anyMatch(draw -> draw.stage.equals("INSTRUCTED"));
        if (!canBeStopped) {
            return;
        }
        boolean unsecured = loan.coins.stream().allMatch(coin -> coin.pledged().signum() == 0);
        boolean isJudged = loan.status == LoanStatus.ACTIVE && prices != null;
        if (unsecured || (isJudged && margin.meetsFirstLimit(prices))) {
            stop();
        }
    }

    /** Whatever is on its way and was not asked to stop yet. */
    void stop() {
        for (Draw draw : draws) {
            if (draw.stage.equals("INSTRUCTED")) {
                draw.stage = "CANCEL_ASKED";
                lines.add(Tongue.line("DisbursementCancelInstructed", draw.id + "/cancel", draw.id));
            }
        }
    }

    // --- the bank's word
    // ------------------------------------------------------------------------------------------

    private void checkPending(Draw draw) {
        refuseIf(loan.status == LoanStatus.CLOSED, Refusal.LOAN_CLOSED);
        refuseIf(loan.status != LoanStatus.ACTIVE && loan.status != LoanStatus.SHORTFALL, Refusal.WRONG_STATUS);
        refuseIf(!draw.isPending(), Refusal.INSTRUCTION_UNKNOWN);
    }

    After confirmed(Draw draw, LoanInput.DisbursementConfirmed fact) {
        checkPending(draw);
        refuseIf(fact.amount().amount().compareTo(draw.paidOut()) != 0, Refusal.AMOUNT_DIFFERS);
        LocalDate day = money.valueDate(fact.head().occurredAt());
        money.postThrough(day);
        Object accrual = loan.debt.accrual(day);
        draw.stage = "CONFIRMED";
        loan.debt.changePrincipal(draw.amount, day);
        loan.debt.flow(draw.amount, day);
        lines.add(Tongue.line("DisbursementConfirmed", draw.id, draw.amount, day, draw.fee, accrual));
        money.correct(day);
        return new After(CureKind.PRICE, null, true, true);
    }

    After failed(Draw draw) {
        checkPending(draw);
        draw.stage = "FAILED";
        lines.add(Tongue.line("DisbursementFailed", draw.id));
        return After.OTHER;
    }

    // --- the end
    // --------------------------------------------------------------------------------------------------

    /** The lender or the borrower wants no more of it. */
    void cancelled() {
        refuseIf(terms() == null || ended, Refusal.WRONG_STATUS);
        end();
    }

    void endAtMaturity(Instant time, Runnable ending) {
        LocalDate maturity = loan.status == LoanStatus.ACTIVE && terms() != null && !ended ? loan.maturity() : null;
        if (maturity != null
                && maturity.atStartOfDay().toInstant(ZoneOffset.UTC).isBefore(time)) {
            end();
            ending.run();
        }
    }

    private void end() {
        ended = true;
        lines.add("CommitmentEnded");
        stop();
    }
}

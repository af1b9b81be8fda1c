package io.loanledger.local.checker;

import static io.loanledger.local.checker.Answer.refuseIf;
import static java.math.BigDecimal.ZERO;

import io.loanledger.local.checker.Loan.Status;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A line is drawn, a draw is paid out, stopped or given back, and the commitment ends. */
final class DrawRules {
    private final Answer answer;
    private final Loan loan;
    private final MoneyRules money;

    DrawRules(Answer answer, MoneyRules money) {
        this.answer = answer;
        this.loan = answer.loan();
        this.money = money;
    }

    After requested(Fact fact) {
        refuseIf(loan.status == Status.UNKNOWN, "UNKNOWN_LOAN");
        refuseIf(loan.status == Status.CLOSED, "LOAN_CLOSED");
        Line line = loan.bound() ? loan.terms().agreement().line() : null;
        if (loan.status != Status.ACTIVE || line == null || loan.draws.ended) {
            throw new Answer.Refused("WRONG_STATUS");
        }
        refuseIf(loan.frozen, "FROZEN");
        refuseIf(loan.defaults.now != null, "IN_DEFAULT");
        refuseIf(loan.sale != null, "RELEASE_WHILE_LIQUIDATING");
        Call call = loan.call;
        refuseIf(call != null && !call.is(Call.Stage.WITHDRAWN), "RELEASE_WHILE_CALLED");
        refuseIf(loan.custody.isShort(), "CUSTODIAN_SHORT");
        BigDecimal amount = fact.number("amount");
        BigDecimal fee = line.fee(amount, loan.terms().debtScale());
        refuseIf(amount.compareTo(line.minimumDraw()) < 0 || fee.compareTo(amount) >= 0, "DRAW_TOO_SMALL");
        refuseIf(amount.compareTo(loan.draws.available(loan, line)) > 0, "ABOVE_COMMITMENT");
        Priced at = answer.now().freshPrice(loan);
        if (at == null) {
            throw new Answer.Refused("NO_FRESH_PRICE");
        }
        BigDecimal exposure = loan.draws.scaledExposure(loan, amount, answer.today());
        refuseIf(loan.compareLtv(exposure, loan.pledges(), at, loan.openLimit()) > 0, "LTV_TOO_HIGH");
        Draw draw = new Draw(loan.id + "/disbursement/" + (loan.draws.all.size() + 2), amount, fee);
        loan.draws.all.add(draw);
        loan.relyOnAllCoin();
        answer.say(
                "DrawdownInstructed",
                "disbursementId",
                draw.id,
                "amount",
                loan.money(amount),
                "fee",
                new Said.Maybe(loan.money(fee)),
                "evidence",
                loan.evidence(at, exposure, Limit.keptAt(loan.openLimit())));
        return After.OTHER;
    }

    // --- stopped
    // -------------------------------------------------------------------------------------------------------

    /** At an open price, before everything else there. */
    void stopIfBreached(@Nullable Priced at) {
        if (at != null
                && loan.status == Status.ACTIVE
                && isAsked()
                && loan.meets(loan.terms().firstLimit(), loan.draws.scaledExposure(loan, ZERO, answer.today()), at)) {
            stopAll();
        }
    }

    void stopIfUnsecured() {
        if (loan.status == Status.ACTIVE && !loan.isSecured()) {
            stopAll();
        }
    }

    private boolean isAsked() {
        return loan.draws.all.stream().anyMatch(draw -> draw.stage == Draw.Stage.ASKED);
    }

    void stopAll() {
        for (Draw draw : loan.draws.all) {
            if (draw.stage == Draw.Stage.ASKED) {
                draw.stage = Draw.Stage.STOPPING;
                answer.say(
                        "DisbursementCancelInstructed",
                        "instructionId",
                        draw.id + "/cancel",
                        "disbursementId",
                        draw.id);
            }
        }
    }

    // --- the bank's word
    // --------------------------------------------------------------------------------------------------

    @Nullable
    Draw of(Fact fact) {
        return loan.draws.find(fact.text("instructionId"));
    }

    private void check(Draw draw) {
        refuseIf(loan.status == Status.CLOSED, "LOAN_CLOSED");
        refuseIf(loan.status != Status.ACTIVE && loan.status != Status.SHORTFALL, "WRONG_STATUS");
        refuseIf(!draw.isPending(), "INSTRUCTION_UNKNOWN");
    }

    After confirmed(Draw draw, Fact fact) {
        check(draw);
        refuseIf(fact.number("amount").compareTo(draw.paidOut()) != 0, "AMOUNT_DIFFERS");
        int day = money.valueDay(fact.occurredAt());
        money.postThrough(day);
        int accruedBefore = loan.accruedTo;
        draw.stage = Draw.Stage.CONFIRMED;
        Accrual.payOut(loan, draw.amount, day);
        answer.book(
                "DisbursementConfirmed",
                Answer.entries(
                        money.currency(),
                        "PRINCIPAL_RECEIVABLE",
                        draw.amount,
                        "CASH",
                        draw.paidOut().negate(),
                        "FEE_INCOME",
                        draw.fee.negate()),
                "disbursementId",
                draw.id,
                "amount",
                loan.money(draw.amount),
                "fee",
                new Said.Maybe(loan.money(draw.fee)),
                "valueDate",
                day,
                "accrual",
                Accrual.told(loan, accruedBefore, day));
        money.correct(day);
        return After.MOVED;
    }

    After failed(Draw draw, Fact fact) {
        check(draw);
        draw.stage = Draw.Stage.FAILED;
        answer.say("DisbursementFailed", "disbursementId", draw.id, "reason", fact.text("reason"));
        return After.OTHER;
    }

    After returned(Draw draw, Fact fact) {
        refuseIf(loan.status == Status.CLOSED, "LOAN_CLOSED");
        refuseIf(loan.status != Status.ACTIVE, "WRONG_STATUS");
        refuseIf(draw.stage != Draw.Stage.CONFIRMED, "INSTRUCTION_UNKNOWN");
        return money.cameBack(fact, draw.paidOut(), draw.fee, loan.principal.compareTo(draw.amount) >= 0);
    }

    // --- the end
    // -------------------------------------------------------------------------------------------------------

    /** The lender or the borrower ends it; false where there is nothing to end. */
    boolean cancelled(Fact fact) {
        if (loan.status != Status.ACTIVE || !isRunning(loan)) {
            return false;
        }
        end(fact.text("reason"));
        return true;
    }

    private static boolean isRunning(Loan loan) {
        return loan.bound() && loan.terms().agreement().line() != null && !loan.draws.ended;
    }

    /** When the commitment ends by itself; null for never. */
    static @Nullable Long endsAfter(Loan loan) {
        Integer maturity = loan.status == Status.ACTIVE && isRunning(loan) ? loan.maturity() : null;
        return maturity == null ? null : (Long) (maturity * Loan.DAY_MICROS);
    }

    /** Whether it ended. */
    boolean pass(long time) {
        Long end = endsAfter(loan);
        if (end == null || end >= time) {
            return false;
        }
        end("MATURITY");
        return true;
    }

    private void end(String reason) {
        loan.draws.ended = true;
        answer.say("CommitmentEnded", "reason", reason);
        stopAll();
    }
}

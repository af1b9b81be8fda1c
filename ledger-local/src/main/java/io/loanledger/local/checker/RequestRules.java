package io.loanledger.local.checker;

import static io.loanledger.local.checker.Answer.refuseIf;

import io.loanledger.local.checker.Loan.Status;
import java.math.BigDecimal;

/** A loan is asked for, called off, or put under a hold. */
final class RequestRules {
    private final Answer answer;
    private final Loan loan;
    private final AmountRules amounts;
    private final MarginRules margin;
    private final DrawRules draws;

    RequestRules(Answer answer, AmountRules amounts, MarginRules margin, DrawRules draws) {
        this.draws = draws;
        this.answer = answer;
        this.loan = answer.loan();
        this.amounts = amounts;
        this.margin = margin;
    }

    After request(Fact fact) {
        BigDecimal principal = fact.number("principal");
        amounts.size(principal);
        Object named = Terms.field(fact.record(), "firstDraw");
        BigDecimal firstDraw = named == null ? principal : Numbers.read(named.toString());
        amounts.size(firstDraw);
        refuseIf(!loan.product.isEmpty(), "ALREADY_REQUESTED");
        loan.status = Status.REQUESTED;
        loan.product = fact.text("productId");
        loan.asked = firstDraw;
        loan.draws.commitment = principal;
        loan.draws.firstIsNamed = named != null;
        loan.requestedOn = Answer.day(fact.occurredAt());
        loan.debtCode = fact.text("debtAsset");
        loan.coinCode = fact.text("collateralAsset");
        answer.say(
                "LoanRequested",
                "borrowerId",
                fact.text("borrowerId"),
                "productId",
                loan.product,
                "requestedPrincipal",
                new Said.Figure(principal),
                "debtAssetCode",
                loan.debtCode,
                "collateralAssetCode",
                loan.coinCode,
                "requestedAt",
                fact.occurredAt(),
                "firstDraw",
                named == null ? Said.Nothing.NULL : (Object) new Said.Figure(firstDraw));
        return After.OTHER;
    }

    After cancel(Fact fact) {
        refuseIf(loan.status == Status.UNKNOWN, "UNKNOWN_LOAN");
        refuseIf(loan.status == Status.CLOSED, "LOAN_CLOSED");
        if (draws.cancelled(fact)) {
            return After.OTHER;
        }
        refuseIf(loan.status != Status.REQUESTED && loan.status != Status.ISSUED, "WRONG_STATUS");
        if (loan.status == Status.REQUESTED) {
            loan.status = Status.CANCELLED;
            answer.say("LoanCancelled", "reason", fact.text("reason"));
        } else if (loan.payoutAsked) {
            margin.stopPayout();
        }
        return After.OTHER;
    }

    After comply(Fact fact) {
        refuseIf(loan.status == Status.CLOSED, "LOAN_CLOSED");
        boolean frozen = fact.text("status").equals("FROZEN");
        if (loan.frozen == frozen) {
            return After.OTHER;
        }
        loan.frozen = frozen;
        answer.say("ComplianceChanged", "frozen", frozen, "reason", fact.text("reason"));
        return After.MOVED;
    }
}

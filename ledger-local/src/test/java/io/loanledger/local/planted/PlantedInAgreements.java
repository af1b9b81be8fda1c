package io.loanledger.local.planted;

import io.loanledger.local.planted.PlantedBug.Kind;
import java.util.List;

/** Faults in agreements that change while they run: what is repaid early, goes on under other terms, or is drawn in parts. */
final class PlantedInAgreements {
    private static final String CORE = "ledger-core";
    private static final String LOAN = "io.loanledger.core.loan.";

    private PlantedInAgreements() {}

    static final List<PlantedBug> ALL = List.of(
            bug(
                    "principal that is due bears the fee of prepayment too",
                    "PrepaymentFee",
                    "undue = undue.minus(part.principal());",
                    "undue = undue.minus(part.fees());",
                    "PrepaymentTest"),
            bug(
                    "what a call asked for bears the fee of prepayment",
                    "PrepaymentFee",
                    "call.stage() == MarginCall.Stage.WITHDRAWN",
                    "call.stage() != MarginCall.Stage.WITHDRAWN",
                    "PrepaymentTest"),
            bug(
                    "the fee of a payment that bounced is kept",
                    "PaymentRules",
                    "Money fee = owes ? payment.get().fee()",
                    "Money fee = !owes ? payment.get().fee()",
                    "PrepaymentTest"),
            bug(
                    "interest of before a rollover is taken off the new one's",
                    "Debt",
                    "return interestPosted.minus(interestBefore);",
                    "return interestPosted;",
                    "AmendmentsTest"),
            bug(
                    "the former maturity stays the maturity",
                    "Agreement",
                    "amendment == null ? terms.maturityOf(startedOn) : amendment.maturity()",
                    "terms.maturityOf(startedOn)",
                    "AmendmentsTest"),
            bug(
                    "a change is measured without its fee",
                    "AmendmentRules",
                    "bringUpTo(tried, terms, on, fee);",
                    "bringUpTo(tried, terms, on, Money.zero(fee.currency()));",
                    "AmendmentsTest"),
            bug(
                    "the instalments of before count in the new plan",
                    "Schedule",
                    "loan.servicing().billed() - loan.terms().instalmentsBefore()",
                    "loan.servicing().billed()",
                    "AmendmentsTest"),
            bug(
                    "what is on its way can be drawn once more",
                    "DrawRules",
                    "undrawn(loan, line).minus(loan.draws().pending(amount.currency()))",
                    "undrawn(loan, line)",
                    "LinesTest"),
            bug("every line revolves", "DrawRules", "Money used = line.revolving()", "Money used = true", "LinesTest"),
            bug(
                    "an open line ends with its debt",
                    "Consequences",
                    "DrawRules.isOpen(loan) || loan.draws().isPending()",
                    "loan.draws().isPending()",
                    "LinesTest"),
            bug(
                    "coin goes while a draw on its way needs it",
                    "LendingRules",
                    "loan, owed, coin.pledged().minus(quantity)",
                    "loan, loan.debt(), coin.pledged().minus(quantity)",
                    "LinesTest"),
            bug(
                    "a draw that the bank tells late bears interest from then on",
                    "DrawRules",
                    "PaymentRules.correctInterest(draft, valueDate);",
                    "",
                    "LinesTest"));

    private static PlantedBug bug(String title, String type, String right, String wrong, String test) {
        return new PlantedBug(Kind.MONEY, title, CORE, LOAN + type, right, wrong, CORE, List.of(LOAN + test));
    }
}

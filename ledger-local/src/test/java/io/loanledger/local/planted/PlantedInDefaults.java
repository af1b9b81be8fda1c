package io.loanledger.local.planted;

import io.loanledger.local.planted.PlantedBug.Kind;
import java.util.List;

/** Faults in defaults: when one begins and ends, what its days cost, and what is sold for it. */
final class PlantedInDefaults {
    private static final String CORE = "ledger-core";
    private static final String LOAN = "io.loanledger.core.loan.";

    private PlantedInDefaults() {}

    static final List<PlantedBug> ALL = List.of(
            bug(
                    "a loan is in default a day early",
                    "Schedule",
                    "onDefault.afterDays() + 1L",
                    "onDefault.afterDays()",
                    "DefaultTest"),
            bug(
                    "principal that comes back after the last instalment is never late",
                    "Schedule",
                    "&& servicing.loosePrincipal(loan.debt()).isPositive()",
                    "&& servicing.loosePrincipal(loan.debt()).isNegative()",
                    "DefaultTest"),
            bug(
                    "a default lets a draw go out that is on its way",
                    "DefaultRules",
                    "DrawRules.stop(draft, \"the loan is in default\");",
                    "",
                    "LinesTest"),
            bug(
                    "a sale for a default goes on after it has paid what is due",
                    "Consequences",
                    "Valuation.shrinkIfDefaultEnded(draft);",
                    "",
                    "DefaultSaleTest"),
            bug(
                    "what a waiver let go brings a default again",
                    "Schedule",
                    " && !loan.servicing().defaults().excuses(due.dueOn())",
                    "",
                    "DefaultTest"),
            bug(
                    "an acceleration forgets the interest that was not due",
                    "DefaultRules",
                    "Money.zero(e.interest().currency()),\n                        e.interest(),",
                    "Money.zero(e.interest().currency()),\n                        Money.zero(e.interest().currency()),",
                    "DefaultTest"),
            bug(
                    "paying the arrears ends an accelerated default",
                    "DefaultRules",
                    "due.isAccelerated() || due.dueOn().isBefore(by)",
                    "!due.isAccelerated() && due.dueOn().isBefore(by)",
                    "DefaultTest"),
            bug(
                    "paying what is due ends another loan's default",
                    "DefaultReason",
                    "case CROSS_DEFAULT, MANUAL -> false;",
                    "case CROSS_DEFAULT, MANUAL -> true;",
                    "DefaultTest"),
            bug(
                    "a payment valued in the default takes nothing of its cost back",
                    "Debt",
                    "valueDate.isBefore(end) ? clock.unitsOfDefault(start, valueDate, end) : 0",
                    "0",
                    "DefaultTest"),
            bug(
                    "the day on which a default ends costs default interest",
                    "Defaults",
                    "earlier(to, span.to())",
                    "earlier(to, span.to().plusDays(1))",
                    "DefaultTest"),
            bug(
                    "default interest waits for interest",
                    "PaymentRules",
                    "if (!amount.isZero() || !penalty.isZero()) {",
                    "if (!amount.isZero()) {",
                    "DefaultTest"),
            bug(
                    "a sale for a default stops at the target ratio",
                    "Sizing",
                    "(forDefault || terms().clearsDebt())",
                    "terms().clearsDebt()",
                    "DefaultSaleTest"),
            bug(
                    "the proceeds of a default stay collateral",
                    "LiquidationRules",
                    " && !open.reason().isDefault();",
                    ";",
                    "DefaultSaleTest"),
            bug(
                    "the sale goes on after the default was waived",
                    "Valuation",
                    "return open.reason().isDefault() && !loan.servicing().isInDefault();",
                    "return false;",
                    "DefaultSaleTest"));

    private static PlantedBug bug(String title, String source, String right, String wrong, String test) {
        return new PlantedBug(Kind.MONEY, title, CORE, LOAN + source, right, wrong, CORE, List.of(LOAN + test));
    }
}

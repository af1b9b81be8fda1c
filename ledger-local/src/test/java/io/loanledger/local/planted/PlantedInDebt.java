package io.loanledger.local.planted;

import io.loanledger.local.planted.PlantedBug.Kind;
import java.util.List;

/** Faults in what is owed: where money goes, what comes back, what falls due, and what it costs. */
final class PlantedInDebt {
    private static final String CORE = "ledger-core";
    private static final String LOAN = "io.loanledger.core.loan.";

    private PlantedInDebt() {}

    static final List<PlantedBug> ALL = List.of(
            bug(
                    "what is not due is paid with what is due",
                    "Waterfall",
                    "isCharge(component) ? first : last",
                    "isCharge(component) ? first : first",
                    "WaterfallTest"),
            bug(
                    "the newest instalment is paid first",
                    "Waterfall",
                    "groups.add(List.of(bucket))",
                    "groups.addFirst(List.of(bucket))",
                    "WaterfallTest"),
            bug(
                    "the payments after a reversed one stay where they are",
                    "PaymentRules",
                    "owes && loan.waterfall().reapplies()",
                    "!owes && loan.waterfall().reapplies()",
                    "ReappliedPaymentsTest"),
            bug(
                    "what came after a reversed payment is applied newest first",
                    "PaymentRules",
                    "for (TakenBack again : later.reversed()) {",
                    "for (TakenBack again : later) {",
                    "ReappliedPaymentsTest"),
            bug(
                    "the fee is not kept from the payout",
                    "LoanPostings",
                    "credit(CASH, e.amount().minus(e.fee())),\n                        credit(FEE_INCOME, e.fee())",
                    "credit(CASH, e.amount())",
                    "ChargesTest"),
            bug(
                    "costs do not keep a loan from being clear",
                    "Debt",
                    "fees.isZero() && charges.isNone();",
                    "fees.isZero();",
                    "ChargesTest"),
            bug(
                    "a late fee falls on the last day of the grace",
                    "Schedule",
                    "terms.graceDays() + 1L",
                    "terms.graceDays()",
                    "ScheduleTest"),
            bug(
                    "a paid instalment costs a late fee",
                    "Schedule",
                    "!due.lateFeeCharged() && due.overdue().isPositive()",
                    "!due.lateFeeCharged()",
                    "ScheduleTest"),
            bug(
                    "more stays due than is owed",
                    "LoanEvolution",
                    "next.servicing = next.servicing.within(next.position.debt());",
                    "",
                    "ScheduleTest"),
            bug(
                    "months count from the former due date",
                    "InstalmentPlan",
                    "startedOn.plusMonths((long) number * schedule.everyMonths())",
                    "(number == 1 ? startedOn : dueOn(agreement, startedOn, number - 1)).plusMonths(schedule.everyMonths())",
                    "ScheduleTest"),
            bug(
                    "a total obligation counts its principal as never paid down",
                    "Exposure",
                    "debt.principal().min(balance)",
                    "debt.principal()",
                    "ScheduleTest"));

    private static PlantedBug bug(String title, String source, String right, String wrong, String test) {
        return new PlantedBug(Kind.MONEY, title, CORE, LOAN + source, right, wrong, CORE, List.of(LOAN + test));
    }
}

package io.loanledger.local.planted;

import io.loanledger.local.planted.PlantedBug.Kind;
import java.util.List;

/** Faults in the demo's own audit. */
final class PlantedInAudit {
    private static final String LOCAL = "ledger-local";
    private static final String AUDIT = "io.loanledger.local.audit.";
    private static final String SCENES = "io.loanledger.local.checker.AuditOfScenesTest";

    private PlantedInAudit() {}

    static final List<PlantedBug> ALL = List.of(
            bug(
                    "the audit does not know that coin counts for less",
                    "BreachWatch",
                    "loan.counted().multiply(price).multiply(share)",
                    "loan.counted().multiply(price)",
                    SCENES),
            bug(
                    "the audit goes on with the terms of before a rollover",
                    "LoanTrail",
                    "terms = e.terms() == null ? terms : e.terms();",
                    "frozen = frozen && closed;",
                    SCENES),
            bug(
                    "the audit passes over a loan that it cannot judge",
                    "BreachWatch",
                    "findings.leaveOut(Invariant.BREACH_IMPLIES_ACTION, untold, loanId);",
                    "",
                    SCENES),
            bug(
                    "the audit counts every day as one of default",
                    "PenaltyTrail",
                    "span.from().isAfter(from) ? span.from() : from",
                    "from",
                    SCENES),
            bug(
                    "the audit takes any price for what a debt counts for",
                    "MarketAudit",
                    "&& isMeasured(evidence),",
                    ",",
                    AUDIT + "AuditTest"));

    private static PlantedBug bug(String title, String source, String right, String wrong, String test) {
        return new PlantedBug(Kind.PROOF, title, LOCAL, AUDIT + source, right, wrong, LOCAL, List.of(test));
    }
}

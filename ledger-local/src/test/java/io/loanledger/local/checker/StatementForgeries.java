package io.loanledger.local.checker;

import java.util.List;

/** Histories in which ledger and custodian are not compared as they should. */
final class StatementForgeries {
    private static final String FOUND = "ReconciliationDifferenceFound";
    private static final String SETTLED = "ReconciliationDifferenceSettled";

    private StatementForgeries() {}

    static List<Forgery> all() {
        return List.of(
                forgedEvent("a difference off by a satoshi", FOUND, "Q9", "ours", "1.00000001"),
                forgedEvent("a difference with another's word", FOUND, "Q9", "theirs", "0.99000000"),
                forgedEvent("a difference settled at another moment", SETTLED, "R7", "asOf", 1L),
                new Forgery("a difference that nobody wrote down", Check.RECONCILIATION_RECOMPUTED, forger -> {
                    forger.remove(Topics.JOURNAL, Forger.is(FOUND, "R7"));
                    forger.mendJournal();
                }),
                new Forgery("a difference that was not settled", Check.RECONCILIATION_RECOMPUTED, forger -> {
                    forger.remove(Topics.JOURNAL, Forger.is(SETTLED, "R7"));
                    forger.mendJournal();
                }),
                new Forgery(
                        "a statement that agrees, and a difference",
                        Check.RECONCILIATION_RECOMPUTED,
                        forger -> forger.alter(
                                Topics.COLLATERAL,
                                "CustodyStatement",
                                fact -> fact.get("loanId").toString().equals("R7"),
                                fact -> fact.put("quantity", "1.50000000"))));
    }

    private static Forgery forgedEvent(String what, String type, String loanId, String field, Object value) {
        return new Forgery(what, Check.RECONCILIATION_RECOMPUTED, forger -> {
            forger.alter(Topics.JOURNAL, type, Forger.is(type, loanId), event -> event.put(field, value));
            forger.mendJournal();
        });
    }
}

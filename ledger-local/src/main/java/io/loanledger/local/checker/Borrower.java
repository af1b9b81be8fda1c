package io.loanledger.local.checker;

import java.util.Map;
import java.util.TreeSet;

/** The loans of a borrower that run under terms of cross-default, and which are in default by themselves. One thread. */
final class Borrower {
    static final String DECLARED = "CrossDefaultDeclared";

    private final String id;
    private final Map<String, Integer> due;
    private final TreeSet<String> live = new TreeSet<>();
    private final TreeSet<String> defaulted = new TreeSet<>();

    /** @param due counts what is to be declared */
    Borrower(String id, Map<String, Integer> due) {
        this.id = id;
        this.due = due;
    }

    static String declared(String borrower, String loan, String cause) {
        return DECLARED + " " + borrower + " " + loan + " for " + cause;
    }

    void take(String type, String loan) {
        switch (type) {
            case "BorrowerLoanLive" -> {
                defaulted.remove(loan);
                if (live.add(loan) && !defaulted.isEmpty()) {
                    declare(loan, defaulted.first());
                }
            }
            case "BorrowerLoanDefaulted" -> {
                defaulted.add(loan);
                for (String other : live) {
                    if (!defaulted.contains(other)) {
                        declare(other, loan);
                    }
                }
            }
            default -> {
                live.remove(loan);
                defaulted.remove(loan);
            }
        }
    }

    private void declare(String loan, String cause) {
        due.merge(declared(id, loan, cause), 1, Integer::sum);
    }
}

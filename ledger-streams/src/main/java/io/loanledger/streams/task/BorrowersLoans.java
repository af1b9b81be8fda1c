package io.loanledger.streams.task;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The live loans of one borrower, and which of them are in default by themselves. Immutable; its text is what the store keeps: for each loan a
 * letter, the length of its id, a colon and the id.
 */
final class BorrowersLoans {
    private static final char LIVE = 'L';
    private static final char DEFAULTED = 'D';

    /** By loan id: whether it is in default. */
    private final SortedMap<String, Boolean> loans;

    private BorrowersLoans(SortedMap<String, Boolean> loans) {
        this.loans = loans;
    }

    static BorrowersLoans of(@Nullable String text) {
        SortedMap<String, Boolean> loans = new TreeMap<>();
        for (int at = 0; text != null && at < text.length(); ) {
            int colon = text.indexOf(':', at);
            int end = colon + 1 + Integer.parseInt(text, at + 1, colon, 10);
            loans.put(text.substring(colon + 1, end), text.charAt(at) == DEFAULTED);
            at = end;
        }
        return new BorrowersLoans(loans);
    }

    /** Null for a borrower of whom nothing has to be known. */
    @Nullable
    String text() {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, Boolean> loan : loans.entrySet()) {
            text.append(loan.getValue() ? DEFAULTED : LIVE)
                    .append(loan.getKey().length())
                    .append(':')
                    .append(loan.getKey());
        }
        return text.isEmpty() ? null : text.toString();
    }

    boolean knows(String loanId) {
        return loans.containsKey(loanId);
    }

    BorrowersLoans with(String loanId, boolean inDefault) {
        SortedMap<String, Boolean> next = new TreeMap<>(loans);
        next.put(loanId, inDefault);
        return new BorrowersLoans(next);
    }

    BorrowersLoans without(String loanId) {
        SortedMap<String, Boolean> next = new TreeMap<>(loans);
        next.remove(loanId);
        return new BorrowersLoans(next);
    }

    /** The first loan in default by itself but for one, or null. */
    @Nullable
    String defaultedBeside(String loanId) {
        for (Map.Entry<String, Boolean> loan : loans.entrySet()) {
            if (loan.getValue() && !loan.getKey().equals(loanId)) {
                return loan.getKey();
            }
        }
        return null;
    }

    /** Live loans that are not in default by themselves, but for one. */
    List<String> soundBeside(String loanId) {
        List<String> sound = new ArrayList<>();
        for (Map.Entry<String, Boolean> loan : loans.entrySet()) {
            if (!loan.getValue() && !loan.getKey().equals(loanId)) {
                sound.add(loan.getKey());
            }
        }
        return sound;
    }
}

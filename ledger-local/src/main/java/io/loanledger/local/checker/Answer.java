package io.loanledger.local.checker;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What the rules answer to one input: events in their order. Each is written once its effect stands on the card. One thread. */
final class Answer {
    private final Loan loan;
    private final Circumstances now;
    private final List<Said> events = new ArrayList<>();

    Answer(Loan loan, Circumstances now) {
        this.loan = loan;
        this.now = now;
    }

    /** The rules refuse, with this reason. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String reason;

        Refused(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    static void refuseIf(boolean wrong, String reason) {
        if (wrong) {
            throw new Refused(reason);
        }
    }

    List<Said> events() {
        return events;
    }

    /** The loan's version with the next event. */
    long nextVersion() {
        return loan.version + events.size() + 1;
    }

    Loan loan() {
        return loan;
    }

    Circumstances now() {
        return now;
    }

    /** The task's own date. */
    int today() {
        return day(now.taskTime);
    }

    static int day(long micros) {
        return Math.toIntExact(Math.floorDiv(micros, Loan.DAY_MICROS));
    }

    /** An event without a double entry. */
    void say(String type, Object... fields) {
        book(type, Map.of(), fields);
    }

    /** An event with its double entry, see {@link #entries}. */
    void book(String type, Map<String, BigDecimal> postings, Object... fields) {
        Instalments.cutToTotals(loan);
        events.add(new Said(type, Said.fields(fields), postings, loan.balances()));
    }

    /**
     * A double entry: pairs of account and what is debited to it, of one asset; what is credited is negative. What is zero is left
     * out.
     */
    static Map<String, BigDecimal> entries(String asset, Object... accountsAndDebits) {
        Map<String, BigDecimal> entries = new HashMap<>();
        for (int i = 0; i < accountsAndDebits.length; i += 2) {
            String account = accountsAndDebits[i] + " " + asset;
            BigDecimal sum = Objects.requireNonNull(
                    entries.merge(account, (BigDecimal) accountsAndDebits[i + 1], BigDecimal::add));
            if (sum.signum() == 0) {
                entries.remove(account);
            }
        }
        return entries;
    }

    static Map<String, BigDecimal> both(Map<String, BigDecimal> first, Map<String, BigDecimal> second) {
        Map<String, BigDecimal> all = new HashMap<>(first);
        all.putAll(second);
        return all;
    }
}

package io.loanledger.streams.task;

import io.loanledger.events.service.Invariant;
import java.time.DateTimeException;
import java.util.NoSuchElementException;

/** Tells a fault of one loan, which leaves the others alone, from one of the task, which stops it: one rule for all who ask. */
final class LoanFault {
    private LoanFault() {}

    /**
     * Returns if what was thrown concerns one loan alone. Otherwise throws it on: terms that are gone, a version that does not
     * follow and a book that does not add up say something of the task, whichever loan showed it; and what neither the rules of a
     * loan nor its stored bytes throw, such as a store that fails, says nothing of the loan at all.
     */
    static void orThrow(RuntimeException broken) {
        if (!isThrownByRules(broken)) {
            throw broken;
        }
        switch (Invariant.in(broken)) {
            case VERSION_FENCE, STORE_WHOLE, TASK_STATE, BOOK_EQUALS_SUM -> throw broken;
            case COLLATERAL_CONSERVATION,
                    POSTINGS_BALANCE,
                    MONOTONE_STATES,
                    ONE_OPEN_CASE,
                    NO_RELEASE_WHILE_LIQUIDATING,
                    NO_LIQUIDATION_ON_BAD_PRICE,
                    STORED_LOAN,
                    SELL_BOUND,
                    ORDER_ARITHMETIC,
                    UNFORESEEN -> {}
        }
    }

    private static boolean isThrownByRules(RuntimeException broken) {
        return broken instanceof IllegalStateException
                || broken instanceof IllegalArgumentException
                || broken instanceof ArithmeticException
                || broken instanceof NoSuchElementException
                || broken instanceof NullPointerException
                || broken instanceof DateTimeException;
    }
}

package io.loanledger.core.loan;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What changed of an agreement while its loan ran.
 *
 * @param maturity the day on which the loan is due, in place of the terms' own; null for a line without one
 * @param rolledOver whether it goes on under terms that it was not bound to; else only the maturity moved
 * @param instalmentsBefore how many had fallen due before these terms held
 */
public record Amendment(@Nullable LocalDate maturity, boolean rolledOver, int instalmentsBefore) {
    Amendment extendedTo(LocalDate next) {
        return new Amendment(next, rolledOver, instalmentsBefore);
    }
}

package io.loanledger.liquidation;

import io.loanledger.core.liquidation.BookInput;

/** What a readable record means to a book. */
sealed interface Mapped {
    /** For the book. */
    record Input(BookInput input) implements Mapped {}

    /** Well-formed by its schema and impossible all the same: a number that is none, another currency, a fill of nothing. */
    record Impossible(String detail) implements Mapped {}
}

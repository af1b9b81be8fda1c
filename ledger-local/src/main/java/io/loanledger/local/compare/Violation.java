package io.loanledger.local.compare;

/**
 * Something that must not be, on one loan of one lender.
 *
 * @param invariant which one
 * @param where scenario, lender and loan
 * @param what the figures that differ
 */
record Violation(Invariant invariant, String where, String what) {
    /** What the witness holds every loan and every book to. */
    enum Invariant {
        /** The core took what the world told it, and lent what the terms lend. */
        TAKEN,
        /** Coin in = held + sold + sent back, by custody's and the desk's own books. */
        COIN_CONSERVED,
        /** Principal, interest and surplus equal the witness's own reckoning to the cent. */
        MONEY_CONSERVED,
        /** Each account's postings add up to what the loans' states tell. */
        BOOK_EQUALS_SUM,
        /** Sold only beyond the lender's published limit, or after a call ran out. */
        NO_SALE_WITHOUT_BREACH,
        /** Beyond the published limit a sale is open, if there is a lot to sell. */
        NO_BREACH_WITHOUT_SALE,
        /** Called only beyond the published ratio. */
        NO_CALL_WITHOUT_BREACH
    }
}

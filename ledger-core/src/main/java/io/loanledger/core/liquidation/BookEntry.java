package io.loanledger.core.liquidation;

/**
 * One part of a book's state, as it is stored: small, so that a fill rewrites a few hundred bytes and not the market. A book is
 * exactly its entries; all else it holds is derived from them when it is restored.
 */
public sealed interface BookEntry permits MarketEntry, CaseEntry, BlockEntry, OrderEntry, FillEntry {
    /** Unique within the market. */
    EntryKey key();
}

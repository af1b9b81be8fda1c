package io.loanledger.streams.wire;

import io.loanledger.core.loan.LoanEvent;
import io.loanledger.core.loan.Position;
import io.loanledger.core.posting.Entry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A journal record as it was read.
 *
 * @param header where it stands and what caused it
 * @param event equal to the event that was written
 * @param entries the double entry as recorded
 * @param balances debt, collateral and money after the event as recorded; null until terms are bound
 * @param hash own hash as recorded
 * @param hashHolds whether the bytes before the hash give that hash
 */
public record JournalEntry(
        JournalHeader header,
        LoanEvent event,
        List<Entry> entries,
        @Nullable Position balances,
        ChainHash hash,
        boolean hashHolds) {
    public JournalEntry {
        entries = List.copyOf(entries);
    }
}

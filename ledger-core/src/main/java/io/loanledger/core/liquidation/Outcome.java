package io.loanledger.core.liquidation;

import java.util.List;

/**
 * What one input did: effects to carry out, entries to store, keys to delete; all in one transaction, or none.
 */
public record Outcome(List<BookEffect> effects, List<BookEntry> changed, List<EntryKey> removed) {
    public Outcome {
        effects = List.copyOf(effects);
        changed = List.copyOf(changed);
        removed = List.copyOf(removed);
    }
}

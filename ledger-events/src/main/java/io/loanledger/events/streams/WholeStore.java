package io.loanledger.events.streams;

import io.loanledger.events.service.Invariant;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Reads a store to its end, and tells the end from a break. RocksDB checks each block that it reads; a key that is asked for in a
 * block with a wrong checksum is an exception. An iterator that meets such a block is merely no longer valid, and the iterators of
 * Streams do not ask why: the store seems to end there, and a task would start with half of its loans.
 *
 * <p>So the end is looked at from the other side. Read backwards, a whole store begins with the entry at which reading forwards
 * ended; a broken one does not, or with none at all. Where neither direction gives an entry, RocksDB's count of entries tells, which
 * it has from elsewhere; it is 0 only for a store that never kept one.
 *
 * <p>Of one partition; in the thread of its task.
 */
public final class WholeStore {
    private WholeStore() {}

    /**
     * Every entry, in the order of the keys.
     *
     * @throws IllegalStateException "StoreWhole: ..." after the last entry that could be read, if more must be there
     */
    public static <V> void forEach(ReadOnlyKeyValueStore<String, V> store, BiConsumer<String, V> action) {
        String last = null;
        try (KeyValueIterator<String, V> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<String, V> next = all.next();
                action.accept(next.key, next.value);
                last = next.key;
            }
        }
        requireEndAt(last, store);
    }

    /**
     * For whoever reads in parts: where its iterator had no more.
     *
     * @param last the last key read, null if there was none
     * @throws IllegalStateException "StoreWhole: ..." if more must be there
     */
    public static <V> void requireEndAt(@Nullable String last, ReadOnlyKeyValueStore<String, V> store) {
        String end = null;
        try (KeyValueIterator<String, V> backwards = store.reverseAll()) {
            if (backwards.hasNext()) {
                end = backwards.next().key;
            }
        }
        boolean isWhole = end == null ? last == null && store.approximateNumEntries() == 0 : end.equals(last);
        if (!isWhole) {
            throw new IllegalStateException(Invariant.STORE_WHOLE.title() + ": reads forwards to " + told(last)
                    + " and backwards from " + told(end) + ", with about " + store.approximateNumEntries()
                    + " entries by RocksDB's count: a block between cannot be read");
        }
    }

    private static String told(@Nullable String key) {
        return key == null ? "none" : key.replace('\0', '/');
    }
}

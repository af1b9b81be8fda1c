package io.loanledger.liquidation;

import io.loanledger.core.liquidation.BookEntry;
import io.loanledger.core.liquidation.EntryKey;
import io.loanledger.core.liquidation.MarketRules;
import io.loanledger.core.liquidation.Outcome;
import io.loanledger.events.streams.WholeStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The task's store: each entry of each book under {@code market NUL kind NUL id}, and the task's own {@link TaskEntry} under its
 * name. No market's name holds a NUL. One thread.
 */
final class BookStore {
    private static final char SEPARATOR = '\0';
    private static final String TASK_KEY = SEPARATOR + "task";

    private final KeyValueStore<String, byte[]> store;
    private final Map<String, EntryCodec> codecs;

    BookStore(KeyValueStore<String, byte[]> store, Map<String, MarketRules> markets) {
        this.store = store;
        codecs = new HashMap<>();
        markets.forEach((market, rules) -> codecs.put(market, new EntryCodec(rules)));
    }

    /**
     * Reads everything, by market.
     *
     * @throws IllegalStateException if it holds a market that is no longer in the settings: its open orders would be forgotten
     */
    Map<String, List<BookEntry>> load() {
        Map<String, List<BookEntry>> entries = new HashMap<>();
        WholeStore.forEach(store, (key, value) -> {
            if (!key.equals(TASK_KEY)) {
                String market = key.substring(0, key.indexOf(SEPARATOR));
                entries.computeIfAbsent(market, any -> new ArrayList<>())
                        .add(codec(market).read(value));
            }
        });
        return entries;
    }

    TaskEntry loadTask() {
        byte[] bytes = store.get(TASK_KEY);
        return bytes == null ? TaskEntry.NEW : TaskEntry.read(bytes);
    }

    void save(TaskEntry entry) {
        store.put(TASK_KEY, entry.write());
    }

    void save(String market, Outcome outcome) {
        EntryCodec codec = codec(market);
        for (BookEntry entry : outcome.changed()) {
            store.put(keyOf(market, entry.key()), codec.write(entry));
        }
        for (EntryKey key : outcome.removed()) {
            store.delete(keyOf(market, key));
        }
    }

    private EntryCodec codec(String market) {
        EntryCodec codec = codecs.get(market);
        if (codec == null) {
            throw new IllegalStateException(
                    "the store holds market " + market + ", which is not in " + LiquidationSettings.MARKETS.name());
        }
        return codec;
    }

    static String keyOf(String market, EntryKey key) {
        return market + SEPARATOR + key.kind().number() + SEPARATOR + key.id();
    }
}

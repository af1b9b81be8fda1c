package io.loanledger.benchmarks.task;

import io.loanledger.benchmarks.world.BenchBook;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * A store of loans that keeps only those that were written: the others it makes up when they are read, out of a few real ones with another id. So a
 * task over ten million loans needs memory for its index alone. For one thread.
 */
final class SyntheticLoans implements KeyValueStore<String, byte[]> {

    private final String name;
    private final int count;
    private final List<Template> templates;
    private final Map<String, byte[]> written = new HashMap<>();
    private boolean hidden;

    /** A stored loan, and where its id stands in it. */
    private static final class Template {
        private final byte[] value;
        private final List<Integer> places = new ArrayList<>();

        Template(byte[] value, String loanId) {
            this.value = value;
            byte[] id = loanId.getBytes(StandardCharsets.UTF_8);
            for (int at = 0; at + id.length <= value.length; at++) {
                if (Arrays.equals(value, at, at + id.length, id, 0, id.length)) {
                    places.add(at);
                }
            }
            if (places.isEmpty()) {
                throw new IllegalArgumentException("the id does not stand in the stored loan " + loanId);
            }
        }

        byte[] under(String loanId) {
            byte[] copy = value.clone();
            byte[] id = loanId.getBytes(StandardCharsets.UTF_8);
            places.forEach(at -> System.arraycopy(id, 0, copy, at, id.length));
            return copy;
        }
    }

    /**
     * Loans 0 to {@code count} - 1 of {@link BenchBook#idOf}, which all have ids of one length.
     *
     * @param stored the loans 0 to n - 1 as a task stored them, which the others take after in turn
     */
    SyntheticLoans(String name, int count, List<byte[]> stored) {
        this.name = name;
        this.count = count;
        this.templates = new ArrayList<>();
        for (int number = 0; number < stored.size(); number++) {
            templates.add(new Template(stored.get(number), BenchBook.idOf(number)));
        }
    }

    /** Hides the loans that nobody wrote, or shows them again. */
    void hide(boolean isHidden) {
        hidden = isHidden;
    }

    private byte[] madeUp(int number) {
        return templates.get(number % templates.size()).under(BenchBook.idOf(number));
    }

    @Override
    @SuppressWarnings("NullAway") // null for what is not there, as Kafka's interface has it
    public byte[] get(String key) {
        byte[] own = written.get(key);
        if (own != null) {
            return own;
        }
        int number = BenchBook.numberIn(key);
        return !hidden && number >= 0 && number < count ? madeUp(number) : null;
    }

    @Override
    public void put(String key, byte[] value) {
        written.put(key, value);
    }

    @Override
    public long approximateNumEntries() {
        return hidden ? 0 : count;
    }

    /** In the order of the numbers, as RocksDB would have them. */
    @Override
    public KeyValueIterator<String, byte[]> all() {
        return new Walk(0, hidden ? 0 : count, 1);
    }

    @Override
    public KeyValueIterator<String, byte[]> reverseAll() {
        return new Walk(count - 1, hidden ? count - 1 : -1, -1);
    }

    /** From one number up to another, or down to it. */
    private final class Walk implements KeyValueIterator<String, byte[]> {
        private final int beyond;
        private final int step;
        private int next;

        Walk(int first, int beyond, int step) {
            this.next = first;
            this.beyond = beyond;
            this.step = step;
        }

        @Override
        public boolean hasNext() {
            return next != beyond;
        }

        @Override
        public KeyValue<String, byte[]> next() {
            if (!hasNext()) {
                throw new NoSuchElementException("all loans have been read");
            }
            String key = BenchBook.idOf(next);
            next += step;
            return KeyValue.pair(key, get(key));
        }

        @Override
        public String peekNextKey() {
            if (!hasNext()) {
                throw new NoSuchElementException("all loans have been read");
            }
            return BenchBook.idOf(next);
        }

        @Override
        public void close() {}
    }

    @Override
    public byte @Nullable [] putIfAbsent(String key, byte[] value) {
        throw new UnsupportedOperationException("a task does not ask for it");
    }

    @Override
    public void putAll(List<KeyValue<String, byte[]>> entries) {
        throw new UnsupportedOperationException("a task does not ask for it");
    }

    @Override
    public byte[] delete(String key) {
        throw new UnsupportedOperationException("a task deletes no loan");
    }

    @Override
    public KeyValueIterator<String, byte[]> range(String from, String to) {
        throw new UnsupportedOperationException("nothing of a quiet tick asks for a range");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {}

    @Override
    public void close() {}

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return true;
    }
}

package io.loanledger.events.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store of Streams on RocksDB, on disk, and bits of its table file that are turned over. Each opening has a cache of its own. */
class WholeStoreTest {
    private static final int ENTRIES = 600;
    private static final int FLIPS = 60;

    @TempDir
    Path folder;

    @Test
    void readsAStoreToItsEnd() {
        Map<String, String> written = write(ENTRIES);
        KeyValueStore<String, byte[]> store = open();
        try {
            assertThat(read(store)).isEqualTo(written);
            assertThatThrownBy(() -> WholeStore.requireEndAt("loan-0100", store))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("StoreWhole: reads forwards to loan-0100 and backwards from loan-0599");
        } finally {
            store.close();
        }
    }

    @Test
    void takesAStoreForEmptyThatIs() {
        KeyValueStore<String, byte[]> store = open();
        try {
            assertThat(read(store)).isEmpty();
        } finally {
            store.close();
        }
    }

    /** Wherever the bit is: the store does not open, or reading it is an exception, or nothing is missing and nothing is wrong. */
    @Test
    void neverTakesABreakForTheEnd() throws IOException {
        Map<String, String> written = write(ENTRIES);
        Path table = table();
        byte[] sound = Files.readAllBytes(table);
        Random random = new Random(5);
        int silent = 0;
        List<String> said = new ArrayList<>();
        for (int flip = 0; flip < FLIPS; flip++) {
            byte[] broken = sound.clone();
            broken[random.nextInt(broken.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            Files.write(table, broken);
            KeyValueStore<String, byte[]> store;
            try {
                store = open();
            } catch (ProcessorStateException refused) {
                continue;
            }
            try {
                int met = count(store);
                silent += met < ENTRIES ? 1 : 0;
                Map<String, String> read = read(store);
                assertThat(read).as("flip %d", flip).isEqualTo(written);
                assertThat(met).isEqualTo(ENTRIES);
            } catch (IllegalStateException notWhole) {
                said.add(notWhole.getMessage());
            } finally {
                store.close();
            }
        }
        assertThat(said).allMatch(message -> message.startsWith("StoreWhole: "));
        assertThat(said)
                .as("Streams' own iterator ends without a word where a block is broken")
                .hasSize(silent)
                .hasSizeGreaterThan(FLIPS / 2);
    }

    /** The whole store in one block: neither direction gives an entry. */
    @Test
    void doesNotTakeAStoreForEmptyWhoseOnlyBlockIsBroken() throws IOException {
        write(3);
        Path table = table();
        byte[] broken = Files.readAllBytes(table);
        broken[10] ^= 1;
        Files.write(table, broken);
        KeyValueStore<String, byte[]> store = open();
        try {
            assertThat(count(store)).isZero();
            assertThatThrownBy(() -> read(store))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("StoreWhole: reads forwards to none and backwards from none, with about 3");
        } finally {
            store.close();
        }
    }

    private static int count(KeyValueStore<String, byte[]> store) {
        int count = 0;
        try (KeyValueIterator<String, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> next = all.next();
                count += next.value.length > 0 ? 1 : 0;
            }
        }
        return count;
    }

    private static Map<String, String> read(KeyValueStore<String, byte[]> store) {
        Map<String, String> read = new TreeMap<>();
        WholeStore.forEach(store, (key, value) -> read.put(key, HexFormat.of().formatHex(value)));
        return read;
    }

    private Map<String, String> write(int entries) {
        Map<String, String> written = new TreeMap<>();
        Random random = new Random(1);
        KeyValueStore<String, byte[]> store = open();
        for (int i = 0; i < entries; i++) {
            byte[] value = new byte[200];
            random.nextBytes(value);
            String key = "loan-%04d".formatted(i);
            store.put(key, value);
            written.put(key, HexFormat.of().formatHex(value));
        }
        store.close();
        return written;
    }

    private Path table() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".sst"))
                    .max((one, other) ->
                            Long.compare(one.toFile().length(), other.toFile().length()))
                    .orElseThrow();
        }
    }

    private KeyValueStore<String, byte[]> open() {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "whole-store");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
        var context = new MockProcessorContext<String, byte[]>(settings, new TaskId(0, 0), folder.toFile());
        KeyValueStore<String, byte[]> store = Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore("loans"), Serdes.String(), Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        return store;
    }
}

package io.loanledger.benchmarks.profile;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The parts of the path of an event. A stack belongs to the room of its innermost frame that belongs to any. */
public enum Room {
    /** Deciding and folding: the pure core. */
    RULES("io.loanledger.core."),
    /** The ordered sets of trigger prices. */
    INDEX("io.loanledger.core.trigger."),
    /** The chain of the journal: SHA-256. */
    HASH("io.loanledger.streams.wire.ChainHash", "sun.security.provider."),
    /** Records and stored loans to bytes and back. */
    CODEC("io.loanledger.streams.wire.", "io.loanledger.events.", "org.apache.avro."),
    /** What stands around the rules in a task. */
    TASK("io.loanledger.streams."),
    /** The stores, with what Kafka Streams wraps around them. */
    ROCKSDB("org.rocksdb.", "org.apache.kafka.streams.state."),
    /** Sending, the changelogs with it. */
    PRODUCER(
            "org.apache.kafka.clients.producer.",
            "org.apache.kafka.streams.processor.internals.RecordCollectorImpl",
            "org.apache.kafka.streams.processor.internals.StreamsProducer"),
    /** Fetching. */
    CONSUMER("org.apache.kafka.clients.consumer."),
    /** Kafka Streams' own work for each record and each commit. */
    STREAMS("org.apache.kafka.streams."),
    /** Threads beside the path: meters, admin clients, the profiler. */
    OTHER(),
    /** Collector and compiler: processor time of the process that no thread of Java spent. */
    JVM();

    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list of texts
    private final List<String> prefixes;

    Room(String... prefixes) {
        this.prefixes = List.of(prefixes);
    }

    /** As measures name it. */
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The room of a stack.
     *
     * @param frames names of classes with their methods, such as {@code java.util.HashMap.get}, the innermost first
     */
    static Room of(List<String> frames) {
        return frames.stream()
                .flatMap(frame -> ofFrame(frame).stream())
                .findFirst()
                .orElse(OTHER);
    }

    /** The room with the longest prefix of it; empty for what every room calls, such as the JDK and Kafka's common parts. */
    private static Optional<Room> ofFrame(String frame) {
        Optional<Room> found = Optional.empty();
        int longest = 0;
        for (Room room : values()) {
            for (String prefix : room.prefixes) {
                if (frame.startsWith(prefix) && prefix.length() > longest) {
                    found = Optional.of(room);
                    longest = prefix.length();
                }
            }
        }
        return found;
    }
}

package io.loanledger.events.serde;

import io.loanledger.events.topic.Topic;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads values and waits for the schema registry where it has to. Bytes whose schema nobody can tell may well be valid: they are
 * never set aside, and nothing that stands behind them goes before them.
 *
 * <p>It waits for schemas that the process has not met since it started, no others: those of its own version of the contract are
 * known from the start. Meanwhile its thread stands still with all it has to do. The wait is measured by the clock, whatever the
 * registry's client took of it, and ends before the broker takes the consumer for dead; then the exception stops the application,
 * and the record is read again at the next start.
 *
 * <p>A transaction that is open meanwhile is aborted by the broker after its time-out: the thread then rejoins and repeats what it
 * had not committed. One thread.
 */
public final class PatientReader {
    private static final Logger LOG = LoggerFactory.getLogger(PatientReader.class);

    /** After this no further attempt begins. Under half of Kafka's max.poll.interval.ms, so that a last attempt has time to fail. */
    public static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** How to pass time; a test passes none. */
    @FunctionalInterface
    public interface Pause {
        /** Returns after this time. */
        void of(Duration time) throws InterruptedException;
    }

    private final RecordReader reader;
    private final Pause pause;
    private final LongSupplier nanos;

    /**
     * A reader that passes time as told.
     *
     * @param nanos a clock that only tells differences, as {@link System#nanoTime}
     */
    public PatientReader(RecordReader reader, Pause pause, LongSupplier nanos) {
        this.reader = reader;
        this.pause = pause;
        this.nanos = nanos;
    }

    public PatientReader(RecordReader reader) {
        this(reader, Thread::sleep, System::nanoTime);
    }

    /** Readable or unreadable; throws what the registry's client threw once the wait is over. */
    public Decoded read(Topic topic, byte @Nullable [] value) {
        long start = nanos.getAsLong();
        Duration next = FIRST_PAUSE;
        while (true) {
            Decoded decoded = reader.read(topic, value);
            if (!(decoded instanceof Decoded.Unavailable unavailable)) {
                return decoded;
            }
            Duration left = LONGEST_WAIT.minusNanos(nanos.getAsLong() - start);
            if (!left.isPositive()) {
                throw unavailable.cause();
            }
            LOG.warn(
                    "waiting for the schema registry to read {}: {}",
                    topic.name(),
                    unavailable.cause().getMessage());
            try {
                pause.of(next.compareTo(left) < 0 ? next : left);
            } catch (InterruptedException closed) {
                throw new InterruptException(closed);
            }
            Duration doubled = next.multipliedBy(2);
            next = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        }
    }
}

package io.loanledger.streams.task;

import io.loanledger.events.serde.Decoded;
import io.loanledger.events.serde.RecordReader;
import io.loanledger.events.topic.Topic;
import java.time.Duration;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads values and waits for the schema registry where it has to. Bytes whose schema nobody can tell may well be valid: they are
 * never set aside. The wait ends before the broker takes the consumer for dead; then the exception stops the application, and the
 * record is read again at the next start.
 *
 * <p>A transaction that is open meanwhile is aborted by the broker after its time-out: the thread then rejoins and repeats what it
 * had not committed. One thread.
 */
final class PatientReader {
    private static final Logger LOG = LoggerFactory.getLogger(PatientReader.class);

    /** Under Kafka's max.poll.interval.ms of five minutes. */
    static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** How to pass time; a test passes none. */
    @FunctionalInterface
    interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    private final RecordReader reader;
    private final Pause pause;

    PatientReader(RecordReader reader, Pause pause) {
        this.reader = reader;
        this.pause = pause;
    }

    PatientReader(RecordReader reader) {
        this(reader, Thread::sleep);
    }

    /** Readable or unreadable; throws what the registry's client threw once the wait is over. */
    Decoded read(Topic topic, byte @Nullable [] value) {
        Duration waited = Duration.ZERO;
        Duration next = FIRST_PAUSE;
        while (true) {
            Decoded decoded = reader.read(topic, value);
            if (!(decoded instanceof Decoded.Unavailable unavailable)) {
                return decoded;
            }
            if (waited.compareTo(LONGEST_WAIT) >= 0) {
                throw unavailable.cause();
            }
            LOG.warn(
                    "waiting for the schema registry to read {}: {}",
                    topic.name(),
                    unavailable.cause().getMessage());
            waitFor(next);
            waited = waited.plus(next);
            next = min(next.multipliedBy(2), LONGEST_PAUSE);
        }
    }

    private void waitFor(Duration time) {
        try {
            pause.of(time);
        } catch (InterruptedException closed) {
            throw new InterruptException(closed);
        }
    }

    private static Duration min(Duration first, Duration second) {
        return first.compareTo(second) <= 0 ? first : second;
    }
}

package io.loanledger.events.serde;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits at start for a schema registry that does not answer: a service that stands by to take over must not end because the registry
 * is away just then. It asks again after 100 ms, then after twice as long each time up to 5 s, without an end, and says each time in
 * the log what it waits for. A registry that answers and refuses is not waited for: that needs an operator.
 *
 * <p>One thread.
 */
public final class RegistryWait {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryWait.class);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final PatientReader.Pause pause;
    private final BooleanSupplier wanted;

    /**
     * A wait that ends early when nobody wants the answer any more.
     *
     * @param pause how to pass time; may come back early
     * @param wanted asked before each further attempt
     */
    public RegistryWait(PatientReader.Pause pause, BooleanSupplier wanted) {
        this.pause = pause;
        this.wanted = wanted;
    }

    /**
     * Asks until there is an answer.
     *
     * @param question may be asked several times; leaves nothing open when it throws
     * @return empty when the answer is not wanted any more
     */
    public <T> Optional<T> answer(Supplier<T> question) {
        Duration next = FIRST_PAUSE;
        for (int attempt = 1; wanted.getAsBoolean(); attempt++) {
            try {
                T answer = question.get();
                if (attempt > 1) {
                    LOG.info("the schema registry answers again, at attempt {}", attempt);
                }
                return Optional.of(answer);
            } catch (RegistryUnavailableException away) {
                LOG.warn(
                        "waiting for the schema registry before the start: attempt {} had no answer, the next comes in {}: {}",
                        attempt,
                        next,
                        away.getMessage());
            }
            if (!wanted.getAsBoolean()) {
                break;
            }
            try {
                pause.of(next);
            } catch (InterruptedException closed) {
                throw new InterruptException(closed);
            }
            Duration doubled = next.multipliedBy(2);
            next = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        }
        return Optional.empty();
    }
}

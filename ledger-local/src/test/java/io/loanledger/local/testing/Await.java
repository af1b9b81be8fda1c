package io.loanledger.local.testing;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting with a deadline and a word about what was seen instead; the only place in the tests that pauses. */
public final class Await {

    private static final Duration INTERVAL = Duration.ofMillis(20);

    private Await() {}

    /** Returns the value as soon as there is one; fails with the message at the deadline. */
    public static <T> T present(Supplier<Optional<T>> value, Duration deadline, Supplier<String> otherwise) {
        long giveUpAt = System.nanoTime() + deadline.toNanos();
        while (true) {
            Optional<T> found = value.get();
            if (found.isPresent()) {
                return found.get();
            }
            if (System.nanoTime() > giveUpAt) {
                throw new AssertionError("after " + deadline + ": " + otherwise.get());
            }
            pause();
        }
    }

    /** Returns as soon as it holds; fails with the message at the deadline. */
    public static void until(BooleanSupplier holds, Duration deadline, Supplier<String> otherwise) {
        Boolean held = present(() -> holds.getAsBoolean() ? Optional.of(true) : Optional.empty(), deadline, otherwise);
        assert held;
    }

    private static void pause() {
        try {
            Thread.sleep(INTERVAL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting", e);
        }
    }
}

package io.loanledger.ingest.feed;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** Plays a source at a multiple of its own time: 60 makes an hour a minute. */
public final class TickReplay {
    private final TickSource source;
    private final int speed;

    /** @param speed 1 is as it was; 0 is as fast as it goes */
    public TickReplay(TickSource source, int speed) {
        if (speed < 0) {
            throw new IllegalArgumentException("a speed is not negative: " + speed);
        }
        this.source = source;
        this.speed = speed;
    }

    /**
     * Hands on every batch when it is due, until the source ends.
     *
     * @return how many ticks there were
     */
    public long run(Consumer<TickSource.Batch> sink) throws InterruptedException {
        long started = System.nanoTime();
        Instant first = null;
        long ticks = 0;
        for (Optional<TickSource.Batch> next = source.next(); next.isPresent(); next = source.next()) {
            TickSource.Batch batch = next.get();
            if (first == null) {
                first = batch.at();
            }
            waitFor(batch.at(), first, started);
            sink.accept(batch);
            ticks += batch.ticks().size();
        }
        return ticks;
    }

    private void waitFor(Instant at, Instant first, long started) throws InterruptedException {
        if (speed > 0) {
            Duration due = Duration.between(first, at).dividedBy(speed);
            Duration left = due.minusNanos(System.nanoTime() - started);
            if (left.isPositive()) {
                Thread.sleep(left);
            }
        }
    }
}

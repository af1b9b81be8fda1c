package io.loanledger.benchmarks.measure;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * The arrivals of one round of ticks: when each was first seen, by its number. Arrivals come from another thread, and may come before the
 * send has returned.
 */
final class LatencyRound {

    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(10);
    private static final int DIGITS = 3;
    private static final double MICROS_PER_MILLI = 1_000;
    private static final long PAUSE_MILLIS = 5;

    private final String what;
    private final int count;
    private final Map<Integer, Long> arrivals = new ConcurrentHashMap<>();

    /** Ticks 0 to {@code count} - 1. */
    LatencyRound(String what, int count) {
        this.what = what;
        this.count = count;
    }

    /** Takes the first arrival of a number; later ones and other numbers say nothing. */
    void arrived(int number, long nanos) {
        if (number >= 0 && number < count) {
            arrivals.putIfAbsent(number, nanos);
        }
    }

    /** Waits until all have arrived. */
    void await(Duration patience) throws InterruptedException {
        long giveUpAt = System.nanoTime() + patience.toNanos();
        while (arrivals.size() < count) {
            if (System.nanoTime() > giveUpAt) {
                throw new IllegalStateException(
                        what + ": only " + arrivals.size() + " of " + count + " ticks were answered in time");
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    /** Milliseconds that so many per cent of the ticks did not exceed, each from the moment at which it was due. */
    double millisAt(double percentile, long start, OpenLoop loop) {
        var histogram = new Histogram(LONGEST_MICROS, DIGITS);
        arrivals.forEach((number, nanos) -> {
            long micros = TimeUnit.NANOSECONDS.toMicros(nanos - start - loop.dueNanos(number));
            histogram.recordValue(Math.clamp(micros, 0, LONGEST_MICROS));
        });
        return histogram.getValueAtPercentile(percentile) / MICROS_PER_MILLI;
    }
}

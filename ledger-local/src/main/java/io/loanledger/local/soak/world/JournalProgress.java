package io.loanledger.local.soak.world;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * When decisions were committed to each partition of the journal, and how long offered input waited for one.
 *
 * <p>A partition waits from the first input that was offered after its last decision until its next decision. The clock is that of
 * {@link System#nanoTime}. Safe for any thread.
 */
public final class JournalProgress {

    /** A wait of a partition, in nanoseconds of the clock. */
    public record Wait(int partition, long from, long to) {}

    /** A time in which nobody may expect a decision. */
    public record Excuse(long from, long to) {}

    /** What is shorter is no wait. */
    public static final Duration SHORTEST_NOTED = Duration.ofSeconds(1);

    private static final long NOTED_NANOS = SHORTEST_NOTED.toNanos();

    /** Decisions of one partition closer together than this count as one moment. */
    private static final long MOMENT_NANOS = Duration.ofMillis(20).toNanos();

    private final long[] waitingSince;
    private final boolean[] waiting;
    private final List<Moments> decisions = new ArrayList<>();
    private final List<Wait> waits = new ArrayList<>();
    private long records;

    /** Rising times. */
    private static final class Moments {
        private long[] times = new long[1_024];
        private int count;

        void add(long time) {
            if (count > 0 && time - times[count - 1] < MOMENT_NANOS) {
                return;
            }
            if (count == times.length) {
                times = Arrays.copyOf(times, 2 * count);
            }
            times[count++] = time;
        }

        /** The first at or after {@code time}, or -1. */
        long firstFrom(long time) {
            int found = Arrays.binarySearch(times, 0, count, time);
            int at = found >= 0 ? found : -found - 1;
            return at < count ? times[at] : -1;
        }
    }

    public JournalProgress(int partitions) {
        this.waitingSince = new long[partitions];
        this.waiting = new boolean[partitions];
        for (int partition = 0; partition < partitions; partition++) {
            decisions.add(new Moments());
        }
    }

    /** Input that must lead to a decision was offered to the partition. */
    public synchronized void offered(int partition, long now) {
        if (!waiting[partition]) {
            waiting[partition] = true;
            waitingSince[partition] = now;
        }
    }

    /** A committed decision of the partition was read. */
    public synchronized void decided(int partition, long now) {
        records++;
        decisions.get(partition).add(now);
        if (waiting[partition]) {
            waiting[partition] = false;
            note(new Wait(partition, waitingSince[partition], now));
        }
    }

    /** Decisions so far. */
    public synchronized long records() {
        return records;
    }

    /** How long the partition that waits longest has been waiting. */
    public synchronized Duration waitingNow(long now) {
        long longest = 0;
        for (int partition = 0; partition < waiting.length; partition++) {
            if (waiting[partition]) {
                longest = Math.max(longest, now - waitingSince[partition]);
            }
        }
        return Duration.ofNanos(longest);
    }

    /** The time by which every partition has decided something at or after {@code from}; -1 while one has not. */
    public synchronized long allDecidedSince(long from) {
        long last = from;
        for (Moments partition : decisions) {
            long first = partition.firstFrom(from);
            if (first < 0) {
                return -1;
            }
            last = Math.max(last, first);
        }
        return last;
    }

    /** The longest wait up to now, without the parts of it that are excused. */
    public synchronized Duration longest(List<Excuse> excuses, long now) {
        long longest = 0;
        for (Wait wait : waits) {
            longest = Math.max(longest, unexcused(wait, excuses));
        }
        for (int partition = 0; partition < waiting.length; partition++) {
            if (waiting[partition]) {
                longest = Math.max(longest, unexcused(new Wait(partition, waitingSince[partition], now), excuses));
            }
        }
        return Duration.ofNanos(longest);
    }

    /** The longest wait that overlaps the time from {@code from} to {@code to}, one that still goes on up to {@code to}; less than 1 s counts as none. */
    public synchronized Duration longestWithin(long from, long to) {
        long longest = 0;
        for (Wait wait : waits) {
            if (wait.from() < to && wait.to() > from) {
                longest = Math.max(longest, wait.to() - wait.from());
            }
        }
        for (int partition = 0; partition < waiting.length; partition++) {
            if (waiting[partition] && to - waitingSince[partition] >= NOTED_NANOS) {
                longest = Math.max(longest, to - waitingSince[partition]);
            }
        }
        return Duration.ofNanos(longest);
    }

    private void note(Wait wait) {
        if (wait.to() - wait.from() >= NOTED_NANOS) {
            waits.add(wait);
        }
    }

    private static long unexcused(Wait wait, List<Excuse> excuses) {
        long left = wait.to() - wait.from();
        for (Excuse excuse : excuses) {
            left -= Math.max(0, Math.min(wait.to(), excuse.to()) - Math.max(wait.from(), excuse.from()));
        }
        return left;
    }
}

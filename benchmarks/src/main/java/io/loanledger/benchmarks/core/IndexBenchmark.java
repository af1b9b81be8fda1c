package io.loanledger.benchmarks.core;

import io.loanledger.benchmarks.world.BenchBook;
import io.loanledger.core.trigger.LoanSlots;
import io.loanledger.core.trigger.TriggerIndex;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The index of one side of a market with a hundred thousand loans in it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class IndexBenchmark {

    private static final int LOANS = 100_000;

    /** A power of two, so that a mask walks round. */
    private static final int KEYS = 1 << 16;

    private static final int FIRED = 100;
    private static final long LOWEST = 1_000_000;
    private static final long BEYOND = 2_000_000_000;
    private static final long SEED = 1;

    private final LoanSlots slots = new LoanSlots(LOANS);
    private final TriggerIndex index = TriggerIndex.falling(slots.byId());
    private final long[] keys = new long[KEYS];
    private final int[] fired = new int[FIRED];
    private int next;

    /** Filled with keys in no order. */
    public IndexBenchmark() {
        var random = new SplittableRandom(SEED);
        for (int i = 0; i < KEYS; i++) {
            keys[i] = random.nextLong(LOWEST, BEYOND);
        }
        for (int number = 0; number < LOANS; number++) {
            index.put(slots.assign(BenchBook.idOf(number)), random.nextLong(LOWEST, BEYOND));
        }
    }

    private int advance() {
        next = (next + 1) & (KEYS - 1);
        return next;
    }

    /** What a quiet tick asks. */
    @Benchmark
    public boolean look() {
        return index.fires(BEYOND);
    }

    /** A loan that changed gets another key. */
    @Benchmark
    public void move() {
        int at = advance();
        index.put(at, keys[at] ^ 1);
        keys[at] = keys[(at * 31) & (KEYS - 1)];
    }

    /** A loan leaves and another comes. */
    @Benchmark
    public void insert() {
        int at = advance();
        index.remove(at);
        index.put(at, keys[(at * 31) & (KEYS - 1)]);
    }

    /** The deepest hundred are taken out and come back elsewhere; for one of them. */
    @Benchmark
    @OperationsPerInvocation(FIRED)
    public int fire() {
        int taken = index.takeFired(Long.MIN_VALUE, fired);
        for (int i = 0; i < taken; i++) {
            index.put(fired[i], keys[advance()]);
        }
        return taken;
    }
}

package io.loanledger.benchmarks;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * How much is measured.
 *
 * @param name as the conditions tell it
 * @param rounds of every comparison that can be repeated
 * @param starts how often a comparison is repeated for which processes have to be started
 * @param threads stream threads of whatever is measured
 * @param core of the measures by JMH
 * @param tasks of the measures without a broker
 * @param broker of the measures with one
 * @param leavesOut groups that are measured only when they are asked for by name
 */
public record BenchPlan(
        String name,
        int rounds,
        int starts,
        int threads,
        Core core,
        Tasks tasks,
        Broker broker,
        Set<MeasureGroup> leavesOut) {

    /**
     * Sizes of the pure core.
     *
     * @param forks processes for each benchmark; with none they share the bench's own
     * @param iteration how long one lasts
     */
    public record Core(int forks, Duration iteration) {}

    /**
     * Sizes without a broker.
     *
     * @param fewLoans of the smaller of two tasks
     * @param manyLoans of the larger, a tenth of which is sold for the ticks after a crash
     * @param joinedLoans of the join that a quiet tick is compared with; its time grows with them
     * @param ticksPerRound that fire nothing
     */
    public record Tasks(int fewLoans, int manyLoans, int joinedLoans, int ticksPerRound) {}

    /**
     * Sizes with a broker.
     *
     * @param loans of the book
     * @param eventsPerRound facts that are worked off in a round of throughput
     * @param ticksPerRound prices of a round of latency, each of which forces one sale
     * @param ticksPerSecond the open-loop rate at which they are sent
     * @param churn how long the memory is watched under a steady load
     * @param churnPerSecond facts of that load
     */
    public record Broker(
            int loans,
            int eventsPerRound,
            int ticksPerRound,
            double ticksPerSecond,
            Duration churn,
            int churnPerSecond) {}

    /** Three loans of ten are sold in the crash. */
    private static final int CRASH_OF_TEN = 3;

    private static final int THREADS = 2;
    private static final int ROUNDS = 5;

    private static final int MILLION = 1_000_000;

    private static final Set<MeasureGroup> NONE = Set.of();

    /** Shows that every measure ends; its figures say nothing. */
    public static final BenchPlan TRIAL = new BenchPlan(
            "trial",
            2,
            1,
            THREADS,
            new Core(0, Duration.ofMillis(20)),
            new Tasks(1_000, 10_000, 2_000, 2_000),
            new Broker(500, 1_000, 5, 5, Duration.ofSeconds(12), 100),
            NONE);

    /** Meant to end within three minutes on two processors that have nothing else to do. */
    public static final BenchPlan QUICK = new BenchPlan(
            "quick",
            ROUNDS,
            1,
            THREADS,
            new Core(0, Duration.ofMillis(100)),
            new Tasks(10_000, 100_000, 20_000, 20_000),
            new Broker(5_000, 10_000, 20, 20, Duration.ofSeconds(20), 500),
            EnumSet.of(MeasureGroup.THREADS, MeasureGroup.FAILOVER, MeasureGroup.CHURN, MeasureGroup.CAPACITY));

    /** What the goals are about. */
    public static final BenchPlan FULL = new BenchPlan(
            "full",
            ROUNDS,
            ROUNDS,
            THREADS,
            new Core(1, Duration.ofSeconds(1)),
            new Tasks(10_000, MILLION, MILLION, 20_000),
            new Broker(MILLION, 200_000, 200, 20, Duration.ofMinutes(30), 2_000),
            NONE);

    /** Ten million loans: what a million let expect is compared with what is. Hours, 20 GB of memory and 100 GB of disk. */
    public static final BenchPlan HUGE = new BenchPlan(
            "huge",
            ROUNDS,
            1,
            THREADS,
            new Core(1, Duration.ofSeconds(1)),
            new Tasks(10_000, 10 * MILLION, MILLION, 20_000),
            new Broker(10 * MILLION, 200_000, 200, 20, Duration.ofMinutes(30), 2_000),
            EnumSet.complementOf(EnumSet.of(MeasureGroup.TICKS, MeasureGroup.CHURN, MeasureGroup.CAPACITY)));

    /** Prices before the first measured round, so that what is measured is warm. */
    public int warmTicks() {
        return broker.ticksPerRound();
    }

    /** Loans that the rounds of latency sell one by one. */
    public int ladderLoans() {
        return warmTicks() + rounds * broker.ticksPerRound();
    }

    /** Loans that one price breaches. */
    public int crashLoans() {
        return broker.loans() / 10 * CRASH_OF_TEN;
    }
}

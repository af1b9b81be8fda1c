package io.loanledger.benchmarks;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param name as the conditions tell it
 * @param rounds of every comparison that can be repeated
 * @param threads stream threads of whatever is measured
 * @param loans of the book on the broker
 * @param eventsPerRound facts that are worked off in a round of throughput
 * @param ticksPerRound prices of a round of latency, each of which forces one sale
 * @param ticksPerSecond the open-loop rate at which they are sent
 * @param fewLoans of the smaller of two tasks without a broker
 * @param manyLoans of the larger
 * @param joinedLoans of the join that a quiet tick is compared with; its time grows with them
 * @param quietTicksPerRound ticks of a round that fire nothing
 * @param coreIteration how long one iteration of a measurement of the core lasts
 */
public record BenchPlan(
        String name,
        int rounds,
        int threads,
        int loans,
        int eventsPerRound,
        int ticksPerRound,
        double ticksPerSecond,
        int fewLoans,
        int manyLoans,
        int joinedLoans,
        int quietTicksPerRound,
        Duration coreIteration) {

    /** Three loans of ten are sold in the crash. */
    private static final int CRASH_OF_TEN = 3;

    private static final int THREADS = 2;
    private static final int ROUNDS = 5;

    /** Under three minutes on two cores. */
    public static final BenchPlan QUICK = new BenchPlan(
            "quick", ROUNDS, THREADS, 10_000, 20_000, 30, 10, 10_000, 100_000, 50_000, 20_000, Duration.ofMillis(150));

    /** What the goals are about. */
    public static final BenchPlan FULL = new BenchPlan(
            "full",
            ROUNDS,
            THREADS,
            1_000_000,
            200_000,
            200,
            20,
            10_000,
            1_000_000,
            1_000_000,
            20_000,
            Duration.ofSeconds(1));

    /** Prices before the first measured round, so that what is measured is warm. */
    public int warmTicks() {
        return ticksPerRound;
    }

    /** Loans that the rounds of latency sell one by one. */
    public int ladderLoans() {
        return warmTicks() + rounds * ticksPerRound;
    }

    /** Loans that one price breaches. */
    public int crashLoans() {
        return loans / 10 * CRASH_OF_TEN;
    }
}

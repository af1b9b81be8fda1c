package io.loanledger.core.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Plays the histories of a run, as many at a time as there are processors; {@code -Dledger.hands=1} plays one after another.
 *
 * <p>How fast which of them goes changes nothing: every hand counts what it played in a tally of its own, to be added up afterwards,
 * and of several histories that fail the first by number fails the run. Numbers are handed out in order and what was begun is ended,
 * so that none before that one is left out.
 */
public final class SideBySide<T> {
    private static final int HANDS =
            Integer.getInteger("ledger.hands", Runtime.getRuntime().availableProcessors());
    private static final int TOLD_OF = 10_000;

    private final int histories;
    private final Player<T> player;
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final ConcurrentSkipListMap<Integer, Throwable> failed = new ConcurrentSkipListMap<>();

    /** Plays one history whole; called by several threads at once, by each with its own tally. */
    @FunctionalInterface
    public interface Player<T> {
        void play(long seed, T tally);
    }

    private SideBySide(int histories, Player<T> player) {
        this.histories = histories;
        this.player = player;
    }

    /**
     * Plays so many histories, from {@link RandomHistory#SEED} on; a failure names the seed that repeats it.
     *
     * @return the tallies of all hands
     */
    public static <T> List<T> play(int histories, Supplier<T> newTally, Player<T> player) throws InterruptedException {
        System.out.println("seed " + RandomHistory.SEED);
        SideBySide<T> run = new SideBySide<>(histories, player);
        List<T> tallies = new ArrayList<>();
        List<Thread> hands = new ArrayList<>();
        for (int hand = 0; hand < Math.max(1, HANDS); hand++) {
            T tally = newTally.get();
            tallies.add(tally);
            hands.add(Thread.ofPlatform().name("histories-" + hand).start(() -> run.playOn(tally)));
        }
        for (Thread hand : hands) {
            hand.join();
        }
        run.failIfOneFailed();
        return tallies;
    }

    private void playOn(T tally) {
        int history = begun.getAndIncrement();
        while (history < histories && !isBehindAFailure(history)) {
            try {
                player.play(RandomHistory.SEED + history, tally);
            } catch (Throwable failure) { // thrown by the thread that waits: here nobody would hear of it
                failed.put(history, failure);
            }
            if (ended.incrementAndGet() % TOLD_OF == 0) {
                System.out.println(ended + " histories");
            }
            history = begun.getAndIncrement();
        }
    }

    private boolean isBehindAFailure(int history) {
        return !failed.isEmpty() && failed.firstKey() < history;
    }

    private void failIfOneFailed() {
        Map.Entry<Integer, Throwable> first = failed.firstEntry();
        if (first != null) {
            Throwable cause = first.getValue();
            long seed = RandomHistory.SEED + first.getKey();
            throw new AssertionError("-Dledger.seed=" + seed + ": " + cause.getMessage(), cause);
        }
    }
}

package io.loanledger.core.protocol;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * One exploration for all who ask what it saw: the small scopes whole, then walks from a fixed seed.
 *
 * <p>{@code -Dprotocol.deeper=1} allows every small scope one more of everything; {@code -Dprotocol.states} is where it is cut;
 * {@code -Dprotocol.walks} lengthens the walks, 6,700 are a million steps, {@code -Dprotocol.acted} those among actors; {@code -Dledger.seed} varies them.
 */
final class Explored {
    static final long SEED = Long.getLong("ledger.seed", 20_261_122L);
    private static final int DEEPER = Integer.getInteger("protocol.deeper", 0);
    private static final int MOST_STATES = Integer.getInteger("protocol.states", 60_000 << (4 * DEEPER));
    private static final int ACTED = Integer.getInteger("protocol.acted", 100);
    private static final int WALKS = Integer.getInteger("protocol.walks", 160);
    /** How much longer is walked for a transition that is documented and was not taken yet. */
    private static final int MORE_WALKS = 3_000;

    private static final int STEPS = 150;

    /** Seeds whose walks take what others rarely do; when a change of the code makes one fruitless, others are found and printed. */
    private static final long[] FRUITFUL = {
        20_261_326, 20_261_439, 20_261_983, 20_262_324, 20_262_463, 20_262_903, 20_263_101
    };

    static final Coverage COVERAGE = new Coverage();
    private static final Set<String> EXPLORED = new HashSet<>();
    private static int walked;
    private static int acted;

    private Explored() {}

    static synchronized Explorer.Seen whole(Scope small) {
        Scope scope = small.deeper(DEEPER);
        EXPLORED.add(small.name());
        COVERAGE.begin(small.name());
        Explorer.Seen seen = new Explorer(scope, COVERAGE).explore(MOST_STATES);
        System.out.println(seen);
        return seen;
    }

    static synchronized void walks() {
        walk(WALKS);
    }

    /** Walks whose world is the generator's actors; each begins with another seed than those before it. */
    static synchronized void actedWalks() {
        long steps = 0;
        for (int i = acted; i < ACTED; i++) {
            long seed = SEED + i;
            COVERAGE.begin("acted walk " + seed);
            int kind = Math.floorMod(seed, 16);
            Scope scope = Scopes.amongActors(1 + kind % 2, kind % 4 >= 2, kind >= 14, kind % 8 >= 6);
            Walk walk = new Walk(scope, COVERAGE).among(new Actors());
            walk.walk(seed, STEPS);
            steps += walk.steps();
        }
        if (steps > 0) {
            System.out.printf("%d walks among actors from seed %d: %d steps%n", ACTED - acted, SEED + acted, steps);
        }
        acted = ACTED;
    }

    private static long walkFrom(long seed) {
        COVERAGE.begin("walk " + seed);
        int kind = Math.floorMod(seed, 16);
        Walk walk = new Walk(Scopes.everything(1 + kind % 2, kind % 4 >= 2, kind >= 14, kind % 8 >= 6), COVERAGE);
        walk.walk(seed, STEPS);
        return walk.steps();
    }

    private static void walk(int most) {
        long steps = 0;
        int from = walked;
        for (long seed : walked == 0 ? FRUITFUL : new long[0]) {
            steps += walkFrom(seed);
        }
        for (; walked < most; walked++) {
            steps += walkFrom(SEED + walked);
        }
        if (steps > 0) {
            System.out.printf("%d walks from seed %d: %d steps%n", walked - from, SEED + from, steps);
        }
    }

    /** All that was taken, once all scopes and walks are done. */
    static synchronized Coverage all() {
        for (Scope scope : Scopes.whole()) {
            if (!EXPLORED.contains(scope.name())) {
                whole(scope);
            }
        }
        walks();
        actedWalks();
        return COVERAGE;
    }

    /** Those of the edges, "machine from to", that no run takes, however long it walks. */
    static synchronized Set<String> nobodyTakes(Set<String> edges) {
        all();
        Set<String> missing = new TreeSet<>(edges);
        missing.removeAll(COVERAGE.edges());
        while (!missing.isEmpty() && walked < WALKS + MORE_WALKS) {
            System.out.println("walks on for " + missing);
            walk(walked + 100);
            COVERAGE.firstTaken.forEach((transition, run) -> {
                if (missing.remove(transition.edge())) {
                    System.out.println(transition + " is taken by " + run);
                }
            });
        }
        return missing;
    }
}

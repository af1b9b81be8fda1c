package io.loanledger.local.soak.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;

/**
 * The faults of a soak, drawn from its seed: the same seed and kinds give the same faults in the same order, however many of them fit into the
 * time.
 *
 * <p>Kinds come in rounds, each kind once in a round, in an order drawn anew; so a run of n kinds has met every kind. One step of
 * three has two faults at a time, which touch different parts of the system. Between steps everything recovers. An endless iterator; for one
 * thread.
 */
public final class FaultSchedule implements Iterator<FaultSchedule.Step> {

    private static final int PAIRS_OF_100 = 30;
    private static final int LATEST_SECOND_MILLIS = 4_000;

    /** Faults that come together; the system recovers before the next step. */
    public record Step(List<PlannedFault> faults) {
        public Step {
            faults = List.copyOf(faults);
        }

        /** From the beginning of the first to the end of the last. */
        public Duration length() {
            return faults.stream()
                    .map(fault -> fault.after().plus(fault.lasts()))
                    .max(Duration::compareTo)
                    .orElse(Duration.ZERO);
        }
    }

    private final Random random;
    private final List<FaultKind> kinds;
    private final int instances;
    private final List<FaultKind> round = new ArrayList<>();
    private int drawn;

    /**
     * @param kinds those that may be drawn
     * @param instances how many a fault may choose from
     */
    public FaultSchedule(long seed, Collection<FaultKind> kinds, int instances) {
        if (kinds.isEmpty()) {
            throw new IllegalArgumentException("a schedule needs a kind of fault");
        }
        this.random = new Random(seed);
        this.kinds = List.copyOf(EnumSet.copyOf(kinds));
        this.instances = instances;
    }

    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public Step next() {
        FaultKind first = take(0);
        List<PlannedFault> faults = new ArrayList<>();
        faults.add(plan(first, Duration.ZERO));
        boolean pair = random.nextInt(100) < PAIRS_OF_100;
        int partner = pair ? partnerOf(first) : -1;
        if (partner >= 0) {
            faults.add(plan(take(partner), Duration.ofMillis(random.nextInt(LATEST_SECOND_MILLIS))));
        }
        return new Step(faults);
    }

    private FaultKind take(int at) {
        if (round.isEmpty()) {
            round.addAll(kinds);
            Collections.shuffle(round, random);
        }
        if (at >= round.size()) {
            throw new NoSuchElementException("no kind at " + at + " of " + round);
        }
        return round.remove(at);
    }

    /** The next kind of this round that touches something else, or -1. */
    private int partnerOf(FaultKind first) {
        for (int at = 0; at < round.size(); at++) {
            FaultKind other = round.get(at);
            if (other.domain() != first.domain() && leavesVisible(first, other) && leavesVisible(other, first)) {
                return at;
            }
        }
        return -1;
    }

    /**
     * A lost majority comes alone: nothing else could be seen. Whether a frozen instance is fenced shows at the brokers; a frozen
     * price-ingest is fenced by a stand-by that has to start, for which it needs the registry.
     */
    private static boolean leavesVisible(FaultKind one, FaultKind other) {
        boolean hidesFencing = switch (one.domain()) {
            case BROKERS, NETWORK -> other.needsBrokers();
            case REGISTRY -> other == FaultKind.INGEST_FROZEN;
            case LEDGER, LIQUIDATION, INGEST, INPUT -> false;
        };
        return !one.forbidsProgress() && !hidesFencing;
    }

    private PlannedFault plan(FaultKind kind, Duration after) {
        drawn++;
        int most = kind.domain() == FaultKind.Domain.BROKERS ? 3 : instances;
        long spread = kind.longest().minus(kind.shortest()).toMillis();
        Duration lasts = kind.shortest().plusMillis(spread == 0 ? 0 : random.nextInt(Math.toIntExact(spread)));
        return new PlannedFault(drawn, kind, 1 + random.nextInt(most), after, lasts, random.nextLong());
    }
}

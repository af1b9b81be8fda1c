package io.loanledger.local.checker;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** At which price a sweep that goes on in chunks visited a loan: any from the one that began it to the newest taken. One thread. */
final class SweepPrice {
    private final PartitionInputs inputs;
    private final TaskClock clock;
    private final Tally tally;

    SweepPrice(PartitionInputs inputs, TaskClock clock, Tally tally) {
        this.inputs = inputs;
        this.clock = clock;
        this.tally = tally;
    }

    /** The price that the evidence names, if the sweep can have seen it; without evidence the one that explains the events. */
    IndexRecord of(Decision decision, Loan loan, PartitionInputs.Continuation cause) {
        MarketSeries series = inputs.market(cause.market());
        IndexRecord begun = series.find(cause.epoch(), cause.sequence());
        int first = begun == null ? 0 : begun.at();
        int last = clock.taken.getOrDefault(cause.market(), 1) - 1;
        IndexRecord named = named(decision, series);
        if (named != null) {
            tally.holds(
                    Check.EVIDENCE,
                    named.at() >= first && named.at() <= last && named.open(),
                    decision.place(),
                    () -> named.name() + " is no open price between the sweep's first and its last");
            return named;
        }
        List<IndexRecord> candidates = new ArrayList<>();
        addIfThere(candidates, series.lowestOpen(first, last));
        addIfThere(candidates, series.highestOpen(first, last));
        for (IndexRecord candidate : candidates) {
            List<Said> trial = Rules.onPrice(loan.copy(), clock.now, candidate);
            if (Comparison.ofDecision(trial, decision) == null) {
                return candidate;
            }
        }
        return candidates.isEmpty() ? series.get(last) : candidates.getFirst();
    }

    private static void addIfThere(List<IndexRecord> candidates, @Nullable IndexRecord candidate) {
        if (candidate != null) {
            candidates.add(candidate);
        }
    }

    private static @Nullable IndexRecord named(Decision decision, MarketSeries series) {
        for (GenericRecord event : decision.events) {
            if (event.getSchema().getField("evidence") != null && event.get("evidence") instanceof GenericRecord e) {
                GenericRecord index = (GenericRecord) e.get("index");
                return series.find((Long) index.get("epoch"), (Long) index.get("sequence"));
            }
        }
        return null;
    }
}

package io.loanledger.local.checker;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * BreachImpliesAction and the deadlines: between two decisions of a loan its state stood still, so none of the open prices in between
 * may have been one that fires it, and no deadline may have passed.
 *
 * <p>Cheap for many loans: the lowest and the highest price of the stretch are asked first, and only where one of them fires is each
 * price looked at. A price inside a sweep that went on in chunks may act later, but not after the chain's end.
 */
final class PriceWatch {
    /** How far behind its own append time the last link of a sweep may be taken, while prices go on. */
    private static final long MOST_LATE_MILLIS = 60_000;

    private final PartitionInputs inputs;
    private final TaskClock clock;
    private final Tally tally;
    private final Chronology chronology;
    private final Deadlines deadlines;
    private final Map<String, Standing> standing = new HashMap<>();
    private final Map<Long, Integer> continuedAt = new HashMap<>();
    private @Nullable List<Chain> chains;

    PriceWatch(PartitionInputs inputs, TaskClock clock, Chronology chronology, Tally tally) {
        this.inputs = inputs;
        this.clock = clock;
        this.chronology = chronology;
        this.tally = tally;
        deadlines = new Deadlines(inputs, chronology);
    }

    /** Where a loan stood after a decision: by its markets the first index record not judged yet, the clock. */
    private record Standing(Map<String, Integer> next, long taskTime) {}

    /** A sweep in chunks: from the record that began it to the last that the task had taken when its last chunk was worked off. */
    private record Chain(String market, int first, int last) {}

    // --- first pass
    // --------------------------------------------------------------------------------------------------------

    void sweepWorkedAt(long offset, Header header) {
        PartitionInputs.Continuation continuation = inputs.continuations.get(offset);
        if (continuation != null) {
            continuedAt.merge(offset, at(continuation.market(), header), Math::max);
        }
    }

    private int at(String market, Header header) {
        long[] position = header.positions().get(market);
        IndexRecord index = position == null ? null : inputs.market(market).find(position[0], position[1]);
        return index == null ? -1 : index.at();
    }

    // --- second pass
    // -------------------------------------------------------------------------------------------------------

    /** Judges the stretch that a decision ends; the loan is still as it stood. */
    void before(Decision decision, Loan loan, Set<String> lost) {
        Standing stood = standing.get(loan.id);
        if (stood == null || !loan.bound() || lost.contains(loan.id) || loan.quarantine != null) {
            return;
        }
        Header header = decision.header;
        Map<String, Integer> acted = new LinkedHashMap<>(2);
        stood.next().keySet().forEach(market -> acted.put(market, at(market, header)));
        Map<String, Integer> last = new LinkedHashMap<>(acted);
        IndexRecord cause = header.causedByAPrice()
                ? inputs.indexByOffset.get(header.cause().offset())
                : null;
        if (cause != null && Objects.equals(acted.get(cause.market()), cause.at())) {
            last.put(cause.market(), cause.at() - 1);
        }
        judge(loan, stood, last, header.taskTime(), acted, header.causedByAContinuation(), decision.place());
        // A deadline that a quarantine slept through acts at the next price.
        String missed = header.taskTime() > stood.taskTime() && !Deadlines.mayAct(decision)
                ? deadlines.passed(loan, stood.next(), acted, header.taskTime())
                : null;
        tally.holds(
                Check.DEADLINE_ACTS,
                missed == null || inAnyChain(acted),
                decision.place(),
                () -> missed + ", and at " + header.taskTime() + " the ledger had not said so");
    }

    void after(Decision decision, Loan loan) {
        Header header = decision.header;
        if (!loan.bound()) {
            return;
        }
        Map<String, Integer> next = new LinkedHashMap<>(2);
        loan.markets().forEach(market -> next.put(market, at(market, header) + 1));
        standing.put(loan.id, new Standing(next, header.taskTime()));
    }

    void atTheEnd(Loan loan) {
        Standing stood = standing.get(loan.id);
        if (stood == null || !loan.bound() || loan.quarantine != null) {
            return;
        }
        long end = 0;
        for (MarketSeries each : inputs.markets.values()) {
            for (int i = Math.max(0, each.size() - 100); i < each.size(); i++) {
                end = Math.max(end, each.get(i).priceTime());
            }
        }
        Map<String, Integer> last = new LinkedHashMap<>(2);
        Map<String, Integer> never = new LinkedHashMap<>(2);
        stood.next().keySet().forEach(market -> {
            last.put(market, inputs.market(market).size() - 1);
            never.put(market, inputs.market(market).size());
        });
        judge(loan, stood, last, end, never, false, "loan " + loan.id + " at the end");
        long ended = end;
        String missed = end > stood.taskTime() ? deadlines.passed(loan, stood.next(), last, end) : null;
        tally.holds(
                Check.DEADLINE_ACTS,
                missed == null || inAnyChain(last),
                "loan " + loan.id,
                () -> missed + ", and at " + ended + " the ledger has not said so");
    }

    private void judge(
            Loan loan,
            Standing stood,
            Map<String, Integer> last,
            long taskTime,
            Map<String, Integer> acted,
            boolean continued,
            String place) {
        Stretch stretch = new Stretch(
                inputs,
                stood.next(),
                last,
                clock.now.addOns,
                loan.terms().agreement().debtPrice());
        if (stretch.isEmpty()) {
            return;
        }
        IndexRecord silent = firing(loan, stood, stretch, taskTime, acted, continued);
        tally.holds(
                Check.BREACH_IMPLIES_ACTION,
                silent == null,
                place,
                () -> "the price " + (silent == null ? "" : silent.price() + " of " + silent.name())
                        + " must fire loan " + loan.id + " and did not");
    }

    /** The first price of the stretch that must have fired the loan in time and did not; null for none. */
    private @Nullable IndexRecord firing(
            Loan loan, Standing stood, Stretch stretch, long taskTime, Map<String, Integer> acted, boolean continued) {
        Priced lowest = stretch.lowest();
        Priced highest = stretch.highest();
        if (lowest == null || highest == null) {
            return null;
        }
        List<Integer> ends = stretch.ends((first, last) -> termsKnown(loan, first, last));
        boolean may = byAny(
                ends, () -> Edges.mayFall(loan, lowest, taskTime) || Edges.mayRise(loan, highest, stood.taskTime()));
        if (!may) {
            return null;
        }
        long[] time = {stood.taskTime()};
        return stretch.first(moment -> {
            IndexRecord visited = moment.visited();
            Priced at = moment.at();
            time[0] = Math.max(time[0], visited.priceTime());
            return at != null
                    && mustFire(loan, at, stood, time[0], taskTime)
                    && !actsLater(visited, acted.getOrDefault(visited.market(), -1), continued);
        });
    }

    private boolean mustFire(Loan loan, Priced at, Standing stood, long time, long taskTime) {
        BooleanSupplier must = () -> (Edges.mayFall(loan, at, taskTime) || Edges.mayRise(loan, at, stood.taskTime()))
                && fires(loan, at, time)
                && (taskTime / Loan.DAY_MICROS == time / Loan.DAY_MICROS || fires(loan, at, taskTime));
        boolean fires = byAll(termsKnown(loan, at.told(), at.told()), must);
        if (fires && at.byMarket().keySet().stream().anyMatch(market -> chronology.mayBePaused(market, at.told()))) {
            tally.note("prices that would have fired a loan, in what may have been a pause", 1);
            return false;
        }
        return fires;
    }

    /** With how many terms read rates and add-ons may have counted between two prices; one number where they do not matter. */
    private List<Integer> termsKnown(Loan loan, IndexRecord first, IndexRecord last) {
        int taken = clock.termsTaken();
        if (!loan.terms().interest().isOfASeries() && clock.now.addOns.isEmpty()) {
            return List.of(taken);
        }
        int fewest = chronology.fewestTermsAt(first);
        int most = chronology.mostTermsAt(last);
        return fewest == most ? List.of(most) : List.of(fewest, most);
    }

    private boolean byAll(List<Integer> known, BooleanSupplier holds) {
        return !byAny(known, () -> !holds.getAsBoolean());
    }

    private boolean byAny(List<Integer> known, BooleanSupplier holds) {
        boolean any = false;
        for (int terms : known) {
            clock.asOf(terms);
            any = any || holds.getAsBoolean();
        }
        clock.asOf(clock.termsTaken());
        return any;
    }

    private boolean fires(Loan loan, Priced at, long taskTime) {
        Circumstances now = clock.now;
        long oldTime = now.taskTime;
        long oldAppend = now.appendedAtMillis;
        Map<String, IndexRecord> oldIndexes = Map.copyOf(now.indexes);
        Set<String> oldPaused = Set.copyOf(now.paused);
        now.paused.removeAll(at.byMarket().keySet()); // that they were open then is asked besides
        now.taskTime = taskTime;
        now.appendedAtMillis = at.told().appendedAtMillis();
        now.indexes.putAll(at.byMarket());
        boolean fires = !Rules.onPrice(loan.copy(), now, at.told()).isEmpty();
        now.taskTime = oldTime;
        now.appendedAtMillis = oldAppend;
        now.indexes.clear();
        now.indexes.putAll(oldIndexes);
        now.paused.addAll(oldPaused);
        return fires;
    }

    // --- sweeps in chunks
    // ----------------------------------------------------------------------------------------------------

    private boolean actsLater(IndexRecord index, int actedAt, boolean continued) {
        for (Chain chain : chains()) {
            if (chain.market().equals(index.market())
                    && chain.first() <= index.at()
                    && index.at() <= chain.last()
                    && (continued || actedAt <= chain.last() + 1)) {
                return true;
            }
        }
        return false;
    }

    private boolean inAnyChain(Map<String, Integer> positions) {
        return positions.values().stream()
                .anyMatch(at -> chains().stream().anyMatch(chain -> chain.first() <= at && at <= chain.last() + 1));
    }

    private List<Chain> chains() {
        List<Chain> known = chains;
        if (known == null) {
            known = findChains();
            chains = known;
        }
        return known;
    }

    private List<Chain> findChains() {
        Map<String, PartitionInputs.Continuation> last = new HashMap<>();
        Map<String, Integer> reached = new HashMap<>();
        inputs.continuations.values().forEach(link -> {
            String name = link.market() + " " + link.epoch() + "/" + link.sequence();
            last.merge(name, link, (one, other) -> one.chunk() > other.chunk() ? one : other);
            reached.merge(name, continuedAt.getOrDefault(link.offset(), -1), Math::max);
        });
        tally.note("sweeps that went on in chunks", last.size());
        return last.entrySet().stream()
                .map(entry -> chain(entry.getValue(), reached.getOrDefault(entry.getKey(), -1)))
                .toList();
    }

    private Chain chain(PartitionInputs.Continuation last, int reached) {
        MarketSeries series = inputs.market(last.market());
        IndexRecord begun = series.find(last.epoch(), last.sequence());
        int first = begun == null ? 0 : begun.at();
        if (continuedAt.containsKey(last.offset())) {
            return new Chain(last.market(), first, reached);
        }
        // Its last link found nothing to do. Nobody knows when it was taken, but that a task takes what was written
        // before.
        int over = Math.max(first, reached);
        while (over + 1 < series.size()
                && series.get(over + 1).appendedAtMillis() <= last.timestampMillis() + MOST_LATE_MILLIS) {
            over++;
        }
        return new Chain(last.market(), first, over);
    }
}

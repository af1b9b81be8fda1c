package io.loanledger.local.checker;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private final PartitionInputs inputs;
    private final TaskClock clock;
    private final Tally tally;
    private final Chronology chronology;
    private final Deadlines deadlines;
    private final Map<String, Standing> standing = new HashMap<>();
    private final Map<String, BitSet> worked = new HashMap<>();
    private final Map<Long, Integer> continuedAt = new HashMap<>();
    private @Nullable List<Chain> chains;

    PriceWatch(PartitionInputs inputs, TaskClock clock, Chronology chronology, Tally tally) {
        this.inputs = inputs;
        this.clock = clock;
        this.chronology = chronology;
        this.tally = tally;
        deadlines = new Deadlines(inputs, chronology);
    }

    /** Where a loan stood after a decision: the first index record not judged yet, the clock. */
    private record Standing(int next, long taskTime) {}

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

    void priceWorked(Header header) {
        IndexRecord cause = inputs.indexByOffset.get(header.cause().offset());
        if (cause != null && at(cause.market(), header) == cause.at()) {
            worked.computeIfAbsent(cause.market(), m -> new BitSet()).set(cause.at());
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
        String market = loan.coin().market();
        int at = at(market, header);
        IndexRecord cause = header.causedByAPrice()
                ? inputs.indexByOffset.get(header.cause().offset())
                : null;
        boolean isTheCause = cause != null && cause.market().equals(market) && cause.at() == at;
        boolean continued = header.causedByAContinuation();
        judge(loan, stood, isTheCause ? at - 1 : at, header.taskTime(), at, continued, decision.place());
        // A deadline that a quarantine slept through acts at the next price.
        String missed = header.taskTime() > stood.taskTime() && !Deadlines.mayAct(decision)
                ? deadlines.passed(loan, stood.next(), at, header.taskTime())
                : null;
        tally.holds(
                Check.DEADLINE_ACTS,
                missed == null || inAnyChain(at),
                decision.place(),
                () -> missed + ", and at " + header.taskTime() + " the ledger had not said so");
    }

    void after(Decision decision, Loan loan) {
        Header header = decision.header;
        if (!loan.bound()) {
            return;
        }
        String market = loan.coin().market();
        standing.put(loan.id, new Standing(at(market, header) + 1, header.taskTime()));
    }

    void atTheEnd(Loan loan) {
        Standing stood = standing.get(loan.id);
        if (stood == null || !loan.bound() || loan.quarantine != null) {
            return;
        }
        MarketSeries series = inputs.market(loan.coin().market());
        long end = 0;
        for (MarketSeries each : inputs.markets.values()) {
            for (int i = Math.max(0, each.size() - 100); i < each.size(); i++) {
                end = Math.max(end, each.get(i).priceTime());
            }
        }
        int last = series.size() - 1;
        judge(loan, stood, last, end, last + 1, false, "loan " + loan.id + " at the end");
        long ended = end;
        String missed = end > stood.taskTime() ? deadlines.passed(loan, stood.next(), last, end) : null;
        tally.holds(
                Check.DEADLINE_ACTS,
                missed == null || inAnyChain(last),
                "loan " + loan.id,
                () -> missed + ", and at " + ended + " the ledger has not said so");
    }

    private void judge(
            Loan loan, Standing stood, int last, long taskTime, int actedAt, boolean continued, String place) {
        if (last < stood.next()) {
            return;
        }
        IndexRecord silent = firing(loan, stood, last, taskTime, actedAt, continued);
        tally.holds(
                Check.BREACH_IMPLIES_ACTION,
                silent == null,
                place,
                () -> "the price " + (silent == null ? "" : silent.price() + " of " + silent.name())
                        + " must fire loan " + loan.id + " and did not");
    }

    /** The first price of the stretch that must have fired the loan in time and did not; null for none. */
    private @Nullable IndexRecord firing(
            Loan loan, Standing stood, int last, long taskTime, int actedAt, boolean continued) {
        MarketSeries series = inputs.market(loan.coin().market());
        IndexRecord lowest = series.lowestOpen(stood.next(), last);
        IndexRecord highest = series.highestOpen(stood.next(), last);
        if (lowest == null || highest == null) {
            return null;
        }
        List<Integer> ends = ratesKnown(loan, series.get(stood.next()), series.get(last));
        boolean may = byAny(
                ends,
                () -> Edges.mayFall(loan, lowest.priced(), taskTime)
                        || Edges.mayRise(loan, highest.priced(), stood.taskTime()));
        long time = stood.taskTime();
        for (int at = stood.next(); may && at <= last; at++) {
            IndexRecord index = series.get(at);
            time = Math.max(time, index.priceTime());
            if (index.open() && mustFire(loan, index, stood, time, taskTime) && !actsLater(index, actedAt, continued)) {
                return index;
            }
        }
        return null;
    }

    private boolean mustFire(Loan loan, IndexRecord index, Standing stood, long time, long taskTime) {
        BooleanSupplier must = () ->
                (Edges.mayFall(loan, index.priced(), taskTime) || Edges.mayRise(loan, index.priced(), stood.taskTime()))
                        && fires(loan, index, time)
                        && (taskTime / Loan.DAY_MICROS == time / Loan.DAY_MICROS || fires(loan, index, taskTime));
        boolean fires = byAll(ratesKnown(loan, index, index), must);
        if (fires && chronology.mayBePaused(index)) {
            tally.note("prices that would have fired a loan, in what may have been a pause", 1);
            return false;
        }
        return fires;
    }

    /** With how many terms read the rates count that a loan's interest may have had between two prices; one number where they do not matter. */
    private List<Integer> ratesKnown(Loan loan, IndexRecord first, IndexRecord last) {
        int taken = clock.termsTaken();
        if (!loan.terms().interest().isOfASeries()) {
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
        Fixings fixings = clock.now.fixings;
        boolean any = false;
        for (int terms : known) {
            fixings.asOf(terms);
            any = any || holds.getAsBoolean();
        }
        fixings.asOf(clock.termsTaken());
        return any;
    }

    private boolean fires(Loan loan, IndexRecord index, long taskTime) {
        Circumstances now = clock.now;
        long oldTime = now.taskTime;
        long oldAppend = now.appendedAtMillis;
        IndexRecord oldIndex = now.indexes.get(index.market());
        boolean paused = now.paused.remove(index.market()); // that it was open then is asked besides
        now.taskTime = taskTime;
        now.appendedAtMillis = index.appendedAtMillis();
        now.indexes.put(index.market(), index);
        boolean fires = !Rules.onPrice(loan.copy(), now, index).isEmpty();
        now.taskTime = oldTime;
        now.appendedAtMillis = oldAppend;
        if (paused) {
            now.paused.add(index.market());
        }
        if (oldIndex == null) {
            now.indexes.remove(index.market());
        } else {
            now.indexes.put(index.market(), oldIndex);
        }
        return fires;
    }

    // --- sweeps in chunks
    // ----------------------------------------------------------------------------------------------------

    private boolean actsLater(IndexRecord index, int actedAt, boolean continued) {
        for (Chain chain : chains()) {
            if (chain.market().equals(index.market()) && chain.first() <= index.at() && index.at() <= chain.last()) {
                return continued || actedAt <= chain.last() + 1;
            }
        }
        return false;
    }

    private boolean inAnyChain(int at) {
        return chains().stream().anyMatch(chain -> chain.first() <= at && at <= chain.last() + 1);
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
        // Its last link found nothing to do: it was over before the next price that worked by itself.
        int next = worked.getOrDefault(last.market(), new BitSet()).nextSetBit(Math.max(first, reached) + 1);
        return new Chain(last.market(), first, next < 0 ? series.size() - 1 : next - 1);
    }
}

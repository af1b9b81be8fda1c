package io.loanledger.streams.task;

import io.loanledger.core.loan.Circumstances;
import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanStatus;
import io.loanledger.core.loan.LoanTriggers;
import io.loanledger.core.loan.LoanTriggers.MarketKeys;
import io.loanledger.core.loan.Prices;
import io.loanledger.core.loan.Rates;
import io.loanledger.core.terms.Rate;
import io.loanledger.core.trigger.DeadlineQueue;
import io.loanledger.core.trigger.LoanSlots;
import io.loanledger.core.trigger.TriggerIndex;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The loans of one task by what will make the task look at them again: a price of their market, a deadline, the end of their keys,
 * the terms they wait for. On the heap, derived from the loans and rebuilt when a task starts.
 *
 * <p>A loan's keys are good for a horizon: its debt grows, so keys for 30 days fire a little early. A visit that changes nothing
 * gives the loan keys of the longest horizon that no longer fire at this price ({@link #putAfterQuietVisit}); should none be
 * short enough, the loan is not visited again before the price has gone on or the day has ended. So equal ticks do not visit it
 * twice.
 *
 * <p>Loans that nothing can move, closed ones above all, take no place here. One thread.
 */
final class TaskIndex {
    /** For how many days ahead keys are computed: the first for a loan that changed, the next for one that was visited in vain. */
    private static final int[] HORIZON_DAYS = {30, 7, 1, 0};

    /** The longest horizon is shortened by up to this many days, by loan id, so that keys made together do not end together. */
    private static final int SPREAD_DAYS = 8;

    private static final long NO_DEADLINE = Long.MAX_VALUE;

    /** Both sides of one market. */
    private record Market(String name, TriggerIndex falling, TriggerIndex rising) {
        TriggerIndex side(TriggerIndex.Side side) {
            return switch (side) {
                case FALLING -> falling;
                case RISING -> rising;
            };
        }
    }

    private final Rates rates;
    private final Prices prices;
    private final LoanSlots slots;
    private final DeadlineQueue deadlines;
    private final DeadlineQueue keyEnds;
    private final Map<String, Market> markets = new HashMap<>();
    private final Map<String, Set<String>> waitingForTerms = new HashMap<>();
    private final Map<String, Set<String>> waitingForRates = new HashMap<>();
    private @Nullable Market[] marketOfSlot = new Market[64];
    /** The other markets of a loan that several decide about, by its slot: few loans are one. */
    private final Map<Integer, List<Market>> furtherOfSlot = new HashMap<>();

    private @Nullable String[] rateOfSlot = new String[64];

    /** @param now where the rates stand that terms name, and the markets */
    TaskIndex(int expectedLoans, Circumstances now) {
        this.rates = now;
        this.prices = now;
        slots = new LoanSlots(expectedLoans);
        deadlines = new DeadlineQueue(slots.byId());
        keyEnds = new DeadlineQueue(slots.byId());
    }

    // --- putting loans in --------------------------------------------------------------------------------------------

    /** Places a loan that is new here or has changed. */
    void put(Loan loan, Instant taskTime) {
        put(loan, triggersOf(loan, taskTime));
    }

    /** What {@link #put(Loan, LoanTriggers)} wants; computed alone, it changes nothing. */
    LoanTriggers triggersOf(Loan loan, Instant taskTime) {
        return LoanTriggers.of(loan, rates, prices, taskTime, longestHorizon(loan.loanId()));
    }

    void put(Loan loan, LoanTriggers triggers) {
        place(loan, triggers, triggers.fallingKey(), triggers.risingKey(), triggers.further());
        noteWaiting(loan);
    }

    /**
     * Places a loan that was visited at a price and did not change.
     *
     * @param market whose price it was
     * @param tickKey the price's key
     * @param exact whether the key is the newest price itself; otherwise a price that can say more may hide behind the same key, and
     *     the loan keeps a key that still fires
     */
    void putAfterQuietVisit(Loan loan, Instant taskTime, String market, long tickKey, boolean exact) {
        LoanTriggers triggers = LoanTriggers.of(loan, rates, prices, taskTime, HORIZON_DAYS[1]);
        for (int i = 2; i < HORIZON_DAYS.length && fires(triggers, market, tickKey); i++) {
            triggers = LoanTriggers.of(loan, rates, prices, taskTime, HORIZON_DAYS[i]);
        }
        long falling = triggers.fallingKey();
        long rising = triggers.risingKey();
        List<MarketKeys> further = triggers.further();
        if (exact) {
            // Judged at this very price without result: the next price that can say more lies beyond it, or in another
            // market.
            if (market.equals(triggers.market())) {
                falling = hasFalling(triggers) ? Math.min(falling, tickKey - 1) : falling;
                rising = hasRising(triggers) ? Math.max(rising, tickKey + 1) : rising;
            } else {
                further = beyond(further, market, tickKey);
            }
        }
        place(loan, triggers, falling, rising, further);
    }

    private static List<MarketKeys> beyond(List<MarketKeys> further, String market, long tickKey) {
        List<MarketKeys> beyond = new ArrayList<>(further);
        beyond.replaceAll(keys -> keys.market().equals(market)
                ? new MarketKeys(
                        market,
                        keys.hasFalling() ? Math.min(keys.fallingKey(), tickKey - 1) : keys.fallingKey(),
                        keys.hasRising() ? Math.max(keys.risingKey(), tickKey + 1) : keys.risingKey())
                : keys);
        return beyond;
    }

    /**
     * Places a loan whose deadline was due and which did not change. A deadline that is still due would be due for ever; the loan's
     * next change sets it again.
     */
    void putAfterQuietDeadline(Loan loan, Instant taskTime) {
        put(loan, taskTime);
        int slot = slots.slotOf(loan.loanId());
        if (slot != LoanSlots.NONE && deadlines.contains(slot) && deadlines.deadlineMicrosOf(slot) < micros(taskTime)) {
            deadlines.remove(slot);
        }
    }

    /** Makes the loans that wait for this product's terms due with the next index record. */
    void termsArrived(String productId) {
        for (String loanId : waitingForTerms.getOrDefault(productId, Set.of())) {
            dueAtOnce(loanId);
        }
    }

    /** Makes the loans that wait for the first fixing of a rate due with the next index record. */
    void rateArrived(String rateId) {
        for (String loanId : waitingForRates.getOrDefault(rateId, Set.of())) {
            dueAtOnce(loanId);
        }
    }

    /** Ends the keys of all loans whose exposure grows by a rate: they are drawn anew before the next prices are compared. */
    void endKeys(String rateId) {
        for (int slot = 0; slot < rateOfSlot.length; slot++) {
            if (rateId.equals(rateOfSlot[slot]) && keyEnds.contains(slot)) {
                keyEnds.put(slot, Long.MIN_VALUE);
            }
        }
    }

    private void noteWaiting(Loan loan) {
        var application = loan.application();
        if (application == null) {
            return;
        }
        boolean requested = loan.status() == LoanStatus.REQUESTED;
        note(waitingForTerms, application.productId(), loan.loanId(), requested && loan.agreement() == null);
        String rateId = rateOf(loan);
        if (rateId != null) {
            note(
                    waitingForRates,
                    rateId,
                    loan.loanId(),
                    requested && rates.series(rateId).isEmpty());
        }
    }

    private static void note(Map<String, Set<String>> waiting, String subject, String loanId, boolean waits) {
        if (waits) {
            waiting.computeIfAbsent(subject, s -> new HashSet<>()).add(loanId);
        } else if (!waiting.isEmpty()) {
            Set<String> loans = waiting.get(subject);
            if (loans != null && loans.remove(loanId) && loans.isEmpty()) {
                waiting.remove(subject);
            }
        }
    }

    private static @Nullable String rateOf(Loan loan) {
        return loan.agreement() != null
                        && loan.agreement().terms().interest().rate() instanceof Rate.Referenced referenced
                ? referenced.rateId()
                : null;
    }

    private void place(Loan loan, LoanTriggers triggers, long fallingKey, long risingKey, List<MarketKeys> further) {
        boolean falling = hasFalling(triggers);
        boolean rising = hasRising(triggers);
        long deadline = triggers.decideAt() == null ? NO_DEADLINE : micros(triggers.decideAt());
        boolean waits = falling || rising || !further.isEmpty();
        if (!waits && deadline == NO_DEADLINE) {
            forget(loan.loanId());
            return;
        }
        Market market = triggers.market() == null ? null : market(triggers.market());
        int slot = assign(loan.loanId(), market);
        if (!furtherOfSlot.isEmpty()) {
            removeFurther(slot); // before the first is set, which may have been one of them
        }
        if (market != null) {
            set(market.falling(), slot, falling, fallingKey);
            set(market.rising(), slot, rising, risingKey);
        }
        if (!further.isEmpty()) {
            placeFurther(slot, further);
        }
        rateOfSlot[slot] = rateOf(loan);
        set(deadlines, slot, deadline);
        set(
                keyEnds,
                slot,
                triggers.keysValidUntil() == null || !waits ? NO_DEADLINE : micros(triggers.keysValidUntil()));
    }

    private void placeFurther(int slot, List<MarketKeys> further) {
        List<Market> placed = new ArrayList<>(further.size());
        for (MarketKeys keys : further) {
            Market market = market(keys.market());
            if (keys.hasFalling()) {
                market.falling().put(slot, keys.fallingKey());
            }
            if (keys.hasRising()) {
                market.rising().put(slot, keys.risingKey());
            }
            placed.add(market);
        }
        furtherOfSlot.put(slot, placed);
    }

    private void removeFurther(int slot) {
        List<Market> former = furtherOfSlot.remove(slot);
        if (former != null) {
            for (Market market : former) {
                market.falling().remove(slot);
                market.rising().remove(slot);
            }
        }
    }

    /** Makes a loan due with the next index record. */
    void dueAtOnce(String loanId) {
        deadlines.put(assign(loanId, null), Long.MIN_VALUE);
    }

    /** Takes a loan's place away: nothing asks for it any more. */
    void forget(String loanId) {
        int slot = slots.slotOf(loanId);
        if (slot == LoanSlots.NONE) {
            return;
        }
        Market market = marketOfSlot[slot];
        if (market != null) {
            market.falling().remove(slot);
            market.rising().remove(slot);
        }
        removeFurther(slot);
        deadlines.remove(slot);
        keyEnds.remove(slot);
        marketOfSlot[slot] = null;
        rateOfSlot[slot] = null;
        slots.release(loanId);
    }

    private int assign(String loanId, @Nullable Market market) {
        int slot = slots.assign(loanId);
        if (slot >= marketOfSlot.length) {
            int slotsHeld = Math.max(slot + 1, marketOfSlot.length * 2);
            marketOfSlot = Arrays.copyOf(marketOfSlot, slotsHeld);
            rateOfSlot = Arrays.copyOf(rateOfSlot, slotsHeld);
        }
        Market former = marketOfSlot[slot];
        if (market != null && !market.equals(former)) {
            if (former != null) {
                former.falling().remove(slot);
                former.rising().remove(slot);
            }
            marketOfSlot[slot] = market;
        }
        return slot;
    }

    private Market market(String name) {
        return markets.computeIfAbsent(
                name, n -> new Market(n, TriggerIndex.falling(slots.byId()), TriggerIndex.rising(slots.byId())));
    }

    // --- taking loans out --------------------------------------------------------------------------------------------

    /** Whether at least one loan of the market is to be looked at. O(1). */
    boolean fires(String market, TriggerIndex.Side side, long tickKey) {
        Market found = markets.get(market);
        return found != null && found.side(side).fires(tickKey);
    }

    /** The deepest trigger of a side that fires at this price, or {@link Long#MIN_VALUE}. */
    long deepest(String market, TriggerIndex.Side side, long tickKey) {
        Market found = markets.get(market);
        return found != null && found.side(side).fires(tickKey)
                ? found.side(side).bestKey()
                : Long.MIN_VALUE;
    }

    /** Takes fired loans out, the deepest first, those in {@code visited} left where they are; see {@link TriggerIndex#takeFired}. */
    List<String> takeFired(String market, TriggerIndex.Side side, long tickKey, int most, Set<String> visited) {
        Market found = markets.get(market);
        if (found == null || !found.side(side).fires(tickKey)) {
            return List.of();
        }
        TriggerIndex index = found.side(side);
        List<String> taken = new ArrayList<>();
        Map<Integer, Long> aside = new HashMap<>();
        while (taken.size() < most && index.fires(tickKey)) {
            int slot = index.best();
            long key = index.bestKey();
            index.remove(slot);
            String loanId = slots.idOf(slot);
            if (visited.contains(loanId)) {
                aside.put(slot, key);
            } else {
                taken.add(loanId);
            }
        }
        aside.forEach(index::put);
        return taken;
    }

    /** Those of some loans that fire at this price, in the order of their ids. */
    List<String> firedAmong(Set<String> loanIds, String market, TriggerIndex.Side side, long tickKey) {
        return loanIds.isEmpty() || !fires(market, side, tickKey)
                ? List.of()
                : loanIds.stream()
                        .filter(loanId -> fires(loanId, market, side, tickKey))
                        .sorted()
                        .toList();
    }

    void take(List<String> loanIds, String market, TriggerIndex.Side side) {
        loanIds.forEach(loanId -> market(market).side(side).remove(slots.slotOf(loanId)));
    }

    private boolean fires(String loanId, String market, TriggerIndex.Side side, long tickKey) {
        TriggerIndex index = market(market).side(side);
        int slot = slots.slotOf(loanId);
        if (slot == LoanSlots.NONE || !index.contains(slot)) {
            return false;
        }
        return switch (side) {
            case FALLING -> index.keyOf(slot) >= tickKey;
            case RISING -> index.keyOf(slot) <= tickKey;
        };
    }

    boolean isDueBefore(Instant taskTime) {
        return deadlines.isDueBefore(micros(taskTime));
    }

    /** Takes the loans whose deadline lies strictly before this time out, the earliest first. */
    List<String> takeDueBefore(Instant taskTime, int most) {
        return takeBefore(deadlines, micros(taskTime), most);
    }

    boolean hasKeysThatEnded(Instant taskTime) {
        return keyEnds.isDueBefore(micros(taskTime));
    }

    /** Takes the loans whose keys are good no longer; the caller puts them back with new ones. */
    List<String> takeKeysThatEnded(Instant taskTime, int most) {
        return takeBefore(keyEnds, micros(taskTime), most);
    }

    private List<String> takeBefore(DeadlineQueue queue, long micros, int most) {
        if (!queue.isDueBefore(micros)) {
            return List.of();
        }
        int[] due = new int[Math.min(most, queue.size())];
        int count = queue.takeDueBefore(micros, due);
        List<String> taken = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            taken.add(slots.idOf(due[i]));
        }
        return taken;
    }

    /** Loans that hold a place. */
    int size() {
        return slots.size();
    }

    /** Every loan's keys and times, in the order of their ids, for tests that compare two indexes. */
    List<String> describe(Iterable<String> loanIds) {
        List<String> lines = new ArrayList<>();
        for (String loanId : loanIds) {
            int slot = slots.slotOf(loanId);
            if (slot != LoanSlots.NONE) {
                Market market = marketOfSlot[slot];
                lines.add("%s %s falling=%s rising=%s due=%s keysEnd=%s%s"
                        .formatted(
                                loanId,
                                market == null ? "-" : market.name(),
                                market == null ? "-" : key(market.falling(), slot),
                                market == null ? "-" : key(market.rising(), slot),
                                time(deadlines, slot),
                                time(keyEnds, slot),
                                further(slot)));
            }
        }
        return lines;
    }

    private String further(int slot) {
        StringBuilder all = new StringBuilder();
        for (Market market : furtherOfSlot.getOrDefault(slot, List.of())) {
            all.append(" %s falling=%s rising=%s"
                    .formatted(market.name(), key(market.falling(), slot), key(market.rising(), slot)));
        }
        return all.toString();
    }

    private static String key(TriggerIndex index, int slot) {
        return index.contains(slot) ? Long.toString(index.keyOf(slot)) : "-";
    }

    private static String time(DeadlineQueue queue, int slot) {
        return queue.contains(slot) ? Long.toString(queue.deadlineMicrosOf(slot)) : "-";
    }

    private static void set(TriggerIndex index, int slot, boolean present, long key) {
        if (present) {
            index.put(slot, key);
        } else {
            index.remove(slot);
        }
    }

    private static void set(DeadlineQueue queue, int slot, long micros) {
        if (micros == NO_DEADLINE) {
            queue.remove(slot);
        } else {
            queue.put(slot, micros);
        }
    }

    private static boolean hasFalling(LoanTriggers triggers) {
        return triggers.market() != null && triggers.fallingKey() != Long.MIN_VALUE;
    }

    private static boolean hasRising(LoanTriggers triggers) {
        return triggers.market() != null && triggers.risingKey() != Long.MAX_VALUE;
    }

    private static boolean fires(LoanTriggers triggers, String market, long tickKey) {
        List<MarketKeys> further = triggers.further();
        if (market.equals(triggers.market())) {
            return (hasFalling(triggers) && triggers.fallingKey() >= tickKey)
                    || (hasRising(triggers) && triggers.risingKey() <= tickKey);
        }
        for (MarketKeys keys : further) {
            if (keys.market().equals(market)) {
                return (keys.hasFalling() && keys.fallingKey() >= tickKey)
                        || (keys.hasRising() && keys.risingKey() <= tickKey);
            }
        }
        return false;
    }

    private static int longestHorizon(String loanId) {
        return HORIZON_DAYS[0] - Math.floorMod(loanId.hashCode(), SPREAD_DAYS);
    }

    static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
}

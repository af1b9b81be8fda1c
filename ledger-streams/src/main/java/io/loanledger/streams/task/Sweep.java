package io.loanledger.streams.task;

import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.loan.LoanTriggers;
import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.trigger.TriggerIndex.Side;
import io.loanledger.core.trigger.TriggerKeys;
import io.loanledger.events.SweepContinuation;
import io.loanledger.streams.LedgerMeters;
import io.loanledger.streams.wire.Cause;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The work of a tick: deadlines that it passes, then the loans that its price fires, the deepest first.
 *
 * <p>A quiet tick reads the best trigger of each side and returns, whatever the number of loans. A tick that fires more than
 * {@link #CHUNK} works off as many and leaves the rest to a continuation, which the task sends to itself in the same transaction.
 * While that chain is open a further tick starts no second one: it only moves the prices of the open sweep (see
 * {@link OpenSweep}). Each loan is judged at a price that an open market really had, and its evidence names it.
 *
 * <p>Deadlines are bounded alike. Those beyond the bound are judged at the price that stands when their turn comes; a later price
 * cannot cure a call whose deadline it lies behind, so what the order decides stays as it is.
 *
 * <p>While the market is paused or its newest index closed no loan is visited. Either ends an open sweep: the price that began it counts
 * for nobody any more, and the first open price afterwards fires by level. One thread.
 */
final class Sweep {
    /** The most loans that one record visits: some 100 ms of work. */
    static final int CHUNK = 2_000;

    private final TaskCircumstances circumstances;
    private final TaskState state;
    private final TaskIndex index;
    private final LoanBook book;
    private final Outbox outbox;
    private final LedgerMeters meters;
    private final TaskGauges gauges;
    private final int partition;
    private final Map<String, OpenSweep> open = new HashMap<>();
    /** By market: loans of the open sweep that were visited in vain and whose keys still fire. */
    private final Map<String, Set<String>> visited = new HashMap<>();

    Sweep(
            TaskCircumstances circumstances,
            TaskState state,
            TaskIndex index,
            LoanBook book,
            Outbox outbox,
            LedgerMeters meters,
            TaskGauges gauges,
            int partition) {
        this.circumstances = circumstances;
        this.state = state;
        this.index = index;
        this.book = book;
        this.outbox = outbox;
        this.meters = meters;
        this.gauges = gauges;
        this.partition = partition;
        state.forEachSweep(sweep -> open.put(sweep.market(), sweep));
        gauges.openSweeps(open.size());
    }

    /** Expires what is due strictly before a tick, on the state and price before it; call it before the price is taken. */
    void expireBefore(IndexPrice tick, Cause cause) {
        Instant former = circumstances.taskTime();
        expire(tick.priceTime().isAfter(former) ? tick.priceTime() : former, cause);
    }

    /** Visits what a tick fires; call it once the price is taken. */
    void run(IndexPrice tick, Cause cause) {
        OpenSweep running = open.get(tick.market());
        boolean judges = isOpen(tick.market());
        if (running != null) {
            if (judges) {
                merge(running, tick);
            } else {
                put(withoutPrices(running));
            }
            return;
        }
        IndexPrice price = judges ? tick : null;
        visited.remove(tick.market());
        workOff(new OpenSweep(tick.market(), tick, price, price, 0, Long.MIN_VALUE), cause);
    }

    /** Goes on with an open sweep. A continuation that is not the one on its way says nothing: there is one chain. */
    void resume(SweepContinuation continuation, Cause cause) {
        OpenSweep running = open.get(continuation.getMarket());
        if (running == null
                || running.chunk() != continuation.getChunk()
                || running.cause().epoch() != continuation.getEpoch()
                || running.cause().sequence() != continuation.getSequence()) {
            return;
        }
        expire(circumstances.taskTime(), cause);
        workOff(isOpen(running.market()) ? running : withoutPrices(running), cause);
    }

    /** Whether a loan may be judged now: by the newest record, not by the one that began a sweep. */
    private boolean isOpen(String market) {
        IndexPrice newest = circumstances.price(market); // a pause makes it a halted one
        return newest != null && newest.state().isOpen();
    }

    private static OpenSweep withoutPrices(OpenSweep sweep) {
        return new OpenSweep(sweep.market(), sweep.cause(), null, null, sweep.chunk(), sweep.deepestRemaining());
    }

    /** Ends an open sweep whose continuation was skipped: the market's next open price fires by level. */
    void end(String market) {
        if (open.remove(market) != null) {
            visited.remove(market);
            state.deleteSweep(market);
            gauges.openSweeps(open.size());
        }
    }

    /** A lower tick lowers the falling side of an open sweep, a higher one raises the rising side; neither ends the other. */
    private void merge(OpenSweep running, IndexPrice tick) {
        IndexPrice falling = running.falling() == null || price(tick).compareTo(price(running.falling())) < 0
                ? tick
                : running.falling();
        IndexPrice rising = running.rising() == null || price(tick).compareTo(price(running.rising())) > 0
                ? tick
                : running.rising();
        if (tick.equals(falling) || tick.equals(rising)) {
            visited.remove(tick.market());
            put(new OpenSweep(
                    running.market(), running.cause(), falling, rising, running.chunk(), running.deepestRemaining()));
        }
    }

    private void workOff(OpenSweep sweep, Cause cause) {
        int budget = CHUNK - renewKeys(cause);
        if (budget > 0 && sweep.falling() != null) {
            budget -= visit(sweep.market(), Side.FALLING, sweep.falling(), budget, cause);
        }
        if (budget > 0 && sweep.rising() != null) {
            budget -= visit(sweep.market(), Side.RISING, sweep.rising(), budget, cause);
        }
        // Every step stops only when it has no more to do or the budget is spent.
        boolean more = budget <= 0 || index.isDueBefore(circumstances.taskTime());
        if (more) {
            goOnLater(sweep);
        } else if (open.remove(sweep.market()) != null) {
            visited.remove(sweep.market());
            state.deleteSweep(sweep.market());
            gauges.openSweeps(open.size());
        }
    }

    private void goOnLater(OpenSweep sweep) {
        IndexPrice falling = sweep.falling();
        long deepest = falling == null ? Long.MIN_VALUE : index.deepest(sweep.market(), Side.FALLING, tickKey(falling));
        OpenSweep next =
                new OpenSweep(sweep.market(), sweep.cause(), falling, sweep.rising(), sweep.chunk() + 1, deepest);
        put(next);
        IndexPrice shown = falling != null ? falling : next.cause();
        outbox.continueIn(
                partition,
                new SweepContinuation(
                        next.market(),
                        next.cause().epoch(),
                        next.cause().sequence(),
                        shown.priceTime(),
                        shown.price() == null ? "0" : shown.price().toPlainString(),
                        deepest == Long.MIN_VALUE ? null : priceText(deepest),
                        next.chunk()),
                next.market());
    }

    private void put(OpenSweep sweep) {
        open.put(sweep.market(), sweep);
        state.putSweep(sweep);
        gauges.openSweeps(open.size());
    }

    // --- the steps ---------------------------------------------------------------------------------------------------

    private void expire(Instant taskTime, Cause cause) {
        List<String> due = index.takeDueBefore(taskTime, CHUNK);
        for (String loanId : due) {
            book.visit(
                    loanId,
                    new LoanInput.TimePassed(taskTime),
                    cause,
                    loan -> index.putAfterQuietDeadline(loan, taskTime));
        }
    }

    /** Draws keys anew that are good no longer, before prices are compared with them. How many. */
    private int renewKeys(Cause cause) {
        List<String> ended = index.takeKeysThatEnded(circumstances.taskTime(), CHUNK);
        for (String loanId : ended) {
            book.renewKeys(loanId, cause);
        }
        return ended.size();
    }

    private int visit(String market, Side side, IndexPrice price, int budget, Cause cause) {
        long tickKey = tickKey(price);
        if (!index.fires(market, side, tickKey)) {
            return 0;
        }
        // Only then is a visit without result final for this key: an issue, for one, looks at the newest price.
        boolean exact = price(price).stripTrailingZeros().scale() <= LoanTriggers.KEY_SCALE
                && price.equals(circumstances.price(market));
        Set<String> before = visited.getOrDefault(market, Set.of());
        List<String> fired = index.takeFired(market, side, tickKey, budget, before);
        for (String loanId : fired) {
            boolean quiet = book.visit(
                    loanId,
                    new LoanInput.PriceObserved(price),
                    cause,
                    loan -> index.putAfterQuietVisit(loan, circumstances.taskTime(), market, tickKey, exact));
            if (quiet && !exact) {
                visited.computeIfAbsent(market, m -> new HashSet<>()).add(loanId);
            }
        }
        meters.visited(fired.size());
        return fired.size();
    }

    private static BigDecimal price(@Nullable IndexPrice index) {
        return Objects.requireNonNull(Objects.requireNonNull(index).price(), "an open index has a price");
    }

    private static long tickKey(IndexPrice index) {
        return TriggerKeys.tickKeyRoundedDown(price(index), LoanTriggers.KEY_SCALE);
    }

    private static String priceText(long key) {
        return new BigDecimal(BigInteger.valueOf(key), LoanTriggers.KEY_SCALE).toPlainString();
    }
}

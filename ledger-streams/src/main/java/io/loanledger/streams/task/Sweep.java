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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The work of a tick: deadlines that it passes, then the loans that its price fires, the deepest first.
 *
 * <p>A quiet tick reads the best trigger of each side and returns, whatever the number of loans. A tick that fires more than its first
 * chunk works off as many and leaves the rest to a continuation, which the task sends to itself in the same transaction; that works off
 * four times as many, and so on up to {@link #CHUNK}. The smaller the first, the sooner the worst loans are for sale while the others
 * are looked at, and the more often a fact comes to a loan between its breach and its visit ({@link TaskParts} chooses).
 * While that chain is open a further tick starts no second one. A lower one lowers the price at which the rest is visited (see
 * {@link OpenSweep}), and each does by itself what it has to do to loans that rise, and to those with whom the sweep has done
 * ({@link SweptLoans}). Each loan is judged at a price that an open market really had, and its evidence names it.
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

    /** A first chunk of some milliseconds of work. */
    static final int FIRST_CHUNK = 64;

    /** As many chunks of a sweep may be smaller: of 64, 256 and 1,024 loans. */
    private static final int SMALL_CHUNKS = 3;

    private final TaskCircumstances circumstances;
    private final TaskState state;
    private final TaskIndex index;
    private final LoanBook book;
    private final Outbox outbox;
    private final LedgerMeters meters;
    private final TaskGauges gauges;
    private final int partition;
    private final int firstChunk;
    private final int chunk;
    private final Map<String, OpenSweep> open = new HashMap<>();
    private final SweptLoans swept;

    Sweep(
            TaskCircumstances circumstances,
            TaskState state,
            TaskIndex index,
            SweptLoans swept,
            LoanBook book,
            Outbox outbox,
            LedgerMeters meters,
            TaskGauges gauges,
            int partition,
            int firstChunk,
            int chunk) {
        this.circumstances = circumstances;
        this.state = state;
        this.index = index;
        this.swept = swept;
        this.book = book;
        this.outbox = outbox;
        this.meters = meters;
        this.gauges = gauges;
        this.partition = partition;
        this.firstChunk = firstChunk;
        this.chunk = chunk;
        state.forEachSweep(sweep -> {
            open.put(sweep.market(), sweep);
            swept.goOn(sweep.market());
        });
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
        if (running == null) {
            IndexPrice price = judges ? tick : null;
            workOff(new OpenSweep(tick.market(), tick, price, price, 0, Long.MIN_VALUE), cause);
        } else if (judges) {
            follow(running, tick, cause);
        } else {
            put(withoutPrices(running));
        }
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
        boolean judges = isOpen(running.market());
        if (judges) {
            visitSwept(Objects.requireNonNull(circumstances.price(running.market())), cause);
        }
        workOff(judges ? running : withoutPrices(running), cause);
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
            swept.end(market);
            state.deleteSweep(market);
            gauges.openSweeps(open.size());
        }
    }

    /**
     * A tick while a sweep is open. A lower one lowers the sweep's falling side, any other says to those what it has to say with whom the
     * sweep has done. The rising side does not wait: a call that the sweep makes is younger than the prices that it carries on, and
     * none of those could cure it. What is too much for one record joins the sweep.
     */
    private void follow(OpenSweep running, IndexPrice tick, Cause cause) {
        IndexPrice falling = running.falling();
        if (falling == null || price(tick).compareTo(price(falling)) < 0) {
            falling = tick;
            swept.beginFallingAnew(tick.market());
        } else {
            visitSwept(tick, cause);
        }
        IndexPrice rising = running.rising();
        boolean moreRise = visitRising(tick, cause);
        if (rising == null ? moreRise : price(tick).compareTo(price(rising)) > 0) {
            rising = tick;
            swept.beginRisingAnew(tick.market());
        }
        if (!Objects.equals(falling, running.falling()) || !Objects.equals(rising, running.rising())) {
            put(new OpenSweep(
                    running.market(), running.cause(), falling, rising, running.chunk(), running.deepestRemaining()));
        }
    }

    /** Each side has a bound of its own, so that loans that are to be sold do not keep others from being cured. */
    private void workOff(OpenSweep sweep, Cause cause) {
        int left = chunk - renewKeys(cause);
        int budget = Math.min(left, most(sweep));
        List<String> fallen = budget > 0 && sweep.falling() != null
                ? visit(sweep.market(), Side.FALLING, sweep.falling(), budget, swept.falling(sweep.market()), cause)
                : List.of();
        boolean moreRise = sweep.rising() != null && visitRising(sweep.rising(), cause);
        // Every step stops only when it has no more to do or its bound is reached.
        boolean more = fallen.size() >= budget || moreRise || index.isDueBefore(circumstances.taskTime());
        if (more) {
            swept.begin(sweep.market());
            swept.visited(sweep.market(), fallen);
            goOnLater(moreRise ? sweep : withoutRise(sweep));
        } else {
            end(sweep.market());
        }
    }

    /** Few at first, four times as many with each chunk. */
    private int most(OpenSweep sweep) {
        return sweep.chunk() < SMALL_CHUNKS ? Math.min(chunk, firstChunk << (2 * sweep.chunk())) : chunk;
    }

    private static OpenSweep withoutRise(OpenSweep sweep) {
        return new OpenSweep(
                sweep.market(), sweep.cause(), sweep.falling(), null, sweep.chunk(), sweep.deepestRemaining());
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
        List<String> due = index.takeDueBefore(taskTime, chunk);
        for (String loanId : due) {
            book.visit(loanId, new LoanInput.TimePassed(taskTime), cause, loan -> {
                index.putAfterQuietDeadline(loan, taskTime);
                if (loan.backOff() != null) {
                    swept.add(loanId); // its wait is over: the next price decides, and not one from before
                }
            });
        }
    }

    /** Draws keys anew that are good no longer, before prices are compared with them. How many. */
    private int renewKeys(Cause cause) {
        List<String> ended = index.takeKeysThatEnded(circumstances.taskTime(), chunk);
        for (String loanId : ended) {
            book.renewKeys(loanId, cause);
        }
        return ended.size();
    }

    /** Visits those with whom the sweep has done, at the newest price; of too many the rest joins the sweep once more. */
    private void visitSwept(IndexPrice newest, Cause cause) {
        String market = newest.market();
        long tickKey = tickKey(newest);
        List<String> fired = index.firedAmong(swept.falling(market), market, Side.FALLING, tickKey);
        List<String> now = fired.subList(0, Math.min(chunk, fired.size()));
        index.take(now, market, Side.FALLING);
        visit(now, newest, tickKey, cause);
        swept.toCome(market, fired.subList(now.size(), fired.size()));
    }

    /** Whether there may be more to visit. */
    private boolean visitRising(IndexPrice price, Cause cause) {
        boolean newest = isNewest(price);
        Set<String> before = newest ? Set.of() : swept.rising(price.market());
        List<String> risen = visit(price.market(), Side.RISING, price, chunk, before, cause);
        if (!newest) {
            swept.visitedRising(price.market(), risen);
        }
        return risen.size() >= chunk;
    }

    private List<String> visit(
            String market, Side side, IndexPrice price, int budget, Set<String> before, Cause cause) {
        long tickKey = tickKey(price);
        if (!index.fires(market, side, tickKey)) {
            return List.of();
        }
        List<String> fired = index.takeFired(market, side, tickKey, budget, before);
        visit(fired, price, tickKey, cause);
        return fired;
    }

    private void visit(List<String> fired, IndexPrice price, long tickKey, Cause cause) {
        // Only then is a visit without result final for this key: an issue, for one, looks at the newest price.
        boolean exact = counted(price).stripTrailingZeros().scale() <= LoanTriggers.KEY_SCALE && isNewest(price);
        for (String loanId : fired) {
            book.visit(
                    loanId,
                    new LoanInput.PriceObserved(price),
                    cause,
                    loan -> index.putAfterQuietVisit(loan, circumstances.taskTime(), price.market(), tickKey, exact));
        }
        meters.visited(fired.size());
    }

    private boolean isNewest(IndexPrice price) {
        return price.equals(circumstances.price(price.market()));
    }

    private static BigDecimal price(@Nullable IndexPrice index) {
        return Objects.requireNonNull(Objects.requireNonNull(index).price(), "an open index has a price");
    }

    /** Keys are prices that count: less the market's add-on as it stands. */
    private BigDecimal counted(IndexPrice index) {
        BigDecimal addOn = circumstances.addOn(index.market());
        return addOn.signum() == 0 ? price(index) : price(index).multiply(BigDecimal.ONE.subtract(addOn));
    }

    private long tickKey(IndexPrice index) {
        return TriggerKeys.tickKeyRoundedDown(counted(index), LoanTriggers.KEY_SCALE);
    }

    private static String priceText(long key) {
        return new BigDecimal(BigInteger.valueOf(key), LoanTriggers.KEY_SCALE).toPlainString();
    }
}

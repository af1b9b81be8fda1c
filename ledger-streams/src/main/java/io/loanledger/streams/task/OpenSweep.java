package io.loanledger.streams.task;

import io.loanledger.core.price.IndexPrice;
import org.jspecify.annotations.Nullable;

/**
 * A tick's work that did not fit into one record. As long as it stands in {@code task-state}, exactly one continuation of its
 * market is on its way to the task: the two are written in the same transaction.
 *
 * <p>Each side has a price of its own. The falling one only falls and the rising one only rises while the sweep is open, so that
 * no loan escapes by the size of a chunk; both are prices that an open market really had. Mostly there is no rising one: each tick
 * does by itself what rising prices do, unless that is too much for one record. When the market closes both are gone, and what is left
 * of the sweep are deadlines.
 *
 * @param market whose tick it is
 * @param cause the tick that began it
 * @param falling loans with a trigger at or over this price are still to be visited; null if none is
 * @param rising loans with a trigger at or under this price are still to be visited; null if none is
 * @param chunk of the continuation that is on its way, from 1
 * @param deepestRemaining the next falling key to be visited when it was written, for people; {@link Long#MIN_VALUE} for none
 */
record OpenSweep(
        String market,
        IndexPrice cause,
        @Nullable IndexPrice falling,
        @Nullable IndexPrice rising,
        int chunk,
        long deepestRemaining) {}

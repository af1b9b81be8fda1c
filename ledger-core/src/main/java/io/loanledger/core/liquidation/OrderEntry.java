package io.loanledger.core.liquidation;

import io.loanledger.core.money.Quantity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One limit order and what its desk last said of it. Its fills are entries of their own.
 *
 * @param orderId ClOrdID: name-based from block, slice and attempt
 * @param blockId the block it sells for
 * @param slice which part of the block
 * @param attempt which try at that part
 * @param allocations whose coin, in the block's order of members
 * @param quantity their sum
 * @param limit the floor it was sent with
 * @param epoch the epoch of the index price it was formed at
 * @param sequence the sequence of that price
 * @param placedAt when
 * @param expireAt when the desk has to end it
 * @param report the newest word of the desk; null before the first
 * @param cancelsSent how often it was asked back
 * @param cancelPending whether the answer to the last such request is open
 * @param timesAsked how often the desk, silent after the expiry, was due to be asked how it stands; 0 while it is not overdue
 */
public record OrderEntry(
        String orderId,
        String blockId,
        int slice,
        int attempt,
        List<Allocation> allocations,
        Quantity quantity,
        BigDecimal limit,
        long epoch,
        long sequence,
        Instant placedAt,
        Instant expireAt,
        @Nullable DeskReport report,
        int cancelsSent,
        boolean cancelPending,
        int timesAsked)
        implements BookEntry {
    /** One case's part of the order. */
    public record Allocation(String caseId, Quantity quantity) {}

    public OrderEntry {
        allocations = List.copyOf(allocations);
    }

    @Override
    public EntryKey key() {
        return new EntryKey(EntryKey.Kind.ORDER, orderId);
    }

    OrderEntry withReport(DeskReport newest) {
        return new OrderEntry(
                orderId,
                blockId,
                slice,
                attempt,
                allocations,
                quantity,
                limit,
                epoch,
                sequence,
                placedAt,
                expireAt,
                newest,
                cancelsSent,
                cancelPending && !newest.ended(),
                timesAsked);
    }

    OrderEntry withCancel(int sent, boolean pending) {
        return new OrderEntry(
                orderId,
                blockId,
                slice,
                attempt,
                allocations,
                quantity,
                limit,
                epoch,
                sequence,
                placedAt,
                expireAt,
                report,
                sent,
                pending,
                timesAsked);
    }

    OrderEntry asked(int times) {
        return new OrderEntry(
                orderId,
                blockId,
                slice,
                attempt,
                allocations,
                quantity,
                limit,
                epoch,
                sequence,
                placedAt,
                expireAt,
                report,
                cancelsSent,
                cancelPending,
                times);
    }

    /** Whether the desk said that nothing more can be filled. */
    boolean isEnded() {
        return report != null && report.ended();
    }
}

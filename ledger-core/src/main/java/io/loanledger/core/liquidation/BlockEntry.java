package io.loanledger.core.liquidation;

import io.loanledger.core.money.Quantity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cases that are sold together, in proportion.
 *
 * @param blockId the hash of its members
 * @param number the market's count of blocks
 * @param formedAt when
 * @param members who, and how much of each
 * @param referencePrice the index price it was formed at, which values it against the cap on notional in flight
 * @param slice the slice under way, from 1
 * @param attempt the attempt at that slice, from 1; 0 before its first order
 * @param liveOrderId the order whose end is not certain; null between orders
 * @param notBefore no order before this moment, after the desk rejected one; null when there is none such
 * @param closed whether all is sold or given back to the queue
 */
public record BlockEntry(
        String blockId,
        long number,
        Instant formedAt,
        List<Member> members,
        BigDecimal referencePrice,
        int slice,
        int attempt,
        @Nullable String liveOrderId,
        @Nullable Instant notBefore,
        boolean closed)
        implements BookEntry {
    /** One case's part; the round is the case's own count of its ways through the queue. */
    public record Member(String caseId, String loanId, int round, Quantity quantity) {}

    public BlockEntry {
        members = List.copyOf(members);
    }

    @Override
    public EntryKey key() {
        return new EntryKey(EntryKey.Kind.BLOCK, blockId);
    }

    BlockEntry withLiveOrder(String orderId, int asAttempt) {
        return new BlockEntry(
                blockId, number, formedAt, members, referencePrice, slice, asAttempt, orderId, null, false);
    }

    /** Between orders; a finished slice is followed by the next, an unfinished one by its next attempt. */
    BlockEntry withoutOrder(boolean sliceDone, @Nullable Instant waitUntil) {
        return new BlockEntry(
                blockId,
                number,
                formedAt,
                members,
                referencePrice,
                sliceDone ? slice + 1 : slice,
                sliceDone ? 0 : attempt,
                null,
                waitUntil,
                false);
    }

    /** Takes up an order again that came back to life after it had ended. */
    BlockEntry withRevivedOrder(String orderId) {
        return new BlockEntry(
                blockId, number, formedAt, members, referencePrice, slice, attempt, orderId, notBefore, false);
    }

    BlockEntry asClosed() {
        return new BlockEntry(blockId, number, formedAt, members, referencePrice, slice, attempt, null, null, true);
    }

    /** What the block is to sell in all. */
    public Quantity totalQuantity() {
        return members.stream()
                .map(Member::quantity)
                .reduce(Quantity::plus)
                .orElseThrow(() -> new IllegalStateException("block " + blockId + " has no members"));
    }
}

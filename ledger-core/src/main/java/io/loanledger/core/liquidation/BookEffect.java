package io.loanledger.core.liquidation;

import io.loanledger.core.money.Quantity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a book wants done, in this order. */
public sealed interface BookEffect {
    /** To the ledger: nothing was sold and nothing will be. The last word on a case of which the ledger counts nothing as sold. */
    record DeclineCase(String caseId, String loanId, int version, CaseEnd reason, long indexEpoch, long indexSequence)
            implements BookEffect {}

    /**
     * To the ledger: the version is in effect. {@code irrevocable} is what is filled or so near to it that it cannot be taken back;
     * the case never falls under it.
     */
    record AckAmend(String caseId, String loanId, int version, Quantity irrevocable) implements BookEffect {}

    /** To the ledger: what the case has sold, in all, as of now. Final when nothing more will be sold; a bust may still lower it. */
    record Settle(String caseId, String loanId, int version, CaseSettlement settlement) implements BookEffect {}

    /** For the record, before the order: who is sold together. */
    record FormBlock(BlockEntry block, BigDecimal floor, long indexEpoch, long indexSequence) implements BookEffect {}

    /** To the desk: sell, at this limit or better. */
    record PlaceOrder(OrderEntry order) implements BookEffect {}

    /** To the desk: end this order. */
    record CancelOrder(OrderEntry order, String cancelId, String reason) implements BookEffect {}

    /** To the desk, which is silent about an order that must have ended: how does it stand? */
    record AskStatus(OrderEntry order, String requestId) implements BookEffect {}

    /** For the record: one way of one case through the queue. */
    record RecordExecution(ExecutionTask task) implements BookEffect {}

    /** The input, or a part of it, belongs to nobody here: keep it as it came, for people. */
    record Suspend(SuspenseReason reason, String detail) implements BookEffect {}

    /** Tell an operator. */
    record RaiseAlarm(AlarmKind kind, String detail) implements BookEffect {}

    /** Why an input is set aside. */
    enum SuspenseReason {
        /** A report for an order that this market never placed, or has forgotten. */
        UNKNOWN_ORDER,
        /** More was filled than was ordered; the rest is not the case's. */
        OVERFILL,
        /** More was filled, over several orders, than the case reserves; the rest is not the case's. */
        OVERSOLD_CASE,
        /** The same execution id came with other content; the first one counts. */
        CONFLICTING_FILL,
        /** The same case id came with other content; the first one counts. */
        CONFLICTING_REQUEST,
        /** An amendment of a case that was never requested. */
        UNKNOWN_CASE,
        /** A fill, or the reversal of one, came when the case that it was sold for had been forgotten. */
        FORGOTTEN_CASE
    }

    /** What an operator has to look at. */
    enum AlarmKind {
        /** The desk rejected an order. */
        ORDER_REJECTED,
        /** An order is past its expiry and its desk is silent. */
        ORDER_OVERDUE,
        /** A desk refused to cancel. */
        CANCEL_REFUSED,
        /** An order came back to life after its end. */
        ORDER_REVIVED,
        /** Asked, the desk says that less is filled than it reported fill by fill. */
        CUMULATIVE_MISMATCH,
        /** Asked, the desk says that more is filled than it reported fill by fill; it counts as irrevocable. */
        LOST_FILLS,
        /** By what the desk reported, more can be sold of a case than it reserves: its live orders are asked back. */
        OVER_COMMITTED,
        /** The market's cap on notional in flight is worth less than a lot: the case is declined, and so will be the next. */
        CAP_UNDER_LOT,
        /** The book's own sums do not agree: the market gets no new order until people let it go. */
        MARKET_HALTED
    }

    /**
     * A parallel execution record: one task is one case in one round.
     *
     * @param taskId name-based from case and round
     * @param blockId null while queued
     * @param startedAt null while queued
     * @param endedAt null while open
     * @param resources what it occupies or waits for
     * @param dependencies blocks that had to make room
     * @param estimatedCompletion null once ended
     * @param outcome QUEUED, STARTED, REQUEUED or the {@link CaseEnd}
     */
    record ExecutionTask(
            String taskId,
            String caseId,
            @Nullable String blockId,
            Instant queuedAt,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            List<String> resources,
            List<String> dependencies,
            @Nullable Instant estimatedCompletion,
            String outcome) {
        public ExecutionTask {
            resources = List.copyOf(resources);
            dependencies = List.copyOf(dependencies);
        }
    }
}

package io.loanledger.core.liquidation;

import io.loanledger.core.liquidation.BookEffect.AlarmKind;
import io.loanledger.core.liquidation.BookEffect.SuspenseReason;
import io.loanledger.core.money.Quantity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** The book's side towards the desk: places and cancels orders, and takes reports. */
final class Orders {
    private final BookState state;

    Orders(BookState state) {
        this.state = state;
    }

    /** Places the block's next order; the former one, if any, has certainly ended. */
    void place(
            BlockEntry block, List<OrderEntry.Allocation> parts, BigDecimal limit, MarketEntry.Quote at, Instant now) {
        if (block.liveOrderId() != null) {
            throw new IllegalStateException("block " + block.blockId() + " still has order " + block.liveOrderId());
        }
        int attempt = block.attempt() + 1;
        Quantity quantity = parts.stream()
                .map(OrderEntry.Allocation::quantity)
                .reduce(Quantity.zero(state.rules.base()), Quantity::plus);
        OrderEntry order = new OrderEntry(
                NameBasedIds.ofOrder(block.blockId(), block.slice(), attempt),
                block.blockId(),
                block.slice(),
                attempt,
                parts,
                quantity,
                limit,
                at.epoch(),
                at.sequence(),
                now,
                now.plus(state.rules.orderLife()),
                null,
                0,
                false,
                false);
        if (state.findOrder(order.orderId()) != null) {
            throw new IllegalStateException("order " + order.orderId() + " was placed before");
        }
        SellBound.verify(state, order);
        state.put(order);
        state.put(block.withLiveOrder(order.orderId(), attempt));
        state.emit(new BookEffect.PlaceOrder(order));
    }

    /** Asks for the order's end, unless it has ended or was asked already. */
    void cancel(OrderEntry order, String reason) {
        if (order.isEnded() || order.cancelPending()) {
            return;
        }
        OrderEntry asked = order.withCancel(order.cancelsSent() + 1, true);
        state.put(asked);
        state.emit(
                new BookEffect.CancelOrder(asked, NameBasedIds.ofCancel(order.orderId(), asked.cancelsSent()), reason));
    }

    void cancelOrdersOf(CaseEntry entry, String reason) {
        for (String orderId : state.ordersOfCase(entry.caseId())) {
            cancel(state.order(orderId), reason);
        }
    }

    void cancelAll(String reason) {
        for (BlockEntry block : state.openBlocks()) {
            if (block.liveOrderId() != null) {
                cancel(state.order(block.liveOrderId()), reason);
            }
        }
    }

    /** The order lives on until it expires or fills; a later amendment or the kill switch may ask again. */
    void cancelRefused(String desk, String orderId) {
        OrderEntry order = state.findOrder(orderId);
        if (order == null) {
            state.emit(new BookEffect.Suspend(
                    SuspenseReason.UNKNOWN_ORDER, "cancel refused by " + desk + " for " + orderId));
            return;
        }
        if (order.cancelPending()) {
            state.put(order.withCancel(order.cancelsSent(), false));
        }
        alarm(AlarmKind.CANCEL_REFUSED, "order " + orderId + " by " + desk);
    }

    void report(ExecutionReport report, Instant now) {
        OrderEntry order = state.findOrder(report.orderId());
        if (order == null) {
            state.emit(new BookEffect.Suspend(
                    SuspenseReason.UNKNOWN_ORDER, "order " + report.orderId() + ", execution " + report.execId()));
            return;
        }
        Quantity excessBefore = state.tally(order.orderId()).excess();
        if (report.execType().isFill()) {
            takeFill(report);
        }
        if (report.execType().isReversal()) {
            takeReversal(report);
        }
        takeState(order, DeskReport.of(report), now);
        OrderTally after = state.tally(order.orderId());
        if (after.excess().compareTo(excessBefore) > 0) {
            Quantity excess = after.excess().minus(excessBefore);
            state.emit(new BookEffect.Suspend(SuspenseReason.OVERFILL, "order " + order.orderId() + " by " + excess));
        }
        if (report.execType() == ExecType.ORDER_STATUS
                && report.cumQty().compareTo(after.filled().plus(after.excess())) != 0) {
            alarm(AlarmKind.CUMULATIVE_MISMATCH, "order " + order.orderId() + ": desk counts " + report.cumQty());
        }
    }

    private void takeFill(ExecutionReport report) {
        FillEntry known = state.findFill(report.orderId(), report.desk(), report.execId());
        FillEntry.Traded traded = FillEntry.Traded.of(report);
        FillEntry.Traded before = known == null ? null : known.traded();
        if (before == null) {
            boolean reversed = known != null && known.reversed();
            state.put(new FillEntry(report.orderId(), report.desk(), report.execId(), traded, reversed));
        } else if (!before.isSameAs(traded)) {
            state.emit(new BookEffect.Suspend(
                    SuspenseReason.CONFLICTING_FILL, "order " + report.orderId() + ", execution " + report.execId()));
        }
    }

    private void takeReversal(ExecutionReport report) {
        String execRefId = report.execRefId();
        if (execRefId == null) {
            throw new IllegalStateException("a reversal without reference passed its constructor");
        }
        FillEntry known = state.findFill(report.orderId(), report.desk(), execRefId);
        FillEntry.Traded traded = known == null ? null : known.traded();
        if (known == null || !known.reversed()) {
            state.put(new FillEntry(report.orderId(), report.desk(), execRefId, traded, true));
        }
    }

    private void takeState(OrderEntry order, DeskReport report, Instant now) {
        DeskReport before = order.report();
        if (before == null || report.isAfter(before)) {
            OrderEntry newer = order.withReport(report);
            state.put(newer);
            if (before != null && before.ended() && !report.ended()) {
                revive(newer);
            } else if (report.rejected() && (before == null || !before.rejected())) {
                alarm(AlarmKind.ORDER_REJECTED, "order " + order.orderId());
            }
        }
        BlockEntry block = state.block(order.blockId());
        if (order.orderId().equals(block.liveOrderId())) {
            releaseIfOver(block, now);
        }
    }

    /** A bust after the end can bring an order back: whatever it still fills is taken, but it is not wanted any more. */
    private void revive(OrderEntry order) {
        alarm(AlarmKind.ORDER_REVIVED, "order " + order.orderId());
        BlockEntry block = state.block(order.blockId());
        if (!block.closed() && block.liveOrderId() == null) {
            state.put(block.withRevivedOrder(order.orderId()));
        }
        cancel(order, "revived");
    }

    /** The attempt is over when its end is certain and every fill that the desk counts has come. */
    private void releaseIfOver(BlockEntry block, Instant now) {
        OrderEntry order = state.order(String.valueOf(block.liveOrderId()));
        DeskReport report = order.report();
        OrderTally tally = state.tally(order.orderId());
        if (report == null || !report.ended() || !tally.awaited().isZero()) {
            return;
        }
        boolean sliceDone = tally.filled().compareTo(order.quantity()) >= 0;
        Instant waitUntil = report.rejected() ? now.plus(state.rules.rejectDelay()) : null;
        state.put(block.withoutOrder(sliceDone, waitUntil));
    }

    void alarmOverdue(Instant now) {
        for (BlockEntry block : state.openBlocks()) {
            String orderId = block.liveOrderId();
            if (orderId != null) {
                OrderEntry order = state.order(orderId);
                if (!order.overdueAlarmed()
                        && order.expireAt().plus(state.rules.overdueAfter()).isBefore(now)) {
                    state.put(order.asOverdue());
                    alarm(AlarmKind.ORDER_OVERDUE, "order " + orderId + " expired at " + order.expireAt());
                }
            }
        }
    }

    BigDecimal notionalOnTheWay() {
        BigDecimal sum = BigDecimal.ZERO;
        for (BlockEntry block : state.openBlocks()) {
            if (block.liveOrderId() != null) {
                OrderEntry order = state.order(block.liveOrderId());
                Quantity leaves =
                        order.quantity().minus(state.tally(order.orderId()).filled());
                sum = sum.add(order.limit().multiply(leaves.amount()));
            }
        }
        return sum;
    }

    private void alarm(AlarmKind kind, String detail) {
        state.emit(new BookEffect.RaiseAlarm(kind, detail));
    }
}

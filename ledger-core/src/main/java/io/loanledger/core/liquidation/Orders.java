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
                0);
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
        for (OrderEntry order : state.unsettledOrders()) {
            cancel(order, reason);
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
        boolean booked = report.execType().isFill() && takeFill(report);
        booked |= report.execType().isReversal() && takeReversal(report);
        takeState(order, DeskReport.of(report), now);
        Quantity excessAfter = state.tally(order.orderId()).excess();
        if (excessAfter.compareTo(excessBefore) > 0) {
            Quantity excess = excessAfter.minus(excessBefore);
            state.emit(new BookEffect.Suspend(SuspenseReason.OVERFILL, "order " + order.orderId() + " by " + excess));
        }
        if (booked) {
            setAsideForgotten(order);
        }
        if (report.execType() == ExecType.ORDER_STATUS) {
            reconcile(order.orderId(), DeskReport.of(report));
        }
        askBackOverCommitted(order);
    }

    /** Whoever was sold for and is forgotten can be told nothing: people have to see it. */
    private void setAsideForgotten(OrderEntry order) {
        for (OrderEntry.Allocation part : order.allocations()) {
            if (state.findCase(part.caseId()) == null) {
                state.emit(new BookEffect.Suspend(
                        SuspenseReason.FORGOTTEN_CASE, "order " + order.orderId() + ", case " + part.caseId()));
            }
        }
    }

    /**
     * An answer about an order's state books nothing. More than was reported fill by fill: fills are missing, and it is held back for
     * them. Less: only the newest word counts, an older one may have been overtaken by a fill.
     */
    private void reconcile(String orderId, DeskReport answer) {
        OrderEntry order = state.order(orderId);
        OrderTally tally = state.tally(orderId);
        int difference = answer.cumQty().compareTo(tally.filled().plus(tally.excess()));
        if (!answer.equals(order.report()) || difference == 0) {
            return;
        }
        alarm(
                difference > 0 ? AlarmKind.LOST_FILLS : AlarmKind.CUMULATIVE_MISMATCH,
                "order " + orderId + ": desk counts " + answer.cumQty() + ", reported "
                        + tally.filled().plus(tally.excess()));
    }

    /** A desk that fills what it had ended can take a case over what it reserves: what still lives of the case is asked back. */
    private void askBackOverCommitted(OrderEntry order) {
        for (OrderEntry.Allocation part : order.allocations()) {
            CaseEntry entry = state.findCase(part.caseId());
            if (entry != null) {
                BookState.Position position = state.position(part.caseId());
                if (position.onTheWay().isPositive() && position.committed().compareTo(entry.reserved()) > 0) {
                    askBack(entry, position);
                }
            }
        }
    }

    private void askBack(CaseEntry entry, BookState.Position position) {
        boolean live = state.ordersOfCase(entry.caseId()).stream()
                .map(state::order)
                .anyMatch(order -> !order.isEnded() && !order.cancelPending());
        if (live) {
            alarm(
                    AlarmKind.OVER_COMMITTED,
                    "case " + entry.caseId() + ": " + position.committed() + " of " + entry.reserved());
            cancelOrdersOf(entry, "more than is reserved");
        }
    }

    private boolean takeFill(ExecutionReport report) {
        FillEntry known = state.findFill(report.orderId(), report.desk(), report.execId());
        FillEntry.Traded traded = FillEntry.Traded.of(report);
        FillEntry.Traded before = known == null ? null : known.traded();
        if (before == null) {
            boolean reversed = known != null && known.reversed();
            state.put(new FillEntry(report.orderId(), report.desk(), report.execId(), traded, reversed));
            return true;
        }
        if (!before.isSameAs(traded)) {
            state.emit(new BookEffect.Suspend(
                    SuspenseReason.CONFLICTING_FILL, "order " + report.orderId() + ", execution " + report.execId()));
        }
        return false;
    }

    private boolean takeReversal(ExecutionReport report) {
        String execRefId = report.execRefId();
        if (execRefId == null) {
            throw new IllegalStateException("a reversal without reference passed its constructor");
        }
        FillEntry known = state.findFill(report.orderId(), report.desk(), execRefId);
        FillEntry.Traded traded = known == null ? null : known.traded();
        if (known != null && known.reversed()) {
            return false;
        }
        state.put(new FillEntry(report.orderId(), report.desk(), execRefId, traded, true));
        return true;
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

    /**
     * An order that is past its expiry, and whose end or fills are not all reported, is not over: nothing is sold in its place. It is
     * alarmed, and its desk is asked, and asked again at growing distances, until it says how the order stands.
     */
    void askOverdue(Instant now) {
        for (OrderEntry order : state.unsettledOrders()) {
            String orderId = order.orderId();
            int times = order.timesAsked();
            while (dueToAsk(order, times).isBefore(now)) {
                times++;
            }
            if (times > order.timesAsked()) {
                if (order.timesAsked() == 0) {
                    alarm(AlarmKind.ORDER_OVERDUE, "order " + orderId + " expired at " + order.expireAt());
                }
                OrderEntry asked = order.asked(times);
                state.put(asked);
                state.emit(new BookEffect.AskStatus(asked, NameBasedIds.ofQuestion(orderId, times)));
            }
        }
    }

    /** 1, 2, 4 ... 64 times the grace after the expiry, from then on each 64 of them: a minute's grace ends in a question an hour. */
    private Instant dueToAsk(OrderEntry order, int timesAsked) {
        long graces = timesAsked <= 6 ? 1L << timesAsked : 64L * (timesAsked - 5);
        return order.expireAt().plus(state.rules.overdueAfter().multipliedBy(graces));
    }

    int overdue() {
        int count = 0;
        for (OrderEntry order : state.unsettledOrders()) {
            if (order.timesAsked() > 0) {
                count++;
            }
        }
        return count;
    }

    BigDecimal notionalOnTheWay() {
        BigDecimal sum = BigDecimal.ZERO;
        for (OrderEntry order : state.unsettledOrders()) {
            Quantity leaves =
                    order.quantity().minus(state.tally(order.orderId()).filled());
            sum = sum.add(order.limit().multiply(leaves.amount()));
        }
        return sum;
    }

    private void alarm(AlarmKind kind, String detail) {
        state.emit(new BookEffect.RaiseAlarm(kind, detail));
    }
}

package io.loanledger.core.liquidation;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The invariant SellBound: what a case has filled, has live and is about to order never exceeds what it reserves. The scheduler plans
 * within it; this class proves it again on the finished order, from the raw fills instead of the running tallies, before it leaves.
 */
final class SellBound {
    private final BookState state;
    private final Map<String, BigInteger[]> reaches = new HashMap<>();

    private SellBound(BookState state) {
        this.state = state;
    }

    /**
     * Proves the order.
     *
     * @throws IllegalStateException when the order would break the bound: a bug, and the order must not be sent
     */
    static void verify(BookState state, OrderEntry order) {
        SellBound bound = new SellBound(state);
        BigDecimal total = BigDecimal.ZERO;
        for (OrderEntry.Allocation part : order.allocations()) {
            total = total.add(part.quantity().amount());
            CaseEntry entry = state.caseOf(part.caseId());
            BigInteger used = OrderTally.units(part.quantity());
            for (String otherId : state.ordersOfCase(part.caseId())) {
                used = used.add(bound.atMost(state.order(otherId), part.caseId()));
            }
            if (used.compareTo(OrderTally.units(entry.sellable())) > 0) {
                throw new IllegalStateException("SellBound: order " + order.orderId() + " takes case " + part.caseId()
                        + " to " + OrderTally.quantity(used, part.quantity().asset()) + ", over " + entry.sellable());
            }
        }
        if (total.compareTo(order.quantity().amount()) != 0) {
            throw new IllegalStateException("OrderArithmetic: order " + order.orderId() + " of " + order.quantity()
                    + " is allocated as " + total.toPlainString());
        }
    }

    private BigInteger atMost(OrderEntry other, String caseId) {
        BigInteger[] parts = reaches.computeIfAbsent(other.orderId(), id -> reachOf(other));
        List<OrderEntry.Allocation> allocations = other.allocations();
        for (int i = 0; i < parts.length; i++) {
            if (allocations.get(i).caseId().equals(caseId)) {
                return parts[i];
            }
        }
        throw new IllegalStateException("order " + other.orderId() + " has no part for case " + caseId);
    }

    /** All of the order while it can still fill; after its end what was traded or what the desk counts, whichever is more. */
    private BigInteger[] reachOf(OrderEntry other) {
        BigDecimal reach = other.quantity().amount();
        DeskReport report = other.report();
        if (report != null && report.ended()) {
            BigDecimal traded = BigDecimal.ZERO;
            for (FillEntry fill : state.fillsOf(other.orderId())) {
                FillEntry.Traded trade = fill.traded();
                if (trade != null && !fill.reversed()) {
                    traded = traded.add(trade.quantity().amount());
                }
            }
            reach = reach.min(traded.max(report.cumQty().amount()));
        }
        List<BigInteger> weights = other.allocations().stream()
                .map(part -> OrderTally.units(part.quantity()))
                .toList();
        return ProRata.shares(reach.unscaledValue(), weights);
    }
}

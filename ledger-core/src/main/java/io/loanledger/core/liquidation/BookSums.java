package io.loanledger.core.liquidation;

import io.loanledger.core.money.Quantity;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The book's own sums, each taken a second time by other code, so that a market whose book does not add up stops selling before anyone
 * loses by it.
 *
 * <p>The laws, in smallest units, exact:
 *
 * <ul>
 *   <li>Over all orders, what the raw reports and fills come to equals, over all cases, what their shares come to: filled, gross, fees,
 *       and irrevocable, which is filled + what can still be filled.
 *   <li>What each case was told as sold, and what was set aside beyond its reservation, is what its fills come to.
 *   <li>A case's irrevocable quantity rises over what it reserves by nothing but a desk's report.
 *   <li>An order's parts sum to the order, and while it lives each part's case is there.
 *   <li>What all cases were told in the market's own entry is what their fills come to: it outlives a restart, and a fill that the
 *       store lost is missed.
 * </ul>
 *
 * <p>After each input only what it changed is added up. Beside that a few orders and cases are taken from scratch each time, in turn,
 * so that a change that nobody noted is found within as many inputs as it takes to go round.
 */
final class BookSums {
    /** How many orders, and how many cases, are added up from scratch after each input. */
    private static final int SLICE = 8;

    /** Filled, and irrevocable, in the smallest units of the base asset; gross and fees in those of the quote currency. */
    record Sum(BigInteger irrevocable, BigInteger filled, BigInteger gross, BigInteger fees) {
        static final Sum ZERO = new Sum(BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO);

        Sum plus(Sum other) {
            return new Sum(
                    irrevocable.add(other.irrevocable),
                    filled.add(other.filled),
                    gross.add(other.gross),
                    fees.add(other.fees));
        }

        Sum minus(Sum other) {
            return new Sum(
                    irrevocable.subtract(other.irrevocable),
                    filled.subtract(other.filled),
                    gross.subtract(other.gross),
                    fees.subtract(other.fees));
        }
    }

    private final BookState state;
    private final Cases cases;
    private final NavigableMap<String, Sum> byOrder = new TreeMap<>();
    private final NavigableMap<String, Sum> byCase = new TreeMap<>();
    private final Map<String, BigInteger> overReserved = new HashMap<>();
    private Sum ofOrders = Sum.ZERO;
    private Sum ofCases = Sum.ZERO;
    private @Nullable String lastOrder;
    private @Nullable String lastCase;
    private @Nullable String problem;

    BookSums(BookState state, Cases cases) {
        this.state = state;
        this.cases = cases;
    }

    /** When people have let the market go again: what the entries come to now is what counts. */
    void acceptAsItIs() {
        cases.takeToldAsCounted();
        takeAnew();
    }

    /** Forgets all figures and takes them from the entries anew, after a restore. */
    void takeAnew() {
        byOrder.clear();
        byCase.clear();
        overReserved.clear();
        ofOrders = Sum.ZERO;
        ofCases = Sum.ZERO;
        problem = null;
        state.orderIds().forEach(this::takeOrder);
        state.casesWithOrders().forEach(this::takeCase);
        compareTotals();
        compareTold();
    }

    /**
     * Adds up what the input has changed, and the next few in turn.
     *
     * @param fromDesk whether the input was a desk's word, which alone may take a case over its reservation
     * @return the invariant and what breaks it, as "BookEqualsSum: ..."; null when everything adds up
     */
    @Nullable
    String check(boolean fromDesk) {
        state.touchedOrders().forEach(this::takeOrder);
        for (String caseId : state.touchedCases()) {
            BigInteger before = overReserved.getOrDefault(caseId, BigInteger.ZERO);
            takeCase(caseId);
            if (!fromDesk && overReserved.getOrDefault(caseId, BigInteger.ZERO).compareTo(before) > 0) {
                broken("SellBound: case " + caseId + " is irrevocable for more than it reserves");
            }
        }
        compareTotals();
        lastOrder = visitOrders(lastOrder);
        lastCase = visitCases(lastCase);
        String found = problem;
        problem = null;
        return found;
    }

    private void broken(String what) {
        if (problem == null) {
            problem = what;
        }
    }

    private void compareTotals() {
        if (!ofOrders.equals(ofCases)) {
            broken("BookEqualsSum: orders come to " + ofOrders + ", cases to " + ofCases);
        }
    }

    private void compareTold() {
        MarketEntry.Told stored = state.market().told();
        MarketEntry.Told counted = cases.countTold();
        if (stored != null && !stored.equals(counted)) {
            broken("BookEqualsSum: cases were told " + stored + ", their fills come to " + counted);
        }
    }

    private void takeOrder(String orderId) {
        OrderEntry order = state.findOrder(orderId);
        Sum now = order == null ? null : sumOf(order);
        Sum before = now == null ? byOrder.remove(orderId) : byOrder.put(orderId, now);
        ofOrders = ofOrders.minus(before == null ? Sum.ZERO : before).plus(now == null ? Sum.ZERO : now);
        if (order != null) {
            proveParts(order);
        }
    }

    private void takeCase(String caseId) {
        boolean gone = state.ordersOfCase(caseId).isEmpty();
        Sum now = gone ? Sum.ZERO : sumOf(caseId);
        Sum before = gone ? byCase.remove(caseId) : byCase.put(caseId, now);
        ofCases = ofCases.minus(before == null ? Sum.ZERO : before).plus(now);
        CaseEntry entry = state.findCase(caseId);
        if (entry == null) {
            overReserved.remove(caseId);
            return;
        }
        BigInteger over = now.irrevocable().subtract(OrderTally.units(entry.reserved()));
        if (over.signum() > 0) {
            overReserved.put(caseId, over);
        } else {
            overReserved.remove(caseId);
        }
        proveTold(entry, now);
    }

    /** The next few orders from scratch; at the end of a round the figures kept of all are added up too. */
    private @Nullable String visitOrders(@Nullable String after) {
        String at = after;
        for (int i = 0; i < SLICE; i++) {
            String next = at == null ? first(byOrder) : byOrder.higherKey(at);
            if (next == null) {
                compareKept(byOrder, ofOrders, "orders");
                return null;
            }
            OrderEntry order = state.findOrder(next);
            if (order == null || !sumOf(order).equals(byOrder.get(next))) {
                broken("BookEqualsSum: order " + next + " was kept as " + byOrder.get(next));
            } else {
                proveParts(order);
            }
            at = next;
        }
        return at;
    }

    private @Nullable String visitCases(@Nullable String after) {
        String at = after;
        for (int i = 0; i < SLICE; i++) {
            String next = at == null ? first(byCase) : byCase.higherKey(at);
            if (next == null) {
                compareKept(byCase, ofCases, "cases");
                compareTold();
                return null;
            }
            Sum now = sumOf(next);
            if (!now.equals(byCase.get(next))) {
                broken("BookEqualsSum: case " + next + " was kept as " + byCase.get(next) + ", is " + now);
            }
            CaseEntry entry = state.findCase(next);
            if (entry != null) {
                proveTold(entry, now);
            }
            at = next;
        }
        return at;
    }

    private void compareKept(NavigableMap<String, Sum> kept, Sum total, String what) {
        Sum sum = kept.values().stream().reduce(Sum.ZERO, Sum::plus);
        if (!sum.equals(total)) {
            broken("BookEqualsSum: " + what + " come to " + sum + ", kept was " + total);
        }
    }

    private static @Nullable String first(NavigableMap<String, Sum> map) {
        return map.isEmpty() ? null : map.firstKey();
    }

    private void proveParts(OrderEntry order) {
        BigInteger parts = BigInteger.ZERO;
        for (OrderEntry.Allocation part : order.allocations()) {
            parts = parts.add(OrderTally.units(part.quantity()));
            if (!order.isEnded() && state.findCase(part.caseId()) == null) {
                broken("BookEqualsSum: order " + order.orderId() + " lives for case " + part.caseId()
                        + ", which is not there");
            }
        }
        if (!parts.equals(OrderTally.units(order.quantity()))) {
            broken("OrderArithmetic: order " + order.orderId() + " of " + order.quantity()
                    + " is made of parts that sum to " + parts);
        }
    }

    private void proveTold(CaseEntry entry, Sum fills) {
        Quantity told = cases.toldAndSetAside(entry.caseId());
        if (told != null && !OrderTally.units(told).equals(fills.filled())) {
            broken("BookEqualsSum: case " + entry.caseId() + " was told " + told + " of fills of " + fills.filled());
        }
    }

    /** From the raw report and fills, not from the tally. */
    private Sum sumOf(OrderEntry order) {
        BigDecimal traded = BigDecimal.ZERO;
        BigDecimal gross = BigDecimal.ZERO;
        BigDecimal fees = BigDecimal.ZERO;
        for (FillEntry fill : state.fillsOf(order.orderId())) {
            FillEntry.Traded trade = fill.traded();
            if (trade != null && !fill.reversed()) {
                traded = traded.add(trade.quantity().amount());
                gross = gross.add(trade.price().multiply(trade.quantity().amount()));
                fees = fees.add(trade.commission());
            }
        }
        BigDecimal ordered = order.quantity().amount();
        BigDecimal filled = traded.min(ordered);
        int scale = state.rules.quote().scale();
        if (traded.compareTo(ordered) > 0) {
            gross = gross.multiply(ordered).divide(traded, scale, RoundingMode.HALF_EVEN);
            fees = fees.multiply(ordered).divide(traded, scale, RoundingMode.HALF_EVEN);
        }
        DeskReport report = order.report();
        BigDecimal irrevocable = report != null && report.ended()
                ? filled.max(report.cumQty().amount().min(ordered))
                : ordered;
        int places = order.quantity().asset().scale();
        return new Sum(
                irrevocable.setScale(places).unscaledValue(),
                filled.setScale(places).unscaledValue(),
                gross.setScale(scale, RoundingMode.HALF_EVEN).unscaledValue(),
                fees.setScale(scale, RoundingMode.HALF_EVEN).unscaledValue());
    }

    /** From the shares of the tallies. */
    private Sum sumOf(String caseId) {
        BookState.Position position = state.position(caseId);
        return new Sum(
                OrderTally.units(position.committed()),
                OrderTally.units(position.filled()),
                position.gross().amount().unscaledValue(),
                position.fees().amount().unscaledValue());
    }
}

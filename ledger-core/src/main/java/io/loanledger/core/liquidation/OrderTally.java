package io.loanledger.core.liquidation;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one order's fills come to, and whose they are: a pure function of the order and the set of its fills, so it does not matter in
 * which order reports arrived.
 *
 * <p>Quantity, gross and fees are each divided over the order's allocations by {@link ProRata}; all three sum exactly. Gross is the
 * exact sum of quantity x price, half-even at the cent once per order. What is filled over the ordered quantity is nobody's:
 * gross and fees count for the ordered part only.
 */
final class OrderTally {
    /** One case's part. {@code onTheWay} can still be filled, or is filled by the desk's count and not reported yet. */
    record Share(Quantity filled, Money gross, Money fees, Quantity onTheWay) {}

    private final Quantity filled;
    private final Quantity excess;
    private final Quantity awaited;
    private final Quantity missing;
    private final Map<String, Share> shares;

    private OrderTally(
            Quantity filled, Quantity excess, Quantity awaited, Quantity missing, Map<String, Share> shares) {
        this.filled = filled;
        this.excess = excess;
        this.awaited = awaited;
        this.missing = missing;
        this.shares = shares;
    }

    static OrderTally of(OrderEntry order, Collection<FillEntry> fills, Asset quote) {
        Asset base = order.quantity().asset();
        Quantity sum = Quantity.zero(base);
        BigDecimal gross = BigDecimal.ZERO;
        BigDecimal fees = BigDecimal.ZERO;
        for (FillEntry fill : fills) {
            FillEntry.Traded traded = fill.traded();
            if (traded != null && fill.counts()) {
                sum = sum.plus(traded.quantity());
                gross = gross.add(traded.price().multiply(traded.quantity().amount()));
                fees = fees.add(traded.commission());
            }
        }
        Quantity counted = sum.min(order.quantity());
        Quantity excess = sum.minus(counted);
        if (excess.isPositive()) {
            gross = partOf(gross, counted, sum, quote);
            fees = partOf(fees, counted, sum, quote);
        }
        Quantity reach = reach(order, counted);
        DeskReport report = order.report();
        Quantity byDesk = report == null ? Quantity.zero(base) : report.cumQty();
        return new OrderTally(
                counted,
                excess,
                order.isEnded() ? reach.minus(counted) : Quantity.zero(base),
                byDesk.max(sum).minus(sum),
                divide(order, counted, cents(gross, quote), cents(fees, quote), reach, quote));
    }

    /** As far as the fills may still get: all of the order while it lives, the desk's CumQty after its end. */
    private static Quantity reach(OrderEntry order, Quantity counted) {
        DeskReport report = order.report();
        return report != null && report.ended()
                ? report.cumQty().min(order.quantity()).max(counted)
                : order.quantity();
    }

    private static Map<String, Share> divide(
            OrderEntry order, Quantity counted, BigInteger gross, BigInteger fees, Quantity reach, Asset quote) {
        Asset base = order.quantity().asset();
        List<BigInteger> weights =
                order.allocations().stream().map(part -> units(part.quantity())).toList();
        BigInteger[] quantities = ProRata.shares(units(counted), weights);
        BigInteger[] amounts = ProRata.shares(gross, weights);
        BigInteger[] commissions = ProRata.shares(fees, weights);
        BigInteger[] reaches = ProRata.shares(units(reach), weights);
        Map<String, Share> shares = HashMap.newHashMap(weights.size());
        for (int i = 0; i < quantities.length; i++) {
            Quantity own = quantity(quantities[i], base);
            shares.put(
                    order.allocations().get(i).caseId(),
                    new Share(
                            own,
                            money(amounts[i], quote),
                            money(commissions[i], quote),
                            quantity(reaches[i], base).minus(own)));
        }
        return shares;
    }

    /** Counted for members, never more than was ordered. */
    Quantity filled() {
        return filled;
    }

    /** Filled beyond the order. */
    Quantity excess() {
        return excess;
    }

    /** Filled by the desk's own count at the order's end, but the fills themselves have not come yet. */
    Quantity awaited() {
        return awaited;
    }

    /** Counted by the desk's newest report, alive or ended, and not reported fill by fill. */
    Quantity missing() {
        return missing;
    }

    Share shareOf(String caseId) {
        Share share = shares.get(caseId);
        if (share == null) {
            throw new IllegalStateException("case " + caseId + " has no part in this order");
        }
        return share;
    }

    static BigInteger units(Quantity quantity) {
        return quantity.amount().unscaledValue();
    }

    static Quantity quantity(BigInteger units, Asset asset) {
        return new Quantity(new BigDecimal(units, asset.scale()), asset);
    }

    private static BigDecimal partOf(BigDecimal amount, Quantity counted, Quantity sum, Asset quote) {
        return amount.multiply(counted.amount()).divide(sum.amount(), quote.scale(), RoundingMode.HALF_EVEN);
    }

    private static BigInteger cents(BigDecimal exact, Asset quote) {
        return exact.setScale(quote.scale(), RoundingMode.HALF_EVEN).unscaledValue();
    }

    private static Money money(BigInteger cents, Asset quote) {
        return new Money(new BigDecimal(cents, quote.scale()), quote);
    }
}

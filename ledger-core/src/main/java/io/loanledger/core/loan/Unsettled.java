package io.loanledger.core.loan;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is still to come for sales, by the day of the sale, oldest first: coin for the desk, or money from it. What comes settles the
 * oldest sale; a sale taken back was the newest.
 *
 * @param sales each amount positive, days rising
 */
public record Unsettled(List<Sale> sales) {
    /** A sale settles within this many days after its own; all of it must have come when the last of them is over. */
    public static final int SETTLEMENT_DAYS = 2;

    /** The day of what is owed for no sale of the ledger's, as an overfill: it has its own alarm and grows no age. */
    static final LocalDate UNDATED = LocalDate.of(9999, 12, 31);

    static final Unsettled NONE = new Unsettled(List.of());

    /** What is left of the sales of one day. */
    public record Sale(LocalDate on, BigDecimal amount) {
        /** The first moment after the settlement period. */
        Instant dueAt() {
            return on.plusDays(SETTLEMENT_DAYS + 1L)
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant();
        }
    }

    public Unsettled {
        sales = List.copyOf(sales);
    }

    /**
     * The same with another total.
     *
     * @param outstanding not negative
     * @param soldOn the day of the sale that changed it, {@link #UNDATED} if it was none of the ledger's; null if something came
     */
    Unsettled withTotal(BigDecimal outstanding, @Nullable LocalDate soldOn) {
        BigDecimal change = outstanding.subtract(total());
        if (change.signum() == 0) {
            return this;
        }
        if (change.signum() < 0) {
            return less(change.negate(), soldOn == null);
        }
        return plus(change, soldOn == null ? UNDATED : soldOn);
    }

    private Unsettled plus(BigDecimal change, LocalDate day) {
        List<Sale> next = new ArrayList<>(sales);
        int place = 0;
        while (place < next.size() && next.get(place).on().isBefore(day)) {
            place++;
        }
        if (place < next.size() && next.get(place).on().equals(day)) {
            next.set(place, new Sale(day, next.get(place).amount().add(change)));
        } else {
            next.add(place, new Sale(day, change));
        }
        return new Unsettled(next);
    }

    private Unsettled less(BigDecimal amount, boolean oldestFirst) {
        List<Sale> next = new ArrayList<>(sales);
        BigDecimal left = amount;
        while (left.signum() > 0) {
            Sale sale = oldestFirst ? next.removeFirst() : next.removeLast();
            BigDecimal rest = sale.amount().subtract(left);
            left = left.subtract(sale.amount());
            if (rest.signum() > 0) {
                next.add(oldestFirst ? 0 : next.size(), new Sale(sale.on(), rest));
            }
        }
        return new Unsettled(next);
    }

    private BigDecimal total() {
        BigDecimal total = BigDecimal.ZERO;
        for (Sale sale : sales) {
            total = total.add(sale.amount());
        }
        return total;
    }

    /** What should have come strictly before this time. */
    BigDecimal overdueAt(Instant time) {
        BigDecimal overdue = BigDecimal.ZERO;
        for (Sale sale : sales) {
            if (sale.dueAt().isBefore(time)) {
                overdue = overdue.add(sale.amount());
            }
        }
        return overdue;
    }

    /** When more than {@code known} is overdue; null for never. */
    @Nullable
    Instant nextDueAt(BigDecimal known) {
        BigDecimal so = BigDecimal.ZERO;
        for (Sale sale : sales) {
            so = so.add(sale.amount());
            if (so.compareTo(known) > 0) {
                return sale.on().equals(UNDATED) ? null : sale.dueAt();
            }
        }
        return null;
    }
}

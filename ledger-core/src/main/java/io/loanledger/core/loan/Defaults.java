package io.loanledger.core.loan;

import io.loanledger.core.terms.DayCount;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a loan was in default. It lies over the loan's status, as a margin call does, and can end; what its days cost is reckoned from the spans
 * alone, so that a payment valued inside one finds them.
 *
 * @param current the default that has not ended; null for none
 * @param former those that have, in their order; no two overlap
 */
public record Defaults(@Nullable Current current, List<Span> former) {
    public static final Defaults NONE = new Defaults(null, List.of());

    /**
     * A default that has not ended.
     *
     * @param since its first day
     */
    public record Current(DefaultReason reason, LocalDate since) {}

    /**
     * A default that is over.
     *
     * @param from its first day
     * @param to the day after its last
     * @param waived whether the lender let it go: what was due by then brings no default any more
     */
    public record Span(LocalDate from, LocalDate to, boolean waived) {}

    public Defaults {
        former = List.copyOf(former);
    }

    Defaults begun(DefaultReason reason, LocalDate since) {
        return new Defaults(new Current(reason, since), former);
    }

    /** One of no days leaves nothing behind unless it was waived. */
    Defaults ended(LocalDate until, boolean waived) {
        if (current == null) {
            throw new IllegalStateException("no default to end");
        }
        List<Span> next = new ArrayList<>(former);
        if (waived || until.isAfter(current.since())) {
            next.add(new Span(current.since(), until, waived));
        }
        return new Defaults(null, next);
    }

    /** The day after the last day of default that is over; null for none. */
    @Nullable
    LocalDate lastEnd() {
        return former.isEmpty() ? null : former.getLast().to();
    }

    /** Whether an instalment of this due date was let go. */
    boolean excuses(LocalDate dueOn) {
        return former.stream().anyMatch(span -> span.waived() && dueOn.isBefore(span.to()));
    }

    /** Units of the days of default from one day to another, counted from the start of the loan; negative backwards. */
    long unitsBetween(DayCount dayCount, LocalDate startedOn, LocalDate from, LocalDate to) {
        if (to.isBefore(from)) {
            return -unitsBetween(dayCount, startedOn, to, from);
        }
        long units = 0;
        for (Span span : former) {
            units += overlap(dayCount, startedOn, later(from, span.from()), earlier(to, span.to()));
        }
        return current == null ? units : units + overlap(dayCount, startedOn, later(from, current.since()), to);
    }

    private static long overlap(DayCount dayCount, LocalDate startedOn, LocalDate from, LocalDate to) {
        return from.isBefore(to) ? dayCount.unitsBetween(startedOn, to) - dayCount.unitsBetween(startedOn, from) : 0;
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    private static LocalDate earlier(LocalDate one, LocalDate other) {
        return one.isBefore(other) ? one : other;
    }
}

package io.loanledger.local.audit;

import io.loanledger.events.FannedTerms;
import io.loanledger.events.RateFixing;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The fixings of every rate as they were fanned out, with what a task had read of them when it decided. One thread. */
final class FixingsRead {

    /** Of the fan-out: the same in every partition. */
    record Place(long epoch, long sequence) implements Comparable<Place> {
        private static final Comparator<Place> IN_ORDER =
                Comparator.comparingLong(Place::epoch).thenComparingLong(Place::sequence);

        @Override
        public int compareTo(Place other) {
            return IN_ORDER.compare(this, other);
        }
    }

    private final TreeMap<Place, RateFixing> byPlace = new TreeMap<>();

    static FixingsRead of(PublicHistory history) {
        var fixings = new FixingsRead();
        for (FannedTerms fanned : history.of(FannedTerms.class)) {
            RateFixing fixing = fanned.getRateFixing();
            if (fixing != null) {
                fixings.byPlace.put(new Place(fanned.getEpoch(), fanned.getSequence()), fixing);
            }
        }
        return fixings;
    }

    /** The value of each day from which one counts, of those read through a place; the first of a day stands. */
    NavigableMap<LocalDate, BigDecimal> of(String rateId, Place through) {
        var values = new TreeMap<LocalDate, BigDecimal>();
        for (RateFixing fixing : byPlace.headMap(through, true).values()) {
            if (fixing.getRateId().equals(rateId)) {
                values.putIfAbsent(fixing.getEffectiveFrom(), new BigDecimal(fixing.getValue()));
            }
        }
        return values;
    }

    /** The last at or before a day; on days before the first, the first one's. Null when there is none. */
    static @Nullable BigDecimal on(NavigableMap<LocalDate, BigDecimal> values, LocalDate day) {
        Map.Entry<LocalDate, BigDecimal> last = values.floorEntry(day);
        Map.Entry<LocalDate, BigDecimal> counts = last == null ? values.firstEntry() : last;
        return counts == null ? null : counts.getValue();
    }
}

package io.loanledger.local.audit;

import io.loanledger.events.ConcentrationAddOn;
import io.loanledger.events.FannedTerms;
import io.loanledger.local.audit.FixingsRead.Place;
import java.math.BigDecimal;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The book-wide add-ons of every market as they were fanned out: for how much less its coin counts. One thread. */
final class AddOnsRead {
    /** By market, what stands from a place of the fan-out on. */
    private final Map<String, NavigableMap<Place, BigDecimal>> standing;

    private AddOnsRead(Map<String, NavigableMap<Place, BigDecimal>> standing) {
        this.standing = standing;
    }

    static AddOnsRead of(PublicHistory history) {
        var byPlace = new TreeMap<Place, ConcentrationAddOn>();
        for (FannedTerms fanned : history.of(FannedTerms.class)) {
            ConcentrationAddOn addOn = fanned.getConcentrationAddOn();
            if (addOn != null) {
                byPlace.put(new Place(fanned.getEpoch(), fanned.getSequence()), addOn);
            }
        }
        var standing = new TreeMap<String, NavigableMap<Place, BigDecimal>>();
        var versions = new TreeMap<String, Integer>();
        byPlace.forEach((place, addOn) -> {
            // A lower version came late, the same one again says nothing or contradicts: the former stands.
            if (addOn.getVersion() > versions.getOrDefault(addOn.getMarket(), 0)) {
                versions.put(addOn.getMarket(), addOn.getVersion());
                standing.computeIfAbsent(addOn.getMarket(), none -> new TreeMap<>())
                        .put(place, new BigDecimal(addOn.getAddOn()));
            }
        });
        return new AddOnsRead(standing);
    }

    /** The least that stood at a place or came up to another: whoever read that far in between counted no less. */
    BigDecimal least(String market, Place from, Place through) {
        NavigableMap<Place, BigDecimal> ofMarket = standing.get(market);
        if (ofMarket == null) {
            return BigDecimal.ZERO;
        }
        Map.Entry<Place, BigDecimal> before = ofMarket.floorEntry(from);
        BigDecimal least = before == null ? BigDecimal.ZERO : before.getValue();
        if (from.compareTo(through) < 0) {
            for (BigDecimal later : ofMarket.subMap(from, false, through, true).values()) {
                least = least.min(later);
            }
        }
        return least;
    }
}

package io.loanledger.core.price;

import io.loanledger.core.price.IndexSource.Status;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The venues of one market: their last quotes, and which of them count at an instant. Remembers who is out as an outlier, because
 * coming back is harder than staying. The order in which venues are named or quote within an instant does not matter. One thread.
 */
final class VenuePanel {
    /**
     * The venues at one instant.
     *
     * @param sources every venue, by name
     * @param fresh how many made sense and were young enough, outliers included
     * @param entered the prices that enter the mean, clamped
     * @param observations when each of those was observed
     */
    record Reading(List<IndexSource> sources, int fresh, List<BigDecimal> entered, List<Instant> observations) {
        int kept() {
            return entered.size();
        }
    }

    private record Conversion(BigDecimal price, Instant at) {}

    /** A venue on its way through the checks; the price is null when it has none in the market's currency. */
    private record Candidate(
            String venue,
            @Nullable VenueQuote quote,
            @Nullable BigDecimal price,
            Status status) {}

    private final IndexRules rules;
    private final Map<String, VenueQuote> quotes = new HashMap<>();
    private final Map<String, Conversion> conversions = new HashMap<>();
    private final Set<String> outliers = new HashSet<>();

    VenuePanel(IndexRules rules) {
        this.rules = rules;
    }

    Optional<QuoteRefusal> take(VenueQuote quote) {
        String currency = rules.venueCurrencies().get(quote.venue());
        if (currency == null) {
            return Optional.of(QuoteRefusal.UNKNOWN_VENUE);
        }
        if (!currency.equals(quote.currency())) {
            return Optional.of(QuoteRefusal.WRONG_CURRENCY);
        }
        VenueQuote former = quotes.get(quote.venue());
        if (former != null && quote.observedAt().isBefore(former.observedAt())) {
            return Optional.of(QuoteRefusal.OUT_OF_ORDER);
        }
        // An absurd quote is kept: what the venue said before it is no longer what the venue says.
        quotes.put(quote.venue(), quote);
        return isSane(quote) ? Optional.empty() : Optional.of(QuoteRefusal.ABSURD);
    }

    /** Sets what one unit of a venue's currency is worth in the market's; null when that is not known. */
    void convert(String currency, @Nullable BigDecimal price, Instant at) {
        if (price == null) {
            conversions.remove(currency);
        } else {
            conversions.put(currency, new Conversion(price, at));
        }
    }

    Reading read(Instant now) {
        List<Candidate> candidates = new ArrayList<>();
        List<BigDecimal> freshPrices = new ArrayList<>();
        rules.venueCurrencies().forEach((venue, currency) -> {
            Candidate candidate = examine(venue, quotes.get(venue), now);
            candidates.add(candidate);
            if (candidate.status == Status.USED && candidate.price != null) {
                freshPrices.add(candidate.price);
            }
        });
        if (freshPrices.isEmpty()) {
            return new Reading(candidates.stream().map(VenuePanel::source).toList(), 0, List.of(), List.of());
        }
        BigDecimal medianOfFresh = IndexMath.median(freshPrices);
        List<Candidate> sifted =
                candidates.stream().map(c -> withoutOutlier(c, medianOfFresh)).toList();
        return enter(sifted, freshPrices.size());
    }

    private Reading enter(List<Candidate> sifted, int fresh) {
        List<BigDecimal> kept = new ArrayList<>();
        for (Candidate candidate : sifted) {
            if (candidate.status == Status.USED && candidate.price != null) {
                kept.add(candidate.price);
            }
        }
        if (kept.isEmpty()) {
            return new Reading(sifted.stream().map(VenuePanel::source).toList(), fresh, List.of(), List.of());
        }
        BigDecimal medianOfKept = IndexMath.median(kept);
        List<IndexSource> sources = new ArrayList<>();
        List<BigDecimal> entered = new ArrayList<>();
        List<Instant> observations = new ArrayList<>();
        for (Candidate candidate : sifted) {
            VenueQuote quote = candidate.quote;
            if (candidate.status != Status.USED || candidate.price == null || quote == null) {
                sources.add(source(candidate));
                continue;
            }
            BigDecimal clamped = IndexMath.clamped(candidate.price, medianOfKept, rules.clamp());
            Status status = clamped.compareTo(candidate.price) == 0 ? Status.USED : Status.CLAMPED;
            sources.add(new IndexSource(candidate.venue, candidate.price, status, quote.observedAt()));
            entered.add(clamped);
            observations.add(quote.observedAt());
        }
        return new Reading(sources, fresh, entered, observations);
    }

    private Candidate examine(String venue, @Nullable VenueQuote quote, Instant now) {
        if (quote == null) {
            return new Candidate(venue, null, null, Status.AGED);
        }
        BigDecimal price = converted(quote, now);
        Status status;
        if (!isSane(quote)) {
            status = Status.INSANE;
        } else if (isAged(quote.observedAt(), now)) {
            status = Status.AGED;
        } else if (rules.maxSpread().compareRatio(quote.spread(), quote.mid()) > 0) {
            status = Status.WIDE_SPREAD;
        } else if (price == null) {
            status = Status.UNCONVERTED;
        } else {
            status = isWithinLimits(price) ? Status.USED : Status.INSANE;
        }
        return new Candidate(venue, quote, price, status);
    }

    private Candidate withoutOutlier(Candidate candidate, BigDecimal median) {
        if (candidate.status != Status.USED || candidate.price == null) {
            return candidate;
        }
        boolean wasOut = outliers.contains(candidate.venue);
        if (IndexMath.isFurther(candidate.price, median, wasOut ? rules.outlierIn() : rules.outlierOut())) {
            outliers.add(candidate.venue);
            return new Candidate(candidate.venue, candidate.quote, candidate.price, Status.OUTLIER);
        }
        outliers.remove(candidate.venue);
        return candidate;
    }

    private @Nullable BigDecimal converted(VenueQuote quote, Instant now) {
        if (quote.currency().equals(rules.quoteCurrency())) {
            return quote.mid();
        }
        Conversion conversion = conversions.get(quote.currency());
        return conversion == null || isAged(conversion.at, now)
                ? null
                : quote.mid().multiply(conversion.price);
    }

    private boolean isAged(Instant at, Instant now) {
        return at.plus(rules.maxAge()).isBefore(now);
    }

    /** Limits are in the market's currency; a quote in another one meets them once it is converted. */
    private boolean isSane(VenueQuote quote) {
        return quote.bid().signum() > 0
                && quote.spread().signum() >= 0
                && (!quote.currency().equals(rules.quoteCurrency()) || isWithinLimits(quote.mid()));
    }

    private boolean isWithinLimits(BigDecimal price) {
        return price.compareTo(rules.lowest()) >= 0 && price.compareTo(rules.highest()) <= 0;
    }

    private static IndexSource source(Candidate candidate) {
        VenueQuote quote = candidate.quote;
        return new IndexSource(
                candidate.venue, candidate.price, candidate.status, quote == null ? null : quote.observedAt());
    }
}

package io.loanledger.ingest.scenario;

import io.loanledger.core.price.VenueQuote;
import io.loanledger.events.PriceTick;
import io.loanledger.events.TickKind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A stretch of market history, or a shape of one: what each market's price was at any instant, and what its venues said.
 *
 * <p>A function of time alone: the same instant always gives the same prices and ticks, in any process. Venues deviate from the price by
 * up to 0.05 %, by a hash of scenario, market, venue and second. Immutable and safe to share between threads.
 */
public final class Scenario {
    /** The producer named in every tick. */
    public static final String PRODUCER = "scenario";

    /** Deviations run from -50 to +50 of these parts. */
    private static final BigDecimal DEVIATION_PARTS = new BigDecimal("100000");

    private static final int DEVIATION_STEPS = 50;
    /** Half of the spread of a quote: 0.01 % of the middle. */
    private static final BigDecimal HALF_SPREAD = new BigDecimal("0.0001");

    private final String name;
    private final SortedMap<String, PricePath> paths;
    private final SortedMap<String, String> venueCurrencies;
    private final List<VenueFault> faults;

    Scenario(String name, Map<String, PricePath> paths, Map<String, String> venueCurrencies, List<VenueFault> faults) {
        this.name = name;
        this.paths = new TreeMap<>(paths);
        this.venueCurrencies = new TreeMap<>(venueCurrencies);
        this.faults = List.copyOf(faults);
    }

    /** The built-in scenario of this name; {@link IllegalArgumentException} names those that exist. */
    public static Scenario named(String name) {
        return BuiltInScenarios.byName(name)
                .orElseThrow(() -> new IllegalArgumentException("no scenario " + name + "; there are " + names()));
    }

    /** All that {@link #named} knows. */
    public static SortedSet<String> names() {
        return BuiltInScenarios.names();
    }

    public String name() {
        return name;
    }

    public Instant start() {
        return paths.values().stream()
                .map(PricePath::start)
                .min(Instant::compareTo)
                .orElseThrow();
    }

    /** When the last market's path ends; later instants stand at its last price. */
    public Instant end() {
        return paths.values().stream()
                .map(PricePath::end)
                .max(Instant::compareTo)
                .orElseThrow();
    }

    /** Base then quote: "BTC-USD". */
    public SortedSet<String> markets() {
        return new TreeSet<>(paths.keySet());
    }

    /** The venues of every market, each with the currency in which it quotes bitcoin and its like. */
    public SortedMap<String, String> venueCurrencies() {
        return new TreeMap<>(venueCurrencies);
    }

    /** The true price, in the market's quote currency. */
    public BigDecimal priceAt(String market, Instant at) {
        return path(market).priceAt(at);
    }

    /** What the venues of a market say at an instant, in the order of their names; a silent one says nothing. */
    public List<VenueQuote> quotes(String market, Instant at) {
        List<VenueQuote> quotes = new ArrayList<>();
        for (String venue : venueCurrencies.keySet()) {
            quote(market, venue, at).ifPresent(quotes::add);
        }
        return quotes;
    }

    /** The same as records of the wire. The event id names scenario, market, venue and time: publishing twice repeats it. */
    public List<PriceTick> ticks(String market, Instant at) {
        return quotes(market, at).stream().map(quote -> tick(market, quote, at)).toList();
    }

    private Optional<VenueQuote> quote(String market, String venue, Instant at) {
        PricePath path = path(market);
        Instant observedAt = at;
        BigDecimal factor = BigDecimal.ONE;
        for (VenueFault fault : faults) {
            if (fault.concerns(market, venue, at)) {
                switch (fault.kind()) {
                    case VenueFault.Kind.Silent silent -> {
                        return Optional.empty();
                    }
                    case VenueFault.Kind.Scaled scaled -> factor = factor.multiply(scaled.factor());
                    case VenueFault.Kind.Delayed delayed -> observedAt = observedAt.minus(delayed.by());
                }
            }
        }
        BigDecimal mid = path.priceAt(observedAt).multiply(factor).multiply(deviation(market, venue, observedAt));
        String currency = currencyOf(market, venue);
        int scale = path.scale();
        if (!currency.equals(quoteCurrency(market))) {
            mid = mid.divide(
                    priceAt(currency + "-" + quoteCurrency(market), observedAt), scale + 2, RoundingMode.HALF_EVEN);
        }
        BigDecimal half = mid.multiply(HALF_SPREAD);
        return Optional.of(new VenueQuote(
                venue,
                currency,
                mid.subtract(half).setScale(scale, RoundingMode.FLOOR),
                mid.add(half).setScale(scale, RoundingMode.CEILING),
                observedAt));
    }

    /** A venue quotes another coin's own market in that market's currency: USDT-USD stands in dollars everywhere. */
    private String currencyOf(String market, String venue) {
        String currency = venueCurrencies.getOrDefault(venue, quoteCurrency(market));
        return market.startsWith(currency + "-") ? quoteCurrency(market) : currency;
    }

    /** From 0.9995 to 1.0005. */
    private BigDecimal deviation(String market, String venue, Instant at) {
        long mixed = mix(name.hashCode() * 31L + market.hashCode(), venue.hashCode() * 31L + at.getEpochSecond());
        long steps = Long.remainderUnsigned(mixed, 2 * DEVIATION_STEPS + 1) - DEVIATION_STEPS;
        return BigDecimal.ONE.add(BigDecimal.valueOf(steps).divide(DEVIATION_PARTS));
    }

    /** The finaliser of SplitMix64. */
    private static long mix(long seed, long value) {
        long z = seed * 0x9E3779B97F4A7C15L + value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    private PriceTick tick(String market, VenueQuote quote, Instant at) {
        return PriceTick.newBuilder()
                .setEventId(String.join("/", name, market, quote.venue(), at.toString()))
                .setOccurredAt(quote.observedAt())
                .setProducer(PRODUCER)
                .setMarket(market)
                .setVenue(quote.venue())
                .setKind(TickKind.QUOTE)
                .setBid(quote.bid().toPlainString())
                .setAsk(quote.ask().toPlainString())
                .setQuoteCurrency(quote.currency())
                .build();
    }

    private PricePath path(String market) {
        PricePath path = paths.get(market);
        if (path == null) {
            throw new IllegalArgumentException(
                    "scenario " + name + " has no market " + market + ", only " + paths.keySet());
        }
        return path;
    }

    private static String quoteCurrency(String market) {
        return market.substring(market.indexOf('-') + 1);
    }
}

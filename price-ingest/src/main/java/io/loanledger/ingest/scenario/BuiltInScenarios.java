package io.loanledger.ingest.scenario;

import io.loanledger.ingest.scenario.VenueFault.Kind;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The scenarios that come with the project. Two follow history by the files in {@code resources/scenarios}; the others are shapes, whose
 * opening prices are round numbers and no facts.
 */
final class BuiltInScenarios {
    private static final String BTC = "BTC-USD";
    private static final String ETH = "ETH-USD";
    private static final String COIN = "USDT-USD";
    private static final Instant SHAPES_START = Instant.parse("2026-01-05T00:00:00Z");

    private static final Map<String, String> FIVE_DOLLAR_VENUES =
            Map.of("alpha", "USD", "bravo", "USD", "charlie", "USD", "delta", "USD", "echo", "USD");
    private static final Map<String, String> ONE_COIN_VENUE =
            Map.of("alpha", "USD", "bravo", "USD", "charlie", "USD", "delta", "USD", "echo", "USDT");

    private static final Map<String, Supplier<Scenario>> ALL = new TreeMap<>(Map.of(
            "COVID_2020", BuiltInScenarios::covid2020,
            "OCT_2025_WICK", BuiltInScenarios::oct2025Wick,
            "AUGUST_2024", BuiltInScenarios::august2024,
            "SLOW_GRIND", BuiltInScenarios::slowGrind,
            "STABLECOIN_DEPEG", BuiltInScenarios::stablecoinDepeg,
            "VENUE_OUTAGE", BuiltInScenarios::venueOutage,
            "STALE_FEED", BuiltInScenarios::staleFeed,
            "BAD_TICK", BuiltInScenarios::badTick,
            "PARAMETER_ERROR", BuiltInScenarios::parameterError));

    private BuiltInScenarios() {}

    static Optional<Scenario> byName(String name) {
        return Optional.ofNullable(ALL.get(name)).map(Supplier::get);
    }

    static SortedSet<String> names() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(ALL.keySet()));
    }

    private static Scenario covid2020() {
        return dollars(
                "COVID_2020",
                Map.of(
                        BTC, HourlyFile.read("covid-2020-btc-usd.csv", "7934.57", 2),
                        ETH, HourlyFile.read("covid-2020-eth-usd.csv", "194.57", 2)),
                List.of());
    }

    private static Scenario oct2025Wick() {
        return dollars(
                "OCT_2025_WICK", Map.of(BTC, HourlyFile.read("oct-2025-wick-btc-usd.csv", "121684", 2)), List.of());
    }

    /** Bitcoin -15 %, ether -21 % within five hours, half of it back within a day. */
    private static Scenario august2024() {
        Instant start = Instant.parse("2024-08-05T00:00:00Z");
        return dollars(
                "AUGUST_2024",
                Map.of(
                        BTC, fallAndHalfBack(start, "58000", "85", "92.5"),
                        ETH, fallAndHalfBack(start, "2700", "79", "89.5")),
                List.of());
    }

    private static PricePath fallAndHalfBack(Instant start, String open, String low, String halfBack) {
        return PricePath.from(start, open, 2)
                .after(Duration.ofHours(5), low)
                .after(Duration.ofHours(24), halfBack)
                .build();
    }

    /** -60 % over eight weeks. */
    private static Scenario slowGrind() {
        PricePath path = PricePath.from(SHAPES_START, "100000", 2)
                .after(Duration.ofDays(56), "40")
                .build();
        return dollars("SLOW_GRIND", Map.of(BTC, path), List.of());
    }

    /** A coin falls to 0.87 and is back at par after three days; one venue quotes bitcoin in it, 15 % too high if taken for dollars. */
    private static Scenario stablecoinDepeg() {
        PricePath coin = PricePath.from(SHAPES_START, "1", 4)
                .after(Duration.ofHours(6), "100")
                .after(Duration.ofHours(30), "87")
                .after(Duration.ofHours(36), "87")
                .after(Duration.ofHours(78), "100")
                .build();
        return new Scenario(
                "STABLECOIN_DEPEG", Map.of(BTC, flat(Duration.ofHours(84)), COIN, coin), ONE_COIN_VENUE, List.of());
    }

    /** The price moves 40 % down and back within 25 minutes; that desks fill nothing meanwhile is for who plays the desk. */
    private static Scenario venueOutage() {
        PricePath path = PricePath.from(SHAPES_START, "100000", 2)
                .after(Duration.ofMinutes(30), "100")
                .after(Duration.ofMinutes(42), "60")
                .after(Duration.ofMinutes(55), "100")
                .after(Duration.ofMinutes(85), "100")
                .build();
        return dollars("VENUE_OUTAGE", Map.of(BTC, path), List.of());
    }

    /** From the second hour on, for half an hour, every venue repeats the price of an hour ago, while it falls. */
    private static Scenario staleFeed() {
        PricePath path = PricePath.from(SHAPES_START, "100000", 2)
                .after(Duration.ofHours(3), "80")
                .build();
        Instant from = SHAPES_START.plus(Duration.ofHours(2));
        return dollars(
                "STALE_FEED",
                Map.of(BTC, path),
                List.of(new VenueFault(
                        BTC,
                        Optional.empty(),
                        from,
                        from.plus(Duration.ofMinutes(30)),
                        new Kind.Delayed(Duration.ofHours(1)))));
    }

    /** One venue prints -99 % for ten seconds. */
    private static Scenario badTick() {
        Instant from = SHAPES_START.plus(Duration.ofMinutes(10));
        return dollars(
                "BAD_TICK",
                Map.of(BTC, flat(Duration.ofMinutes(20))),
                List.of(new VenueFault(
                        BTC,
                        Optional.of("charlie"),
                        from,
                        from.plusSeconds(10),
                        new Kind.Scaled(new BigDecimal("0.01")))));
    }

    /** All venues are 2.85 % too low for a minute: too little for an index to notice. */
    private static Scenario parameterError() {
        Instant from = SHAPES_START.plus(Duration.ofMinutes(10));
        return dollars(
                "PARAMETER_ERROR",
                Map.of(BTC, flat(Duration.ofMinutes(20))),
                List.of(new VenueFault(
                        BTC, Optional.empty(), from, from.plusSeconds(60), new Kind.Scaled(new BigDecimal("0.9715")))));
    }

    private static PricePath flat(Duration length) {
        return PricePath.from(SHAPES_START, "100000", 2).after(length, "100").build();
    }

    private static Scenario dollars(String name, Map<String, PricePath> paths, List<VenueFault> faults) {
        return new Scenario(name, paths, FIVE_DOLLAR_VENUES, faults);
    }
}

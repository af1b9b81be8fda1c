package io.loanledger.ingest;

import io.loanledger.core.price.IndexRules;
import io.loanledger.events.service.ObservabilitySettings;
import io.loanledger.events.settings.KafkaConnectionSettings;
import io.loanledger.events.settings.Setting;
import io.loanledger.events.settings.SettingValues;
import io.loanledger.events.settings.SettingsTable;
import io.loanledger.events.topic.TopicSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of price-ingest.
 *
 * @param kafka brokers and registry
 * @param topics what the deployment says about topics
 * @param observability where meters and health are shown
 * @param markets the rules of each market's index
 * @param clock what time it is for them
 * @param readBackTicks how many ticks of each partition are read again at start
 */
public record PriceIngestSettings(
        KafkaConnectionSettings kafka,
        TopicSettings topics,
        ObservabilitySettings observability,
        List<IndexRules> markets,
        IndexClock clock,
        int readBackTicks) {

    public static final Setting<List<String>> MARKETS = Setting.list(
            "INDEX_MARKETS",
            "BTC-USD:2,ETH-USD:2",
            "Markets of which an index is made, each with the decimal places of its price.");
    public static final Setting<List<String>> VENUES = Setting.list(
            "INDEX_VENUES",
            "alpha:USD,bravo:USD,charlie:USD,delta:USD,echo:USD",
            "Venues that may count, each with the currency it quotes in.");
    public static final Setting<Integer> QUORUM =
            Setting.integer("INDEX_QUORUM", "venues", 3, 3, 100, "How many venues must agree for an index to be open.");
    public static final Setting<Duration> MAX_AGE = Setting.milliseconds(
            "INDEX_MAX_AGE_MS",
            Duration.ofSeconds(10),
            Duration.ofMillis(100),
            Duration.ofHours(1),
            "Age from which a venue's quote no longer counts.");
    public static final Setting<IndexClock> CLOCK = Setting.choice(
            "INDEX_CLOCK",
            IndexClock.class,
            IndexClock.WALL,
            "Whether time is the process's clock or, in a replay, the newest tick's time.");
    public static final Setting<Integer> READ_BACK = Setting.integer(
            "INDEX_READ_BACK_TICKS",
            "records",
            5_000,
            0,
            1_000_000,
            "Ticks of each partition that are read again at start, to know what venues said last.");

    public static final SettingsTable TABLE = KafkaConnectionSettings.TABLE
            .and(TopicSettings.TABLE)
            .and(ObservabilitySettings.TABLE)
            .and(SettingsTable.of(MARKETS, VENUES, QUORUM, MAX_AGE, CLOCK, READ_BACK))
            .check(PriceIngestSettings::marketsAreUsable);

    public PriceIngestSettings {
        markets = List.copyOf(markets);
    }

    /** Takes its rows from a table that was read and that holds {@link #TABLE}. */
    public static PriceIngestSettings from(SettingValues in) {
        return new PriceIngestSettings(
                KafkaConnectionSettings.from(in),
                TopicSettings.from(in),
                ObservabilitySettings.from(in),
                rules(in),
                in.get(CLOCK),
                in.get(READ_BACK));
    }

    private static Optional<String> marketsAreUsable(SettingValues in) {
        try {
            return rules(in).isEmpty() ? Optional.of(MARKETS.name() + " names no market") : Optional.empty();
        } catch (IllegalArgumentException refused) {
            return Optional.of(MARKETS.name() + " and " + VENUES.name() + ": " + refused.getMessage());
        }
    }

    private static List<IndexRules> rules(SettingValues in) {
        Map<String, String> venues = new HashMap<>();
        for (String entry : in.get(VENUES)) {
            String[] parts = parts(entry, "venue:currency");
            if (venues.put(parts[0], parts[1]) != null) {
                throw new IllegalArgumentException(parts[0] + " stands twice");
            }
        }
        List<IndexRules> rules = new ArrayList<>();
        for (String entry : in.get(MARKETS)) {
            String[] parts = parts(entry, "BASE-QUOTE:places");
            if (!parts[0].matches("[A-Z0-9]+-[A-Z0-9]+") || !parts[1].matches("[0-9]{1,2}")) {
                throw new IllegalArgumentException("expected BASE-QUOTE:places, not " + entry);
            }
            rules.add(rules(parts[0], Integer.parseInt(parts[1]), venues, in));
        }
        return rules;
    }

    private static IndexRules rules(String market, int places, Map<String, String> venues, SettingValues in) {
        String base = market.substring(0, market.indexOf('-'));
        String quote = market.substring(market.indexOf('-') + 1);
        Map<String, String> currencies = new HashMap<>(venues);
        // A coin's own pair stands in the quote currency also where everything else is quoted in the coin.
        currencies.replaceAll((venue, currency) -> currency.equals(base) ? quote : currency);
        return IndexRules.standard(market, quote, currencies)
                .withPriceScale(places)
                .withMaxAge(in.get(MAX_AGE))
                .withQuorum(in.get(QUORUM));
    }

    private static String[] parts(String entry, String form) {
        String[] parts = entry.split(":", -1);
        if (parts.length != 2 || parts[0].isBlank() || parts[1].isBlank()) {
            throw new IllegalArgumentException("expected " + form + ", not " + entry);
        }
        return parts;
    }
}

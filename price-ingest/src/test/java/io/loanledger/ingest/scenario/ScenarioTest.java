package io.loanledger.ingest.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loanledger.core.price.VenueQuote;
import io.loanledger.events.PriceTick;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ScenarioTest {
    @ParameterizedTest(name = "{0} {1} at {2}: {3}")
    @CsvSource({
        // 7,934.57 at the open; in dollars to the cent, half to even.
        "COVID_2020, BTC-USD, 2020-03-12T00:00:00Z, 7934.57",
        // The low of the first hour, 99.6 %: 7,902.83172.
        "COVID_2020, BTC-USD, 2020-03-12T00:30:00Z, 7902.83",
        // Its close, 99.9 %: 7,926.63543.
        "COVID_2020, BTC-USD, 2020-03-12T01:00:00Z, 7926.64",
        // Half-way from that close to the next, 96.3 % at 03:00: 98.1 %, 7,783.81317.
        "COVID_2020, BTC-USD, 2020-03-12T02:00:00Z, 7783.81",
        // Half-way from 98.1 % to the low of 95.4 % at 02:30: 96.75 %, 7,676.696475.
        "COVID_2020, BTC-USD, 2020-03-12T02:15:00Z, 7676.70",
        // The low of all, 48.5 %: 3,848.26645; twenty minutes later the high of 68.4 %: 5,427.24588.
        "COVID_2020, BTC-USD, 2020-03-13T02:20:00Z, 3848.27",
        "COVID_2020, BTC-USD, 2020-03-13T02:40:00Z, 5427.25",
        // The last close, 73.6 %: 5,839.84352, and for ever after.
        "COVID_2020, BTC-USD, 2020-03-13T10:00:00Z, 5839.84",
        "COVID_2020, BTC-USD, 2021-01-01T00:00:00Z, 5839.84",
        // 45.3 % of 194.57: 88.14021.
        "COVID_2020, ETH-USD, 2020-03-13T02:20:00Z, 88.14",
        // 83.8 % of 121,684: 101,971.192.
        "OCT_2025_WICK, BTC-USD, 2025-10-10T21:30:00Z, 101971.19",
        "AUGUST_2024, BTC-USD, 2024-08-05T05:00:00Z, 49300.00",
        "AUGUST_2024, ETH-USD, 2024-08-05T05:00:00Z, 2133.00",
        "SLOW_GRIND, BTC-USD, 2026-02-02T00:00:00Z, 70000.00",
        "STABLECOIN_DEPEG, USDT-USD, 2026-01-06T09:00:00Z, 0.8700",
        "VENUE_OUTAGE, BTC-USD, 2026-01-05T00:42:00Z, 60000.00",
    })
    void drawsThePathThroughItsPoints(String name, String market, Instant at, BigDecimal price) {
        assertThat(Scenario.named(name).priceAt(market, at)).isEqualTo(price);
    }

    @Test
    void spansTheThirtyFourHoursOfMarch2020() {
        Scenario covid = Scenario.named("COVID_2020");

        assertThat(Duration.between(covid.start(), covid.end())).isEqualTo(Duration.ofHours(34));
        assertThat(covid.markets()).containsExactly("BTC-USD", "ETH-USD");
    }

    @ParameterizedTest
    @MethodSource("io.loanledger.ingest.scenario.Scenario#names")
    void quotesTheSameEveryTimeAndCloseToThePrice(String name) {
        Scenario scenario = Scenario.named(name);
        Duration step = Duration.between(scenario.start(), scenario.end()).dividedBy(50);
        for (String market : scenario.markets()) {
            for (int i = 0; i < 50; i++) {
                Instant at = scenario.start().plus(step.multipliedBy(i));
                List<VenueQuote> quotes = scenario.quotes(market, at);
                assertThat(Scenario.named(name).quotes(market, at)).isEqualTo(quotes);
                assertThat(quotes).hasSize(5);
                BigDecimal price = scenario.priceAt(market, at);
                BigDecimal reach = price.multiply(new BigDecimal("0.0006")).add(new BigDecimal("0.01"));
                long near = quotes.stream()
                        .filter(quote -> quote.mid().subtract(price).abs().compareTo(reach) <= 0)
                        .count();
                // A fault concerns one venue here; but for the two shapes in which all are wrong.
                if (!name.equals("STALE_FEED") && !name.equals("PARAMETER_ERROR")) {
                    assertThat(near).as("%s %s %s", name, market, at).isGreaterThanOrEqualTo(4);
                }
            }
        }
    }

    @Test
    void makesOneVenuePrintAHundredthOfThePrice() {
        Scenario scenario = Scenario.named("BAD_TICK");
        Map<String, BigDecimal> mids = new TreeMap<>();
        scenario.quotes("BTC-USD", Instant.parse("2026-01-05T00:10:05Z")).forEach(q -> mids.put(q.venue(), q.mid()));

        assertThat(mids.remove("charlie")).isBetween(new BigDecimal("999"), new BigDecimal("1001"));
        assertThat(mids.values()).hasSize(4).allMatch(mid -> mid.compareTo(new BigDecimal("99900")) > 0);
    }

    @Test
    void repeatsThePriceOfAnHourAgoWithItsTime() {
        Scenario scenario = Scenario.named("STALE_FEED");
        Instant at = Instant.parse("2026-01-05T02:10:00Z");

        assertThat(scenario.quotes("BTC-USD", at))
                .hasSize(5)
                .allMatch(quote -> quote.observedAt().equals(at.minus(Duration.ofHours(1))));
        assertThat(scenario.quotes("BTC-USD", Instant.parse("2026-01-05T02:30:00Z")))
                .allMatch(quote -> quote.observedAt().equals(Instant.parse("2026-01-05T02:30:00Z")));
    }

    @Test
    void quotesBitcoinInACoinOffItsPegFifteenPercentTooHigh() {
        Scenario scenario = Scenario.named("STABLECOIN_DEPEG");
        Instant at = Instant.parse("2026-01-06T09:00:00Z");
        VenueQuote echo = scenario.quotes("BTC-USD", at).getLast();

        assertThat(echo.venue()).isEqualTo("echo");
        assertThat(echo.currency()).isEqualTo("USDT");
        // 100,000 / 0.87 = 114,942.53, give or take 0.06 %.
        assertThat(echo.mid()).isBetween(new BigDecimal("114870"), new BigDecimal("115015"));
        assertThat(scenario.quotes("USDT-USD", at))
                .allMatch(quote -> quote.currency().equals("USD"));
    }

    @Test
    void writesTicksWithOneIdForEachVenueAndInstant() {
        Scenario scenario = Scenario.named("COVID_2020");
        List<PriceTick> ticks = scenario.ticks("BTC-USD", scenario.start());

        assertThat(ticks).extracting(PriceTick::getVenue).containsExactly("alpha", "bravo", "charlie", "delta", "echo");
        assertThat(ticks.getFirst().getEventId()).isEqualTo("COVID_2020/BTC-USD/alpha/2020-03-12T00:00:00Z");
        assertThat(ticks.getFirst().getOccurredAt()).isEqualTo(scenario.start());
        assertThat(ticks.getFirst().getPrice()).isNull();
    }

    @Test
    void namesTheScenariosThatThereAre() {
        assertThatThrownBy(() -> Scenario.named("COVID_2021"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("COVID_2020");
        assertThatThrownBy(() -> Scenario.named("COVID_2020").priceAt("XRP-USD", Instant.EPOCH))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("BTC-USD");
    }
}

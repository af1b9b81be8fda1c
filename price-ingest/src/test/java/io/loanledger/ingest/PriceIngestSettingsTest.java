package io.loanledger.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loanledger.core.price.IndexRules;
import io.loanledger.events.settings.SettingsRefused;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceIngestSettingsTest {
    @Test
    void makesTheRulesOfTwoMarketsByDefault() {
        PriceIngestSettings settings = read(Map.of());

        assertThat(settings.markets()).extracting(IndexRules::market).containsExactly("BTC-USD", "ETH-USD");
        assertThat(settings.markets().getFirst().venueCurrencies().keySet())
                .containsExactly("alpha", "bravo", "charlie", "delta", "echo");
        assertThat(settings.clock()).isEqualTo(IndexClock.WALL);
    }

    @Test
    void quotesACoinsOwnPairInItsQuoteCurrency() {
        PriceIngestSettings settings = read(Map.of(
                "INDEX_MARKETS", "BTC-USD:2, USDT-USD:4",
                "INDEX_VENUES", "a:USD,b:USD,c:USDT",
                "INDEX_MAX_AGE_MS", "30000",
                "INDEX_CLOCK", "ticks"));

        assertThat(settings.markets().getFirst().venueCurrencies()).containsEntry("c", "USDT");
        assertThat(settings.markets().getLast().venueCurrencies()).containsEntry("c", "USD");
        assertThat(settings.markets().getLast().priceScale()).isEqualTo(4);
        assertThat(settings.markets().getLast().lowest()).isEqualByComparingTo(new BigDecimal("0.0001"));
        assertThat(settings.markets().getLast().maxAge()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.clock()).isEqualTo(IndexClock.TICKS);
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "INDEX_VENUES  | a:USD,b:USD          | fewer venues",
                "INDEX_VENUES  | a:USD,a:USD,b:USD    | twice",
                "INDEX_VENUES  | a,b,c                | venue:currency",
                "INDEX_MARKETS | BTC-USD              | BASE-QUOTE:places",
                "INDEX_MARKETS | btc-usd:2            | BASE-QUOTE:places",
                "INDEX_MARKETS | BTC-USD:19           | decimal places",
                "INDEX_QUORUM  | 2                    | from 3",
                "INDEX_QUORUM  | 6                    | fewer venues",
                "INDEX_CLOCK   | SUNDIAL              | WALL, TICKS",
            })
    void refusesWhatMakesNoIndex(String name, String value, String sentence) {
        assertThatThrownBy(() -> read(Map.of(name, value)))
                .isInstanceOf(SettingsRefused.class)
                .hasMessageContaining(sentence);
    }

    private static PriceIngestSettings read(Map<String, String> environment) {
        return PriceIngestSettings.from(PriceIngestSettings.TABLE.read(environment));
    }
}

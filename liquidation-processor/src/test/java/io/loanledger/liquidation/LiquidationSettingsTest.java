package io.loanledger.liquidation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loanledger.core.liquidation.MarketRules;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.events.settings.SettingsRefused;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiquidationSettingsTest {
    @Test
    void startsWithoutAnyVariable() {
        LiquidationSettings settings = LiquidationSettings.from(LiquidationSettings.TABLE.read(Map.of()));

        assertThat(settings.clock()).isEqualTo(LiquidationSettings.LedgerClock.WALL);
        assertThat(settings.markets()).extracting(MarketRules::market).containsExactly("BTC-USD", "ETH-USD");
    }

    @Test
    void readsTheMarketsAndWhatTheyShare() {
        LiquidationSettings settings = LiquidationSettings.from(LiquidationSettings.TABLE.read(
                Map.of("LIQUIDATION_MARKETS", "BTC-EUR:BTC/8:EUR/2:0.5:12.5:750000", "LIQUIDATION_OPEN_BLOCKS", "3")));

        MarketRules rules = settings.markets().getFirst();
        assertThat(rules.tickSize()).isEqualByComparingTo("0.5");
        assertThat(rules.maxOrderQuantity()).isEqualTo(Quantity.of("12.5", rules.base()));
        assertThat(rules.maxNotionalInFlight()).isEqualTo(Money.of("750000.00", rules.quote()));
        assertThat(rules.quote().code()).isEqualTo("EUR");
        assertThat(rules.maxOpenBlocks()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BTC-USD",
                "BTC-USD:BTC:USD/2:0.01:50:100",
                "BTC-USD:BTC/8:USD/2:0:50:100",
                "BTC-USD:BTC/8:USD/2:0.01:0.000000001:100",
                "BTC-USD:BTC/8:USD/2:0.01:50:1e6",
                "BTC-USD:BTC/8:USD/2:0.01:50:100, BTC-USD:BTC/8:USD/2:0.01:50:100"
            })
    void refusesAMarketThatCannotBe(String markets) {
        assertThatThrownBy(() -> LiquidationSettings.TABLE.read(Map.of("LIQUIDATION_MARKETS", markets)))
                .isInstanceOf(SettingsRefused.class)
                .hasMessageContaining("LIQUIDATION_MARKETS");
    }
}

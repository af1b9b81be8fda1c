package io.loanledger.core.price;

import static io.loanledger.core.price.IndexScript.RULES;
import static io.loanledger.core.price.IndexScript.stateAndPrice;
import static io.loanledger.core.price.IndexScript.time;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loanledger.core.money.Fraction;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Whether an index may be acted on, second by second. */
class IndexStateTest {
    private static final String SILENCE = "- - - - -";

    @Test
    void doesNotBelieveTheFirstPriceUntilItIsConfirmed() {
        IndexScript script = new IndexScript();

        expect(script, 0, SILENCE, "STALE -");
        expect(script, 1, "100 100 - - -", "STALE -");
        expect(script, 2, all(100), "SUSPECT -");
        expect(script, 2.5, all(100), "SUSPECT -");
        // Confirmed; but all venues count only since second 2.
        expect(script, 3, all(100), "DEGRADED 100.00");
        expect(script, 6.9, all(100), "DEGRADED 100.00");
        expect(script, 7, all(100), "LIVE 100.00");
    }

    @Test
    void doesNotConfirmAPriceByTheSameQuotes() {
        IndexScript script = new IndexScript();

        expect(script, 0, all(100), "SUSPECT -");
        expect(script, 1, SILENCE, "SUSPECT -");
        expect(script, 2, "100 100 - - -", "SUSPECT -");
        expect(script, 3, "- - 100 - -", "LIVE 100.00");
    }

    @Test
    void forgetsAJumpThatIsTakenBack() {
        IndexScript script = IndexScript.liveAtOneHundred();

        expect(script, 8, all(85), "SUSPECT 100.00");
        expect(script, 8.5, all(99), "LIVE 99.00");
    }

    @Test
    void believesAJumpThatGoesOn() {
        IndexScript script = IndexScript.liveAtOneHundred();

        expect(script, 8, all(85), "SUSPECT 100.00");
        expect(script, 8.5, all(84), "SUSPECT 100.00");
        expect(script, 9, all(83), "LIVE 83.00");
        expect(script, 9.1, all(82), "LIVE 82.00");
    }

    @Test
    void startsAgainWhenAJumpFollowsAJump() {
        IndexScript script = IndexScript.liveAtOneHundred();

        expect(script, 8, all(90), "SUSPECT 100.00");
        // 85 is 5.6 % under 90.
        expect(script, 9, all(85), "SUSPECT 100.00");
        expect(script, 9.9, all(85), "SUSPECT 100.00");
        expect(script, 10, all(85), "LIVE 85.00");
    }

    @Test
    void takesAMoveOfFivePercentForNoJump() {
        expect(IndexScript.liveAtOneHundred(), 8, all(95), "LIVE 95.00");
        expect(IndexScript.liveAtOneHundred(), 8, all("94.99"), "SUSPECT 100.00");
        expect(IndexScript.liveAtOneHundred(), 8, all("105.01"), "SUSPECT 100.00");
    }

    @Test
    void haltsAtAMoveOfMoreThanThirtyPercentUntilItHasLastedAMinute() {
        IndexScript script = IndexScript.liveAtOneHundred();

        expect(script, 8, all(70), "SUSPECT 100.00");
        expect(script, 8.5, all(65), "HALTED 100.00");
        for (int second = 9; second <= 68; second++) {
            expect(script, second, all(65), "HALTED 100.00");
        }
        expect(script, 68.5, all(65), "LIVE 65.00");
    }

    @Test
    void isStaleBelowTheQuorumAndDoubtsTheFirstPriceAfterIt() {
        IndexScript script = IndexScript.liveAtOneHundred();

        // The quotes of second 7 are ten seconds old at 17 and out after it.
        expect(script, 17, "- - - 60 60", "DEGRADED 100.00");
        expect(script, 18, SILENCE, "STALE 100.00");
        expect(script, 19, all(60), "HALTED 100.00");
    }

    @Test
    void doesNotReleaseAFloodAfterAGap() {
        IndexScript script = IndexScript.liveAtOneHundred();

        for (int second = 8; second <= 17; second++) {
            expect(script, second, SILENCE, "LIVE 100.00");
        }
        expect(script, 18, SILENCE, "STALE 100.00");
        // Even a price that has hardly moved waits for the next one.
        expect(script, 19, all(99), "SUSPECT 100.00");
        expect(script, 19.5, all(99), "SUSPECT 100.00");
        expect(script, 20, all(98), "DEGRADED 98.00");
    }

    @Test
    void takesATimeWithoutACalculationForAGap() {
        IndexScript script = IndexScript.liveAtOneHundred();

        expect(script, 17.5, all(100), "SUSPECT 100.00");
        expect(script, 18.5, all(100), "LIVE 100.00");
    }

    @Test
    void isDegradedAtOnceAndLiveAgainAfterFiveSecondsWithAllVenues() {
        IndexScript script = IndexScript.liveAtOneHundred();

        expect(script, 8, "100 100 100 100 1", "DEGRADED 100.00");
        expect(script, 9, all(100), "DEGRADED 100.00");
        expect(script, 13.9, all(100), "DEGRADED 100.00");
        expect(script, 14, all(100), "LIVE 100.00");
    }

    @Test
    void publishesNoMoreThanOnceInTwentyMillisecondsAndAtLeastOnceASecond() {
        IndexScript script = IndexScript.liveAtOneHundred();
        IndexCalculator calculator = script.calculator();

        script.quote(7.019, all(101));
        assertThat(calculator.onTime(time(7.019))).isEmpty();
        assertThat(stateAndPrice(calculator.onTime(time(7.02)).orElseThrow())).isEqualTo("LIVE 101.00");
        assertThat(calculator.onTime(time(8.019))).isEmpty();
        assertThat(stateAndPrice(calculator.onTime(time(8.02)).orElseThrow())).isEqualTo("LIVE 101.00");
    }

    @Test
    void neverRunsBackwards() {
        IndexScript script = IndexScript.liveAtOneHundred();
        script.at(9, all(100));

        assertThat(script.calculator().onTime(time(3))).isEmpty();
        assertThat(script.at(10, all(100)).priceTime()).isEqualTo(time(10));
    }

    @Test
    void takesThePlaceThatItsWriterGives() {
        MarketIndex index = IndexScript.liveAtOneHundred().at(8, all(100));
        IndexPrice placed = index.at(7, 12);

        assertThat(placed.isAfter(7, 11)).isTrue();
        assertThat(placed.isAfter(8, 1)).isFalse();
        assertThat(placed.market()).isEqualTo("BTC-USD");
        assertThat(placed.quorum()).isEqualTo(3);
        assertThat(placed.price()).isEqualTo(index.price());
    }

    @Test
    void goesOnFromAnOpenPriceOfItsPredecessorWithoutAGap() {
        IndexPrice last = IndexScript.liveAtOneHundred().at(8, all(100)).at(1, 9);

        IndexScript soon = new IndexScript(IndexCalculator.resumedFrom(last, RULES));
        expect(soon, 12, all(98), "LIVE 98.00");
        IndexScript late = new IndexScript(IndexCalculator.resumedFrom(last, RULES));
        expect(late, 18.1, all(98), "SUSPECT 100.00");
        IndexScript jumped = new IndexScript(IndexCalculator.resumedFrom(last, RULES));
        expect(jumped, 12, all(80), "SUSPECT 100.00");
    }

    @Test
    void goesOnFromAClosedPriceOfItsPredecessorAsAfterAGap() {
        IndexScript script = IndexScript.liveAtOneHundred();
        IndexPrice last = script.at(8, all(80)).at(1, 9);
        assertThat(last.state()).isEqualTo(IndexState.SUSPECT);

        expect(new IndexScript(IndexCalculator.resumedFrom(last, RULES)), 9, all(100), "SUSPECT 100.00");
        IndexRules ether = IndexRules.standard("ETH-USD", "USD", RULES.venueCurrencies());
        assertThatThrownBy(() -> IndexCalculator.resumedFrom(last, ether)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesRulesThatProtectNobody() {
        Map<String, String> two = Map.of("a", "USD", "b", "USD");
        assertThatThrownBy(() -> IndexRules.standard("BTC-USD", "USD", two))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> rulesWithClamp(Fraction.of(1, 300))).isInstanceOf(IllegalArgumentException.class);
        assertThat(rulesWithClamp(Fraction.of(3, 600)).clamp()).isEqualTo(Fraction.of(3, 600));
    }

    private static IndexRules rulesWithClamp(Fraction clamp) {
        return new IndexRules(
                "BTC-USD",
                "USD",
                new TreeMap<>(RULES.venueCurrencies()),
                3,
                Duration.ofSeconds(10),
                Fraction.of(1, 100),
                BigDecimal.ONE,
                BigDecimal.TEN,
                Fraction.of(3, 100),
                Fraction.of(15, 1000),
                clamp,
                2,
                Fraction.of(5, 100),
                Duration.ofSeconds(1),
                Fraction.of(30, 100),
                Duration.ofSeconds(60),
                Duration.ofSeconds(5),
                Duration.ofMillis(20),
                Duration.ofSeconds(1));
    }

    private static String all(Object price) {
        return (price + " ").repeat(5);
    }

    private static void expect(IndexScript script, double second, String prices, String expected) {
        MarketIndex index = script.at(second, prices);
        assertThat(stateAndPrice(index))
                .as("at second %s: %s", second, index.stateReason())
                .isEqualTo(expected);
    }
}

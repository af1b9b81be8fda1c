package io.loanledger.core.price;

import static io.loanledger.core.price.IndexScript.RULES;
import static io.loanledger.core.price.IndexScript.stateAndPrice;
import static io.loanledger.core.price.IndexScript.statuses;
import static io.loanledger.core.price.IndexScript.time;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which venues count, and what price they make. Each row follows a market that was LIVE at 100 until one second before. */
class IndexPriceOfVenuesTest {
    @ParameterizedTest(name = "{0}: {1} gives {2} {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                // median 100.2, band 100.2 +- 0.501 = 99.699 to 100.701; (100 + 100.2 + 99.9 + 100.4 + 100.701) / 5 =
                // 501.201 / 5
                "the furthest is clamped       | 100 100.2 99.9 100.4 101.0 | LIVE 100.24     | UUUUC",
                "an even spread moves nothing  | 99.8 99.9 100 100.1 100.2  | LIVE 100.00     | UUUUU",
                // 103 is 3 % from the median of 100: the limit itself counts; clamped to 100.5. 500.5 / 5 = 100.1
                "three percent still counts    | 100 100 100 100 103        | LIVE 100.10     | UUUUC",
                "more than three percent is out| 100 100 100 100 103.01     | DEGRADED 100.00 | UUUUO",
                "a bad tick of one venue       | 100 100 100 100 1          | DEGRADED 100.00 | UUUUO",
                "a venue at 0.87 of the others | 100 100 100 100 87         | DEGRADED 100.00 | UUUUO",
                "two venues out, three agree   | 100 100 100 96 105         | DEGRADED 100.00 | UUUOO",
                // fresh 100 100 100 90 90, median 100; three remain
                "two venues out on one side    | 100 100 100 90 90          | DEGRADED 100.00 | UUUOO",
                // median of 100 100 104 104 108 is 104: 100 is 3.8 % away, 108 too; two remain of three needed
                "no three agree                | 100 100 104 104 108        | SUSPECT 100.00  | OOUUO",
                "a negative price              | 100 100 100 100 -1         | DEGRADED 100.00 | UUUUI",
                "a zero price                  | 100 100 100 100 0          | DEGRADED 100.00 | UUUUI",
                "an absurd price               | 100 100 100 100 2000000000 | DEGRADED 100.00 | UUUUI",
                "a crossed quote               | 100 100 100 100 100.1/99.9 | DEGRADED 100.00 | UUUUI",
                // mid 100, spread 1.00 is 1 % of it: the limit counts
                "a spread at the limit         | 100 100 100 100 99.5/100.5 | LIVE 100.00     | UUUUU",
                "a spread over the limit       | 100 100 100 100 99.4/100.5 | DEGRADED 100.00 | UUUUW",
                // mids 100.2 and four times 100: 500.2 / 5
                "the middle of a quote         | 100 100 100 100 100.1/100.3| LIVE 100.04     | UUUUU",
                // 500.025 / 5 = 100.005, half to even
                "half rounds to even, down     | 100.005 100.005 100.005 100.005 100.005 | LIVE 100.00 | UUUUU",
                "half rounds to even, up       | 100.015 100.015 100.015 100.015 100.015 | LIVE 100.02 | UUUUU",
            })
    void makesThePriceOfTheVenuesThatAgree(String name, String prices, String expected, String parts) {
        MarketIndex index = IndexScript.liveAtOneHundred().at(8, prices);

        assertThat(stateAndPrice(index)).as(name).isEqualTo(expected);
        assertThat(statuses(index)).as(name).isEqualTo(parts);
    }

    @Test
    void countsOnThreeOfFiveWhenTwoAreStale() {
        IndexScript script = new IndexScript();
        script.at(0, "101 101 101 101 101");
        script.at(1, "101 101 101 101 101");
        script.at(10.5, "101 101 101 - -");
        // d and e spoke 10.5 s ago. Median 101, band 100.495 to 101.505: (100.495 + 101 + 101.505) / 3 = 303 / 3
        MarketIndex index = script.at(11.5, "100 101 102 - -");

        assertThat(stateAndPrice(index)).isEqualTo("DEGRADED 101.00");
        assertThat(statuses(index)).isEqualTo("CUCAA");
    }

    @Test
    void countsAQuoteOfExactlyTheAgeLimit() {
        IndexScript script = IndexScript.liveAtOneHundred();

        assertThat(statuses(script.at(17, "100 100 100 100 -"))).isEqualTo("UUUUU");
        assertThat(statuses(script.at(17.02, "100 100 100 100 -"))).isEqualTo("UUUUA");
    }

    @Test
    void takesAnOutlierBackOnlyInsideHalfTheDistance() {
        IndexScript script = IndexScript.liveAtOneHundred();

        assertThat(statuses(script.at(8, "100 100 100 100 103.5"))).isEqualTo("UUUUO");
        assertThat(statuses(script.at(9, "100 100 100 100 102"))).isEqualTo("UUUUO");
        assertThat(statuses(script.at(10, "100 100 100 100 101.51"))).isEqualTo("UUUUO");
        assertThat(statuses(script.at(11, "100 100 100 100 101.5"))).isEqualTo("UUUUC");
        assertThat(statuses(script.at(12, "100 100 100 100 103"))).isEqualTo("UUUUC");
    }

    @Test
    void convertsAVenueThatQuotesInACoinOffItsPegOrLeavesItOut() {
        IndexRules rules = IndexRules.standard(
                "BTC-USD", "USD", Map.of("a", "USD", "b", "USD", "c", "USD", "d", "USD", "t", "USDT"));
        IndexCalculator calculator = new IndexCalculator(rules);
        for (int second = 0; second < 7; second++) {
            quoteAtPar(calculator, second);
            calculator.onTime(time(second));
        }
        // Bitcoin stands at 50,000 dollars and, as the coin is worth 0.87, at 57,471.264 coins: 15 % too much,
        // unconverted.
        quoteAtPar(calculator, 8);
        calculator.onQuote(VenueQuote.ofTrade("t", "USDT", new BigDecimal("57471.264"), time(8)));
        MarketIndex without = calculator.onTime(time(8)).orElseThrow();
        assertThat(stateAndPrice(without)).isEqualTo("DEGRADED 50000.00");
        assertThat(statuses(without)).isEqualTo("UUUUX");
        assertThat(without.sources().getLast().price()).isNull();

        // 57,471.264 x 0.87 = 49,999.99968; (4 x 50,000 + 49,999.99968) / 5 = 49,999.999936
        calculator.onConversion("USDT", new BigDecimal("0.87"), time(8.5));
        MarketIndex with = calculator.onTime(time(8.5)).orElseThrow();
        assertThat(stateAndPrice(with)).isEqualTo("DEGRADED 50000.00");
        assertThat(statuses(with)).isEqualTo("UUUUU");
        assertThat(with.sources().getLast().price()).isEqualByComparingTo("49999.99968");

        // A conversion ages like a quote.
        quoteAtPar(calculator, 19);
        calculator.onQuote(VenueQuote.ofTrade("t", "USDT", new BigDecimal("57471.264"), time(19)));
        assertThat(statuses(calculator.onTime(time(19)).orElseThrow())).isEqualTo("UUUUX");
    }

    @Test
    void refusesWhatTheMarketDoesNotKnow() {
        IndexCalculator calculator = IndexScript.liveAtOneHundred().calculator();
        BigDecimal price = new BigDecimal("100");

        assertThat(calculator.onQuote(VenueQuote.ofTrade("z", "USD", price, time(8))))
                .contains(QuoteRefusal.UNKNOWN_VENUE);
        assertThat(calculator.onQuote(VenueQuote.ofTrade("a", "USDT", price, time(8))))
                .contains(QuoteRefusal.WRONG_CURRENCY);
        assertThat(calculator.onQuote(VenueQuote.ofTrade("a", "USD", price, time(6.9))))
                .contains(QuoteRefusal.OUT_OF_ORDER);
        assertThat(calculator.onQuote(VenueQuote.ofTrade("a", "USD", price.negate(), time(8))))
                .contains(QuoteRefusal.ABSURD);
        assertThat(calculator.onQuote(VenueQuote.ofTrade("a", "USD", price, time(8))))
                .isEmpty();
    }

    @Test
    void liesWithinTheRangeOfTheVenuesThatCountWhateverTheirOrder() {
        long seed = 20251010;
        Random random = new Random(seed);
        int open = 0;
        for (int round = 0; round < 2_000; round++) {
            List<VenueQuote> quotes = new ArrayList<>();
            for (String venue : RULES.venueCurrencies().keySet()) {
                BigDecimal price = BigDecimal.valueOf(9_700 + random.nextInt(600), 2);
                quotes.add(VenueQuote.ofTrade(venue, "USD", price, time(8)));
            }
            MarketIndex first = indexOf(quotes);
            Collections.shuffle(quotes, random);
            MarketIndex second = indexOf(quotes);

            assertThat(second).as("seed %d round %d", seed, round).isEqualTo(first);
            if (first.state().isOpen()) {
                open++;
                List<BigDecimal> kept = first.sources().stream()
                        .filter(source -> "UC".contains(source.status().name().substring(0, 1)))
                        .map(source -> source.price())
                        .toList();
                assertThat(first.price())
                        .as("seed %d round %d", seed, round)
                        .isBetween(
                                Collections.min(kept).setScale(2, RoundingMode.FLOOR),
                                Collections.max(kept).setScale(2, RoundingMode.CEILING));
            }
        }
        assertThat(open).as("rounds with an open index").isGreaterThan(1_000);
    }

    private static MarketIndex indexOf(List<VenueQuote> quotes) {
        IndexCalculator calculator = IndexScript.liveAtOneHundred().calculator();
        quotes.forEach(calculator::onQuote);
        return calculator.onTime(time(8)).orElseThrow();
    }

    private static void quoteAtPar(IndexCalculator calculator, double second) {
        for (String venue : List.of("a", "b", "c", "d")) {
            calculator.onQuote(VenueQuote.ofTrade(venue, "USD", new BigDecimal("50000"), time(second)));
        }
    }
}

package io.loanledger.local.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.events.IndexPrice;
import io.loanledger.events.IndexState;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IndexSeriesTest {

    @Test
    void agreesWithLookingAtEveryPriceOfASpan() {
        long seed = 20_200_312;
        var random = new SplittableRandom(seed);
        var prices = new ArrayList<IndexPrice>();
        for (int sequence = 1; sequence <= 37; sequence++) {
            IndexPrice price = Told.price(sequence, Integer.toString(random.nextInt(1, 1_000)));
            IndexState state = random.nextInt(4) == 0 ? IndexState.SUSPECT : IndexState.LIVE;
            prices.add(IndexPrice.newBuilder(price).setState(state).build());
        }
        var series = new IndexSeries(prices);
        for (int from = 0; from <= prices.size(); from++) {
            for (int to = from; to <= prices.size(); to++) {
                Optional<BigDecimal> lowest = prices.subList(from, to).stream()
                        .filter(IndexSeries::isOpen)
                        .map(price -> new BigDecimal(price.getPrice()))
                        .min(BigDecimal::compareTo);
                assertThat(series.lowestOpen(from, to))
                        .as("seed %d, %d to %d", seed, from, to)
                        .isEqualTo(lowest);
            }
        }
    }
}

package io.loanledger.local.compare;

import io.loanledger.core.lender.Lenders;
import io.loanledger.core.loan.LoanTriggers;
import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.price.IndexState;
import io.loanledger.ingest.scenario.Scenario;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A scenario's index of bitcoin, minute by minute, and its last price for {@link #AFTER} more, each ten minutes, so that every clock runs
 * out.
 *
 * @param scenario its name
 * @param ticks in order of time, all of an open market
 * @param low the lowest of them
 * @param end when the scenario itself is over
 */
record PriceTape(String scenario, List<Tick> ticks, BigDecimal low, Instant end) {
    static final Duration STEP = Duration.ofMinutes(1);
    private static final Duration LATER_STEP = Duration.ofMinutes(10);
    static final Duration AFTER = Duration.ofDays(3);

    /** Loans are opened before the tape begins: theirs is the first record of the epoch. */
    private static final long FIRST_SEQUENCE = 2;

    /**
     * A price and what the ledger's trigger keys compare it by.
     *
     * @param index the record
     * @param price its price
     * @param key the same in units of 10^-8 USD
     */
    record Tick(IndexPrice index, BigDecimal price, long key) {
        private static Tick of(IndexPrice index, BigDecimal price) {
            return new Tick(
                    index,
                    price,
                    price.setScale(LoanTriggers.KEY_SCALE).unscaledValue().longValueExact());
        }
    }

    PriceTape {
        ticks = List.copyOf(ticks);
    }

    static PriceTape of(Scenario scenario) {
        List<Tick> ticks = new ArrayList<>();
        Instant last = scenario.end().plus(AFTER);
        BigDecimal low = scenario.priceAt(Lenders.MARKET, scenario.start());
        long sequence = FIRST_SEQUENCE;
        for (Instant at = scenario.start();
                !at.isAfter(last);
                at = at.plus(at.isBefore(scenario.end()) ? STEP : LATER_STEP)) {
            BigDecimal price = scenario.priceAt(Lenders.MARKET, at);
            ticks.add(Tick.of(index(sequence++, at, price), price));
            low = low.min(price);
        }
        return new PriceTape(scenario.name(), ticks, low, scenario.end());
    }

    Instant start() {
        return ticks.getFirst().index().priceTime();
    }

    BigDecimal first() {
        return ticks.getFirst().price();
    }

    BigDecimal last() {
        return ticks.getLast().price();
    }

    /** What an opening before the tape sees. */
    static Tick before(Instant at, BigDecimal price) {
        return Tick.of(index(1, at, price), price);
    }

    private static IndexPrice index(long sequence, Instant at, BigDecimal price) {
        return new IndexPrice(Lenders.MARKET, 1, sequence, at, price, IndexState.LIVE, "", 3, List.of());
    }
}

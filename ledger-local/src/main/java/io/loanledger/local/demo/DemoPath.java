package io.loanledger.local.demo;

import io.loanledger.ingest.scenario.Scenario;
import io.loanledger.local.sim.DemoProducts;
import io.loanledger.local.sim.DeskTroubles;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;

/**
 * The price of bitcoin in the demo, in USD: a history made up so that loans are seasoned, then March 2020.
 *
 * <p>Loans may open at 50 % at most, and shall stand at up to 68 % when the scenario begins. So they open two days earlier at 1.4
 * times its opening price (68 % / 1.4 = 48.6 %), and the price walks down to the opening evenly; nobody crosses 70 % on the way,
 * since LTV only rises with the fall and ends at 68 %.
 */
final class DemoPath {

    /** When the products are published and the first loans asked for. */
    static final Instant FIRST_DAY = Instant.parse("2020-03-10T00:00:00Z");

    /** For how long the desk says nothing. */
    static final Duration SILENCE = Duration.ofMinutes(25);

    /** Half as many as may be open at a time. */
    private static final int ORDERS_LOST = 4;

    private static final String SCENARIO = "COVID_2020";
    private static final BigDecimal SEASONING = new BigDecimal("1.4");
    private static final int PRICE_SCALE = 2;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Scenario scenario = Scenario.named(SCENARIO);

    Instant start() {
        return scenario.start();
    }

    Instant end() {
        return scenario.end();
    }

    BigDecimal openingPrice() {
        return scenario.priceAt(DemoProducts.MARKET, start());
    }

    BigDecimal seasoningPrice() {
        return openingPrice().multiply(SEASONING).setScale(PRICE_SCALE, RoundingMode.HALF_EVEN);
    }

    /** During the scenario. */
    BigDecimal priceAt(Instant at) {
        return scenario.priceAt(DemoProducts.MARKET, at);
    }

    /** Between the seasoning and the opening: {@code step} of {@code steps} on the straight way down. */
    BigDecimal walkingDown(int step, int steps) {
        BigDecimal from = seasoningPrice();
        return from.subtract(from.subtract(openingPrice())
                .multiply(BigDecimal.valueOf(step))
                .divide(BigDecimal.valueOf(steps), PRICE_SCALE, RoundingMode.HALF_EVEN));
    }

    /** The minute of the lowest price; the first, when there are several. */
    Instant low() {
        Instant lowest = start();
        for (Instant at = start(); !at.isAfter(end()); at = at.plus(MINUTE)) {
            if (priceAt(at).compareTo(priceAt(lowest)) < 0) {
                lowest = at;
            }
        }
        return lowest;
    }

    /**
     * The desk falls silent ten minutes before the low and speaks again fifteen after it. Three and a quarter hours before the low, in
     * the fall from 5,800, it loses four orders and finds them 45 minutes before the low: 80 % at 5,600 is 111 % at 4,024.
     */
    DeskTroubles deskTroubles() {
        Instant silentFrom = low().minus(Duration.ofMinutes(10));
        return new DeskTroubles(
                silentFrom,
                silentFrom.plus(SILENCE),
                ORDERS_LOST,
                low().minus(Duration.ofMinutes(195)),
                low().minus(Duration.ofMinutes(45)));
    }
}

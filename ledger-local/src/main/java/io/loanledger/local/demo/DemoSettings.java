package io.loanledger.local.demo;

import io.loanledger.ingest.IndexClock;
import io.loanledger.ingest.PriceIngestSettings;
import io.loanledger.liquidation.LiquidationSettings;
import io.loanledger.local.sim.DemoProducts;
import io.loanledger.local.sim.SimulatedVenues;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the services are told in the demo beside their defaults. All of it follows from scenario time, which goes in steps of two
 * minutes: prices age and orders expire by the price time, never by the clock on the wall.
 */
final class DemoSettings {

    /** A venue prints once a step; one that missed two prints is out. */
    private static final Duration QUOTE_AGE = Duration.ofMinutes(5);

    /** An order is formed at the newest price or not at all. */
    static final Duration PRICE_AGE = Duration.ofSeconds(5);

    /** Three prints of the market. */
    private static final Duration ORDER_LIFE = Duration.ofMinutes(6);

    /** The ledger may be some minutes of scenario time behind the newest price, see {@link DemoConductor}. */
    private static final Duration REQUEST_AGE = Duration.ofMinutes(10);

    /** Few, so that the orders that the desk loses hold up few loans. */
    private static final int BLOCK_MEMBERS = 25;

    private DemoSettings() {}

    /** Under the names of the environment. */
    static Map<String, String> ofServices() {
        return Map.of(
                LiquidationSettings.PRICE_MAX_AGE.name(),
                Long.toString(PRICE_AGE.toMillis()),
                PriceIngestSettings.CLOCK.name(),
                IndexClock.TICKS.name(),
                PriceIngestSettings.MARKETS.name(),
                DemoProducts.MARKET + ":2",
                PriceIngestSettings.VENUES.name(),
                SimulatedVenues.names().stream()
                        .map(venue -> venue + ":" + DemoProducts.DEBT_ASSET)
                        .collect(Collectors.joining(",")),
                PriceIngestSettings.MAX_AGE.name(),
                Long.toString(QUOTE_AGE.toMillis()),
                LiquidationSettings.CLOCK.name(),
                LiquidationSettings.LedgerClock.INDEX.name(),
                LiquidationSettings.BLOCK_MEMBERS.name(),
                Integer.toString(BLOCK_MEMBERS),
                LiquidationSettings.ORDER_LIFE.name(),
                Long.toString(ORDER_LIFE.toMillis()),
                LiquidationSettings.REQUEST_MAX_AGE.name(),
                Long.toString(REQUEST_AGE.toMillis()));
    }
}

package io.loanledger.local.soak.world;

import io.loanledger.events.ProductTerms;
import io.loanledger.local.sim.DemoProducts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The demo's two products on the clock on the wall: opened at up to 50 %, called at 70 % and cured at or under 60 %, sold at 80 % down to
 * 60 %; but a margin call leaves 40 or 15 seconds, so that calls run out within a run of minutes.
 */
final class SoakProducts {

    static final String PATIENT = "btc-usd-40s";
    static final String SWIFT = "btc-usd-15s";

    private static final String PRODUCER = "simulated-origination";
    private static final Duration FACT_LAG = Duration.ofSeconds(3);

    private SoakProducts() {}

    static List<ProductTerms> all(Instant occurredAt) {
        return List.of(
                DemoProducts.terms(PATIENT, Duration.ofSeconds(40), FACT_LAG, occurredAt, PRODUCER),
                DemoProducts.terms(SWIFT, Duration.ofSeconds(15), FACT_LAG, occurredAt, PRODUCER));
    }
}

package io.loanledger.ingest.scenario;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is wrong with a venue for a time. From inclusive, to exclusive.
 *
 * @param market the market concerned
 * @param venue the venue, or empty for all
 */
record VenueFault(String market, Optional<String> venue, Instant from, Instant to, Kind kind) {
    /** What it does. */
    sealed interface Kind {
        /** Says nothing. */
        record Silent() implements Kind {}

        /** Quotes the true price times a factor. */
        record Scaled(BigDecimal factor) implements Kind {}

        /** Repeats what was true some time ago, with the time it had then. */
        record Delayed(Duration by) implements Kind {}
    }

    boolean concerns(String aMarket, String aVenue, Instant at) {
        return market.equals(aMarket)
                && venue.map(aVenue::equals).orElse(true)
                && !at.isBefore(from)
                && at.isBefore(to);
    }
}

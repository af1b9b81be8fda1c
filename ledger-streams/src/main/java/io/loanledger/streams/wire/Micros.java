package io.loanledger.streams.wire;

import java.time.Instant;

/** Instants as the wire carries them: whole microseconds since 1970-01-01T00:00:00Z. Every time of the ledger comes from there. */
final class Micros {
    private static final int PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;

    private Micros() {}

    /** Exact: a time between two microseconds never came from the wire and throws {@link IllegalArgumentException}. */
    static long of(Instant instant) {
        if (instant.getNano() % NANOS_PER_MICRO != 0) {
            throw new IllegalArgumentException("not a whole microsecond: " + instant);
        }
        return Math.addExact(
                Math.multiplyExact(instant.getEpochSecond(), PER_SECOND), instant.getNano() / NANOS_PER_MICRO);
    }

    static Instant toInstant(long micros) {
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, PER_SECOND), (long) Math.floorMod(micros, PER_SECOND) * NANOS_PER_MICRO);
    }
}

package io.loanledger.liquidation;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * What a task takes for now, in whole microseconds. Under WALL it is the process's clock; under INDEX the newest price time that the
 * task has read, in an index price or in a request's evidence. One thread.
 */
final class TaskClock {
    private final LiquidationSettings.LedgerClock kind;
    private final InstantSource wall;
    private Instant newestPrice = Instant.EPOCH;

    TaskClock(LiquidationSettings.LedgerClock kind, InstantSource wall) {
        this.kind = kind;
        this.wall = wall;
    }

    void observe(Instant priceTime) {
        if (priceTime.isAfter(newestPrice)) {
            newestPrice = priceTime;
        }
    }

    Instant now() {
        return switch (kind) {
            case WALL -> wall.instant().truncatedTo(ChronoUnit.MICROS);
            case INDEX -> newestPrice;
        };
    }
}

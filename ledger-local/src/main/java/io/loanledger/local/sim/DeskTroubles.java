package io.loanledger.local.sim;

import java.time.Instant;

/**
 * What goes wrong at the simulated desk on the day.
 *
 * <p>For a time it reads and says nothing, as a desk whose connection to its venues is gone. And it loses one order: the first that it
 * acknowledges from a moment on; it neither sells it nor says anything more of it, past its expiry, until the order is found, unsold.
 * Whoever ordered must not sell the same coin elsewhere meanwhile, whatever the price does.
 *
 * @param silentFrom from when on it says nothing
 * @param silentUntil until when
 * @param losesFrom from when on it loses the next order
 * @param foundAt when that order is found
 */
public record DeskTroubles(Instant silentFrom, Instant silentUntil, Instant losesFrom, Instant foundAt) {

    boolean isSilentAt(Instant now) {
        return !now.isBefore(silentFrom) && now.isBefore(silentUntil);
    }

    boolean losesAt(Instant now) {
        return !now.isBefore(losesFrom) && now.isBefore(foundAt);
    }
}

package io.loanledger.local.sim;

import java.time.Instant;

/**
 * What goes wrong at the simulated desk on the day.
 *
 * <p>For a time it reads and says nothing, as a desk whose connection to its venues is gone. And it loses some orders: the first that it
 * acknowledges from a moment on; it neither sells them nor says anything more of them, past their expiry, until they are found, unsold.
 * Whoever ordered must not sell the same coin elsewhere meanwhile, whatever the price does.
 *
 * @param silentFrom from when on it says nothing
 * @param silentUntil until when
 * @param ordersLost how many orders it loses
 * @param losesFrom from when on it loses them
 * @param foundAt when they are found
 */
public record DeskTroubles(
        Instant silentFrom, Instant silentUntil, int ordersLost, Instant losesFrom, Instant foundAt) {

    boolean isSilentAt(Instant now) {
        return !now.isBefore(silentFrom) && now.isBefore(silentUntil);
    }

    boolean losesAt(Instant now) {
        return !now.isBefore(losesFrom) && now.isBefore(foundAt);
    }
}

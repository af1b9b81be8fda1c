package io.loanledger.core.loan;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One piece of coin that custody reported for a loan, by its proof (outpoint, payment hash, custody id).
 *
 * @param proof key of the proof, unique in the whole book once claimed
 * @param quantity as custody stated it
 * @param assetCode as custody stated it
 * @param detectedAt value time of the detection; null when only the lock was reported
 * @param lockedAt value time of the lock; null while it is only detected
 * @param stage how far it is
 * @param spare whether it may still take the place of other coin: it is credited, and answered no call
 */
public record Pledge(
        String proof,
        BigDecimal quantity,
        String assetCode,
        @Nullable Instant detectedAt,
        @Nullable Instant lockedAt,
        Stage stage,
        boolean spare) {
    /** The way of a pledge; only {@link #CREDITED} is collateral. */
    public enum Stage {
        DETECTED,
        /** Locked; the claim of its proof is asked for. */
        LOCKED,
        /** Another loan holds the proof. */
        DENIED,
        /** This loan holds the proof; the terms do not take the coin yet. */
        CLAIMED,
        CREDITED,
        REVERTED,
        /** This loan holds the proof and can never use the coin: custody was told to send it back. */
        RETURNING,
        /** Back where it came from, without ever having been collateral. */
        RETURNED
    }

    public Pledge(
            String proof,
            BigDecimal quantity,
            String assetCode,
            @Nullable Instant detectedAt,
            @Nullable Instant lockedAt,
            Stage stage) {
        this(proof, quantity, assetCode, detectedAt, lockedAt, stage, false);
    }

    /** The same, seen at a time that was read only after its lock. */
    Pledge detectedAt(Instant seen) {
        return new Pledge(proof, quantity, assetCode, seen, lockedAt, stage, spare);
    }

    Pledge at(Stage next) {
        return new Pledge(proof, quantity, assetCode, detectedAt, lockedAt, next);
    }

    /** Coin that may not take the place of other coin any more. */
    Pledge reliedOn() {
        return spare ? credited(false) : this;
    }

    Pledge credited(boolean asSpare) {
        return new Pledge(proof, quantity, assetCode, detectedAt, lockedAt, Stage.CREDITED, asSpare);
    }
}

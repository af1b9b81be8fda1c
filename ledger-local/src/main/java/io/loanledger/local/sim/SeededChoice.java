package io.loanledger.local.sim;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Chance that does not depend on the order in which records arrive: a choice is a hash of the seed, what it is about and whom it
 * concerns. Two demos with one seed have the same borrowers, whatever the threads did. Immutable, for any thread.
 */
public record SeededChoice(long seed) {

    /** A number from 0 to {@code bound} - 1. */
    public int below(int bound, String purpose, String subject) {
        byte[] digest = digest(purpose, subject);
        long bits = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            bits = (bits << Byte.SIZE) | (digest[i] & 0xFF);
        }
        return Math.toIntExact(Long.remainderUnsigned(bits, bound));
    }

    /** A 64-digit name that nothing else of this seed has, shaped like a transaction id. */
    public String transactionId(String purpose, String subject) {
        return HexFormat.of().formatHex(digest(purpose, subject));
    }

    private byte[] digest(String purpose, String subject) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest((seed + "/" + purpose + "/" + subject).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

package io.loanledger.core.loan;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Short digests for the memory of a loan: the first eight bytes, big-endian, of a SHA-256. Within one loan's few hundred facts
 * two of them do not meet by chance.
 */
public final class Digests {
    private Digests() {}

    /** Of the UTF-8 bytes of a text. */
    public static long of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    public static long of(byte[] bytes) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

package io.loanledger.core.protocol;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** One party's whole state, immutable, with a digest that is made once. */
abstract class Side {
    private String digest;

    /** All of it, as text. */
    abstract String content();

    final String digest() {
        if (digest == null) {
            digest = digestOf(content());
        }
        return digest;
    }

    /** 128 bits: among 10^8 states two are the same by chance with a probability of 10^-23. */
    static String digestOf(String content) {
        try {
            byte[] hash = MessageDigest.getInstance("MD5").digest(content.getBytes(StandardCharsets.UTF_8));
            return new String(hash, StandardCharsets.ISO_8859_1);
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException(absent);
        }
    }
}

package io.loanledger.local.checker;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An operator's public key of Ed25519, as a line of the ledger's file of keys says it: operator, key id, and the Base64 of the key's
 * X.509 form; empty lines and lines that begin with # say nothing.
 */
public record OperatorKey(String operator, PublicKey key) {
    private static final int WORDS = 3;

    /**
     * Reads the lines of a file of keys, by key id.
     *
     * @throws IllegalArgumentException if a line is no key
     */
    public static Map<String, OperatorKey> parse(List<String> lines) {
        Map<String, OperatorKey> keys = new HashMap<>();
        for (String line : lines) {
            if (line.isBlank() || line.strip().startsWith("#")) {
                continue;
            }
            String[] words = line.strip().split("\\s+", -1);
            if (words.length != WORDS) {
                throw new IllegalArgumentException("expected operator, key id and public key: " + line);
            }
            try {
                byte[] encoded = Base64.getDecoder().decode(words[2]);
                PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
                keys.put(words[1], new OperatorKey(words[0], key));
            } catch (GeneralSecurityException | IllegalArgumentException malformed) {
                throw new IllegalArgumentException("expected a public key of Ed25519: " + line, malformed);
            }
        }
        return keys;
    }

    boolean hasSigned(byte[] text, byte[] signature) {
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initVerify(key);
            ed25519.update(text);
            return ed25519.verify(signature);
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }

    /** Appends a text as it is signed: its length in UTF-8 as four bytes, then itself. */
    static void putText(ByteBuffer into, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        into.putInt(bytes.length).put(bytes);
    }
}

package io.loanledger.events.header;

import io.loanledger.events.approval.Ed25519;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * An optional detached Ed25519 signature (RFC 8032) over a record, carried in three headers: which key, the time of signing, and the
 * 64 bytes of the signature.
 *
 * <p>What is signed, each text and byte string preceded by its length as four bytes with the highest first (-1 for one that is
 * absent): the words {@value #DOMAIN}, the key's id, the topic, the record's key, the time of signing in microseconds since
 * 1970-01-01T00:00:00Z as eight bytes, the value. So no two different records have the same signed bytes, and a signature for one
 * topic or loan says nothing in another. It does not stop a repeat of the same record: that the event id does.
 *
 * <p>Stateless, for all threads.
 */
public final class RecordSignature {

    public static final String KEY_ID = "sig.key";
    public static final String SIGNED_AT = "sig.time";
    public static final String SIGNATURE = "sig.ed25519";

    static final String DOMAIN = "io.loanledger record signature 1";

    private RecordSignature() {}

    /** What a look at a record's signature shows. */
    public enum Verdict {
        /** Signed, with a known key, exactly these bytes. */
        VALID,
        /** No signature. */
        UNSIGNED,
        /** One of the three headers is missing or malformed. */
        INCOMPLETE,
        /** Signed with a key that is not known here. */
        UNKNOWN_KEY,
        /** The signature does not belong to these bytes. */
        FORGED
    }

    /**
     * Signs a record and writes the signature into its headers.
     *
     * @param keyId the name under which the reader knows the public key
     * @param time time of signing; kept to the microsecond
     * @throws IllegalArgumentException if the key is not an Ed25519 key
     */
    public static void sign(
            Headers headers,
            String keyId,
            PrivateKey privateKey,
            Instant time,
            String topic,
            byte @Nullable [] key,
            byte @Nullable [] value) {
        long micros = micros(time);
        byte[] signature = Ed25519.sign(privateKey, signedBytes(keyId, topic, key, micros, value));
        HeaderText.set(headers, KEY_ID, keyId);
        HeaderText.set(headers, SIGNED_AT, Long.toString(micros));
        headers.remove(SIGNATURE);
        headers.add(SIGNATURE, signature);
    }

    /**
     * Checks the signature in a record's headers.
     *
     * @param keys the public keys known here, by their ids
     * @throws IllegalArgumentException if a known key is not an Ed25519 key
     */
    public static Verdict verify(
            Headers headers,
            Map<String, PublicKey> keys,
            String topic,
            byte @Nullable [] key,
            byte @Nullable [] value) {
        Header signature = headers.lastHeader(SIGNATURE);
        Optional<String> keyId = HeaderText.get(headers, KEY_ID);
        Optional<String> time = HeaderText.get(headers, SIGNED_AT);
        if (signature == null && keyId.isEmpty() && time.isEmpty()) {
            return Verdict.UNSIGNED;
        }
        if (signature == null || signature.value() == null || keyId.isEmpty() || time.isEmpty()) {
            return Verdict.INCOMPLETE;
        }
        PublicKey known = keys.get(keyId.get());
        if (known == null) {
            return Verdict.UNKNOWN_KEY;
        }
        long micros;
        try {
            micros = Long.parseLong(time.get());
        } catch (NumberFormatException malformed) {
            return Verdict.INCOMPLETE;
        }
        byte[] message = signedBytes(keyId.get(), topic, key, micros, value);
        return Ed25519.isValid(known, message, signature.value()) ? Verdict.VALID : Verdict.FORGED;
    }

    private static byte[] signedBytes(
            String keyId, String topic, byte @Nullable [] key, long micros, byte @Nullable [] value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            part(out, DOMAIN.getBytes(StandardCharsets.UTF_8));
            part(out, keyId.getBytes(StandardCharsets.UTF_8));
            part(out, topic.getBytes(StandardCharsets.UTF_8));
            part(out, key);
            out.writeLong(micros);
            part(out, value);
        } catch (IOException impossible) {
            throw new UncheckedIOException("a buffer in memory refused bytes", impossible);
        }
        return bytes.toByteArray();
    }

    private static void part(DataOutputStream out, byte @Nullable [] bytes) throws IOException {
        out.writeInt(bytes == null ? -1 : bytes.length);
        if (bytes != null) {
            out.write(bytes);
        }
    }

    private static long micros(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1_000);
    }
}

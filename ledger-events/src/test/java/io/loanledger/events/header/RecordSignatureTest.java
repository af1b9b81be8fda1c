package io.loanledger.events.header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loanledger.events.header.RecordSignature.Verdict;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A signature says one thing about one record. */
final class RecordSignatureTest {

    private static final KeyPair PAIR = pair("Ed25519");
    private static final Map<String, PublicKey> KEYS = Map.of("custody-1", PAIR.getPublic());
    private static final Instant TIME = Instant.parse("2020-03-12T10:00:00.123456Z");
    private static final String TOPIC = "custody.collateral.v1";
    private static final byte[] KEY = bytes("loan-1");
    private static final byte[] VALUE = {0, 0, 0, 0, 7, 1, 2, 3};

    @Test
    void knowsWhatItSigned() {
        assertThat(RecordSignature.verify(signed(), KEYS, TOPIC, KEY, VALUE)).isEqualTo(Verdict.VALID);
    }

    @Test
    void saysThatARecordIsNotSigned() {
        assertThat(RecordSignature.verify(new RecordHeaders(), KEYS, TOPIC, KEY, VALUE))
                .isEqualTo(Verdict.UNSIGNED);
    }

    static Stream<Arguments> otherRecords() {
        return Stream.of(
                Arguments.of("another topic", "custody.collateral.v2", KEY, VALUE),
                Arguments.of("another key", TOPIC, bytes("loan-2"), VALUE),
                Arguments.of("no key", TOPIC, null, VALUE),
                Arguments.of("an empty key", TOPIC, new byte[0], VALUE),
                Arguments.of("one bit of the value", TOPIC, KEY, new byte[] {0, 0, 0, 0, 7, 1, 2, 2}),
                Arguments.of("no value", TOPIC, KEY, null),
                Arguments.of(
                        "a letter moved from the topic to the key", "custody.collateral.v", bytes("1loan-1"), VALUE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("otherRecords")
    void doesNotSpeakForAnotherRecord(String what, String topic, byte[] key, byte[] value) {
        assertThat(RecordSignature.verify(signed(), KEYS, topic, key, value)).isEqualTo(Verdict.FORGED);
    }

    static Stream<Arguments> otherHeaders() {
        return Stream.of(
                Arguments.of("another time", RecordSignature.SIGNED_AT, bytes("1584007200123457"), Verdict.FORGED),
                Arguments.of("a time that is no number", RecordSignature.SIGNED_AT, bytes("now"), Verdict.INCOMPLETE),
                Arguments.of("no time", RecordSignature.SIGNED_AT, null, Verdict.INCOMPLETE),
                Arguments.of("no signature", RecordSignature.SIGNATURE, null, Verdict.INCOMPLETE),
                Arguments.of("a short signature", RecordSignature.SIGNATURE, new byte[63], Verdict.FORGED),
                Arguments.of("a signature of zeros", RecordSignature.SIGNATURE, new byte[64], Verdict.FORGED),
                Arguments.of("no name of a key", RecordSignature.KEY_ID, null, Verdict.INCOMPLETE),
                Arguments.of("a key nobody knows", RecordSignature.KEY_ID, bytes("custody-2"), Verdict.UNKNOWN_KEY));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("otherHeaders")
    void doesNotHoldWithOtherHeaders(String what, String header, byte[] value, Verdict verdict) {
        Headers headers = signed();
        headers.remove(header);
        if (value != null) {
            headers.add(header, value);
        }

        assertThat(RecordSignature.verify(headers, KEYS, TOPIC, KEY, VALUE)).isEqualTo(verdict);
    }

    @Test
    void aKnownKeyUnderTheNameOfAnotherDoesNotHold() {
        PublicKey other = pair("Ed25519").getPublic();

        assertThat(RecordSignature.verify(signed(), Map.of("custody-1", other), TOPIC, KEY, VALUE))
                .isEqualTo(Verdict.FORGED);
    }

    @Test
    void refusesKeysOfAnotherKind() {
        KeyPair other = pair("Ed448");

        assertThatThrownBy(() ->
                        RecordSignature.sign(new RecordHeaders(), "k", other.getPrivate(), TIME, TOPIC, KEY, VALUE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** The bytes of the signature over a fixed record, so that implementations in other languages can be held against it. */
    @Test
    void signsTheDocumentedBytes() throws GeneralSecurityException {
        byte[] seed = HexFormat.of().parseHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
        Headers headers = new RecordHeaders();
        RecordSignature.sign(
                headers,
                "custody-1",
                KeyFactory.getInstance("Ed25519")
                        .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed)),
                TIME,
                TOPIC,
                KEY,
                VALUE);

        assertThat(new String(headers.lastHeader(RecordSignature.SIGNED_AT).value(), StandardCharsets.UTF_8))
                .isEqualTo("1584007200123456");
        assertThat(HexFormat.of()
                        .formatHex(headers.lastHeader(RecordSignature.SIGNATURE).value()))
                .isEqualTo(
                        "8b3449d7605a74484fa8736320c73ce8039105b532681193a46d002d4017a3f7dbb5adda90b807f88f9f426cba1a33f4a6481b65fdc5b1f77a04243dbc72060d");
    }

    private static Headers signed() {
        Headers headers = new RecordHeaders();
        RecordSignature.sign(headers, "custody-1", PAIR.getPrivate(), TIME, TOPIC, KEY, VALUE);
        return headers;
    }

    private static KeyPair pair(String algorithm) {
        try {
            return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new AssertionError(missing);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package io.loanledger.events.header;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** What travels beside the bytes comes back as it was, and never twice. */
final class HeadersTest {

    private static final Origin ORIGIN = new Origin("custody.collateral.v1", 3, 41L, 1_584_007_200_123L);
    private static final DeadLetter LETTER =
            new DeadLetter(ORIGIN, "WRONG_MAGIC", "the first byte is 7, not 0", "ledger-streams");
    private static final CloudEventHeaders CLOUD_EVENT = new CloudEventHeaders(
            "e-1",
            URI.create("/custody/eu-1"),
            "io.loanledger.events.CollateralLocked",
            Instant.parse("2020-03-12T10:00:00Z"));

    @Test
    void aDeadLetterKeepsKeyValueAndHeadersAsTheyCame() {
        byte[] key = {1, 2};
        byte[] value = {7};
        Headers headers = new RecordHeaders().add("ce_id", text("e-1"));

        ProducerRecord<byte[], byte[]> record = LETTER.record(key, value, headers);

        assertThat(record.topic()).isEqualTo("ledger.dead-letters.v1");
        assertThat(record.key()).isSameAs(key);
        assertThat(record.value()).isSameAs(value);
        assertThat(names(record.headers()))
                .containsExactly(
                        "ce_id",
                        "dlq.topic",
                        "dlq.partition",
                        "dlq.offset",
                        "dlq.timestamp",
                        "dlq.reason",
                        "dlq.detail",
                        "dlq.service");
        assertThat(names(headers)).containsExactly("ce_id");
        assertThat(DeadLetter.readFrom(record.headers())).contains(LETTER);
    }

    @Test
    void aDeadLetterOfARecordWithoutKeyAndValueIsPossible() {
        ProducerRecord<byte[], byte[]> record = LETTER.record(null, null, new RecordHeaders());

        assertThat(record.key()).isNull();
        assertThat(record.value()).isNull();
    }

    @Test
    void aSecondDeadLetterReplacesTheHeadersOfTheFirst() {
        Headers headers = new RecordHeaders();
        new DeadLetter(new Origin("a.b.v1", 0, 1, 2), "EMPTY", "", "other").writeTo(headers);

        LETTER.writeTo(headers);

        assertThat(names(headers)).doesNotHaveDuplicates().hasSize(7);
        assertThat(DeadLetter.readFrom(headers)).contains(LETTER);
    }

    @Test
    void aLongDetailIsCut() {
        DeadLetter letter = new DeadLetter(ORIGIN, "MALFORMED", "x".repeat(5_000), "ledger-streams");

        assertThat(letter.detail()).hasSize(1_000);
    }

    @Test
    void theOriginOfAStrayedRecordComesBack() {
        Headers headers = new RecordHeaders();
        ORIGIN.writeTo(headers);

        assertThat(Origin.readFrom(headers)).contains(ORIGIN);
    }

    @Test
    void anOriginThatIsMissingOrForgedIsNone() {
        Headers forged = new RecordHeaders();
        ORIGIN.writeTo(forged);
        forged.remove(Origin.OFFSET).add(Origin.OFFSET, text("many"));
        Headers incomplete = new RecordHeaders();
        ORIGIN.writeTo(incomplete);
        incomplete.remove(Origin.PARTITION);

        assertThat(List.of(Origin.readFrom(new RecordHeaders()), Origin.readFrom(forged), Origin.readFrom(incomplete)))
                .containsOnly(Optional.empty());
    }

    @Test
    void cloudEventAttributesComeBack() {
        Headers headers = new RecordHeaders();
        CLOUD_EVENT.writeTo(headers);

        assertThat(names(headers)).containsExactly("ce_specversion", "ce_id", "ce_source", "ce_type", "ce_time");
        assertThat(CloudEventHeaders.readFrom(headers)).contains(CLOUD_EVENT);
    }

    @Test
    void attributesOfAnotherVersionOrMalformedAreNone() {
        Headers version = new RecordHeaders();
        CLOUD_EVENT.writeTo(version);
        version.remove("ce_specversion").add("ce_specversion", text("0.3"));
        Headers time = new RecordHeaders();
        CLOUD_EVENT.writeTo(time);
        time.remove("ce_time").add("ce_time", text("yesterday"));

        assertThat(CloudEventHeaders.readFrom(version)).isEmpty();
        assertThat(CloudEventHeaders.readFrom(time)).isEmpty();
    }

    private static List<String> names(Headers headers) {
        return Arrays.stream(headers.toArray()).map(Header::key).toList();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

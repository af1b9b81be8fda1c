package io.loanledger.streams.terms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.loanledger.events.KillSwitch;
import io.loanledger.events.ProductTerms;
import io.loanledger.events.broadcast.BroadcastAbortedException;
import io.loanledger.events.broadcast.BroadcastEndedException;
import io.loanledger.events.broadcast.BroadcastEndedException.Reason;
import io.loanledger.events.header.Origin;
import io.loanledger.events.serde.RegistryUnavailableException;
import io.loanledger.streams.Facts;
import io.loanledger.streams.terms.FannedSoFar.Matching;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FannedSoFarTest {
    private static final TopicPartition SOURCE = new TopicPartition("lending.terms.v1", 0);
    private static final ProductTerms FIRST = Facts.product(1, "0.10");
    private static final ProductTerms SECOND = Facts.product(2, "0.11");
    private static final KillSwitch KILL = new KillSwitch("k", Instant.EPOCH, "test", true, "drill");

    @Test
    void beginsAtTheBeginningWhenNothingWasFannedOut() {
        assertThat(nextOffset(List.of(), FIRST, SECOND)).isZero();
    }

    @Test
    void goesOnBehindTheLastThatWasFannedOut() {
        assertThat(nextOffset(List.of(FIRST, KILL), FIRST, KILL, SECOND)).isEqualTo(2);
    }

    @Test
    void takesTheSameTermsWrittenTwiceAsTwoRecords() {
        assertThat(nextOffset(List.of(FIRST), FIRST, FIRST)).isEqualTo(1);
        assertThat(nextOffset(List.of(FIRST, FIRST), FIRST, FIRST)).isEqualTo(2);
    }

    @Test
    void stepsOverWhatCouldNotBeReadAtTheTime() {
        assertThat(nextOffset(List.of(FIRST, SECOND), FIRST, KILL, SECOND)).isEqualTo(3);
    }

    @Test
    void refusesASourceThatLacksWhatWasFannedOut() {
        assertThatThrownBy(() -> nextOffset(List.of(FIRST, SECOND), FIRST))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("record 2 of 2");
    }

    @Test
    void goesOnFromTheLastPlaceThatIsKnown() {
        Matching matching = new Matching(List.of("k"), 7);
        matching.next(7, "terms-3");
        matching.next(8, "k");
        assertThat(matching.nextOffset()).isEqualTo(9);
        assertThat(new Matching(List.of(), 7).nextOffset()).isEqualTo(7);
    }

    @Test
    void knowsTermsByTheirEventIdWhateverASchemaAddedToThemSince() {
        ProductTerms grown = ProductTerms.newBuilder(FIRST)
                .setTermDays(FIRST.getTermDays() + 1)
                .build();
        assertThat(nextOffset(List.of(FIRST), grown, SECOND)).isEqualTo(1);
    }

    @Test
    void readsThePlaceOfAFannedRecordFromItsHeaders() {
        Headers headers = new RecordHeaders();
        assertThat(FannedSoFar.placeIn(SOURCE, headers)).isEmpty();
        new Origin("lending.terms.v1", 0, 41, 0).writeTo(headers);
        assertThat(FannedSoFar.placeIn(SOURCE, headers)).hasValue(41);
        new Origin("lending.loans.v1", 0, 41, 0).writeTo(headers);
        assertThat(FannedSoFar.placeIn(SOURCE, headers)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("failures")
    void waitsForWhatPassesAndEndsForWhatDoesNot(RuntimeException failure, boolean passes) {
        assertThat(Passing.passes(failure)).isEqualTo(passes);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                arguments(new TimeoutException("no broker"), true),
                arguments(new KafkaException("terms could not be set aside", new TimeoutException("no broker")), true),
                arguments(new BroadcastAbortedException("not written", new TimeoutException()), true),
                arguments(new BroadcastEndedException(Reason.FENCED, "", new KafkaException()), true),
                arguments(new BroadcastEndedException(Reason.OUTCOME_UNKNOWN, "", new KafkaException()), true),
                arguments(new BroadcastEndedException(Reason.REFUSED, "", new TimeoutException()), false),
                arguments(new RegistryAway(new RegistryUnavailableException("away", new IOException())), true),
                arguments(new TopicAuthorizationException("lending.terms.v1"), false),
                arguments(new OffsetOutOfRangeException(Map.of()), false),
                arguments(new IllegalStateException("not the topic that it was"), false));
    }

    private static long nextOffset(List<SpecificRecord> fanned, SpecificRecord... source) {
        Matching matching =
                new Matching(fanned.stream().map(FannedSoFarTest::eventId).toList(), 0);
        for (int offset = 0; offset < source.length; offset++) {
            matching.next(offset, eventId(source[offset]));
        }
        return matching.nextOffset();
    }

    private static String eventId(SpecificRecord terms) {
        return (String) terms.get(terms.getSchema().getField("eventId").pos());
    }
}

package io.loanledger.events.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loanledger.events.AmendAck;
import io.loanledger.events.CollateralLocked;
import io.loanledger.events.CollateralProof;
import io.loanledger.events.CollateralProofKind;
import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every record of the contract comes back from its bytes as it was. */
final class RecordRoundTripTest {

    private final InProcessSchemaRegistry registry = InProcessSchemaRegistry.ofScope("round-trip");
    private final SchemaIds ids = new SchemaRegistrar(registry).registerAll();
    private final RecordWriter writer = new RecordWriter(ids);
    private final RecordReader reader = new RecordReader(registry);

    static Stream<Arguments> everyTypeOfEveryTopic() {
        return TopicCatalogue.ALL.stream()
                .flatMap(topic -> topic.values().stream().map(type -> Arguments.of(topic, type)));
    }

    @ParameterizedTest
    @MethodSource("everyTypeOfEveryTopic")
    void readsWhatItWrote(Topic topic, Class<? extends SpecificRecord> type) {
        for (SpecificRecord record : new SpecificRecord[] {RecordSamples.full(type), RecordSamples.sparse(type)}) {
            Decoded decoded = reader.read(topic, writer.bytes(topic, record));

            // By text: Avro's lists compare their records without the conversions, and fail at an optional time.
            assertThat(decoded).hasToString(new Decoded.Readable(record).toString());
        }
    }

    @Test
    void refusesToWriteARecordIntoAnotherTopic() {
        AmendAck record = RecordSamples.full(AmendAck.class);

        assertThatThrownBy(() -> writer.bytes(TopicCatalogue.COLLATERAL, record))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("custody.collateral.v1 does not carry AmendAck");
    }

    @Test
    void refusesToWriteAnUnknownEnumHoweverDeep() {
        CollateralLocked record = CollateralLocked.newBuilder(RecordSamples.full(CollateralLocked.class))
                .setProof(CollateralProof.newBuilder()
                        .setKind(CollateralProofKind.UNKNOWN)
                        .build())
                .build();

        assertThatThrownBy(() -> writer.bytes(TopicCatalogue.COLLATERAL, record))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("CollateralLocked.proof.kind is UNKNOWN, which must not be written");
    }
}

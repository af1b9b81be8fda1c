package io.loanledger.events.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.events.AmendAck;
import io.loanledger.events.CollateralDetected;
import io.loanledger.events.CollateralLocked;
import io.loanledger.events.ProductTerms;
import io.loanledger.events.serde.Decoded.Reason;
import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad input by name: each row is one kind of bytes and the reason with which they go to the dead letters. */
final class UnreadableBytesTest {

    private static final InProcessSchemaRegistry REGISTRY = InProcessSchemaRegistry.ofScope("unreadable");
    private static final SchemaIds IDS = new SchemaRegistrar(REGISTRY).registerAll();
    private static final RecordWriter WRITER = new RecordWriter(IDS);
    private static final byte[] GOOD =
            WRITER.bytes(TopicCatalogue.COLLATERAL, RecordSamples.full(CollateralLocked.class));
    private static final byte[] TERMS = WRITER.bytes(TopicCatalogue.TERMS, RecordSamples.full(ProductTerms.class));

    private final RecordReader reader = new RecordReader(REGISTRY);

    static Stream<Arguments> rows() {
        Schema detected = ContractTypes.of(CollateralDetected.class).registered();
        return Stream.of(
                row("no value", null, Reason.NO_VALUE),
                row("empty", new byte[0], Reason.EMPTY),
                row("one byte, the magic one", new byte[] {0}, Reason.TRUNCATED_HEAD),
                row("one byte, another", new byte[] {7}, Reason.WRONG_MAGIC),
                row("four bytes", new byte[] {0, 0, 0, 1}, Reason.TRUNCATED_HEAD),
                row("wrong magic", replaced(GOOD, 0, 1), Reason.WRONG_MAGIC),
                row("JSON", "{\"loanId\":\"L-1\"}".getBytes(StandardCharsets.UTF_8), Reason.WRONG_MAGIC),
                row("unknown schema id", withId(GOOD, 1_000_000), Reason.UNKNOWN_SCHEMA_ID),
                row("negative schema id", withId(GOOD, -5), Reason.UNKNOWN_SCHEMA_ID),
                row(
                        "a record of another topic",
                        WRITER.bytes(TopicCatalogue.LIQUIDATION_REPLIES, RecordSamples.full(AmendAck.class)),
                        Reason.WRONG_TYPE),
                row("a record that is not of the contract", foreign(), Reason.WRONG_TYPE),
                row(
                        "a schema that is no record",
                        withId(GOOD, register(Schema.create(Schema.Type.STRING))),
                        Reason.WRONG_TYPE),
                row("a head and nothing else", Arrays.copyOf(GOOD, 5), Reason.MALFORMED),
                row("the last byte missing", Arrays.copyOf(GOOD, GOOD.length - 1), Reason.MALFORMED),
                row("half of it", Arrays.copyOf(GOOD, GOOD.length / 2), Reason.MALFORMED),
                row("one byte too many", Arrays.copyOf(GOOD, GOOD.length + 1), Reason.TRAILING_BYTES),
                row("text of negative length", body(1), Reason.MALFORMED),
                row("text of two gigabytes", body(0xfe, 0xff, 0xff, 0xff, 0x0f), Reason.MALFORMED),
                row(
                        "a length of more than 64 bits",
                        body(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f),
                        Reason.MALFORMED),
                row(
                        "a number without end",
                        body(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff),
                        Reason.MALFORMED),
                row("text that is not UTF-8", replaced(GOOD, 6, 0xff), Reason.MALFORMED),
                row(
                        "milliseconds in place of microseconds",
                        millisecondsForMicroseconds(detected),
                        Reason.INCOMPATIBLE_SCHEMA),
                row("a schema without a required field", withoutField(detected, "loanId"), Reason.INCOMPATIBLE_SCHEMA),
                row("UNKNOWN itself", withKind(detected, "UNKNOWN"), Reason.UNKNOWN_SYMBOL),
                row("a symbol newer than this reader", newerSymbol(detected), Reason.UNKNOWN_SYMBOL));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("rows")
    void namesWhatIsWrong(String what, byte[] value, Reason reason) {
        Decoded decoded = reader.read(TopicCatalogue.COLLATERAL, value);

        assertThat(decoded).isInstanceOfSatisfying(Decoded.Unreadable.class, unreadable -> {
            assertThat(unreadable.reason()).isEqualTo(reason);
            assertThat(unreadable.detail()).isNotBlank();
        });
        assertThat(reader.read(TopicCatalogue.COLLATERAL, GOOD)).isInstanceOf(Decoded.Readable.class);
    }

    @Test
    void namesWhereTheUnknownSymbolStands() {
        byte[] value = newerSymbol(ContractTypes.of(CollateralDetected.class).registered());

        assertThat(reader.read(TopicCatalogue.COLLATERAL, value))
                .isEqualTo(new Decoded.Unreadable(Reason.UNKNOWN_SYMBOL, "CollateralDetected.proof.kind is UNKNOWN"));
    }

    static Stream<Arguments> records() {
        return Stream.of(
                Arguments.of(Named.of("with lists in it", TERMS), TopicCatalogue.TERMS),
                Arguments.of(Named.of("without a list", GOOD), TopicCatalogue.COLLATERAL));
    }

    /** Every byte of a record set to every other value: each is read or refused, and nothing else happens. */
    @ParameterizedTest
    @MethodSource("records")
    void survivesEveryDamageToASingleByte(byte[] whole, Topic topic) {
        int readable = 0;
        int unreadable = 0;
        for (int position = 0; position < whole.length; position++) {
            for (int damage = 1; damage < 256; damage++) {
                byte[] damaged = replaced(whole, position, whole[position] ^ damage);
                switch (reader.read(topic, damaged)) {
                    case Decoded.Readable other -> readable++;
                    case Decoded.Unreadable refused -> unreadable++;
                    case Decoded.Unavailable never -> throw new AssertionError(never.cause());
                }
            }
        }

        assertThat(readable).as("damage to the letters of a text").isPositive();
        assertThat(unreadable).as("damage to the structure").isPositive();
    }

    @ParameterizedTest
    @MethodSource("records")
    void survivesEveryTruncation(byte[] whole, Topic topic) {
        for (int length = 0; length < whole.length; length++) {
            assertThat(reader.read(topic, Arrays.copyOf(whole, length)))
                    .as("the first %d bytes of %d", length, whole.length)
                    .isInstanceOf(Decoded.Unreadable.class);
        }
    }

    @Test
    void readsWhatANewerContractAddsToARecord() {
        Schema older = ContractTypes.of(CollateralDetected.class).registered();
        Schema newer = new Schema.Parser()
                .parse(older.toString()
                        .replace(
                                "\"fields\":[{\"name\":\"eventId\"",
                                "\"fields\":[{\"name\":\"custodyBranch\",\"type\":\"string\",\"default\":\"\"},"
                                        + "{\"name\":\"eventId\""));
        GenericRecord record = generic(newer);
        record.put("custodyBranch", "Zug");

        Decoded decoded = reader.read(TopicCatalogue.COLLATERAL, encode(record));

        assertThat(decoded).isEqualTo(new Decoded.Readable(RecordSamples.full(CollateralDetected.class)));
    }

    private static Arguments row(String what, byte[] value, Reason reason) {
        return Arguments.of(what, value, reason);
    }

    private static byte[] foreign() {
        Schema schema = SchemaBuilder.record("Runtime")
                .namespace("java.lang")
                .fields()
                .requiredString("command")
                .endRecord();
        GenericRecord record = new GenericData.Record(schema);
        record.put("command", "ls");
        return encode(record);
    }

    private static byte[] millisecondsForMicroseconds(Schema schema) {
        return encode(
                generic(new Schema.Parser().parse(schema.toString().replace("timestamp-micros", "timestamp-millis"))));
    }

    private static byte[] withoutField(Schema schema, String name) {
        Schema without = Schema.createRecord(schema.getName(), schema.getDoc(), schema.getNamespace(), false);
        without.setFields(schema.getFields().stream()
                .filter(field -> !field.name().equals(name))
                .map(field -> new Schema.Field(field, field.schema()))
                .toList());
        return encode(generic(without));
    }

    private static byte[] withKind(Schema schema, String kind) {
        GenericRecord record = generic(schema);
        GenericRecord proof = (GenericRecord) record.get("proof");
        proof.put(
                "kind",
                new GenericData.EnumSymbol(proof.getSchema().getField("kind").schema(), kind));
        return encode(record);
    }

    private static byte[] newerSymbol(Schema schema) {
        Schema newer = new Schema.Parser()
                .parse(schema.toString()
                        .replace(
                                "\"CUSTODIAL_ATTESTATION\",\"UNKNOWN\"",
                                "\"CUSTODIAL_ATTESTATION\",\"MOON_LOCK\",\"UNKNOWN\""));
        return withKind(newer, "MOON_LOCK");
    }

    /** The full sample, as a generic record of this schema. */
    private static GenericRecord generic(Schema schema) {
        GenericRecord record = new GenericData.Record(schema);
        CollateralDetected sample = RecordSamples.full(CollateralDetected.class);
        for (Schema.Field field : schema.getFields()) {
            Schema.Field known = sample.getSchema().getField(field.name());
            if (known != null) {
                record.put(field.pos(), RecordSamples.generic(sample.get(known.pos()), field.schema()));
            }
        }
        return record;
    }

    private static byte[] encode(GenericRecord record) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        WireFormat.writeHead(register(record.getSchema()), bytes);
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        try {
            new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
            encoder.flush();
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        return bytes.toByteArray();
    }

    private static int register(Schema schema) {
        return REGISTRY.register("by hand", schema);
    }

    private static byte[] replaced(byte[] value, int position, int by) {
        byte[] copy = value.clone();
        copy[position] = (byte) by;
        return copy;
    }

    private static byte[] withId(byte[] value, int id) {
        byte[] copy = value.clone();
        for (int index = 0; index < 4; index++) {
            copy[1 + index] = (byte) (id >>> (24 - 8 * index));
        }
        return copy;
    }

    private static byte[] body(int... bytes) {
        byte[] value = Arrays.copyOf(GOOD, 5 + bytes.length);
        for (int index = 0; index < bytes.length; index++) {
            value[5 + index] = (byte) bytes[index];
        }
        return value;
    }
}

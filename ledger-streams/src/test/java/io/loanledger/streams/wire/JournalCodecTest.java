package io.loanledger.streams.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loanledger.core.loan.LoanEvent;
import io.loanledger.core.loan.Position;
import io.loanledger.core.posting.Posting;
import io.loanledger.core.terms.DayCount;
import io.loanledger.core.terms.ExposureBasis;
import io.loanledger.core.terms.InterestTerms;
import io.loanledger.core.terms.ProductTerms;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every event of the alphabet, through its bytes and back, and past a reader that knows nothing but the schema. */
class JournalCodecTest {
    private static final int SEEDS = 60;
    private static final int FRAMING = 5;

    private final RegistryForTests registry = new RegistryForTests();
    private final JournalCodec codec = new JournalCodec(registry.journal());

    static Stream<Class<?>> everyEvent() {
        return Arrays.stream(LoanEvent.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("everyEvent")
    void givesBackTheEventThatWasWritten(Class<?> type) throws Exception {
        for (long seed = 1; seed <= SEEDS; seed++) {
            RandomCore random = new RandomCore(seed);
            LoanEvent event = random.event(type);
            JournalHeader header = random.header();
            Posting posting = random.posting();
            Position balances = random.any(null, random.position());

            JournalEntry read = codec.decode(codec.encode(header, event, posting, balances));

            assertThat(read.event()).as("seed %d", seed).isEqualTo(event);
            assertThat(read.header()).as("seed %d", seed).isEqualTo(header);
            assertThat(read.entries()).as("seed %d", seed).isEqualTo(posting.entries());
            assertThat(read.balances()).as("seed %d", seed).isEqualTo(balances);
            assertThat(read.hashHolds()).as("seed %d", seed).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("everyEvent")
    void writesWhatTheSchemaAloneReads(Class<?> type) throws Exception {
        for (long seed = 1; seed <= SEEDS; seed++) {
            RandomCore random = new RandomCore(seed);
            LoanEvent event = random.event(type);
            JournalHeader header = random.header();
            Posting posting = random.posting();
            Position balances = random.any(null, random.position());

            byte[] value = codec.encode(header, event, posting, balances);
            Map<?, ?> read = (Map<?, ?>) PlainForm.ofAvro(readBySchemaAlone(value));

            assertThat(read.get("header")).as("seed %d", seed).isEqualTo(plain(header));
            PlainForm.ofRecord((Record) event)
                    .forEach((name, expected) ->
                            assertThat(read.get(name)).as("%s", name).isEqualTo(expected));
            assertThat(read.get("postings")).isEqualTo(PlainForm.ofCore(posting.entries()));
            assertThat(read.get("balances")).isEqualTo(balances == null ? null : plain(balances));
        }
    }

    @ParameterizedTest
    @MethodSource("everyEvent")
    void namesItsFieldsAsTheEventDoesInTheSameOrder(Class<?> type) throws Exception {
        RandomCore random = new RandomCore(1);
        byte[] value = codec.encode(random.header(), random.event(type), Posting.NONE, null);
        List<String> fields = registry.schema(ByteBuffer.wrap(value).getInt(1)).getFields().stream()
                .map(Schema.Field::name)
                .toList();
        List<String> components = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();

        assertThat(fields.getFirst()).isEqualTo("header");
        assertThat(fields.subList(1, 1 + components.size())).isEqualTo(components);
        assertThat(fields.subList(1 + components.size(), fields.size()))
                .containsExactly("postings", "balances", "hash");
    }

    @Test
    void endsInTheSha256OfAllAvroBytesBefore() throws Exception {
        RandomCore random = new RandomCore(7);
        byte[] value = codec.encode(random.header(), new LoanEvent.LoanRepaid(), random.posting(), random.position());

        byte[] expected = MessageDigest.getInstance("SHA-256")
                .digest(Arrays.copyOfRange(value, FRAMING, value.length - ChainHash.BYTES));

        assertThat(ChainHash.endOf(value)).isEqualTo(ChainHash.of(expected));
        assertThat(codec.decode(value).hash()).isEqualTo(ChainHash.of(expected));
    }

    @Test
    void noticesAnyChangedByteOfWhatItSays() {
        RandomCore random = new RandomCore(8);
        byte[] value = codec.encode(
                random.header(), new LoanEvent.LoanCancelled("withdrawn"), random.posting(), random.position());
        String reason = "withdrawn";
        int at = new String(value, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf(reason);

        byte[] changed = value.clone();
        changed[at] = 'W';

        JournalEntry read = codec.decode(changed);
        assertThat(read.event()).isEqualTo(new LoanEvent.LoanCancelled("Withdrawn"));
        assertThat(read.hashHolds()).isFalse();
    }

    @Test
    void takesNoRecordWithOneBitTurnedForWhole() {
        RandomCore random = new RandomCore(11);
        LoanEvent event = new LoanEvent.MarginCallCured(
                "call", io.loanledger.core.loan.CureKind.PRICE, random.instant(), random.evidence());
        byte[] value = codec.encode(random.header(), event, random.posting(), random.position());
        for (int bit = FRAMING * Byte.SIZE; bit < value.length * Byte.SIZE; bit++) {
            byte[] turned = value.clone();
            turned[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            try {
                assertThat(codec.decode(turned).hashHolds()).as("bit %d", bit).isFalse();
            } catch (IllegalStateException unreadable) {
                assertThat(unreadable).hasMessageStartingWith("a journal record");
            }
        }
    }

    @Test
    void refusesWhatIsNoJournalRecord() {
        byte[] value = codec.encode(new RandomCore(9).header(), new LoanEvent.LoanClosed(), Posting.NONE, null);
        byte[] longer = Arrays.copyOf(value, value.length + 1);
        byte[] shorter = Arrays.copyOf(value, value.length - 1);
        byte[] otherMagic = value.clone();
        otherMagic[0] = 1;

        assertThatThrownBy(() -> codec.decode(new byte[0])).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> codec.decode(longer)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> codec.decode(shorter)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> codec.decode(otherMagic)).isInstanceOf(IllegalStateException.class);
    }

    private static Object plain(JournalHeader header) {
        Map<String, Object> plain = PlainForm.ofRecord(header);
        Cause cause = header.cause();
        plain.remove("cause");
        plain.put("causeTopic", cause.topic());
        plain.put("causePartition", cause.partition());
        plain.put("causeOffset", cause.offset());
        plain.put("causeEventId", cause.eventId());
        plain.put("causeContentDigest", cause.contentDigest());
        plain.put("causeOccurredAt", PlainForm.ofCore(cause.occurredAt()));
        plain.put("previousHash", header.previousHash().toString());
        return plain;
    }

    private static Object plain(Position balances) {
        Map<String, Object> plain = new java.util.HashMap<>();
        Map<String, Object> parts = PlainForm.ofRecord(balances);
        parts.remove("further");
        parts.values().forEach(part -> plain.putAll(amounts(part)));
        plain.put(
                "further",
                balances.further().stream()
                        .map(coin -> {
                            Map<String, Object> figures = amounts(PlainForm.ofRecord(coin));
                            figures.put("asset", coin.asset().code());
                            return figures;
                        })
                        .toList());
        plain.put("debtAsset", balances.debt().principal().currency().code());
        plain.put("collateralAsset", balances.collateral().asset().code());
        return plain;
    }

    private static Map<String, Object> amounts(Object part) {
        Map<String, Object> plain = new java.util.HashMap<>();
        ((Map<?, ?>) part)
                .forEach((name, value) ->
                        plain.put(name.toString(), value instanceof Map<?, ?> amount ? amount.get("amount") : value));
        return plain;
    }

    /** Written by the schema without the fields: the one day count and basis that there were, and no maturity. */
    @Test
    void readsTermsFromBeforeTheySaidHowTheyCount() throws Exception {
        RandomCore random = new RandomCore(12);
        LoanEvent.TermsBound bound;
        do {
            bound = (LoanEvent.TermsBound) random.event(LoanEvent.TermsBound.class);
        } while (!bound.terms().ladder().isSingleCall()
                || !bound.terms().liquidation().isPlain()
                || bound.terms().release() != null
                || !bound.terms().interest().isPlain()
                || !bound.terms().agreed().isPlain());
        byte[] now = codec.encode(random.header(), bound, Posting.NONE, null);
        Schema older = without(
                registry.schema(ByteBuffer.wrap(now).getInt(1)),
                "BoundTerms",
                List.of("dayCount", "exposureBasis", "termDays", "release", "agreement", "ladder"));

        ByteArrayOutputStream then = new ByteArrayOutputStream();
        then.write(ByteBuffer.allocate(FRAMING).putInt(1, registry.add(older)).array());
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(then, null);
        new GenericDatumWriter<GenericRecord>(older).write(project(readBySchemaAlone(now), older), encoder);

        ProductTerms read =
                ((LoanEvent.TermsBound) codec.decode(then.toByteArray()).event()).terms();
        assertThat(read.interest())
                .isEqualTo(new InterestTerms(bound.terms().interest().annualRate(), DayCount.ACT_365F));
        assertThat(read.exposureBasis()).isEqualTo(ExposureBasis.OUTSTANDING);
        assertThat(read.termDays()).isZero();
        assertThat(read.liquidation()).isEqualTo(bound.terms().liquidation());
    }

    /** The same schema, one of its records without some fields; named types are defined where they are used first. */
    private static Schema without(Schema schema, String recordName, List<String> dropped) {
        List<Schema.Field> fields = schema.getFields().stream()
                .filter(field -> !schema.getName().equals(recordName) || !dropped.contains(field.name()))
                .map(field -> new Schema.Field(
                        field.name(),
                        field.schema().getName().equals(recordName)
                                ? without(field.schema(), recordName, dropped)
                                : field.schema(),
                        field.doc()))
                .toList();
        return Schema.createRecord(schema.getName(), schema.getDoc(), schema.getNamespace(), false, fields);
    }

    private static GenericRecord project(GenericRecord record, Schema older) {
        GenericRecord then = new GenericData.Record(older);
        for (Schema.Field field : older.getFields()) {
            Object value = record.get(field.name());
            boolean other =
                    value instanceof GenericRecord part && !part.getSchema().equals(field.schema());
            then.put(field.pos(), other ? project((GenericRecord) value, field.schema()) : value);
        }
        return then;
    }

    private GenericRecord readBySchemaAlone(byte[] value) throws Exception {
        Schema schema = registry.schema(ByteBuffer.wrap(value).getInt(1));
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(value, FRAMING, value.length - FRAMING, null);
        GenericRecord record =
                new GenericDatumReader<GenericRecord>(schema, schema, new GenericData()).read(null, decoder);
        assertThat(decoder.isEnd()).isTrue();
        return record;
    }
}

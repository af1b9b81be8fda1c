package io.loanledger.local.checker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Alters a history the way a clever culprit would: the journal's numbers, versions and hashes are made to fit again, if wanted. */
final class Forger {
    private static final int HASH_BYTES = 32;

    final RecordedHistory history;
    private final WireReading reading;

    Forger(RecordedHistory original) {
        history = original.copy();
        reading = new WireReading(history);
    }

    GenericRecord record(Message message) {
        return Objects.requireNonNull(reading.read(message.value()).record());
    }

    static byte[] encode(byte[] framedLike, GenericRecord record) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(framedLike, 0, WireReading.FRAMING);
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        try {
            new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static Message with(Message message, byte[] value) {
        return new Message(
                message.topic(),
                message.partition(),
                message.offset(),
                message.timestampMillis(),
                message.key(),
                value,
                message.headers());
    }

    /** The first record of a type that fits is altered. */
    void alter(String topic, String type, Predicate<GenericRecord> which, Consumer<GenericRecord> change) {
        alter(topic, record -> record.getSchema().getName().equals(type) && which.test(record), change);
    }

    /** The first record that fits is altered. */
    void alter(String topic, Predicate<GenericRecord> which, Consumer<GenericRecord> change) {
        List<Message> messages = history.of(topic);
        for (int i = 0; i < messages.size(); i++) {
            Message message = messages.get(i);
            GenericRecord record = reading.read(message.value()).record();
            if (record != null && which.test(record)) {
                change.accept(record);
                messages.set(i, with(message, encode(Objects.requireNonNull(message.value()), record)));
                return;
            }
        }
        throw new IllegalStateException("nothing to alter in " + topic);
    }

    boolean has(String topic, Predicate<GenericRecord> which) {
        return history.of(topic).stream()
                .map(message -> reading.read(message.value()).record())
                .anyMatch(record -> record != null && which.test(record));
    }

    /** The first record that fits. */
    GenericRecord first(String topic, Predicate<GenericRecord> which) {
        return history.of(topic).stream()
                .map(message -> reading.read(message.value()).record())
                .filter(Objects::nonNull)
                .filter(which)
                .findFirst()
                .orElseThrow();
    }

    void remove(String topic, Predicate<GenericRecord> which) {
        List<Message> messages = history.of(topic);
        int before = messages.size();
        messages.removeIf(message -> {
            GenericRecord record = reading.read(message.value()).record();
            return record != null && which.test(record);
        });
        if (messages.size() == before) {
            throw new IllegalStateException("nothing to take out of " + topic);
        }
    }

    /** Appends a copy of the first record that fits, altered, at the topic's end and with the time of the copied one. */
    void repeat(String topic, Predicate<GenericRecord> which, Consumer<GenericRecord> change) {
        for (Message message : List.copyOf(history.of(topic))) {
            GenericRecord record = reading.read(message.value()).record();
            if (record != null && which.test(record)) {
                change.accept(record);
                history.append(
                        topic,
                        message.timestampMillis(),
                        Objects.requireNonNull(message.key()),
                        encode(Objects.requireNonNull(message.value()), record),
                        message.headers());
                return;
            }
        }
        throw new IllegalStateException("nothing to repeat in " + topic);
    }

    /** Gives the journal's records sequences, versions and hashes without a gap. */
    void mendJournal() {
        List<Message> mended = new ArrayList<>();
        Map<String, Long> versions = new HashMap<>();
        byte[] head = new byte[HASH_BYTES];
        long sequence = 0;
        for (Message message : history.of(Topics.JOURNAL)) {
            GenericRecord event = record(message);
            GenericRecord header = (GenericRecord) event.get("header");
            header.put("sequence", ++sequence);
            header.put("loanVersion", versions.merge(header.get("loanId").toString(), 1L, Long::sum));
            header.put(
                    "previousHash",
                    new GenericData.Fixed(
                            header.getSchema().getField("previousHash").schema(), head));
            byte[] value = encode(Objects.requireNonNull(message.value()), event);
            head = reading.hashOfJournalRecord(value);
            System.arraycopy(head, 0, value, value.length - HASH_BYTES, HASH_BYTES);
            mended.add(with(message, value));
        }
        history.of(Topics.JOURNAL).clear();
        history.of(Topics.JOURNAL).addAll(mended);
    }

    static String loanOf(GenericRecord event) {
        return ((GenericRecord) event.get("header")).get("loanId").toString();
    }

    static Predicate<GenericRecord> is(String type, String loanId) {
        return event ->
                event.getSchema().getName().equals(type) && loanOf(event).equals(loanId);
    }

    /** An event of a loan from the given one on. */
    Predicate<GenericRecord> fromOn(String type, String loanId) {
        boolean[] begun = new boolean[1];
        return event -> {
            begun[0] |= is(type, loanId).test(event);
            return begun[0] && loanOf(event).equals(loanId);
        };
    }

    static void put(GenericRecord record, String path, Object value) {
        String[] names = path.split("/", -1);
        GenericRecord at = record;
        for (String name : Arrays.copyOf(names, names.length - 1)) {
            at = (GenericRecord) at.get(name);
        }
        at.put(names[names.length - 1], value);
    }
}

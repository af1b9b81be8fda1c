package io.loanledger.local.checker;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** Tells inputs of loans from bytes that nobody can follow. */
final class Intake {
    private static final int LONGEST_ID = 256;
    private static final int LONGEST_WORDS = 4_096;
    private static final Set<String> IDS = Set.of(
            "eventId",
            "producer",
            "loanId",
            "asset",
            "instructionId",
            "caseId",
            "paymentReference",
            "borrowerId",
            "productId",
            "collateralAsset",
            "debtAsset");
    /** Reasons that bytes alone decide: there ledger and checker must agree to the letter. */
    static final Set<String> PLAIN_REASONS = Set.of(
            "NO_KEY",
            "RESERVED_KEY",
            "NO_VALUE",
            "EMPTY",
            "WRONG_MAGIC",
            "TRUNCATED_HEAD",
            "UNKNOWN_SCHEMA_ID",
            "KEY_MISMATCH");

    private final WireReading reading;

    Intake(WireReading reading) {
        this.reading = reading;
    }

    /** Either a fact of a loan, or why it is none. */
    record Taken(@Nullable Fact fact, String unreadable) {
        static Taken no(String reason) {
            return new Taken(null, reason);
        }
    }

    /** The partition that a key belongs to, by Kafka's own partitioner. */
    static int home(byte[] key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }

    Taken take(Message message) {
        byte[] key = message.key();
        if (key == null || key.length == 0) {
            return Taken.no("NO_KEY");
        }
        if (!isText(key)) {
            return Taken.no("MALFORMED_KEY");
        }
        if (message.keyText().startsWith(Quarantines.OF_NO_LOAN)) {
            return Taken.no("RESERVED_KEY");
        }
        WireReading.Read read = reading.read(message.value());
        GenericRecord record = read.record();
        if (record == null) {
            return Taken.no(read.unreadable());
        }
        String type = record.getSchema().getName();
        Set<String> types = Topics.TYPES.getOrDefault(message.topic(), Set.of());
        if (!types.contains(type)) {
            return Taken.no("WRONG_TYPE");
        }
        String problem = problem(message, record);
        if (problem != null) {
            return Taken.no(problem);
        }
        byte[] value = Objects.requireNonNull(message.value());
        return new Taken(new Fact(type, record, reading.digest(value)), "");
    }

    /** Whether a key can be a loan's id. */
    static boolean isText(byte[] key) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(key));
            return key.length > 0 && key.length <= LONGEST_ID;
        } catch (CharacterCodingException notUtf8) {
            return false;
        }
    }

    private static @Nullable String problem(Message message, GenericRecord record) {
        if (!record.get("loanId").toString().equals(message.keyText())) {
            return "KEY_MISMATCH";
        }
        for (Schema.Field field : record.getSchema().getFields()) {
            Object value = record.get(field.pos());
            if (value != null && IDS.contains(field.name())) {
                String text = value.toString();
                if (text.isBlank()) {
                    return "BLANK_FIELD";
                }
                if (text.length() > LONGEST_ID) {
                    return "TOO_LONG";
                }
            }
            if (field.name().equals("reason")
                    && value != null
                    && value.toString().length() > LONGEST_WORDS) {
                return "TOO_LONG";
            }
        }
        boolean negative = List.of("confirmations", "leg").stream()
                .filter(name -> record.getSchema().getField(name) != null)
                .anyMatch(
                        name -> name.equals("leg") ? (Integer) record.get(name) != 0 : (Integer) record.get(name) < 0);
        if (negative) {
            return "INCONSISTENT";
        }
        for (String proof : List.of("proof", "substitutes")) {
            GenericRecord stated = Terms.part(record, proof);
            String wrong = stated == null ? null : proofProblem(stated);
            if (wrong != null) {
                return wrong;
            }
        }
        return null;
    }

    private static @Nullable String proofProblem(GenericRecord proof) {
        long records = proof.getSchema().getFields().stream()
                .filter(field -> proof.get(field.pos()) instanceof GenericRecord)
                .count();
        if (Proofs.text(proof) == null || records != 1) {
            return "KIND_WITHOUT_RECORD";
        }
        for (Schema.Field field : proof.getSchema().getFields()) {
            if (proof.get(field.pos()) instanceof GenericRecord kind) {
                for (Schema.Field part : kind.getSchema().getFields()) {
                    Object value = kind.get(part.pos());
                    if (value instanceof Integer vout && vout < 0) {
                        return "INCONSISTENT";
                    }
                    if (value instanceof CharSequence text && text.toString().isBlank()) {
                        return "BLANK_FIELD";
                    }
                    if (part.name().equals("chain") && value.toString().indexOf(':') <= 0) {
                        return "INCONSISTENT";
                    }
                }
            }
        }
        return null;
    }
}

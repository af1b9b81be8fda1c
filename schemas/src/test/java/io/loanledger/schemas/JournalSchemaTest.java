package io.loanledger.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** What lets a program without any schema verify a journal record: it ends in its own hash, and begins with its place in the chain. */
final class JournalSchemaTest {
    private static final String JOURNAL = "io.loanledger.events.journal";
    private static final int SHA_256_BYTES = 32;

    @Test
    void everyJournalRecordBeginsWithItsHeaderAndEndsInItsHash() {
        List<Schema> records = Contract.read(Contract.CURRENT).values().stream()
                .filter(schema -> JOURNAL.equals(schema.getNamespace()))
                .filter(schema -> schema.getType() == Schema.Type.RECORD && schema.getField("header") != null)
                .toList();

        assertThat(records).hasSizeGreaterThan(40).allSatisfy(record -> {
            assertThat(record.getFields().getFirst().name()).isEqualTo("header");
            assertThat(record.getFields().getLast().name()).isEqualTo("hash");
        });
    }

    @Test
    void aHashIsThirtyTwoBytesWhereverItStands() {
        Map<String, Schema> contract = Contract.read(Contract.CURRENT);
        Schema sha256 = contract.get(JOURNAL + ".Sha256");

        assertThat(sha256.getFixedSize()).isEqualTo(SHA_256_BYTES);
        assertThat(contract.get(JOURNAL + ".JournalHeader")
                        .getField("previousHash")
                        .schema())
                .isEqualTo(sha256);
        assertThat(contract.get(JOURNAL + ".LoanClosed").getField("hash").schema())
                .isEqualTo(sha256);
    }
}

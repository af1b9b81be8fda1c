package io.loanledger.local.checker;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;

/**
 * Sequence, versions and hashes of one partition's journal: {@code docs/adr/0007}: the own hash is the last 32 bytes of a value and the
 * SHA-256 of all Avro bytes before them, the former record's hash stands among those.
 */
final class JournalChain {
    private static final int HASH_BYTES = 32;

    private final int partition;
    private final int partitions;
    private final WireReading reading;
    private final Tally tally;
    private final Map<String, Long> versions = new HashMap<>();
    private long sequence;
    private byte[] head = new byte[HASH_BYTES];

    JournalChain(int partition, int partitions, WireReading reading, Tally tally) {
        this.partition = partition;
        this.partitions = partitions;
        this.reading = reading;
        this.tally = tally;
    }

    void follow(Message message, Header header, GenericRecord event) {
        byte[] value = Objects.requireNonNull(message.value());
        byte[] key = Objects.requireNonNullElse(message.key(), new byte[0]);
        tally.holds(
                Check.JOURNAL_SEQUENCE,
                header.sequence() == sequence + 1
                        && header.partition() == partition
                        && header.loanId().equals(message.keyText())
                        && Intake.home(key, partitions) == partition,
                message.place(),
                () -> "sequence " + header.sequence() + " of loan " + header.loanId() + " in partition "
                        + header.partition() + " follows " + sequence + " in " + partition + " under key "
                        + message.keyText());
        sequence = header.sequence();

        byte[] own = ((GenericFixed) event.get("hash")).bytes();
        byte[] computed = reading.hashOfJournalRecord(value);
        byte[] former = head;
        tally.holds(
                Check.HASH_CHAIN,
                Arrays.equals(own, computed) && Arrays.equals(former, header.previousHash()),
                message.place(),
                () -> Arrays.equals(own, computed)
                        ? "the record before has the hash " + HexFormat.of().formatHex(former)
                        : "its bytes have the hash " + HexFormat.of().formatHex(computed));
        head = own;

        long before = versions.getOrDefault(header.loanId(), 0L);
        tally.holds(
                Check.VERSION_FENCE,
                header.loanVersion() == before + 1,
                message.place(),
                () -> header.loanId() + " at version " + header.loanVersion() + " after " + before);
        versions.put(header.loanId(), header.loanVersion());
    }
}

package io.loanledger.local.checker;

import io.loanledger.local.checker.Source.Place;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * The head of a journal record.
 *
 * @param positions by market, the last index record that the task had taken: epoch and sequence
 */
@SuppressWarnings("ArrayRecordComponent") // a hash on its way to be compared
record Header(
        long sequence,
        int partition,
        String loanId,
        long loanVersion,
        Place cause,
        @Nullable String eventId,
        long contentDigest,
        @Nullable Long occurredAt,
        long taskTime,
        Map<String, long[]> positions,
        long termsEpoch,
        long termsSequence,
        int step,
        byte[] previousHash) {

    static Header read(GenericRecord event) {
        GenericRecord record = (GenericRecord) event.get("header");
        Map<String, long[]> positions = new HashMap<>();
        for (Object each : (List<?>) record.get("indexPositions")) {
            GenericRecord position = (GenericRecord) each;
            positions.put(
                    position.get("market").toString(),
                    new long[] {(Long) position.get("epoch"), (Long) position.get("sequence")});
        }
        Object eventId = record.get("causeEventId");
        return new Header(
                (Long) record.get("sequence"),
                (Integer) record.get("partition"),
                record.get("loanId").toString(),
                (Long) record.get("loanVersion"),
                new Place(record.get("causeTopic").toString(), (Integer) record.get("causePartition"), (Long)
                        record.get("causeOffset")),
                eventId == null ? null : eventId.toString(),
                (Long) record.get("causeContentDigest"),
                (Long) record.get("causeOccurredAt"),
                (Long) record.get("taskTime"),
                positions,
                (Long) record.get("termsEpoch"),
                (Long) record.get("termsSequence"),
                (Integer) record.get("step"),
                ((GenericFixed) record.get("previousHash")).bytes());
    }

    boolean causedByAPrice() {
        return cause.topic().equals(Topics.INDEX);
    }

    boolean causedByAContinuation() {
        return cause.topic().equals(Topics.CONTINUATIONS);
    }
}

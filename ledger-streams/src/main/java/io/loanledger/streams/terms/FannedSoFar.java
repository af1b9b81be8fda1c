package io.loanledger.streams.terms;

import io.loanledger.events.FannedTerms;
import io.loanledger.events.serde.Decoded;
import io.loanledger.events.serde.RecordReader;
import io.loanledger.events.settings.KafkaConnectionSettings;
import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The terms that every partition already has, in their order, as read back from one of them; a partition is as good as another,
 * because each got its copy in the same transaction.
 *
 * <p>Both topics keep everything, so that the two sequences can be laid side by side: the next record to fan out is the one behind
 * the last that is found in both. Records of the source that were skipped in between could not be read at the time.
 */
final class FannedSoFar {
    private final List<SpecificRecord> fanned;

    FannedSoFar(List<SpecificRecord> fanned) {
        this.fanned = List.copyOf(fanned);
    }

    static FannedSoFar read(KafkaConnectionSettings kafka, RecordReader reader) {
        List<SpecificRecord> fanned = new ArrayList<>();
        TopicPartition any = new TopicPartition(TopicCatalogue.TERMS_FANNED.name(), 0);
        CommittedReading.readAll(
                kafka,
                any,
                record -> value(reader, TopicCatalogue.TERMS_FANNED, record)
                        .ifPresent(value -> fanned.add(content((FannedTerms) value))));
        return new FannedSoFar(fanned);
    }

    /**
     * Where to go on in the source.
     *
     * @throws IllegalStateException if something was fanned out that the source does not have: one of the two topics is not the
     *     one that it was
     */
    long nextOffset(KafkaConnectionSettings kafka, TopicPartition source, RecordReader reader) {
        Matching matching = new Matching(fanned);
        CommittedReading.readAll(
                kafka,
                source,
                record -> value(reader, TopicCatalogue.TERMS, record)
                        .ifPresent(value -> matching.next(record.offset(), value)));
        return matching.nextOffset();
    }

    /** Walks along the source and ticks off what was fanned out. */
    static final class Matching {
        private final List<SpecificRecord> fanned;
        private int matched;
        private long nextOffset;

        Matching(List<SpecificRecord> fanned) {
            this.fanned = fanned;
        }

        void next(long offset, SpecificRecord value) {
            if (matched < fanned.size() && fanned.get(matched).equals(value)) {
                matched++;
                nextOffset = offset + 1;
            }
        }

        long nextOffset() {
            if (matched < fanned.size()) {
                throw new IllegalStateException("record " + (matched + 1) + " of " + fanned.size()
                        + " that were fanned out is not in " + TopicCatalogue.TERMS.name());
            }
            return nextOffset;
        }
    }

    private static Optional<SpecificRecord> value(
            RecordReader reader, Topic topic, ConsumerRecord<byte[], byte[]> record) {
        return switch (reader.read(topic, record.value())) {
            case Decoded.Readable readable -> Optional.of(readable.value());
            case Decoded.Unreadable unreadable -> Optional.empty();
            case Decoded.Unavailable unavailable -> throw new RegistryAway(unavailable.cause());
        };
    }

    private static SpecificRecord content(FannedTerms terms) {
        return Objects.requireNonNull(
                switch (terms.getKind()) {
                    case PRODUCT_TERMS -> terms.getProductTerms();
                    case MARKET_PAUSE -> terms.getMarketPause();
                    case KILL_SWITCH -> terms.getKillSwitch();
                    case OPERATOR_SKIP -> terms.getOperatorSkip();
                    case UNKNOWN -> throw new IllegalStateException("fanned terms of an unknown kind");
                });
    }
}

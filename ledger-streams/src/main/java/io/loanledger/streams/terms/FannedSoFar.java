package io.loanledger.streams.terms;

import io.loanledger.events.FannedTerms;
import io.loanledger.events.header.Origin;
import io.loanledger.events.serde.Decoded;
import io.loanledger.events.serde.RecordReader;
import io.loanledger.events.settings.KafkaConnectionSettings;
import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;

/**
 * How far the terms were fanned out, as read back from one partition of the fanned topic; a partition is as good as another,
 * because each got its copy in the same transaction.
 *
 * <p>Each fanned record says in its {@link Origin} headers where it stands in the source: the next is the one behind the last of
 * them, whatever the records hold and under whichever schema they were written. Records from before these headers were written
 * are found in the source by their event ids, in order.
 *
 * <p>One thread.
 */
final class FannedSoFar {
    private long next;
    /** Event ids of what was fanned out without its place, behind the last record that has one. */
    private final List<String> withoutPlace = new ArrayList<>();

    /**
     * Where to go on in the source.
     *
     * @throws IllegalStateException if something was fanned out that the source does not have: one of the two topics is not the
     *     one that it was
     */
    static long nextOffset(KafkaConnectionSettings kafka, TopicPartition source, RecordReader reader) {
        FannedSoFar soFar = new FannedSoFar();
        TopicPartition any = new TopicPartition(TopicCatalogue.TERMS_FANNED.name(), 0);
        CommittedReading.readAll(kafka, any, 0, record -> soFar.fanned(source, record, reader));
        if (!soFar.withoutPlace.isEmpty()) {
            Matching matching = new Matching(soFar.withoutPlace, soFar.next);
            CommittedReading.readAll(
                    kafka,
                    source,
                    soFar.next,
                    record -> value(reader, TopicCatalogue.TERMS, record)
                            .ifPresent(value -> matching.next(record.offset(), eventId(value))));
            return matching.nextOffset();
        }
        long end = CommittedReading.endOf(kafka, source);
        if (soFar.next > end) {
            throw new IllegalStateException(
                    "record %d of %s was fanned out, but it ends at %d: it is not the topic that it was"
                            .formatted(soFar.next - 1, source, end));
        }
        return soFar.next;
    }

    private void fanned(TopicPartition source, ConsumerRecord<byte[], byte[]> record, RecordReader reader) {
        OptionalLong place = placeIn(source, record.headers());
        if (place.isPresent()) {
            next = place.getAsLong() + 1;
            withoutPlace.clear();
        } else {
            value(reader, TopicCatalogue.TERMS_FANNED, record)
                    .ifPresent(value -> withoutPlace.add(eventId(content((FannedTerms) value))));
        }
    }

    /** The offset in the source that a fanned record names; empty if it names none there. */
    static OptionalLong placeIn(TopicPartition source, Headers headers) {
        return Origin.readFrom(headers)
                .filter(origin -> origin.topic().equals(source.topic()) && origin.partition() == source.partition())
                .map(origin -> OptionalLong.of(origin.offset()))
                .orElseGet(OptionalLong::empty);
    }

    /** Walks along the source and ticks off what was fanned out. */
    static final class Matching {
        private final List<String> fanned;
        private int matched;
        private long nextOffset;

        Matching(List<String> fannedEventIds, long from) {
            this.fanned = fannedEventIds;
            this.nextOffset = from;
        }

        void next(long offset, String eventId) {
            if (matched < fanned.size() && fanned.get(matched).equals(eventId)) {
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

    /** Every record of the source has one. */
    private static String eventId(SpecificRecord terms) {
        return (String) terms.get(terms.getSchema().getField("eventId").pos());
    }

    private static SpecificRecord content(FannedTerms terms) {
        return Objects.requireNonNull(
                switch (terms.getKind()) {
                    case PRODUCT_TERMS -> terms.getProductTerms();
                    case MARKET_PAUSE -> terms.getMarketPause();
                    case KILL_SWITCH -> terms.getKillSwitch();
                    case OPERATOR_SKIP -> terms.getOperatorSkip();
                    case RATE_FIXING -> terms.getRateFixing();
                    case CONCENTRATION_ADD_ON -> terms.getConcentrationAddOn();
                    case UNKNOWN -> throw new IllegalStateException("fanned terms of an unknown kind");
                });
    }
}

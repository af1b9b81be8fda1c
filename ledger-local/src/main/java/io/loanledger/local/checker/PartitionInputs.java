package io.loanledger.local.checker;

import io.loanledger.local.checker.Source.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Everything that one task of the ledger reads, and what it published about single inputs. */
final class PartitionInputs {
    /** How far a price's time may run ahead of the broker's. */
    private static final long MOST_AHEAD_MILLIS = 5_000;

    final int partition;
    final List<Source> sources = new ArrayList<>();
    final Map<String, MarketSeries> markets = new TreeMap<>();
    final Map<Long, IndexRecord> indexByOffset = new HashMap<>();
    final List<TermsRecord> terms = new ArrayList<>();
    final Map<Long, Continuation> continuations = new HashMap<>();
    final Map<Place, String> rejections = new HashMap<>();
    boolean everPaused;
    /** Whether what was fanned out can change what a price does to a loan that is bound. */
    boolean termsMatter;

    private final Map<String, Source> byTopic = new HashMap<>();
    private final Source strayed = new Source(Topics.STRAYED);
    private final Map<Place, Place> origins = new HashMap<>();
    private final Predicate<Place> skipped;

    /** A change of the terms as fanned. */
    record TermsRecord(long epoch, long sequence, String kind, GenericRecord record) {}

    /** A link of a sweep's chain. */
    record Continuation(String market, long epoch, long sequence, int chunk, long offset, long timestampMillis) {}

    private PartitionInputs(int partition, Predicate<Place> skipped) {
        this.partition = partition;
        this.skipped = skipped;
    }

    /** @param skipped places of records that the task set aside by order */
    static PartitionInputs read(
            History history,
            WireReading reading,
            String group,
            int partition,
            Predicate<Place> skipped,
            Tally tally,
            Strays strays) {
        PartitionInputs inputs = new PartitionInputs(partition, skipped);
        int partitions = history.partitions(Topics.JOURNAL);
        for (String topic : Topics.KEYED_BY_LOAN) {
            Source source = new Source(topic);
            inputs.sources.add(source);
            inputs.byTopic.put(topic, source);
            long notTaken = history.notTakenFrom(group, topic, partition);
            history.read(topic, partition, message -> {
                if (message.offset() >= notTaken) {
                    tally.note("inputs not taken yet", 1);
                    return;
                }
                byte[] key = message.key();
                if (key == null || !Intake.isText(key) || Intake.home(key, partitions) == partition) {
                    source.add(message);
                } else {
                    strays.left(message, partition);
                }
            });
        }
        inputs.sources.add(inputs.strayed);
        inputs.readStrayed(history, group, partition, tally, strays);
        inputs.readIndex(history, reading, group, tally);
        inputs.readTerms(history, reading, group);
        history.read(Topics.CONTINUATIONS, partition, message -> {
            GenericRecord record = reading.read(message.value()).record();
            if (record != null) {
                inputs.continuations.put(
                        message.offset(),
                        new Continuation(
                                record.get("market").toString(),
                                (Long) record.get("epoch"),
                                (Long) record.get("sequence"),
                                (Integer) record.get("chunk"),
                                message.offset(),
                                message.timestampMillis()));
            }
        });
        history.read(Topics.REJECTIONS, partition, message -> inputs.takeRejection(reading, message, tally));
        return inputs;
    }

    private void readStrayed(History history, String group, int partition, Tally tally, Strays strays) {
        long notTaken = history.notTakenFrom(group, Topics.STRAYED, partition);
        history.read(Topics.STRAYED, partition, message -> {
            String topic = message.header("origin.topic");
            String from = message.header("origin.partition");
            String offset = message.header("origin.offset");
            String timestamp = message.header("origin.timestamp");
            if (topic == null || from == null || offset == null || timestamp == null) {
                tally.note("strayed records without an origin", 1);
                return;
            }
            Message origin = new Message(
                    topic,
                    Integer.parseInt(from),
                    Long.parseLong(offset),
                    Long.parseLong(timestamp),
                    message.key(),
                    message.value(),
                    Map.of());
            strays.cameHome(origin, partition);
            origins.put(
                    new Place(message.topic(), message.partition(), message.offset()),
                    new Place(topic, origin.partition(), origin.offset()));
            if (message.offset() < notTaken && !strayed.add(origin)) {
                tally.wrong(Check.STRAY_BROUGHT_HOME, message.place(), "brings " + origin.place() + " home again");
            }
        });
    }

    private void readIndex(History history, WireReading reading, String group, Tally tally) {
        long notTaken = history.notTakenFrom(group, Topics.INDEX, partition);
        history.read(Topics.INDEX, partition, message -> {
            GenericRecord record = reading.read(message.value()).record();
            if (record == null
                    || message.offset() >= notTaken
                    || isSkipped(message)
                    || !record.get("market").toString().equals(message.keyText())) {
                return;
            }
            MarketSeries series = markets.computeIfAbsent(record.get("market").toString(), m -> new MarketSeries());
            IndexRecord index = IndexRecord.read(record, message, series.size());
            if (index.priceTime() > (message.timestampMillis() + MOST_AHEAD_MILLIS) * 1_000) {
                tally.note("prices ahead of the broker's clock", 1);
            } else if (series.add(index)) {
                indexByOffset.put(message.offset(), index);
            } else {
                tally.note("prices out of their sequence", 1);
            }
        });
        markets.values().forEach(MarketSeries::index);
    }

    private void readTerms(History history, WireReading reading, String group) {
        long notTaken = history.notTakenFrom(group, Topics.TERMS_FANNED, partition);
        history.read(Topics.TERMS_FANNED, partition, message -> {
            GenericRecord record = reading.read(message.value()).record();
            if (record == null || message.offset() >= notTaken || isSkipped(message)) {
                return;
            }
            long epoch = (Long) record.get("epoch");
            long sequence = (Long) record.get("sequence");
            TermsRecord last = terms.isEmpty() ? null : terms.getLast();
            boolean rises =
                    last == null || epoch > last.epoch() || (epoch == last.epoch() && sequence > last.sequence());
            if (rises) {
                String kind = record.get("kind").toString();
                everPaused |= kind.equals("MARKET_PAUSE");
                termsMatter |= everPaused || kind.equals("RATE_FIXING") || kind.equals("CONCENTRATION_ADD_ON");
                terms.add(new TermsRecord(epoch, sequence, kind, record));
            }
        });
    }

    private void takeRejection(WireReading reading, Message message, Tally tally) {
        GenericRecord record = reading.read(message.value()).record();
        if (record == null) {
            tally.wrong(Check.REJECTION_JUSTIFIED, message.place(), "cannot be read");
            return;
        }
        Place place = new Place(
                record.get("topic").toString(), (Integer) record.get("partition"), (Long) record.get("offset"));
        String reason = record.get("reason").toString();
        if (rejections.put(place, reason) != null) {
            tally.wrong(Check.INPUT_HAS_ONE_EFFECT, message.place(), place + " is rejected twice");
        }
    }

    private boolean isSkipped(Message message) {
        return skipped.test(new Place(message.topic(), message.partition(), message.offset()));
    }

    /** Where a record was written first, if it is one that was sent home; else its own place. */
    Place origin(Place place) {
        return Objects.requireNonNull(origins.getOrDefault(place, place));
    }

    /** The stream that brings a place's record to this task; null for none. */
    @Nullable
    Source sourceOf(Place place) {
        Source source = place.partition() == partition ? byTopic.get(place.topic()) : strayed;
        return source == null || source.find(place) < 0 ? null : source;
    }

    MarketSeries market(String name) {
        return Objects.requireNonNull(markets.getOrDefault(name, new MarketSeries()));
    }
}

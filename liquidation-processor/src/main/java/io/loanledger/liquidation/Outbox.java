package io.loanledger.liquidation;

import io.loanledger.core.liquidation.BookEffect;
import io.loanledger.core.money.Asset;
import io.loanledger.events.header.DeadLetter;
import io.loanledger.events.serde.RecordWriter;
import io.loanledger.events.service.Invariant;
import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what the books want out to the sinks. Orders and records are keyed by market, replies by loan; Kafka's own partitioning
 * (murmur2 of the key's bytes) takes each to its partition. One thread.
 */
final class Outbox {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    private final ProcessorContext<byte[], byte[]> context;
    private final RecordWriter writer;
    private final LiquidationMeters meters;

    Outbox(ProcessorContext<byte[], byte[]> context, RecordWriter writer, LiquidationMeters meters) {
        this.context = context;
        this.writer = writer;
        this.meters = meters;
    }

    void send(BookEffect effect, String market, Asset quote, Instant now, Arrival cause) {
        switch (effect) {
            case BookEffect.DeclineCase decline -> {
                reply(decline.loanId(), WireWriter.declined(decline, now), cause);
                meters.declined(decline.reason().name());
            }
            case BookEffect.AckAmend ack -> reply(ack.loanId(), WireWriter.acknowledged(ack, now), cause);
            case BookEffect.Settle settle -> reply(settle.loanId(), WireWriter.settled(settle, now), cause);
            case BookEffect.FormBlock formed ->
                send(TopicCatalogue.EXECUTION_RECORDS, market, WireWriter.formed(formed, market), cause);
            case BookEffect.RecordExecution recorded ->
                send(TopicCatalogue.EXECUTION_RECORDS, market, WireWriter.executed(recorded.task(), market), cause);
            case BookEffect.PlaceOrder placed -> {
                send(TopicCatalogue.ORDERS, market, WireWriter.order(placed.order(), market, quote), cause);
                meters.orderSent(market);
            }
            case BookEffect.CancelOrder cancel ->
                send(TopicCatalogue.ORDERS, market, WireWriter.cancel(cancel, market, now), cause);
            case BookEffect.AskStatus ask ->
                send(TopicCatalogue.ORDERS, market, WireWriter.question(ask, market, now), cause);
            case BookEffect.Suspend suspend -> {
                setAside(cause, suspend.reason().name(), suspend.detail());
                meters.suspended(suspend.reason().name());
            }
            case BookEffect.RaiseAlarm alarm -> raise(alarm, market);
        }
    }

    private void raise(BookEffect.RaiseAlarm alarm, String market) {
        LOG.error("alarm {} in {}: {}", alarm.kind(), market, alarm.detail());
        meters.alarmed(market, alarm.kind().name());
        if (alarm.kind() == BookEffect.AlarmKind.MARKET_HALTED) {
            meters.invariantBroken(Invariant.in(alarm.detail()));
        }
    }

    /** To the partition of its key, with bytes and headers as they came and where it stood. */
    void sendHome(Arrival arrival) {
        Record<byte[], byte[]> record = arrival.record();
        Headers headers = new RecordHeaders(record.headers().toArray());
        arrival.origin().writeTo(headers);
        context.forward(
                new Record<>(record.key(), record.value(), record.timestamp(), headers),
                LiquidationNames.sinkOf(TopicCatalogue.LIQUIDATION_STRAYED));
        meters.strayed(arrival.topic().name());
    }

    void reply(String loanId, SpecificRecord record, Arrival cause) {
        send(TopicCatalogue.LIQUIDATION_REPLIES, loanId, record, cause);
    }

    private void send(Topic topic, String key, SpecificRecord value, Arrival cause) {
        context.forward(
                new Record<>(
                        key.getBytes(StandardCharsets.UTF_8),
                        writer.bytes(topic, value),
                        cause.record().timestamp()),
                LiquidationNames.sinkOf(topic));
    }

    /** Bytes and headers as they came, with where they stood and why; nothing is lost and processing goes on. */
    void setAside(Arrival arrival, String reason, String detail) {
        Record<byte[], byte[]> record = arrival.record();
        Headers headers = new RecordHeaders(record.headers().toArray());
        new DeadLetter(arrival.origin(), reason, detail, LiquidationNames.APPLICATION_ID).writeTo(headers);
        context.forward(
                new Record<>(record.key(), record.value(), record.timestamp(), headers),
                LiquidationNames.sinkOf(TopicCatalogue.DEAD_LETTERS));
        meters.deadLetter(arrival.topic().name(), reason);
        LOG.warn(
                "set aside {}-{}@{}: {}, {}",
                arrival.topic().name(),
                arrival.partition(),
                arrival.offset(),
                reason,
                detail);
    }
}

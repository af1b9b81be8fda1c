package io.loanledger.events.service;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes how far a consumer group is behind, in records and in seconds, and what open transactions hide from it, per topic and
 * partition, on a schedule of its own.
 *
 * <p>Every instance of a service publishes all partitions of the group, also those of an instance that has died: take the maximum over
 * instances. When a measurement fails the series vanish until one succeeds, so that an old figure never passes for a new one, and
 * {@link LedgerMeter#LAG_PROBE_FAILURES} counts it.
 *
 * <p>Uses one daemon thread, one admin client and one consumer without a group; it commits nothing.
 */
public final class LagGauges implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LagGauges.class);

    private final LagMeter meter;
    private final GroupOffsets offsets;
    private final String group;
    private final MultiGauge records;
    private final MultiGauge seconds;
    private final MultiGauge openRecords;
    private final MultiGauge openSeconds;
    private final Counter failures;
    private final ScheduledExecutorService thread;

    LagGauges(MeterRegistry registry, GroupOffsets offsets, String group, InstantSource clock) {
        this.offsets = offsets;
        this.meter = new LagMeter(offsets, clock);
        this.group = group;
        this.records = LedgerMeter.LAG_RECORDS.rows(registry);
        this.seconds = LedgerMeter.LAG_SECONDS.rows(registry);
        this.openRecords = LedgerMeter.OPEN_TRANSACTION_RECORDS.rows(registry);
        this.openSeconds = LedgerMeter.OPEN_TRANSACTION_SECONDS.rows(registry);
        this.failures = LedgerMeter.LAG_PROBE_FAILURES.counter(registry, group);
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, "lag-gauges");
            made.setDaemon(true);
            return made;
        });
    }

    /**
     * Starts to measure.
     *
     * @param clientSettings how to reach the broker: bootstrap servers and, where wanted, security; no serializers
     * @param group the consumer group; a Streams application's id
     * @param topics what the group reads; they exist already
     * @param every pause between two measurements, 5 s is usual
     */
    public static LagGauges start(
            MeterRegistry registry,
            Map<String, Object> clientSettings,
            String group,
            Collection<String> topics,
            Duration every) {
        LagGauges gauges = new LagGauges(
                registry, new KafkaGroupOffsets(clientSettings, group, topics), group, InstantSource.system());
        // The answer is of no use: it completes only when a measurement throws, which measureOrEnd has told by then.
        var unused =
                gauges.thread.scheduleWithFixedDelay(gauges::measureOrEnd, 0, every.toMillis(), TimeUnit.MILLISECONDS);
        return gauges;
    }

    private void measureOrEnd() {
        try {
            refresh();
        } catch (RuntimeException bug) {
            publish(List.of());
            LOG.error("the lag of {} is measured no more", group, bug);
            throw bug;
        }
    }

    /** One measurement, on the calling thread. */
    void refresh() {
        try {
            publish(meter.measure());
        } catch (ExecutionException | TimeoutException | KafkaException unreachable) {
            if (!thread.isShutdown()) {
                failures.increment();
                publish(List.of());
                LOG.warn("the lag of {} cannot be measured: {}", group, unreachable.toString());
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void publish(List<PartitionLag> lags) {
        register(records, LedgerMeter.LAG_RECORDS, lags, PartitionLag::records);
        register(seconds, LedgerMeter.LAG_SECONDS, lags, PartitionLag::seconds);
        register(openRecords, LedgerMeter.OPEN_TRANSACTION_RECORDS, lags, PartitionLag::openTransactionRecords);
        register(openSeconds, LedgerMeter.OPEN_TRANSACTION_SECONDS, lags, PartitionLag::openTransactionSeconds);
    }

    private void register(
            MultiGauge gauge, LedgerMeter name, List<PartitionLag> lags, ToDoubleFunction<PartitionLag> value) {
        List<MultiGauge.Row<?>> rows = lags.stream()
                .<MultiGauge.Row<?>>map(lag -> name.row(
                        value.applyAsDouble(lag),
                        group,
                        lag.partition().topic(),
                        Integer.toString(lag.partition().partition())))
                .toList();
        gauge.register(rows, true);
    }

    /** Ends the measurements; the series that were published last stay in the registry. */
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("the measurement of the lag of {} did not end within 5 s", group);
                return;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return;
        }
        offsets.close();
    }
}

package io.loanledger.events.service;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * Hands on the meters that Kafka's clients and Kafka Streams keep themselves, read at the moment of the scrape, as
 * {@code kafka_<group>_<name>} without the group's ending {@code -metrics}: the names that Micrometer's binder gives them.
 *
 * <p>Why not that binder: it looks for new meters once in a while, and a meter whose tags differ from the first of its name is dropped, so
 * that the lag per client vanishes once there is a lag per partition. Text meters (versions, states) have no number and are left out. So
 * is the lag of consumers that restore a store, which is no lag of the service.
 *
 * <p>One object per registry; thread-safe.
 */
public final class KafkaMeters {

    private static final String RESTORE_CONSUMER = "-restore-consumer";
    private static final Pattern ILLEGAL = Pattern.compile("[^a-zA-Z0-9_]");

    private final List<Supplier<? extends Map<MetricName, ? extends Metric>>> sources = new CopyOnWriteArrayList<>();

    /** A client whose meters are shown until this is closed. */
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    private KafkaMeters() {}

    /** Registers with {@code registry}; clients are added later. */
    public static KafkaMeters in(PrometheusMeterRegistry registry) {
        KafkaMeters meters = new KafkaMeters();
        registry.getPrometheusRegistry().register((MultiCollector) meters::collect);
        return meters;
    }

    /**
     * Adds the meters of one client, until the answer is closed.
     *
     * @param metrics {@code producer::metrics}, {@code consumer::metrics}, {@code admin::metrics} or {@code streams::metrics}; the last
     *     holds those of the clients inside
     */
    public Registration add(Supplier<? extends Map<MetricName, ? extends Metric>> metrics) {
        sources.add(metrics);
        return () -> sources.remove(metrics);
    }

    MetricSnapshots collect() {
        Map<String, Map<Labels, Double>> families = new TreeMap<>();
        for (var source : sources) {
            source.get().forEach((name, metric) -> {
                if (metric.metricValue() instanceof Number value && !isLagOfRestore(name)) {
                    families.computeIfAbsent(prometheusName(name), any -> new TreeMap<>())
                            .put(labels(name), value.doubleValue());
                }
            });
        }
        List<MetricSnapshot> snapshots = new ArrayList<>(families.size());
        families.forEach((name, series) -> snapshots.add(snapshot(name, series)));
        return new MetricSnapshots(snapshots);
    }

    private static boolean isLagOfRestore(MetricName name) {
        return name.name().startsWith("records-lag")
                && name.tags().getOrDefault("client-id", "").endsWith(RESTORE_CONSUMER);
    }

    private static String prometheusName(MetricName name) {
        String group = name.group().endsWith("-metrics")
                ? name.group().substring(0, name.group().length() - "-metrics".length())
                : name.group();
        return legal("kafka_" + group + "_" + name.name());
    }

    private static Labels labels(MetricName name) {
        Labels.Builder labels = Labels.builder();
        new TreeMap<>(name.tags()).forEach((key, value) -> labels.label(legal(key), value));
        return labels.build();
    }

    private static String legal(String name) {
        return ILLEGAL.matcher(name).replaceAll("_");
    }

    private static MetricSnapshot snapshot(String name, Map<Labels, Double> series) {
        // Kafka ends the name of everything that only grows with "-total".
        if (name.endsWith("_total")) {
            CounterSnapshot.Builder counter =
                    CounterSnapshot.builder().name(name.substring(0, name.length() - "_total".length()));
            series.forEach((labels, value) -> {
                if (value >= 0) {
                    counter.dataPoint(CounterDataPointSnapshot.builder()
                            .labels(labels)
                            .value(value)
                            .build());
                }
            });
            return counter.build();
        }
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name);
        series.forEach((labels, value) -> gauge.dataPoint(
                GaugeDataPointSnapshot.builder().labels(labels).value(value).build()));
        return gauge.build();
    }
}

package io.loanledger.events.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;

class KafkaMetersTest {

    private static final String FETCH = "consumer-fetch-manager-metrics";

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT).throwExceptionOnRegistrationFailure();
    private final KafkaMeters meters = KafkaMeters.in(registry);
    private final Map<MetricName, Metric> client = new LinkedHashMap<>();

    @Test
    void showsTheLagOfAClientBesideTheLagOfItsPartitions() {
        meter(FETCH, "records-lag-max", Map.of("client-id", "streams-1"), 9.0);
        meter(
                FETCH,
                "records-lag",
                Map.of("client-id", "streams-1", "topic", "prices_index_v1", "partition", "0"),
                4.0);
        meter(FETCH, "records-lag", Map.of("client-id", "streams-1"), 5.0);
        meters.add(() -> client);

        assertThat(series())
                .containsExactlyInAnyOrder(
                        "kafka_consumer_fetch_manager_records_lag_max{client_id=\"streams-1\"} 9.0",
                        "kafka_consumer_fetch_manager_records_lag{client_id=\"streams-1\",partition=\"0\",topic=\"prices_index_v1\"} 4.0",
                        "kafka_consumer_fetch_manager_records_lag{client_id=\"streams-1\"} 5.0");
    }

    @Test
    void countsWhatOnlyGrows() {
        meter("stream-thread-metrics", "process-total", Map.of("thread-id", "t-1"), 12.0);
        meters.add(() -> client);

        assertThat(registry.scrape().lines())
                .contains(
                        "# TYPE kafka_stream_thread_process_total counter",
                        "kafka_stream_thread_process_total{thread_id=\"t-1\"} 12.0");
    }

    @Test
    void leavesOutTextsAndTheLagOfARestore() {
        meter("app-info", "version", Map.of("client-id", "c"), "4.3.1");
        meter(FETCH, "records-lag", Map.of("client-id", "ledger-StreamThread-1-restore-consumer"), 70_000.0);
        meter(FETCH, "fetch-rate", Map.of("client-id", "ledger-StreamThread-1-restore-consumer"), 3.0);
        meters.add(() -> client);

        assertThat(series())
                .containsExactly(
                        "kafka_consumer_fetch_manager_fetch_rate{client_id=\"ledger-StreamThread-1-restore-consumer\"} 3.0");
    }

    @Test
    void mergesTheClientsOfOneProcess() {
        meter("producer-metrics", "record-send-rate", Map.of("client-id", "a"), 1.0);
        Map<MetricName, Metric> other = new LinkedHashMap<>();
        MetricName name = new MetricName("record-send-rate", "producer-metrics", "", Map.of("client-id", "b"));
        other.put(name, new Fixed(name, 2.0));
        meters.add(() -> client);
        meters.add(() -> other);

        assertThat(registry.scrape().lines().filter(line -> line.contains("record_send_rate")))
                .containsExactly(
                        "# TYPE kafka_producer_record_send_rate gauge",
                        "kafka_producer_record_send_rate{client_id=\"a\"} 1.0",
                        "kafka_producer_record_send_rate{client_id=\"b\"} 2.0");
    }

    @Test
    void forgetsAClientThatIsClosed() {
        meter("producer-metrics", "record-send-rate", Map.of("client-id", "a"), 1.0);
        KafkaMeters.Registration registration = meters.add(() -> client);
        registration.close();

        assertThat(series()).isEmpty();
    }

    private List<String> series() {
        return registry.scrape()
                .lines()
                .filter(line -> line.startsWith("kafka_"))
                .toList();
    }

    private void meter(String group, String name, Map<String, String> tags, Object value) {
        MetricName metricName = new MetricName(name, group, "", tags);
        client.put(metricName, new Fixed(metricName, value));
    }

    private record Fixed(MetricName metricName, Object metricValue) implements Metric {}
}

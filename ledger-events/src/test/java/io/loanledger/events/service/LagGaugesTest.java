package io.loanledger.events.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LagGaugesTest {

    private static final Instant NOON = Instant.parse("2026-03-12T12:00:00Z");

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT).throwExceptionOnRegistrationFailure();
    private final UnsteadyBroker broker = new UnsteadyBroker();
    private final LagGauges gauges = new LagGauges(registry, broker, "ledger-streams", () -> NOON);

    @AfterEach
    void close() {
        gauges.close();
    }

    @Test
    void publishesEveryPartitionUnderTheNameOfItsGroup() {
        gauges.refresh();

        assertThat(series())
                .contains(
                        "ledger_lag_records{group=\"ledger-streams\",partition=\"1\",topic=\"prices.index.v1\"} 4.0",
                        "ledger_lag_seconds{group=\"ledger-streams\",partition=\"1\",topic=\"prices.index.v1\"} 2.0",
                        "ledger_open_transaction_records{group=\"ledger-streams\",partition=\"1\",topic=\"prices.index.v1\"} 3.0",
                        "ledger_lag_probe_failures_total{group=\"ledger-streams\"} 0.0");
    }

    @Test
    void showsNoOldFigureWhenTheBrokerDoesNotAnswer() {
        gauges.refresh();
        broker.away = true;
        gauges.refresh();

        assertThat(series()).containsExactly("ledger_lag_probe_failures_total{group=\"ledger-streams\"} 1.0");
    }

    @Test
    void measuresAgainWhenTheBrokerIsBack() {
        broker.away = true;
        gauges.refresh();
        broker.away = false;
        gauges.refresh();

        assertThat(series())
                .contains("ledger_lag_records{group=\"ledger-streams\",partition=\"1\",topic=\"prices.index.v1\"} 4.0");
    }

    private List<String> series() {
        return registry.scrape()
                .lines()
                .filter(line -> line.startsWith("ledger_"))
                .toList();
    }

    private static final class UnsteadyBroker implements GroupOffsets {

        private static final TopicPartition PRICES = new TopicPartition("prices.index.v1", 1);

        private boolean away;

        @Override
        public Map<TopicPartition, Position> positions() throws TimeoutException {
            if (away) {
                throw new TimeoutException("no answer within 10 s");
            }
            return Map.of(PRICES, new Position(10, 15, 18));
        }

        @Override
        public Answer firstUnread(Map<TopicPartition, Position> behind, Duration atMost) {
            return new Answer(Map.of(PRICES, new Unread(11, NOON.minusSeconds(2).toEpochMilli())), Set.of());
        }

        @Override
        public void close() {}
    }
}

package io.loanledger.events.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LedgerMeterTest {

    private static final Path DOCUMENT = Path.of("../docs/metrics.md");

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT).throwExceptionOnRegistrationFailure();

    @ParameterizedTest
    @EnumSource
    void isScrapedUnderItsDeclaredName(LedgerMeter meter) {
        String[] values = meter.labels().stream().map(label -> "a-" + label).toArray(String[]::new);
        switch (meter.kind()) {
            case GAUGE -> meter.gauge(registry, () -> 7, values);
            case COUNTER -> meter.counter(registry, values).increment(7);
            case TIMER -> meter.timer(registry, values).record(Duration.ofSeconds(7));
        }
        String labels = meter.labels().stream()
                .sorted()
                .map(label -> label + "=\"a-" + label + "\"")
                .collect(Collectors.joining(",", "{", "}"));
        String series = meter.prometheusName()
                + (meter.kind() == LedgerMeter.Kind.TIMER ? "_sum" : "")
                + (meter.labels().isEmpty() ? "" : labels);

        assertThat(registry.scrape().lines())
                .as("scrape of %s", meter)
                .contains(series + " 7.0", "# HELP " + meter.prometheusName() + " " + meter.meaning());
    }

    @Test
    void putsATimerIntoTheBucketsOfTheBudget() {
        LedgerMeter.TICK_TO_ORDER.timer(registry, "BTC-USD").record(Duration.ofMillis(13));

        assertThat(registry.scrape().lines())
                .contains(
                        "liquidation_tick_to_order_seconds_bucket{market=\"BTC-USD\",le=\"0.01\"} 0",
                        "liquidation_tick_to_order_seconds_bucket{market=\"BTC-USD\",le=\"0.02\"} 1",
                        "liquidation_tick_to_order_seconds_bucket{market=\"BTC-USD\",le=\"+Inf\"} 1");
    }

    @Test
    void refusesAWrongNumberOfLabelValues() {
        assertThatThrownBy(() -> LedgerMeter.DEAD_LETTERS.counter(registry, "custody.collateral.v1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[topic, reason]");
    }

    @Test
    void refusesToCountWithAGauge() {
        assertThatThrownBy(() -> LedgerMeter.LOANS.counter(registry, "OPEN"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("GAUGE");
    }

    @Test
    void dropsTheRowsThatAreNoLongerGiven() {
        var rows = LedgerMeter.LOANS.rows(registry);
        rows.register(List.of(LedgerMeter.LOANS.row(3, "OPEN"), LedgerMeter.LOANS.row(1, "CLOSED")), true);
        rows.register(List.of(LedgerMeter.LOANS.row(4, "OPEN")), true);

        assertThat(registry.scrape().lines().filter(line -> line.startsWith("ledger_loans")))
                .containsExactly("ledger_loans{status=\"OPEN\"} 4.0");
    }

    /** The operator reads the document, the services use the enum. When this fails, paste the table from its message. */
    @Test
    void standsInTheDocumentRowForRow() throws IOException {
        List<String> documented = Files.readString(DOCUMENT, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("| `ledger_")
                        || line.startsWith("| `price_")
                        || line.startsWith("| `liquidation_"))
                .toList();

        assertThat(documented)
                .as("rows of %s", DOCUMENT)
                .containsExactlyElementsOf(Stream.of(LedgerMeter.values())
                        .map(LedgerMeterTest::row)
                        .toList());
    }

    private static String row(LedgerMeter meter) {
        String labels = meter.labels().stream().map(label -> "`" + label + "`").collect(Collectors.joining(", "));
        String type = meter.kind() == LedgerMeter.Kind.TIMER
                ? "histogram"
                : meter.kind().name().toLowerCase(Locale.ROOT);
        return "| `%s` | %s | %s | %s |".formatted(meter.prometheusName(), type, labels, meter.meaning());
    }
}

package io.loanledger.local.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.events.service.Invariant;
import io.loanledger.events.service.LedgerMeter;
import io.loanledger.events.service.ServiceMeters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the operator is given must speak of meters that exist: a dashboard or an alert over a name that nobody publishes is silent for ever, and
 * looks like peace.
 */
class OperationsFilesTest {

    private static final Path ROOT = Path.of("..");
    private static final Path ALERTS = Path.of("ops/prometheus/alerts.yml");
    private static final Path ALERT_TESTS = Path.of("ops/prometheus/tests/alerts.test.yml");
    private static final Path DASHBOARD = Path.of("ops/grafana/dashboards/loan-ledger.json");

    private static final Pattern OWN_METER =
            Pattern.compile("(?<![\\w.$/-])(?:ledger|price|liquidation)_[a-z_]+(?![\\w.-])");
    private static final Pattern JVM_METER = Pattern.compile("\\b(?:jvm|process)_[a-z_]+\\b");
    private static final Pattern ALERT = Pattern.compile("(?m)^ *- alert: (\\w+)$");
    private static final Pattern RUNBOOK = Pattern.compile("(?m)^ *runbook: docs/operate\\.md#([\\w-]+)$");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
    private static final Pattern IMAGE = Pattern.compile("(?m)^ *image: (\\S+)$");
    private static final Pattern PUBLISHED = Pattern.compile("(?m)^ *ports: \\[\"([^\"]+)\"\\]$");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ops/prometheus/alerts.yml",
                "ops/prometheus/tests/alerts.test.yml",
                "ops/grafana/dashboards/loan-ledger.json",
                "docs/operate.md"
            })
    void speaksOnlyOfMetersThatServicesPublish(String file) throws IOException {
        assertThat(all(OWN_METER, read(Path.of(file)))).isNotEmpty().isSubsetOf(publishedNames());
    }

    @Test
    void showsOnlyMetersThatTheJvmHas() throws IOException {
        String scrape;
        try (ServiceMeters meters = ServiceMeters.open()) {
            scrape = meters.registry().scrape();
        }
        // The pauses of the collector have no series before its first pause.
        Set<String> known = all(Pattern.compile("(?m)^(?:jvm|process)_[a-z_]+"), scrape);
        known.add("jvm_gc_pause_seconds_sum");

        assertThat(all(JVM_METER, read(DASHBOARD))).isNotEmpty().isSubsetOf(known);
    }

    @Test
    void showsTheFourFiguresThatAnOperatorLooksAtFirst() throws IOException {
        assertThat(all(OWN_METER, read(DASHBOARD)))
                .contains(
                        LedgerMeter.LAG_RECORDS.prometheusName(),
                        LedgerMeter.LAG_SECONDS.prometheusName(),
                        LedgerMeter.LOANS.prometheusName(),
                        LedgerMeter.LIQUIDATIONS_OPEN.prometheusName(),
                        LedgerMeter.PRICE_AGE.prometheusName());
    }

    @Test
    void testsEveryAlertButThoseOfTheInvariantsWhichDifferInNothingButTheName() throws IOException {
        Set<String> alerts = groups(ALERT, read(ALERTS));
        Set<String> tested = groups(Pattern.compile("(?m)^ *alertname: (\\w+)$"), read(ALERT_TESTS));

        assertThat(tested).isSubsetOf(alerts);
        assertThat(alerts)
                .filteredOn(alert -> !alert.endsWith("Violated"))
                .isNotEmpty()
                .isSubsetOf(tested);
    }

    @Test
    void hasAnAlertOfItsOwnForEveryInvariantThatAServiceCountsAndForNoOther() throws IOException {
        String alerts = read(ALERTS);
        Set<String> counted = Arrays.stream(Invariant.values())
                .filter(invariant -> invariant != Invariant.UNFORESEEN) // that is what InvariantViolated is for
                .map(Invariant::title)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(groups(Pattern.compile("(?m)^ *- alert: (\\w+)Violated$"), alerts))
                .isEqualTo(with(counted, "Invariant"));
        assertThat(groups(Pattern.compile("violations_total\\{invariant=\"(\\w+)\""), alerts))
                .isEqualTo(counted);
        assertThat(groups(Pattern.compile("invariant!~\"([\\w|]+)\""), alerts))
                .singleElement()
                .satisfies(others -> assertThat(others.split("\\|")).containsExactlyInAnyOrderElementsOf(counted));
        for (Invariant invariant : Invariant.values()) {
            if (invariant != Invariant.UNFORESEEN) {
                assertThat(alerts)
                        .contains(
                                "summary: \"Invariant " + invariant.title() + " broken: " + invariant.broken() + "\"");
            }
        }
    }

    private static Set<String> with(Set<String> names, String one) {
        Set<String> all = new TreeSet<>(names);
        all.add(one);
        return all;
    }

    @Test
    void saysForEveryAlertWhatToDo() throws IOException {
        String alerts = read(ALERTS);
        Set<String> anchors = groups(HEADING, read(Path.of("docs/operate.md"))).stream()
                .map(heading -> heading.toLowerCase(Locale.ROOT).replace(' ', '-'))
                .collect(Collectors.toSet());

        assertThat(alerts.lines().filter(line -> line.contains("runbook:")).count())
                .as("alerts with a runbook")
                .isEqualTo(
                        alerts.lines().filter(line -> line.contains("- alert:")).count());
        assertThat(groups(RUNBOOK, alerts)).isNotEmpty().isSubsetOf(anchors);
    }

    @Test
    void pinsEveryImageAndListensOnThisMachineOnly() throws IOException {
        String compose = read(Path.of("docker-compose.yml"));

        assertThat(groups(IMAGE, compose))
                .contains("apache/kafka:4.3.1", "apicurio/apicurio-registry:3.3.3")
                .allMatch(image -> image.contains(":") && !image.endsWith(":latest"));
        assertThat(groups(PUBLISHED, compose)).hasSizeGreaterThan(3).allMatch(port -> port.startsWith("127.0.0.1:"));
        assertThat(compose.lines().filter(line -> line.contains("ports:")).count())
                .as("lines with ports in the form that this test reads")
                .isEqualTo(groups(PUBLISHED, compose).size());
    }

    private static Set<String> publishedNames() {
        return Arrays.stream(LedgerMeter.values())
                .flatMap(meter -> meter.kind() == LedgerMeter.Kind.TIMER
                        ? Stream.of("", "_bucket", "_sum", "_count").map(ending -> meter.prometheusName() + ending)
                        : Stream.of(meter.prometheusName()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String read(Path file) throws IOException {
        return Files.readString(ROOT.resolve(file), StandardCharsets.UTF_8);
    }

    private static Set<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> groups(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}

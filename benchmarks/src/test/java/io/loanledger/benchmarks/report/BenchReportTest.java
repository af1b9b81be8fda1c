package io.loanledger.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchReportTest {

    private static final Series LEDGER = new Series("loan ledger", "events/s", List.of(9_000.0, 12_000.0, 11_000.0));
    private static final Series FLOOR = new Series("one put", "events/s", List.of(10_000.0, 10_000.0, 10_000.0));
    private static final Series FOLD = new Series("fold", "s", List.of(2.0));
    private static final Series CONSUME = new Series("raw consume", "s", List.of(0.5));
    private static final Series HEAP = new Series("index", "B/loan", List.of(41.5));

    private static final BenchReport REPORT = new BenchReport(
            Map.of("run", "quick"),
            List.of(
                    Finding.Compared.of("events-per-second", LEDGER, FLOOR, Goal.atLeast(1.0)),
                    Finding.Compared.asSpeed("fold-speed", FOLD, CONSUME, Goal.atLeast(0.5)),
                    new Finding.Absolute("index-heap", HEAP, Goal.atMost(40)),
                    new Finding.Stated("task-heap", HEAP),
                    new Finding.Skipped("quiet-tick-to-postgresql", Goal.atMost(0.01), "no PostgreSQL was found")));

    @Test
    void saysOneLineForEachMeasureThatHasAGoal() {
        assertThat(REPORT.ratioLines())
                .containsExactly(
                        "RATIO events-per-second 1.10 goal >=1 ok",
                        "RATIO fold-speed 0.250 goal >=0.5 short",
                        "RATIO index-heap 41.5 goal <=40 short",
                        "RATIO quiet-tick-to-postgresql skipped goal <=0.01 no PostgreSQL was found");
    }

    @Test
    void showsEverythingInATableUnderItsConditions() {
        assertThat(REPORT.lines().subList(0, 9))
                .containsExactly(
                        "run            quick",
                        "",
                        "measure                   what                       median     least      most  unit      rounds  ratio  goal",
                        "events-per-second         loan ledger                11,000     9,000    12,000  events/s       3   1.10  >=1     ok",
                        "                          one put                    10,000    10,000    10,000  events/s       3",
                        "fold-speed                fold                        2.000     2.000     2.000  s              1  0.250  >=0.5   short",
                        "                          raw consume              0.500000  0.500000  0.500000  s              1",
                        "index-heap                index                      41.500    41.500    41.500  B/loan         1         <=40    short",
                        "task-heap                 index                      41.500    41.500    41.500  B/loan         1");
    }

    @Test
    void keepsEveryFigureForMachines(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("out/bench.json");
        JsonReport.write(REPORT, file);
        JsonNode json = new ObjectMapper().readTree(Files.readString(file));
        assertThat(json.at("/conditions/run").asText()).isEqualTo("quick");
        JsonNode events = json.at("/measures/0");
        assertThat(events.at("/name").asText()).isEqualTo("events-per-second");
        assertThat(events.at("/value").asDouble()).isEqualTo(1.1);
        assertThat(events.at("/goal").asText()).isEqualTo(">=1");
        assertThat(events.at("/verdict").asText()).isEqualTo("ok");
        assertThat(events.at("/subject/rounds")).hasSize(3);
        assertThat(events.at("/floor/median").asDouble()).isEqualTo(10_000);
        assertThat(json.at("/measures/3/verdict").isMissingNode()).isTrue();
        assertThat(json.at("/measures/4/verdict").asText()).isEqualTo("skipped");
    }
}

package io.loanledger.local.planted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Plants each fault of {@link PlantedBugs} and wants the project's tests to fail. First the same tests run without any fault and
 * have to pass: a test that is red by itself would catch everything.
 */
@Tag("planted")
class PlantedBugsTest {
    private static final Path ROOT = Objects.requireNonNull(
            Path.of(System.getProperty("basedir", ".")).toAbsolutePath().getParent());
    private static final Path BENCH = ROOT.resolve("ledger-local/target/planted");

    /** All of them, or those alone whose title or class fits {@code -Dplanted=}. */
    private static final List<PlantedBug> BUGS = PlantedBugs.ALL.stream()
            .filter(bug -> Pattern.compile(System.getProperty("planted", ""))
                    .matcher(bug.title() + " " + bug.source())
                    .find())
            .toList();

    private static final List<String> REPORT = new ArrayList<>();
    private static int caught;

    @BeforeAll
    static void nothingIsCaughtYet() throws IOException {
        Files.createDirectories(BENCH);
        writeLastLine();
    }

    @TestFactory
    Stream<DynamicTest> theTestsPassWithoutAFault() {
        Map<String, TreeSet<String>> tests = new TreeMap<>();
        for (PlantedBug bug : BUGS) {
            tests.computeIfAbsent(bug.testModule(), module -> new TreeSet<>()).addAll(bug.tests());
        }
        return tests.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest("without a fault: " + entry.getKey(), () -> {
                    Workshop.Result result = new Workshop(ROOT, BENCH)
                            .run("none-" + entry.getKey(), entry.getKey(), List.copyOf(entry.getValue()));
                    assertThat(result.failedSomewhere())
                            .as("%s: %s", entry.getKey(), result)
                            .isFalse();
                    assertThat(result.passed()).isPositive();
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyPlantedFaultIsCaught() {
        return BUGS.stream().map(bug -> DynamicTest.dynamicTest(bug.title(), () -> plant(bug)));
    }

    private static void plant(PlantedBug bug) throws IOException, InterruptedException {
        String name = "%02d".formatted(PlantedBugs.ALL.indexOf(bug) + 1);
        Workshop.Result result = new Workshop(ROOT, BENCH).run(name, bug);
        String line = "%s %s %-10s %s%s"
                .formatted(
                        name,
                        result.failedSomewhere() ? "caught" : "MISSED",
                        bug.kind(),
                        bug.title(),
                        result.failedSomewhere() ? "  <- " + result.firstFailure() : "");
        REPORT.add(line);
        System.out.println(line);
        caught += result.failedSomewhere() ? 1 : 0;
        writeLastLine();
        assertThat(result.failedSomewhere())
                .as("no test of %s saw: %s", bug.tests(), bug.title())
                .isTrue();
    }

    @AfterAll
    static void report() throws IOException {
        Files.write(BENCH.resolve("report.txt"), REPORT);
    }

    /** What the build says last, by {@code SayLast}. */
    private static void writeLastLine() throws IOException {
        Files.writeString(
                BENCH.resolve("last-line.txt"),
                "PLANTED " + caught + " of " + BUGS.size() + "\n",
                StandardCharsets.UTF_8);
    }
}

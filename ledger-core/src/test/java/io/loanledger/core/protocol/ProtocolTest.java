package io.loanledger.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The ledger and the liquidation processor as two state machines, with wires, a desk and the world between and around them: whatever is
 * read when, whoever dies when, nothing is sold twice, nothing without a reason, and everything comes to its end. {@code docs/protocol.md}
 * draws what is taken here, and nothing else.
 */
class ProtocolTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "protocol.md");
    private static final Pattern HEADING = Pattern.compile("\n## ");
    private static final Pattern COMMA = Pattern.compile(", ");
    private static final Pattern EDGE = Pattern.compile("^\\s+(\\S+) --> (\\S+)$", Pattern.MULTILINE);
    private static final Pattern ROW =
            Pattern.compile("^\\| `(\\w+)` \\| `(\\w+)` \\| ([^|]+) \\| [^|]+ \\|$", Pattern.MULTILINE);

    @TestFactory
    Stream<DynamicTest> keepsEveryLawInEveryStateOf() {
        return Scopes.whole().stream()
                .map(scope -> DynamicTest.dynamicTest(
                        scope.name(),
                        () -> assertThat(Explored.whole(scope).complete()).isTrue()));
    }

    @Test
    void keepsEveryLawOverLongWalks() {
        Explored.walks();
    }

    @Test
    void keepsEveryLawAmongTheActorsOfRandomHistories() {
        Explored.actedWalks();
    }

    @Test
    void takesEveryTransitionOfTheDocumentAndNoOther() throws IOException {
        Set<Coverage.Transition> documented = documented();
        Set<Coverage.Transition> undocumented =
                new TreeSet<>(Explored.all().transitions.keySet());
        undocumented.removeAll(documented);
        Explored.COVERAGE.show();
        assertThat(undocumented).as("taken, and not in docs/protocol.md").isEmpty();
        Set<String> edges = new TreeSet<>();
        documented.forEach(transition -> edges.add(transition.edge()));
        assertThat(Explored.nobodyTakes(edges))
                .as("in docs/protocol.md, and nobody takes it")
                .isEmpty();
        documented.removeAll(Explored.COVERAGE.transitions.keySet());
        documented.forEach(transition -> System.out.println("not taken by these runs: " + transition));
    }

    @Test
    void drawsWhatTheTablesSay() throws IOException {
        for (Coverage.Machine machine : Coverage.Machine.values()) {
            Set<String> drawn = new TreeSet<>();
            Matcher edges = EDGE.matcher(section(machine));
            while (edges.find()) {
                drawn.add(edges.group(1).replace("[*]", Coverage.NONE) + " " + edges.group(2));
            }
            Set<String> told = new TreeSet<>();
            documented().stream().filter(t -> t.machine() == machine).forEach(t -> told.add(t.from() + " " + t.to()));
            assertThat(drawn).as(machine + " in the drawing and in the table").isEqualTo(told);
        }
    }

    private static Set<Coverage.Transition> documented() throws IOException {
        Set<Coverage.Transition> all = new TreeSet<>();
        for (Coverage.Machine machine : Coverage.Machine.values()) {
            Matcher rows = ROW.matcher(section(machine));
            while (rows.find()) {
                for (String record : COMMA.split(rows.group(3), -1)) {
                    all.add(new Coverage.Transition(
                            machine, rows.group(1), record.replace("`", "").strip(), rows.group(2)));
                }
            }
        }
        return all;
    }

    /** From the machine's heading to the next. */
    private static String section(Coverage.Machine machine) throws IOException {
        return HEADING.splitAsStream(Files.readString(DOCUMENT))
                .filter(part -> part.startsWith(machine.title))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no section " + machine.title));
    }
}

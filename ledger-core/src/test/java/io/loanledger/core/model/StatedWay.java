package io.loanledger.core.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A way of a loan from a state to a state by an event, as {@code docs/loan.md} states them in its tables. */
public record StatedWay(Machine machine, String from, String event, String to) implements Comparable<StatedWay> {
    /** What has states of its own in a loan, beside its case. */
    public enum Machine {
        LOAN("Standing"),
        MARGIN_CALL("The margin call's states"),
        PLEDGE("The pledge's states");

        private final String title;

        Machine(String title) {
            this.title = title;
        }
    }

    private static final Path DOCUMENT = Path.of("..", "docs", "loan.md");
    private static final Pattern HEADING = Pattern.compile("\n## ");
    private static final Pattern COMMA = Pattern.compile(", ");
    private static final Pattern ROW =
            Pattern.compile("^\\| `(\\w+)` \\| `(\\w+)` \\| ([^|]+) \\| [^|]+ \\|$", Pattern.MULTILINE);
    private static final Comparator<StatedWay> ORDER = Comparator.comparing(StatedWay::machine)
            .thenComparing(StatedWay::from)
            .thenComparing(StatedWay::to)
            .thenComparing(StatedWay::event);

    /** All that the document states; read from a module's folder. */
    public static Set<StatedWay> documented() throws IOException {
        Set<StatedWay> all = new TreeSet<>();
        for (Machine machine : Machine.values()) {
            String section = HEADING.splitAsStream(Files.readString(DOCUMENT))
                    .filter(part -> part.startsWith(machine.title + "\n"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no section " + machine.title));
            Matcher rows = ROW.matcher(section);
            while (rows.find()) {
                for (String event : COMMA.split(rows.group(3).replace("`", ""), -1)) {
                    all.add(new StatedWay(machine, rows.group(1), event.strip(), rows.group(2)));
                }
            }
        }
        return all;
    }

    @Override
    public int compareTo(StatedWay other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return "%-12s %-10s %-24s %s".formatted(machine, from, event, to);
    }
}

package io.loanledger.events.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The settings of one service, in the order in which they are documented. It is read once, in {@code main}.
 *
 * <p>All problems of a reading are reported together in one {@link SettingsRefused}, so that an operator fixes a deployment in one
 * round. A variable that is set but blank counts as not set. Immutable and safe to share between threads.
 */
public final class SettingsTable {

    private final List<Setting<?>> rows;
    private final List<Function<SettingValues, Optional<String>>> checks;

    private SettingsTable(List<Setting<?>> rows, List<Function<SettingValues, Optional<String>>> checks) {
        this.rows = List.copyOf(rows);
        this.checks = List.copyOf(checks);
        Set<String> names = new HashSet<>();
        for (Setting<?> row : rows) {
            if (!names.add(row.name())) {
                throw new IllegalArgumentException(row.name() + " stands twice in the table");
            }
        }
    }

    /** A table of these rows. */
    public static SettingsTable of(Setting<?>... rows) {
        return new SettingsTable(List.of(rows), List.of());
    }

    /** This table, then the other's rows and checks. */
    public SettingsTable and(SettingsTable other) {
        return new SettingsTable(joined(rows, other.rows), joined(checks, other.checks));
    }

    /**
     * This table with a condition between settings.
     *
     * @param check says what is wrong, or nothing; it runs only if every setting by itself was read
     */
    public SettingsTable check(Function<SettingValues, Optional<String>> check) {
        return new SettingsTable(rows, joined(checks, List.of(check)));
    }

    /** Reads the process's environment. The only call of {@link System#getenv} in the project. */
    public SettingValues readEnvironment() {
        return read(System.getenv());
    }

    /**
     * Reads a map that stands for an environment; entries that are not in the table are ignored.
     *
     * @throws SettingsRefused with every problem found
     */
    public SettingValues read(Map<String, String> environment) {
        Map<Setting<?>, Object> values = new HashMap<>();
        List<String> problems = new ArrayList<>();
        for (Setting<?> row : rows) {
            String given = environment.getOrDefault(row.name(), "").strip();
            String text = given.isEmpty() ? row.defaultText() : given;
            if (text == null) {
                problems.add(row.name() + " is not set: " + row.sentence());
                continue;
            }
            try {
                values.put(row, row.reader().read(text));
            } catch (IllegalArgumentException refused) {
                String shown = row.secret() ? SettingValues.MASK : "\"" + text + "\"";
                problems.add(row.name() + " is " + shown + ": " + refused.getMessage());
            }
        }
        SettingValues read = new SettingValues(rows, values);
        if (problems.isEmpty()) {
            checks.forEach(check -> check.apply(read).ifPresent(problems::add));
        }
        if (!problems.isEmpty()) {
            throw new SettingsRefused(problems);
        }
        return read;
    }

    /** The table for the documentation, in Markdown. */
    public String toMarkdown() {
        StringBuilder text = new StringBuilder("| variable | unit | default | what it does |\n|---|---|---|---|\n");
        for (Setting<?> row : rows) {
            String byDefault = row.defaultText();
            String shown = byDefault == null ? "**required**" : byDefault.isEmpty() ? "not set" : "`" + byDefault + "`";
            text.append("| `%s` | %s | %s | %s |%n".formatted(row.name(), row.unit(), shown, row.sentence()));
        }
        return text.toString().replace(System.lineSeparator(), "\n");
    }

    private static <E> List<E> joined(List<? extends E> first, List<? extends E> second) {
        List<E> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}

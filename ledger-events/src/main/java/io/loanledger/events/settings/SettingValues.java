package io.loanledger.events.settings;

import java.util.List;
import java.util.Map;

/** What was read: each row's value, checked. Immutable; shows itself with its secrets masked. */
public final class SettingValues {

    static final String MASK = "***";

    private final List<Setting<?>> rows;
    private final Map<Setting<?>, Object> values;

    SettingValues(List<Setting<?>> rows, Map<Setting<?>, Object> values) {
        this.rows = rows;
        this.values = Map.copyOf(values);
    }

    /**
     * The value of a row.
     *
     * @throws IllegalArgumentException if the row is not in the table that was read
     */
    @SuppressWarnings("unchecked") // a row's value is only ever put by that row's own reader
    public <T> T get(Setting<T> row) {
        Object value = values.get(row);
        if (value == null) {
            throw new IllegalArgumentException(row.name() + " is not in this table");
        }
        return (T) value;
    }

    /** One line for each row, {@code NAME=value}, for the log at start-up; a secret shows only whether it is set. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Setting<?> row : rows) {
            Object value = values.get(row);
            String shown = String.valueOf(value);
            text.append(row.name())
                    .append('=')
                    .append(row.secret() && !shown.isEmpty() ? MASK : shown)
                    .append('\n');
        }
        return text.toString();
    }
}

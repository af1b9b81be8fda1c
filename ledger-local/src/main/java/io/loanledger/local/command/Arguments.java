package io.loanledger.local.command;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The options of one command: {@code --name value} each, in any order, each at most once. Immutable. */
public final class Arguments {

    private final Map<String, String> values;

    private Arguments(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /**
     * Reads what stands after the command's name.
     *
     * @throws Misused for an option that is not known, stands twice or has no value
     */
    public static Arguments of(List<String> words, Set<String> known) {
        var values = new HashMap<String, String>();
        for (int i = 0; i < words.size(); i += 2) {
            String name = words.get(i);
            if (!known.contains(name)) {
                throw new Misused("unknown option: " + name);
            }
            if (i + 1 == words.size() || words.get(i + 1).startsWith("--")) {
                throw new Misused(name + " needs a value");
            }
            if (values.put(name, words.get(i + 1)) != null) {
                throw new Misused(name + " stands twice");
            }
        }
        return new Arguments(values);
    }

    public Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** A whole number from {@code least} to {@code most}, or {@code otherwise} when the option is not there. */
    public long number(String name, long otherwise, long least, long most) {
        String text = values.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            long value = Long.parseLong(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            throw new Misused(name + " needs a whole number and got " + text);
        }
        throw new Misused(name + " lies between " + least + " and " + most + ", not at " + text);
    }

    /** The command line cannot be understood; the message says where. */
    public static final class Misused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Misused(String message) {
            super(message);
        }
    }
}

package io.loanledger.events.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One row of a settings table: the environment variable, its unit, its default and the sentence that documents it.
 *
 * <p>A row without a default is required. An optional text is one whose default is the empty text. Immutable and safe to share
 * between threads.
 *
 * @param name the environment variable, upper-case
 * @param unit what the value counts, for people: "ms", "port", "text"
 * @param defaultText the value taken if the variable is not set; null if it must be set
 * @param secret whether the value may never be shown
 * @param sentence what the setting does, one sentence
 * @param reader turns the text into the value, or throws {@link IllegalArgumentException} with what was expected
 * @param <T> type of the value
 */
public record Setting<T>(
        String name, String unit, @Nullable String defaultText, boolean secret, String sentence, Reader<T> reader) {

    /** Reads and checks one value. */
    @FunctionalInterface
    public interface Reader<T> {
        /**
         * Turns the text into the value.
         *
         * @param text the variable's text, never null, without surrounding blanks
         * @throws IllegalArgumentException whose message says what was expected; it must not repeat the text, which may be secret
         */
        T read(String text);
    }

    public Setting {
        if (!name.matches("[A-Z][A-Z0-9_]*")) {
            throw new IllegalArgumentException("not the name of an environment variable: " + name);
        }
        if (!sentence.endsWith(".")) {
            throw new IllegalArgumentException(name + " needs a sentence that ends in a full stop");
        }
    }

    /** Text that must be set. */
    public static Setting<String> requiredText(String name, String sentence) {
        return new Setting<>(name, "text", null, false, sentence, Setting::notEmpty);
    }

    /** Text; the empty default means "not set". */
    public static Setting<String> text(String name, String defaultText, String sentence) {
        return new Setting<>(name, "text", defaultText, false, sentence, text -> text);
    }

    /** Optional text that is never shown; empty if not set. */
    public static Setting<String> secret(String name, String sentence) {
        return new Setting<>(name, "secret", "", true, sentence, text -> text);
    }

    /** Text separated by commas; blanks around the parts are dropped, empty parts refused. */
    public static Setting<List<String>> list(String name, String defaultText, String sentence) {
        return new Setting<>(name, "list", defaultText, false, sentence, text -> {
            if (text.isEmpty()) {
                return List.of();
            }
            List<String> parts =
                    Arrays.stream(text.split(",", -1)).map(String::strip).toList();
            if (parts.contains("")) {
                throw new IllegalArgumentException("expected parts separated by single commas");
            }
            return parts;
        });
    }

    /** A whole number from {@code least} to {@code most}, both included. */
    public static Setting<Integer> integer(
            String name, String unit, int defaultValue, int least, int most, String sentence) {
        return new Setting<>(
                name,
                unit,
                Integer.toString(defaultValue),
                false,
                sentence,
                text -> Math.toIntExact(whole(text, least, most)));
    }

    /** A time in whole milliseconds from {@code least} to {@code most}, both included; the name should end in _MS. */
    public static Setting<Duration> milliseconds(
            String name, Duration defaultValue, Duration least, Duration most, String sentence) {
        return new Setting<>(
                name,
                "ms",
                Long.toString(defaultValue.toMillis()),
                false,
                sentence,
                text -> Duration.ofMillis(whole(text, least.toMillis(), most.toMillis())));
    }

    /** {@code true} or {@code false}. */
    public static Setting<Boolean> flag(String name, boolean defaultValue, String sentence) {
        return new Setting<>(
                name, "true or false", Boolean.toString(defaultValue), false, sentence, text -> switch (text) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw new IllegalArgumentException("expected true or false");
                });
    }

    /** One of an enum's names, in any case. */
    public static <E extends Enum<E>> Setting<E> choice(String name, Class<E> type, E defaultValue, String sentence) {
        String names = Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", "));
        return new Setting<>(name, "one of " + names, defaultValue.name(), false, sentence, text -> {
            try {
                return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException unknown) {
                throw new IllegalArgumentException("expected one of " + names, unknown);
            }
        });
    }

    /** A path in the file system; whether it exists is for its user to say. */
    public static Setting<Path> path(String name, String defaultText, String sentence) {
        return new Setting<>(name, "path", defaultText, false, sentence, text -> Path.of(notEmpty(text)));
    }

    /** Whether the variable must be set. */
    public boolean required() {
        return defaultText == null;
    }

    private static String notEmpty(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("expected a text that is not empty");
        }
        return text;
    }

    private static long whole(String text, long least, long most) {
        long value;
        try {
            value = Long.parseLong(text);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("expected a whole number from " + least + " to " + most, notANumber);
        }
        if (value < least || value > most) {
            throw new IllegalArgumentException("expected a whole number from " + least + " to " + most);
        }
        return value;
    }
}

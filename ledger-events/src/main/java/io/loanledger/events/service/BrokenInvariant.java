package io.loanledger.events.service;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name under which a broken invariant is counted. Whoever throws for one begins the message with its name and a colon
 * ("VersionFence: ..."); a bug that nobody foresaw has none.
 */
public final class BrokenInvariant {
    /** For a message that names none. */
    public static final String UNFORESEEN = "Unforeseen";

    private static final Pattern NAME = Pattern.compile("^([A-Z][A-Za-z]+):");

    private BrokenInvariant() {}

    /** Never a whole message: a meter's label must not grow with what it counts. */
    public static String nameIn(IllegalStateException broken) {
        return nameIn(String.valueOf(broken.getMessage()));
    }

    /** The same of a message that was not thrown. */
    public static String nameIn(String message) {
        Matcher name = NAME.matcher(message);
        return name.find() ? name.group(1) : UNFORESEEN;
    }
}

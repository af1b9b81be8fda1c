package io.loanledger.streams.task;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name under which a broken invariant is counted. Whoever throws for one begins the message with its name and a colon
 * ("VersionFence: ..."); a bug that nobody foresaw has none.
 */
final class BrokenInvariant {
    static final String UNFORESEEN = "Unforeseen";

    private static final Pattern NAME = Pattern.compile("^([A-Z][A-Za-z]+):");

    private BrokenInvariant() {}

    static String nameIn(IllegalStateException broken) {
        Matcher name = NAME.matcher(String.valueOf(broken.getMessage()));
        return name.find() ? name.group(1) : UNFORESEEN;
    }
}

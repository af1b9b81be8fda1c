package io.loanledger.streams.wire;

import io.loanledger.core.loan.Refusal;
import io.loanledger.core.money.Decimals;
import io.loanledger.streams.wire.MappedInput.Reason;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a record, noted while its fields are read, so that reading goes on to its end and needs no exceptions. The first
 * problem counts, and one that makes the record unreadable before one that makes it refused. A method that notes a problem returns a
 * stand-in, which nobody sees: whoever reads a record asks for its problems before using what was read.
 */
final class Problems {
    private static final int LONGEST_ID = 256;
    private static final int LONGEST_REASON = 4_096;

    private MappedInput.@Nullable Unreadable unreadable;
    private MappedInput.@Nullable Refused refused;

    void unreadable(Reason reason, String detail) {
        if (unreadable == null) {
            unreadable = new MappedInput.Unreadable(reason, detail);
        }
    }

    /** Null when the record can be read. */
    MappedInput.@Nullable Unreadable unreadable() {
        return unreadable;
    }

    /** What to answer instead of the record; null when nothing is wrong with it. */
    @Nullable
    MappedInput first() {
        return unreadable != null ? unreadable : refused;
    }

    /** Whether a text can name something. */
    static boolean isId(String text) {
        return !text.isBlank() && text.length() <= LONGEST_ID;
    }

    /** Whether a text for people is of a length that counts. */
    static boolean isWords(String text) {
        return text.length() <= LONGEST_REASON;
    }

    /** A text that names something. */
    String id(String field, String text) {
        if (text.isBlank()) {
            unreadable(Reason.BLANK_FIELD, field + " is blank");
        }
        return bounded(field, text, LONGEST_ID);
    }

    /** A text for people; may be blank. */
    String words(String field, String text) {
        return bounded(field, text, LONGEST_REASON);
    }

    private String bounded(String field, String text, int longest) {
        if (text.length() > longest) {
            unreadable(Reason.TOO_LONG, field + " has " + text.length() + " characters, at most " + longest + " count");
        }
        return text;
    }

    /** An amount as somebody outside wrote it. */
    BigDecimal amount(String field, String text) {
        return Decimals.parse(text).orElseGet(() -> {
            if (refused == null) {
                refused = new MappedInput.Refused(
                        Refusal.MALFORMED_AMOUNT, field + " is no decimal number: " + shown(text));
            }
            return BigDecimal.ZERO;
        });
    }

    /** A number of the lender's own. */
    BigDecimal number(String field, String text) {
        return Decimals.parse(text).orElseGet(() -> {
            unreadable(Reason.MALFORMED_NUMBER, field + " is no decimal number: " + shown(text));
            return BigDecimal.ZERO;
        });
    }

    private static String shown(String text) {
        int most = Decimals.MAX_DIGITS + 2;
        return text.length() <= most ? text : text.substring(0, most) + "... (" + text.length() + " characters)";
    }
}

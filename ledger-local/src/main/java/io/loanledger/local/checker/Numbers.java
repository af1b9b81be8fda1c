package io.loanledger.local.checker;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Decimals as the wire writes them: an optional minus, digits, an optional fraction; 38 digits at most. */
final class Numbers {
    private static final Pattern PLAIN = Pattern.compile("-?\\d+(\\.\\d+)?");
    private static final int MOST_DIGITS = 38;

    private Numbers() {}

    static boolean isPlain(String text) {
        if (!PLAIN.matcher(text).matches()) {
            return false;
        }
        return text.chars().filter(c -> c >= '0' && c <= '9').count() <= MOST_DIGITS;
    }

    /** The number; MALFORMED_AMOUNT is refused. */
    static BigDecimal read(String text) {
        Answer.refuseIf(!isPlain(text), "MALFORMED_AMOUNT");
        return new BigDecimal(text);
    }
}

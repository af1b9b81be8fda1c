package io.loanledger.core.money;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * Reads decimal strings as the wire carries them: an optional minus, digits, an optional fraction; no exponent, no plus, no
 * blank, no grouping. Whatever else stands there is no number of ours, and the reader says so with an empty result instead of
 * an exception, because it is outside input.
 */
public final class Decimals {
    /** 38 digits hold every supply of every coin at 18 places; longer input is refused before it is parsed. */
    public static final int MAX_DIGITS = 38;

    private Decimals() {}

    /** The number, or empty when the text is not a plain decimal of at most {@link #MAX_DIGITS} digits. */
    public static Optional<BigDecimal> parse(String text) {
        int length = text.length();
        if (length == 0 || length > MAX_DIGITS + 2) {
            return Optional.empty();
        }
        int start = text.charAt(0) == '-' ? 1 : 0;
        int point = -1;
        for (int i = start; i < length; i++) {
            char c = text.charAt(i);
            if (c == '.') {
                if (point >= 0 || i == start || i == length - 1) {
                    return Optional.empty();
                }
                point = i;
            } else if (c < '0' || c > '9') {
                return Optional.empty();
            }
        }
        int digits = length - start - (point >= 0 ? 1 : 0);
        if (digits == 0 || digits > MAX_DIGITS) {
            return Optional.empty();
        }
        return Optional.of(new BigDecimal(text));
    }

    /** The same number without zeros behind its last place, and without an exponent. */
    public static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}

package io.loanledger.local.terminal;

import java.util.Locale;

/** A bar of text such as {@code [##########..........]  50 %}. */
public final class ProgressBar {

    private ProgressBar() {}

    /** {@code width} characters between the brackets; {@code done} beyond {@code total} counts as all of it. */
    public static String of(long done, long total, int width) {
        if (done < 0 || total <= 0 || width <= 0) {
            throw new IllegalArgumentException(done + " of " + total + " in " + width);
        }
        long within = Math.min(done, total);
        int filled = Math.toIntExact(within * width / total);
        return "[" + "#".repeat(filled) + ".".repeat(width - filled) + "]"
                + String.format(Locale.ROOT, "%4d %%", within * 100 / total);
    }
}

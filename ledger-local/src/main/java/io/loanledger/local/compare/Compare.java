package io.loanledger.local.compare;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** {@code ./ledger compare}: which lender's terms do what to the same borrowers when the price falls. */
public final class Compare {
    private Compare() {}

    /**
     * Plays, prints the report and writes it as JSON if asked.
     *
     * @param borrowers how many
     * @param seed of their book
     * @param slippageBasisPoints how far under the index the desk fills
     * @param json where the figures go; null for nowhere
     * @return whether no invariant is violated
     */
    public static boolean run(int borrowers, long seed, int slippageBasisPoints, @Nullable Path json, PrintStream out) {
        Comparison comparison = Comparison.of(borrowers, seed, new Slippage(slippageBasisPoints));
        if (json != null) {
            write(json, ComparisonJson.of(comparison));
        }
        ComparisonReport.lines(comparison).forEach(out::println);
        return comparison.holds();
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text, StandardCharsets.UTF_8);
        } catch (IOException unwritable) {
            throw new UncheckedIOException("cannot write " + file, unwritable);
        }
    }
}

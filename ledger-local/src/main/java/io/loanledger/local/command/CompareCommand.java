package io.loanledger.local.command;

import io.loanledger.local.compare.Compare;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** {@code ./ledger compare}: seven lenders' terms through two falls of the price; starts nothing and keeps nothing. */
final class CompareCommand {
    private static final String LOANS = "--loans";
    private static final String SEED = "--seed";
    private static final String SLIPPAGE = "--slippage";
    private static final String JSON = "--json";

    private static final long DEFAULT_LOANS = 1_000;
    private static final long MOST_LOANS = 100_000;
    private static final long DEFAULT_SEED = 20_200_312;
    private static final long DEFAULT_SLIPPAGE = 50;
    private static final long MOST_SLIPPAGE = 5_000;

    private CompareCommand() {}

    static int run(List<String> words, PrintStream out) {
        Arguments arguments = Arguments.of(words, Set.of(LOANS, SEED, SLIPPAGE, JSON));
        int loans = Math.toIntExact(arguments.number(LOANS, DEFAULT_LOANS, 1, MOST_LOANS));
        long seed = arguments.number(SEED, DEFAULT_SEED, 0, Long.MAX_VALUE);
        int slippage = Math.toIntExact(arguments.number(SLIPPAGE, DEFAULT_SLIPPAGE, 0, MOST_SLIPPAGE));
        Path json = arguments.text(JSON).map(Path::of).orElse(null);
        return Compare.run(loans, seed, slippage, json, out) ? CommandLine.DONE : CommandLine.FAILED;
    }
}

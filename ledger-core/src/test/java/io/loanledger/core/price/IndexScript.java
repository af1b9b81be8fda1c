package io.loanledger.core.price;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/** Drives one market of five venues, a to e, in seconds since its start, for the tables of the tests. */
final class IndexScript {
    static final Instant START = Instant.parse("2020-03-12T00:00:00Z");
    static final IndexRules RULES =
            IndexRules.standard("BTC-USD", "USD", Map.of("a", "USD", "b", "USD", "c", "USD", "d", "USD", "e", "USD"));

    private final IndexCalculator calculator;

    IndexScript() {
        this(new IndexCalculator(RULES));
    }

    IndexScript(IndexCalculator calculator) {
        this.calculator = calculator;
    }

    /** A market that has been LIVE at 100 with all venues, the last time at second 7. */
    static IndexScript liveAtOneHundred() {
        IndexScript script = new IndexScript();
        for (int second = 0; second <= 7; second++) {
            script.at(second, "100 100 100 100 100");
        }
        return script;
    }

    /** Prices of a to e as trades, a dash for a silent venue, "bid/ask" for a quote; answers what was published then. */
    MarketIndex at(double second, String prices) {
        Instant now = time(second);
        quote(second, prices);
        return calculator.onTime(now).orElseThrow(() -> new AssertionError("no index was due at " + second));
    }

    void quote(double second, String prices) {
        String[] columns = prices.trim().split("\\s+", -1);
        for (int i = 0; i < columns.length; i++) {
            if (!columns[i].equals("-")) {
                String[] sides = columns[i].split("/", -1);
                BigDecimal bid = new BigDecimal(sides[0]);
                BigDecimal ask = new BigDecimal(sides[sides.length - 1]);
                calculator.onQuote(new VenueQuote(String.valueOf((char) ('a' + i)), "USD", bid, ask, time(second)));
            }
        }
    }

    IndexCalculator calculator() {
        return calculator;
    }

    static Instant time(double second) {
        return START.plusMillis(Math.round(second * 1000));
    }

    /** "UUCAO": the venues' parts in the order of their names. */
    static String statuses(MarketIndex price) {
        return price.sources().stream().map(source -> letter(source.status())).collect(Collectors.joining());
    }

    /** "LIVE 100.24", "STALE -" without a price. */
    static String stateAndPrice(MarketIndex index) {
        BigDecimal price = index.price();
        return index.state() + " " + (price == null ? "-" : price.toPlainString());
    }

    private static String letter(IndexSource.Status status) {
        return switch (status) {
            case USED -> "U";
            case CLAMPED -> "C";
            case AGED -> "A";
            case WIDE_SPREAD -> "W";
            case INSANE -> "I";
            case OUTLIER -> "O";
            case UNCONVERTED -> "X";
        };
    }
}

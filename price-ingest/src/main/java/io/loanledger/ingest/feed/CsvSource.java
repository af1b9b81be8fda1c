package io.loanledger.ingest.feed;

import io.loanledger.core.money.Decimals;
import io.loanledger.events.PriceTick;
import io.loanledger.events.TickKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ticks from a CSV file. Its first line is the header {@value #HEADER}; each further line is one tick:
 *
 * <table>
 *   <caption>Columns</caption>
 *   <tr><td>time</td><td>UTC, "2020-03-12T00:00:00Z", not before the line above</td></tr>
 *   <tr><td>market</td><td>"BTC-USD"</td></tr>
 *   <tr><td>venue</td><td>the venue's name</td></tr>
 *   <tr><td>kind</td><td>TRADE, with a price and perhaps a size, or QUOTE, with bid and ask</td></tr>
 *   <tr><td>price, bid, ask, size</td><td>plain decimals, a point before the fraction; empty where the kind has none</td></tr>
 *   <tr><td>quote_currency</td><td>what the venue quotes in, "USD"</td></tr>
 * </table>
 *
 * Blank lines and lines that begin with # are skipped. The first wrong line ends the reading with a {@link Refused} that names it;
 * nothing after it is read. Fields are not quoted: none of them can hold a comma.
 */
public final class CsvSource implements TickSource {
    public static final String HEADER = "time,market,venue,kind,price,bid,ask,size,quote_currency";

    private static final String PRODUCER = "csv";
    private static final int COLUMNS = 9;

    /** A line of the file that is not a tick. */
    public static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Refused(String file, long line, String problem) {
            super(file + ":" + line + ": " + problem);
        }
    }

    private final String name;
    private final BufferedReader lines;
    private long lineNumber;
    private boolean headerRead;
    private @Nullable PriceTick ahead;

    /**
     * @param name the file's name: it stands in refusals and in the ids of its ticks, so that reading a file twice repeats them
     * @param lines closed by the caller
     */
    public CsvSource(String name, BufferedReader lines) {
        this.name = name;
        this.lines = lines;
    }

    @Override
    public Optional<Batch> next() {
        PriceTick first = ahead == null ? read() : ahead;
        if (first == null) {
            return Optional.empty();
        }
        List<PriceTick> ticks = new ArrayList<>(List.of(first));
        ahead = read();
        while (ahead != null && ahead.getOccurredAt().equals(first.getOccurredAt())) {
            ticks.add(ahead);
            ahead = read();
        }
        if (ahead != null && ahead.getOccurredAt().isBefore(first.getOccurredAt())) {
            throw refused("its time is before the line above");
        }
        return Optional.of(new Batch(first.getOccurredAt(), ticks));
    }

    private @Nullable PriceTick read() {
        String line = nextLine();
        if (line != null && !headerRead) {
            if (!line.equals(HEADER)) {
                throw refused("expected the header " + HEADER);
            }
            headerRead = true;
            line = nextLine();
        }
        return line == null ? null : tick(line.split(",", -1));
    }

    private @Nullable String nextLine() {
        try {
            while (true) {
                String line = lines.readLine();
                lineNumber++;
                if (line == null || !(line.isBlank() || line.startsWith("#"))) {
                    return line == null ? null : line.strip();
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private PriceTick tick(String[] columns) {
        if (columns.length != COLUMNS) {
            throw refused("expected " + COLUMNS + " columns, found " + columns.length);
        }
        TickKind kind = kind(columns[3]);
        boolean trade = kind == TickKind.TRADE;
        return PriceTick.newBuilder()
                .setEventId(name + ":" + lineNumber)
                .setOccurredAt(time(columns[0]))
                .setProducer(PRODUCER)
                .setMarket(filled("market", columns[1]))
                .setVenue(filled("venue", columns[2]))
                .setKind(kind)
                .setPrice(number("price", columns[4], trade, trade))
                .setBid(number("bid", columns[5], !trade, !trade))
                .setAsk(number("ask", columns[6], !trade, !trade))
                .setSize(number("size", columns[7], false, trade))
                .setQuoteCurrency(filled("quote_currency", columns[8]))
                .build();
    }

    private Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException malformed) {
            throw refused("time is not like 2020-03-12T00:00:00Z: " + text);
        }
    }

    private TickKind kind(String text) {
        return switch (text) {
            case "TRADE" -> TickKind.TRADE;
            case "QUOTE" -> TickKind.QUOTE;
            default -> throw refused("kind is TRADE or QUOTE, not " + text);
        };
    }

    private String filled(String column, String text) {
        if (text.isBlank()) {
            throw refused(column + " is empty");
        }
        return text;
    }

    private @Nullable String number(String column, String text, boolean required, boolean allowed) {
        if (text.isEmpty()) {
            if (required) {
                throw refused(column + " is empty");
            }
            return null;
        }
        if (!allowed) {
            throw refused(column + " does not belong to this kind");
        }
        if (Decimals.parse(text).isEmpty()) {
            throw refused(column + " is not a plain decimal: " + text);
        }
        return text;
    }

    private Refused refused(String problem) {
        return new Refused(name, lineNumber, problem);
    }
}

package io.loanledger.streams.wire;

import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.price.IndexSource;
import io.loanledger.core.price.IndexState;
import io.loanledger.core.price.SourcesOnDemand;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Index records in the layout of this version's schema, read by hand: what a tick compares becomes values, and the sources stay bytes until
 * somebody asks for one, which evidence does. The whole record is looked at all the same, to its last byte.
 *
 * <p>It reads what the index's writer writes. Whatever is anything else, damaged or merely unusual, gives null: the general reader says what is
 * wrong with it, or reads it. Where this one gives a price, the general reader gives an equal one.
 *
 * <p>The layout is the order of fields and symbols in {@code IndexPrice.avsc} and what it consists of; a test holds both together. It is stored
 * too, under a code of its own, so a changed schema needs a second layout beside this one. One object for one record.
 */
public final class IndexLayout {
    private static final List<IndexState> STATES =
            List.of(IndexState.LIVE, IndexState.DEGRADED, IndexState.STALE, IndexState.SUSPECT, IndexState.HALTED);
    private static final List<IndexSource.Status> STATUSES = List.of(
            IndexSource.Status.USED,
            IndexSource.Status.CLAMPED,
            IndexSource.Status.AGED,
            IndexSource.Status.WIDE_SPREAD,
            IndexSource.Status.INSANE,
            IndexSource.Status.OUTLIER,
            IndexSource.Status.UNCONVERTED);

    /** A long holds them all. */
    private static final int MOST_DIGITS = 18;

    /** Of a number; the longest have ten and are the general reader's. */
    private static final int MOST_BITS = 63;

    private static final int BITS = 7;

    private final byte[] bytes;
    private int at;
    private boolean sound = true;

    // The decimal read last.
    private long unscaled;
    private int scale;

    private IndexLayout(byte[] bytes, int from) {
        this.bytes = bytes;
        this.at = from;
    }

    /**
     * The price of a market in Avro's bytes, which are nobody else's to change afterwards.
     *
     * @param from where they begin; they end with the array
     * @return null if it is not this market's, or not in this layout
     */
    public static @Nullable IndexPrice read(byte[] bytes, int from, String market) {
        return Problems.isId(market) ? new IndexLayout(bytes, from).price(market) : null;
    }

    private @Nullable IndexPrice price(String market) {
        expect(market);
        long epoch = number();
        long sequence = number();
        long priceTime = number();
        BigDecimal price = isPresent() ? decimal() : null;
        int state = symbol(STATES.size());
        String reason = text();
        long quorum = number();
        int count = size();
        int sources = at;
        for (int i = 0; i < count && sound; i++) {
            skipSource();
        }
        end(count);
        if (!sound
                || !Problems.isWords(reason)
                || quorum != (int) quorum
                || (price == null ? STATES.get(state).isOpen() : price.signum() <= 0)) {
            return null;
        }
        return new IndexPrice(
                market,
                epoch,
                sequence,
                Micros.toInstant(priceTime),
                price,
                STATES.get(state),
                reason,
                (int) quorum,
                count == 0 ? List.of() : new SourcesOnDemand(count, () -> sources(bytes, sources, count)));
    }

    // --- sources -----------------------------------------------------------------------------------------------------

    /** Looks at one as {@link #source} reads it. */
    private void skipSource() {
        skipText();
        if (isPresent()) {
            skipDecimal();
        }
        skipText();
        symbol(STATUSES.size());
        number();
    }

    private static List<IndexSource> sources(byte[] bytes, int from, int count) {
        IndexLayout layout = new IndexLayout(bytes, from);
        List<IndexSource> sources = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            sources.add(layout.source());
        }
        if (!layout.sound) {
            throw new IllegalStateException("an index record that changed after it was read");
        }
        return sources;
    }

    private IndexSource source() {
        String venue = text();
        BigDecimal price = isPresent() ? decimal() : null;
        skipText(); // the weight, which follows from the others
        return new IndexSource(venue, price, STATUSES.get(symbol(STATUSES.size())), Micros.toInstant(number()));
    }

    // --- values ------------------------------------------------------------------------------------------------------

    /** Nothing that is read from here on counts. */
    private int unsound() {
        sound = false;
        at = bytes.length;
        return 0;
    }

    private long number() {
        if (at < bytes.length && bytes[at] >= 0) {
            long one = bytes[at++]; // most have one byte
            return (one >>> 1) ^ -(one & 1);
        }
        return longNumber();
    }

    private long longNumber() {
        long zigzag = 0;
        for (int shift = 0; shift < MOST_BITS && at < bytes.length; shift += BITS) {
            int part = bytes[at++];
            zigzag |= (part & 0x7fL) << shift;
            if (part >= 0) {
                return (zigzag >>> 1) ^ -(zigzag & 1);
            }
        }
        return unsound();
    }

    /** One of so many, by its place. */
    private int symbol(int count) {
        long place = number();
        return place >= 0 && place < count ? (int) place : unsound();
    }

    /** Whether an optional value is there. */
    private boolean isPresent() {
        return symbol(2) == 1;
    }

    /** As many bytes, or items of a byte at least, as may follow. */
    private int size() {
        long size = number();
        return size >= 0 && size <= bytes.length - at ? (int) size : unsound();
    }

    /** An array comes in one block, as our writers write it; one without items is its end. */
    private void end(int items) {
        if ((items > 0 && number() != 0) || at != bytes.length) {
            unsound();
        }
    }

    private void expect(String text) {
        int size = size();
        boolean same = size == text.length();
        for (int i = 0; i < size && same; i++) {
            same = bytes[at + i] == text.charAt(i);
        }
        at += size;
        if (!same) {
            unsound();
        }
    }

    private void skipText() {
        int size = size();
        int end = at + size;
        int all = 0;
        while (at < end) {
            all |= bytes[at++];
        }
        if (all < 0) {
            unsound(); // not ASCII
        }
    }

    private String text() {
        int head = at;
        skipText();
        if (!sound) {
            return "";
        }
        int end = at;
        at = head;
        int size = size();
        at = end;
        return size == 0 ? "" : new String(bytes, end - size, size, StandardCharsets.US_ASCII);
    }

    private BigDecimal decimal() {
        skipDecimal();
        return BigDecimal.valueOf(unscaled, scale);
    }

    /** Digits with a point between them, or with none. */
    private void skipDecimal() {
        int size = size();
        int end = at + size;
        int point = end;
        unscaled = 0;
        for (int i = at; i < end; i++) {
            int digit = bytes[i] - '0';
            if (digit >= 0 && digit <= 9) {
                unscaled = unscaled * 10 + digit;
            } else if (bytes[i] == '.' && point == end && i > at && i < end - 1) {
                point = i;
            } else {
                unsound();
                return;
            }
        }
        int digits = point == end ? size : size - 1;
        scale = point == end ? 0 : end - 1 - point;
        at = end;
        if (digits == 0 || digits > MOST_DIGITS) {
            unsound();
        }
    }
}

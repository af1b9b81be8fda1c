package io.loanledger.events.broadcast;

import java.util.Comparator;

/**
 * Place of a record in a broadcast stream. Positions of a stream only rise: a reader takes a record if its position is above the last
 * it took.
 *
 * @param epoch rises with each start of the writer
 * @param sequence rises by one with each record of the epoch, from 1
 */
public record Position(long epoch, long sequence) implements Comparable<Position> {

    private static final Comparator<Position> ORDER =
            Comparator.comparingLong(Position::epoch).thenComparingLong(Position::sequence);

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }
}

package io.loanledger.core.protocol;

import io.loanledger.core.liquidation.MarketRules;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * How far an exploration goes.
 *
 * @param name for the report
 * @param loans how many
 * @param rules the market's
 * @param opening what has just happened outside when the exploration begins; nobody has read of it yet
 * @param outside what the world may do, at most {@code mostOutside} times in all
 * @param desk what the desk may do with its orders by FIX, at most {@code mostDesk} times
 * @param mischief what it may do against it, at most {@code mostMischief} times
 * @param wire what the wire may do, at most {@code mostWire} times
 * @param transactions whether services batch what they read into transactions and may crash before they commit
 */
record Scope(
        String name,
        int loans,
        MarketRules rules,
        List<Outside> opening,
        Set<Outside> outside,
        int mostOutside,
        Set<DeskMove> desk,
        int mostDesk,
        Set<DeskMove> mischief,
        int mostMischief,
        Set<WireFault> wire,
        int mostWire,
        boolean transactions) {
    /** What a wire may do that Kafka's does not. */
    enum WireFault {
        REPEAT,
        OVERTAKE,
        LOSE
    }

    private static final MarketRules WIDE = Shop.rules("10", "1000000", 1);
    /** One coin an order, one coin's worth in flight: cases are divided between slices, blocks and rounds. */
    private static final MarketRules NARROW = Shop.rules("1", "16000", 1);

    /** One coin an order; a cap of less than one lot would hold its case for ever, and actors let the price rise to 90,000. */
    private static final MarketRules SLICED = Shop.rules("1", "90000", 1);

    /** One loan, after these things have happened, and nothing more will but what is read. */
    static Scope after(String name, Outside... opening) {
        return new Scope(name, 1, WIDE, List.of(opening), Set.of(), 0, Set.of(), 0, Set.of(), 0, Set.of(), 0, false);
    }

    Scope loans(int number) {
        return new Scope(
                name,
                number,
                rules,
                opening,
                outside,
                mostOutside,
                desk,
                mostDesk,
                mischief,
                mostMischief,
                wire,
                mostWire,
                transactions);
    }

    Scope narrow() {
        return in(NARROW);
    }

    Scope sliced() {
        return in(SLICED);
    }

    private Scope in(MarketRules market) {
        return new Scope(
                name,
                loans,
                market,
                opening,
                outside,
                mostOutside,
                desk,
                mostDesk,
                mischief,
                mostMischief,
                wire,
                mostWire,
                transactions);
    }

    Scope outside(int most, Set<Outside> what) {
        return new Scope(
                name,
                loans,
                rules,
                opening,
                what,
                most,
                desk,
                mostDesk,
                mischief,
                mostMischief,
                wire,
                mostWire,
                transactions);
    }

    Scope desk(int most, Set<DeskMove> moves) {
        return new Scope(
                name,
                loans,
                rules,
                opening,
                outside,
                mostOutside,
                moves,
                most,
                mischief,
                mostMischief,
                wire,
                mostWire,
                transactions);
    }

    Scope mischief(int most, Set<DeskMove> moves) {
        return new Scope(
                name,
                loans,
                rules,
                opening,
                outside,
                mostOutside,
                desk,
                mostDesk,
                moves,
                most,
                wire,
                mostWire,
                transactions);
    }

    Scope wire(int most) {
        return new Scope(
                name,
                loans,
                rules,
                opening,
                outside,
                mostOutside,
                desk,
                mostDesk,
                mischief,
                mostMischief,
                EnumSet.allOf(WireFault.class),
                most,
                transactions);
    }

    Scope crashes() {
        return new Scope(
                name,
                loans,
                rules,
                opening,
                outside,
                mostOutside,
                desk,
                mostDesk,
                mischief,
                mostMischief,
                wire,
                mostWire,
                true);
    }

    /** One more of everything that may happen at all. */
    Scope deeper(int by) {
        return outside(mostOutside + by, outside).desk(mostDesk + by, desk);
    }

    /** Nothing gets lost or out of order: then everything must come to its end and agree. */
    boolean wireIsTrue() {
        return wire.isEmpty() || mostWire == 0;
    }

    boolean deskIsTrue() {
        return mischief.isEmpty() || mostMischief == 0;
    }
}

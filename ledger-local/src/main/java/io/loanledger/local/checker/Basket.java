package io.loanledger.local.checker;

import static java.math.BigDecimal.ZERO;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** A loan's coin of one asset, as a clerk keeps it. One thread. */
final class Basket {
    BigDecimal deposited = ZERO;
    BigDecimal held = ZERO;
    BigDecimal reserved = ZERO;
    BigDecimal releasing = ZERO;
    BigDecimal sold = ZERO;
    BigDecimal delivered = ZERO;
    BigDecimal released = ZERO;
    BigDecimal reverted = ZERO;
    BigDecimal missing = ZERO;

    BigDecimal pledged() {
        return held.subtract(releasing).subtract(missing).max(ZERO);
    }

    BigDecimal free() {
        return held.subtract(releasing).subtract(reserved).subtract(missing).max(ZERO);
    }

    /** Nothing held, and all that was sold delivered. */
    boolean isEmpty() {
        return held.signum() == 0 && delivered.compareTo(sold) == 0;
    }

    /** How many lots are pledged. */
    BigInteger lots(Coin coin) {
        return pledged().divideToIntegralValue(coin.lot()).toBigInteger();
    }

    /** What is wrong with the figures as such. */
    List<String> brokenLaws() {
        List<String> broken = new ArrayList<>();
        BigDecimal coin = held.add(sold).add(released).add(reverted).subtract(missing);
        if (deposited.compareTo(coin) != 0) {
            broken.add("deposited " + deposited + " is not held + sold + released + reverted - missing = " + coin);
        }
        if (reserved.compareTo(held) > 0 || reserved.signum() < 0) {
            broken.add("reserved " + reserved + " of held " + held);
        }
        for (BigDecimal figure : List.of(deposited, held, releasing, sold, released, reverted, missing)) {
            if (figure.signum() < 0) {
                broken.add("a figure is negative: " + figure);
            }
        }
        return broken;
    }

    Basket copy() {
        Basket copy = new Basket();
        copy.deposited = deposited;
        copy.held = held;
        copy.reserved = reserved;
        copy.releasing = releasing;
        copy.sold = sold;
        copy.delivered = delivered;
        copy.released = released;
        copy.reverted = reverted;
        copy.missing = missing;
        return copy;
    }
}

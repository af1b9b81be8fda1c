package io.loanledger.core.liquidation;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Divides a whole number of units (satoshis, cents) over members in proportion to their weights, to the last unit.
 *
 * <p>Guarantees: the shares add up to the total exactly; a total equal to the sum of the weights gives each its weight; <b>no share
 * falls while the total grows</b>, so a total within the sum of the weights never gives a member more than its weight. The last
 * one is why this is Webster's divisor method and not the largest remainder of each total: the latter can take a unit back from a
 * small member when one more unit is shared out (the Alabama paradox), and a case's settled quantity would fall without a bust.
 *
 * <p>Source: Balinski and Young, "Fair Representation", 1982. Unit k of member i has rank weight(i) / (2k - 1); the total goes to the
 * highest ranks, the earlier member first on a tie. Weights (5, 3, 1) share 4 units as (3, 1, 0): the ranks are 5, 3, 5/3, and of the three
 * ranks of 1 that follow the earliest member's.
 */
final class ProRata {
    private ProRata() {}

    /** The shares, in the order of the weights; a negative total gives negative shares of the same size. */
    static BigInteger[] shares(BigInteger total, List<BigInteger> weights) {
        BigInteger[] shares = new BigInteger[weights.size()];
        Arrays.fill(shares, BigInteger.ZERO);
        BigInteger sum = weights.stream().reduce(BigInteger.ZERO, BigInteger::add);
        if (total.signum() == 0) {
            return shares;
        }
        if (sum.signum() <= 0) {
            throw new IllegalArgumentException("nothing to share " + total + " out by");
        }
        if (total.signum() < 0) {
            BigInteger[] mirrored = shares(total.negate(), weights);
            Arrays.setAll(mirrored, i -> mirrored[i].negate());
            return mirrored;
        }
        BigInteger left = total;
        for (int i = 0; i < shares.length; i++) {
            // Every unit whose rank is at least sum / (2 x total): exactly the front of the ranking, a few units long
            // or short.
            shares[i] = weights.get(i).multiply(total).shiftLeft(1).add(sum).divide(sum.shiftLeft(1));
            left = left.subtract(shares[i]);
        }
        if (left.signum() > 0) {
            add(left.intValueExact(), shares, weights);
        } else if (left.signum() < 0) {
            remove(left.negate().intValueExact(), shares, weights);
        }
        return shares;
    }

    private static void add(int units, BigInteger[] shares, List<BigInteger> weights) {
        PriorityQueue<Unit> next = new PriorityQueue<>(Unit.HIGHEST_FIRST);
        for (int i = 0; i < shares.length; i++) {
            if (weights.get(i).signum() > 0) {
                next.add(Unit.of(i, shares[i].add(BigInteger.ONE), weights));
            }
        }
        for (int i = 0; i < units; i++) {
            Unit unit = next.remove();
            shares[unit.member] = unit.number;
            next.add(Unit.of(unit.member, unit.number.add(BigInteger.ONE), weights));
        }
    }

    private static void remove(int units, BigInteger[] shares, List<BigInteger> weights) {
        PriorityQueue<Unit> last = new PriorityQueue<>(Unit.HIGHEST_FIRST.reversed());
        for (int i = 0; i < shares.length; i++) {
            if (shares[i].signum() > 0) {
                last.add(Unit.of(i, shares[i], weights));
            }
        }
        for (int i = 0; i < units; i++) {
            Unit unit = last.remove();
            shares[unit.member] = unit.number.subtract(BigInteger.ONE);
            if (shares[unit.member].signum() > 0) {
                last.add(Unit.of(unit.member, shares[unit.member], weights));
            }
        }
    }

    /** The {@code number}-th unit of a member, with its rank weight / divisor. */
    private record Unit(int member, BigInteger number, BigInteger weight, BigInteger divisor) {
        static final Comparator<Unit> HIGHEST_FIRST = ((Comparator<Unit>)
                        (a, b) -> b.weight.multiply(a.divisor).compareTo(a.weight.multiply(b.divisor)))
                .thenComparingInt(Unit::member);

        static Unit of(int member, BigInteger number, List<BigInteger> weights) {
            return new Unit(
                    member, number, weights.get(member), number.shiftLeft(1).subtract(BigInteger.ONE));
        }
    }
}

package io.loanledger.local.checker;

import java.math.BigInteger;
import java.util.List;

/**
 * Shares by Webster's divisor method, {@code docs/adr/0009}: unit k of a member ranks at weight / (2k - 1), the highest ranks get the
 * units, the earlier member wins a tie. Plain search: from the rounded proportion, units are handed out or taken back one by one.
 */
final class Webster {
    private Webster() {}

    static BigInteger[] shares(BigInteger total, List<BigInteger> weights) {
        BigInteger[] shares = new BigInteger[weights.size()];
        BigInteger sum = weights.stream().reduce(BigInteger.ZERO, BigInteger::add);
        BigInteger given = BigInteger.ZERO;
        for (int i = 0; i < shares.length; i++) {
            shares[i] = sum.signum() == 0
                    ? BigInteger.ZERO
                    : total.multiply(weights.get(i)).divide(sum);
            given = given.add(shares[i]);
        }
        if (total.signum() < 0 || sum.signum() == 0) {
            return shares;
        }
        while (given.compareTo(total) < 0) {
            int next = best(shares, weights, true);
            shares[next] = shares[next].add(BigInteger.ONE);
            given = given.add(BigInteger.ONE);
        }
        // A unit may have gone to the wrong member by rounding down first: move it as long as that betters the ranking.
        while (true) {
            int last = best(shares, weights, false);
            int next = best(shares, weights, true);
            if (last < 0
                    || last == next
                    || !ranksBefore(next, shares[next].add(BigInteger.ONE), last, shares[last], weights)) {
                return shares;
            }
            shares[last] = shares[last].subtract(BigInteger.ONE);
            shares[next] = shares[next].add(BigInteger.ONE);
        }
    }

    /** The member whose next unit ranks highest, or whose last unit ranks lowest. */
    private static int best(BigInteger[] shares, List<BigInteger> weights, boolean next) {
        int best = -1;
        for (int i = 0; i < shares.length; i++) {
            if (weights.get(i).signum() == 0 || (!next && shares[i].signum() == 0)) {
                continue;
            }
            BigInteger unit = next ? shares[i].add(BigInteger.ONE) : shares[i];
            if (best < 0) {
                best = i;
            } else {
                BigInteger bestUnit = next ? shares[best].add(BigInteger.ONE) : shares[best];
                boolean before = ranksBefore(i, unit, best, bestUnit, weights);
                best = before == next ? i : best;
            }
        }
        return best;
    }

    private static boolean ranksBefore(int i, BigInteger unit, int j, BigInteger otherUnit, List<BigInteger> weights) {
        BigInteger one = weights.get(i).multiply(divisor(otherUnit));
        BigInteger other = weights.get(j).multiply(divisor(unit));
        int order = one.compareTo(other);
        return order > 0 || (order == 0 && i < j);
    }

    private static BigInteger divisor(BigInteger unit) {
        return unit.shiftLeft(1).subtract(BigInteger.ONE);
    }
}

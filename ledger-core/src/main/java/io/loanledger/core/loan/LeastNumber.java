package io.loanledger.core.loan;

import java.math.BigInteger;
import java.util.function.Predicate;

/** Finds where a condition begins to hold. It must hold from there on; a good guess costs two questions. */
final class LeastNumber {
    private LeastNumber() {}

    /**
     * The least number from {@code low} to {@code high} of which the condition holds, or {@code high} when it holds of none below.
     *
     * @param guess where to look first; steps double from there, then halve
     */
    static BigInteger that(Predicate<BigInteger> holds, BigInteger low, BigInteger high, BigInteger guess) {
        BigInteger known = guess.max(low).min(high); // it holds here and above, or nothing is known below high
        BigInteger failed; // it holds nowhere up to here
        BigInteger step = BigInteger.ONE;
        if (known.equals(high) || holds.test(known)) {
            while (true) {
                if (known.compareTo(low) <= 0) {
                    return low;
                }
                BigInteger next = known.subtract(step).max(low);
                if (!holds.test(next)) {
                    failed = next;
                    break;
                }
                known = next;
                step = step.shiftLeft(1);
            }
        } else {
            failed = known;
            while (true) {
                known = failed.add(step).min(high);
                if (known.equals(high) || holds.test(known)) {
                    break;
                }
                failed = known;
                step = step.shiftLeft(1);
            }
        }
        while (known.subtract(failed).compareTo(BigInteger.ONE) > 0) {
            BigInteger middle = known.add(failed).shiftRight(1);
            if (holds.test(middle)) {
                known = middle;
            } else {
                failed = middle;
            }
        }
        return known;
    }
}

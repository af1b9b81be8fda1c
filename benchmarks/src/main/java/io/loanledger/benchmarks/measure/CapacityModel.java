package io.loanledger.benchmarks.measure;

import java.util.function.ToDoubleFunction;

/**
 * What a book of any size takes up, as a straight line through two books that were measured.
 *
 * @param fixed what an empty book takes up
 * @param perLoan what each loan adds
 */
record CapacityModel(double fixed, double perLoan) {

    /**
     * A book that was measured.
     *
     * @param loans in it
     * @param heapBytes alive on the ledger's heap
     * @param journalBytes of the journal on the broker
     * @param changelogBytes of the changelogs on the broker, as far as they were compacted by then
     * @param storeBytes of the stores' folder; what still stands in write buffers is not in it
     * @param processorNanos that the ledger has spent so far
     */
    record Point(
            int loans,
            double heapBytes,
            double journalBytes,
            double changelogBytes,
            double storeBytes,
            double processorNanos) {}

    /**
     * Through two points.
     *
     * @throws IllegalArgumentException if they are of one size
     */
    static CapacityModel through(Point small, Point large, ToDoubleFunction<Point> figure) {
        if (small.loans() == large.loans()) {
            throw new IllegalArgumentException("two books of " + small.loans() + " loans show no slope");
        }
        double smaller = figure.applyAsDouble(small);
        double perLoan = (figure.applyAsDouble(large) - smaller) / (large.loans() - small.loans());
        return new CapacityModel(smaller - perLoan * small.loans(), perLoan);
    }

    /** What so many loans will take up. */
    double at(long loans) {
        return fixed + perLoan * loans;
    }

    /** How far what it expects of a book lies from what that book showed: 0.1 is a tenth, to either side. */
    double error(Point real, ToDoubleFunction<Point> figure) {
        return Math.abs(at(real.loans()) / figure.applyAsDouble(real) - 1);
    }
}

package io.loanledger.benchmarks.report;

import java.util.List;

/**
 * The figures of one thing, one for each round, in the order of the rounds.
 *
 * @param what the thing, in a few words
 * @param unit of every figure
 * @param figures at least one
 */
public record Series(String what, String unit, List<Double> figures) {

    public Series {
        figures = List.copyOf(figures);
        if (figures.isEmpty()) {
            throw new IllegalArgumentException("no figure of " + what);
        }
    }

    /** Half of the figures are not above it; of an even number it is the mean of the middle two. */
    public double median() {
        return median(figures);
    }

    /** The smallest. */
    public double least() {
        return figures.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    /** The largest. */
    public double most() {
        return figures.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    /** How many rounds. */
    public int rounds() {
        return figures.size();
    }

    /**
     * This thing to another. Where both have as many rounds, the rounds of the same number ran side by side and what the machine did in
     * between counts for both: then it is the median of the rounds' ratios. Otherwise it is the ratio of the medians.
     *
     * @throws IllegalArgumentException if the units differ, or the other has a figure that is not above zero
     */
    public double to(Series other) {
        if (!unit.equals(other.unit)) {
            throw new IllegalArgumentException(what + " in " + unit + " to " + other.what + " in " + other.unit);
        }
        if (!(other.least() > 0)) {
            throw new IllegalArgumentException("nothing is to be compared with " + other.what + " of " + other.least());
        }
        if (rounds() != other.rounds()) {
            return median() / other.median();
        }
        Double[] ratios = new Double[rounds()];
        for (int round = 0; round < ratios.length; round++) {
            ratios[round] = figures.get(round) / other.figures.get(round);
        }
        return median(List.of(ratios));
    }

    private static double median(List<Double> figures) {
        double[] sorted =
                figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}

package io.loanledger.core.money;

import java.math.BigDecimal;

/** A loan-to-value limit and the lender's word for meeting it: {@code REACHES} is at or over, {@code EXCEEDS} strictly over. */
public record Threshold(Fraction ltv, Comparator comparator) {
    /** How a ratio meets its limit. */
    public enum Comparator {
        /** At the limit counts. */
        REACHES,
        /** Only past the limit counts. */
        EXCEEDS
    }

    public static Threshold reaches(Fraction ltv) {
        return new Threshold(ltv, Comparator.REACHES);
    }

    /** Whether exposure / collateralValue meets the limit; exact. Debt on collateral worth nothing always does. */
    public boolean isMetBy(BigDecimal exposure, BigDecimal collateralValue) {
        int order = ltv.compareRatio(exposure, collateralValue);
        return switch (comparator) {
            case REACHES -> order >= 0;
            case EXCEEDS -> order > 0;
        };
    }

    /** Whether a ratio, given as a fraction, meets the limit. */
    public boolean isMetBy(Fraction ratio) {
        return isMetBy(new BigDecimal(ratio.numerator()), new BigDecimal(ratio.denominator()));
    }

    @Override
    public String toString() {
        return switch (comparator) {
            case REACHES -> ">= " + ltv;
            case EXCEEDS -> "> " + ltv;
        };
    }
}

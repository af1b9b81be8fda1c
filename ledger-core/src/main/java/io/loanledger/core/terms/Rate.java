package io.loanledger.core.terms;

import io.loanledger.core.money.Decimals;
import io.loanledger.core.money.Fraction;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A year's interest as a share of principal, for every day of a loan: as the terms state it, or as a series of fixings moves it. */
public sealed interface Rate {
    /** Places to which a rate that is worked out is rounded, half-even; stated rates have no more. */
    int SCALE = 18;

    /** 10,000 %: larger rates are typing errors. */
    BigDecimal HIGHEST = BigDecimal.valueOf(100);

    /** The same every day. */
    record Annual(Fraction annual) implements Rate {}

    /** Changes on days that are known beforehand. */
    record Stepped(List<Step> steps) implements Rate {
        private static final int MOST = 1_000;

        public Stepped {
            steps = List.copyOf(steps);
            if (steps.isEmpty() || steps.size() > MOST || steps.getFirst().fromDay() != 0) {
                throw new IllegalArgumentException("1 to " + MOST + " steps, the first from day 0");
            }
            for (int i = 1; i < steps.size(); i++) {
                if (steps.get(i).fromDay() <= steps.get(i - 1).fromDay()) {
                    throw new IllegalArgumentException("the days of steps rise");
                }
            }
        }
    }

    /**
     * A rate from a day on.
     *
     * @param fromDay days after the value date of the disbursement
     * @param annual from that day on
     */
    record Step(int fromDay, BigDecimal annual) {
        public Step {
            if (fromDay < 0 || fromDay > ProductTerms.LONGEST_TERM_DAYS) {
                throw new IllegalArgumentException("a step from day " + fromDay);
            }
            annual = stated(annual);
        }
    }

    /** Read from a series of fixings. */
    sealed interface Referenced extends Rate {
        /** Whose fixings. */
        String rateId();

        /** The rate at a fixing's value; never negative, at most {@link Rate#SCALE} places. */
        BigDecimal at(BigDecimal value);

        /** What it never is over, or null. */
        @Nullable
        BigDecimal highest();
    }

    /**
     * A reference and a spread.
     *
     * @param spread over the reference; may be negative
     * @param floor the rate is never under it
     * @param cap the rate is never over it; null for none
     */
    record Floating(
            String rateId,
            BigDecimal spread,
            BigDecimal floor,
            @Nullable BigDecimal cap) implements Referenced {
        public Floating {
            spread = decimal(spread);
            floor = stated(floor);
            if (cap != null) {
                cap = stated(cap);
                if (cap.compareTo(floor) < 0) {
                    throw new IllegalArgumentException("a cap of " + cap + " under the floor " + floor);
                }
            }
        }

        @Override
        public BigDecimal at(BigDecimal value) {
            BigDecimal floored = value.add(spread).max(floor);
            return cap == null ? floored : floored.min(cap);
        }

        @Override
        public @Nullable BigDecimal highest() {
            return cap;
        }
    }

    /**
     * A rate that moves with the share of a pool that is lent out: base + toKink x min(u, kink) / kink + beyond x max(0, u - kink) / (1 -
     * kink). The two slopes of Compound's and Aave's interest rate models.
     *
     * @param rateId the series of utilisations u; under 0 counts as 0, over 1 as 1
     * @param base at a utilisation of 0
     * @param toKink added up to the kink
     * @param kink the utilisation at which the slope changes
     * @param beyond added from the kink to 1
     */
    record Kinked(String rateId, BigDecimal base, BigDecimal toKink, BigDecimal kink, BigDecimal beyond)
            implements Referenced {
        public Kinked {
            base = stated(base);
            toKink = stated(toKink);
            kink = decimal(kink);
            beyond = stated(beyond);
            if (kink.signum() <= 0 || kink.compareTo(BigDecimal.ONE) >= 0) {
                throw new IllegalArgumentException("a kink lies between 0 and 1, not at " + kink);
            }
        }

        @Override
        public BigDecimal at(BigDecimal value) {
            BigDecimal used = value.max(BigDecimal.ZERO).min(BigDecimal.ONE);
            BigDecimal unused = BigDecimal.ONE.subtract(kink);
            BigDecimal under = toKink.multiply(used.min(kink)).multiply(unused);
            BigDecimal over =
                    beyond.multiply(used.subtract(kink).max(BigDecimal.ZERO)).multiply(kink);
            BigDecimal both = kink.multiply(unused);
            return decimal(base.multiply(both).add(under).add(over).divide(both, SCALE, RoundingMode.HALF_EVEN));
        }

        @Override
        public BigDecimal highest() {
            return base.add(toKink).add(beyond);
        }
    }

    /** A rate as terms may state it, in one form for one number; refuses a negative one. */
    static BigDecimal stated(BigDecimal rate) {
        if (rate.signum() < 0) {
            throw new IllegalArgumentException("a rate is not negative: " + rate);
        }
        return decimal(rate);
    }

    /** One form for one number, so that terms that say the same are equal. */
    private static BigDecimal decimal(BigDecimal number) {
        BigDecimal plain = Decimals.plain(number);
        if (plain.scale() > SCALE || plain.abs().compareTo(HIGHEST) > 0) {
            throw new IllegalArgumentException(
                    "a rate has at most " + SCALE + " places and " + HIGHEST + ", not " + number.toPlainString());
        }
        return plain;
    }
}

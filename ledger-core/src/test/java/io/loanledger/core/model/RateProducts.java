package io.loanledger.core.model;

import io.loanledger.core.terms.Compounding;
import io.loanledger.core.terms.DayCount;
import io.loanledger.core.terms.ExposureBasis;
import io.loanledger.core.terms.InterestTerms;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.Rate;
import java.math.BigDecimal;
import java.util.List;

/** Products that differ in how interest runs. */
final class RateProducts {
    static final ProductTerms STEPPED = Like.the(Products.DAY, "stepped")
            .bearing(simple(steps(0, "0.08", 7, "0.15", 40, "0", 60, "0.3"), DayCount.THIRTY_360))
            .terms();

    /** The steps of the whole term count from the first day. */
    static final ProductTerms STEPPED_TOTAL = Like.the(Products.TOTAL, "stepped total")
            .bearing(simple(steps(0, "0.5", 20, "0.1", 90, "0.4"), DayCount.ACT_ACT_ISDA))
            .terms();

    static final ProductTerms FLOATING = Like.the(Products.THIRDS, "floating")
            .bearing(simple(floating("0.03", "0", null), DayCount.ACT_360))
            .terms();

    static final ProductTerms CAPPED = Like.the(Products.PRINCIPAL, "capped")
            .bearing(simple(floating("-0.01", "0.005", "0.12"), DayCount.THIRTY_E_360))
            .terms();

    static final ProductTerms KINKED = Like.the(Products.PLAIN, "kinked")
            .bearing(simple(kinked(), DayCount.ACT_365F))
            .terms();

    static final ProductTerms DAILY = Like.the(Products.DAY, "daily")
            .bearing(new InterestTerms(steps(0, "0.35"), DayCount.ACT_365F, Compounding.DAILY))
            .terms();

    static final ProductTerms PER_SECOND = Like.the(Products.THIRDS, "per second")
            .bearing(new InterestTerms(steps(0, "0.22", 30, "0.41"), DayCount.ACT_360, Compounding.PER_SECOND))
            .counting(ExposureBasis.PRINCIPAL)
            .terms();

    static final ProductTerms FLOATING_DAILY = Like.the(Products.PLAIN, "floating daily")
            .bearing(new InterestTerms(floating("0.1", "0.01", "0.5"), DayCount.ACT_360, Compounding.DAILY))
            .terms();

    static final ProductTerms KINKED_PER_SECOND = Like.the(Products.DAY, "kinked per second")
            .bearing(new InterestTerms(kinked(), DayCount.ACT_365F, Compounding.PER_SECOND))
            .terms();

    static final List<ProductTerms> ALL = List.of(
            STEPPED, STEPPED_TOTAL, FLOATING, CAPPED, KINKED, DAILY, PER_SECOND, FLOATING_DAILY, KINKED_PER_SECOND);

    private RateProducts() {}

    private static InterestTerms simple(Rate rate, DayCount dayCount) {
        return new InterestTerms(rate, dayCount, Compounding.SIMPLE);
    }

    private static Rate steps(Object... daysAndRates) {
        List<Rate.Step> steps = new java.util.ArrayList<>();
        for (int i = 0; i < daysAndRates.length; i += 2) {
            steps.add(new Rate.Step((Integer) daysAndRates[i], new BigDecimal((String) daysAndRates[i + 1])));
        }
        return new Rate.Stepped(steps);
    }

    private static Rate floating(String spread, String floor, @org.jspecify.annotations.Nullable String cap) {
        return new Rate.Floating(
                "overnight", new BigDecimal(spread), new BigDecimal(floor), cap == null ? null : new BigDecimal(cap));
    }

    private static Rate kinked() {
        return new Rate.Kinked(
                "pool", new BigDecimal("0.01"), new BigDecimal("0.04"), new BigDecimal("0.92"), new BigDecimal("0.4"));
    }
}

package io.loanledger.core.model;

import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Threshold;
import io.loanledger.core.terms.Ladder;
import io.loanledger.core.terms.Ladder.ClockStopper;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.Rung;
import java.time.Duration;
import java.util.List;

/** Products that differ in what they do before the hard limit. */
final class LadderProducts {
    /** Two notices under the call, one over it. */
    static final ProductTerms NOTICED = Like.the(Products.DAY, "noticed")
            .warning(ladder(
                    List.of(
                            Rung.notice(reaches(60), Fraction.percent(56)),
                            Rung.notice(exceeds(65), Fraction.percent(62)),
                            call(70, 60, 24),
                            Rung.notice(reaches(75), Fraction.percent(72))),
                    0,
                    0,
                    0))
            .terms();

    /** Notices and no call, as with the lenders that sell in small steps. */
    static final ProductTerms NOTICES_ALONE = Like.the(Products.PLAIN, "notices alone")
            .warning(ladder(
                    List.of(
                            Rung.notice(reaches(58), Fraction.percent(52)),
                            Rung.notice(reaches(66), Fraction.percent(55)),
                            Rung.notice(reaches(74), Fraction.percent(66))),
                    0,
                    0,
                    0))
            .terms();

    /** A second call that shortens the first. */
    static final ProductTerms TWO_CALLS = Like.the(Products.PRINCIPAL, "two calls")
            .warning(ladder(
                    List.of(call(60, 55, 48), call(68, 58, 4), Rung.notice(exceeds(71), Fraction.percent(69))),
                    0,
                    0,
                    0))
            .terms();

    /** Three calls, a price that has to last, a notice between. */
    static final ProductTerms THREE_CALLS = Like.the(Products.DAY, "three calls")
            .warning(ladder(
                    List.of(
                            Rung.notice(reaches(58), Fraction.percent(55)),
                            call(62, 56, 72),
                            Rung.notice(reaches(64), Fraction.percent(60)),
                            call(68, 60, 24),
                            call(75, 61, 2)),
                    90,
                    0,
                    0))
            .terms();

    /** Healed by a price that stays for two hours. */
    static final ProductTerms DWELL = Like.the(Products.THIRDS, "dwell")
            .warning(ladder(List.of(call(66, 58, 12)), 120, 0, 0))
            .terms();

    /** Can be disputed for six hours, answered in twelve. */
    static final ProductTerms DISPUTED = Like.the(Products.DAY, "disputed")
            .warning(ladder(List.of(call(70, 60, 24)), 0, 6, 12))
            .terms();

    /** All of it. */
    static final ProductTerms DISPUTED_LADDER = Like.the(Products.TOTAL, "disputed ladder")
            .warning(ladder(
                    List.of(
                            Rung.notice(exceeds(60), Fraction.percent(55)),
                            call(66, 60, 30),
                            Rung.notice(reaches(70), Fraction.percent(67)),
                            call(74, 62, 8)),
                    180,
                    8,
                    20))
            .terms();

    /** A call without a clock: it asks, and the hard limit alone sells. */
    static final ProductTerms NO_CLOCK = Like.the(Products.EUROBOND, "no clock")
            .warning(ladder(List.of(call(65, 50, 0)), 0, 0, 0))
            .terms();

    /** The same with a dwell, disputes and a second call that has a clock. */
    static final ProductTerms CLOCK_LATER = Like.the(Products.DAY, "clock later")
            .warning(ladder(List.of(call(63, 55, 0), call(72, 60, 10)), 60, 5, 5))
            .terms();

    /** Neither notice nor call; it opens at its only limit, which must be exceeded. */
    static final ProductTerms NO_RUNGS = Like.the(Products.THIRDS, "no rungs")
            .warning(ladder(List.of(), 0, 0, 0))
            .opening(Fraction.of(3, 4))
            .terms();

    /** Notices, a call and three bands under the hard limit. */
    static final ProductTerms BANDED = Like.the(Products.DAY, "banded")
            .warning(ladder(
                    List.of(
                            Rung.notice(reaches(58), Fraction.percent(55)),
                            call(62, 56, 24),
                            sell(reaches(66), 61, 25),
                            Rung.notice(reaches(70), Fraction.percent(67)),
                            sell(exceeds(73), 68, 30),
                            sell(reaches(77), 70, 60)),
                    0,
                    0,
                    0))
            .terms();

    /** Bands alone, with a little dust. */
    static final ProductTerms BANDS_ALONE = Like.the(Products.PLAIN, "bands alone")
            .warning(ladder(
                    List.of(sell(reaches(64), 58, 15), sell(reaches(70), 65, 40), sell(reaches(80), 69, 70)), 0, 0, 0))
            .terms();

    /** A call over the bands, what is left small beside the dust; every sale is one of steps. */
    static final ProductTerms BANDS_AND_STEPS = Like.the(Products.PRINCIPAL, "bands and steps")
            .selling(SaleProducts.STEPS.liquidation())
            .warning(ladder(
                    List.of(
                            sell(exceeds(62), 57, 10),
                            sell(reaches(68), 60, 20),
                            call(72, 65, 12),
                            Rung.notice(reaches(76), Fraction.percent(74))),
                    60,
                    4,
                    6))
            .terms();

    static final List<ProductTerms> ALL = List.of(
            BANDED,
            BANDS_ALONE,
            BANDS_AND_STEPS,
            NOTICED,
            NOTICES_ALONE,
            TWO_CALLS,
            THREE_CALLS,
            DWELL,
            DISPUTED,
            DISPUTED_LADDER,
            NO_CLOCK,
            CLOCK_LATER,
            NO_RUNGS);

    private LadderProducts() {}

    private static Threshold reaches(long percent) {
        return Threshold.reaches(Fraction.percent(percent));
    }

    private static Threshold exceeds(long percent) {
        return new Threshold(Fraction.percent(percent), Threshold.Comparator.EXCEEDS);
    }

    /** Every second call must be exceeded. */
    private static Rung call(long percent, long level, long hours) {
        return Rung.call(
                percent % 2 == 0 ? reaches(percent) : exceeds(percent),
                Fraction.percent(level),
                Duration.ofHours(hours));
    }

    private static Rung sell(Threshold threshold, long level, long share) {
        return Rung.sell(threshold, Fraction.percent(level), Fraction.percent(share));
    }

    private static Ladder ladder(List<Rung> rungs, long dwellMinutes, long disputeHours, long answerHours) {
        return new Ladder(
                rungs,
                Duration.ofHours(1),
                ClockStopper.DETECTED,
                Duration.ofMinutes(dwellMinutes),
                Duration.ofHours(disputeHours),
                Duration.ofHours(answerHours));
    }
}

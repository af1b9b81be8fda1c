package io.loanledger.core.model;

import static io.loanledger.core.model.NaiveLoan.ZERO;

import io.loanledger.core.loan.Rates;
import io.loanledger.core.terms.Compounding;
import io.loanledger.core.terms.DayCount;
import io.loanledger.core.terms.InterestTerms;
import io.loanledger.core.terms.Rate;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The rate of each day, and what days weigh: added up or multiplied day by day, whatever the rate. Rates of the test products are decimals. */
final class NaiveRates {
    private static final MathContext EXACTLY = new MathContext(60, RoundingMode.HALF_EVEN);

    private final Supplier<InterestTerms> bound;
    private final Supplier<LocalDate> first;
    private final Rates now;

    /** Worked out since the last input: fixings may come between two. */
    private final Map<LocalDate, BigDecimal> growths = new HashMap<>();

    private final Map<LocalDate, Map<LocalDate, BigDecimal>> weights = new HashMap<>();

    private final Map<BigDecimal, BigDecimal> growthsOfADay = new HashMap<>();

    /** @param first from which day everything is counted: of the payout, before it of the request */
    NaiveRates(Supplier<InterestTerms> bound, Supplier<LocalDate> first, Rates now) {
        this.bound = bound;
        this.first = first;
        this.now = now;
    }

    /** Before every input. */
    void lookAgain() {
        growths.clear();
        weights.clear();
    }

    /** The terms, or the day from which it counts, are others. */
    void forget() {
        lookAgain();
        growthsOfADay.clear();
    }

    private InterestTerms terms() {
        return bound.get();
    }

    private DayCount dayCount() {
        return terms().dayCount();
    }

    boolean compounds() {
        return terms().compounding() != Compounding.SIMPLE;
    }

    /** Whether the rate of any day can be told. */
    boolean isKnown() {
        return !(terms().rate() instanceof Rate.Referenced read)
                || !now.series(read.rateId()).isEmpty();
    }

    /** Whether the rate is fixed by others. */
    boolean isReferenced() {
        return terms().rate() instanceof Rate.Referenced;
    }

    /** The parts of a year: exact interest is a multiple of its inverse. */
    BigDecimal unit() {
        return BigDecimal.valueOf(NaiveCalendar.yearOf(dayCount()));
    }

    private LocalDate start() {
        return first.get();
    }

    /** What a unit of principal bears from one day to another, times {@link #unit}. */
    BigDecimal weight(LocalDate from, LocalDate to) {
        if (to.isBefore(from)) {
            return weight(to, from).negate();
        }
        if (terms().rate() instanceof Rate.Annual) {
            return rateOn(from).multiply(BigDecimal.valueOf(parts(to) - parts(from)));
        }
        return weights.computeIfAbsent(from, day -> new HashMap<>()).computeIfAbsent(to, day -> sum(from, to));
    }

    private BigDecimal sum(LocalDate from, LocalDate to) {
        BigDecimal sum = ZERO;
        for (LocalDate day = from; day.isBefore(to); day = day.plusDays(1)) {
            sum = sum.add(rateOn(day).multiply(BigDecimal.valueOf(parts(day.plusDays(1)) - parts(day))));
        }
        return sum;
    }

    /** What one becomes from the first day to another. */
    BigDecimal growth(LocalDate to) {
        BigDecimal known = growths.get(to);
        if (known != null) {
            return known;
        }
        BigDecimal growth = BigDecimal.ONE;
        for (LocalDate day = start(); day.isBefore(to); day = day.plusDays(1)) {
            growth = growth.multiply(growthsOfADay.computeIfAbsent(rateOn(day), this::growthOfADay), EXACTLY);
        }
        growths.put(to, growth);
        return growth;
    }

    private BigDecimal growthOfADay(BigDecimal rate) {
        int periods = terms().compounding() == Compounding.DAILY ? 1 : 24 * 60 * 60;
        BigDecimal period = rate.divide(unit().multiply(BigDecimal.valueOf(periods)), EXACTLY);
        return BigDecimal.ONE.add(period).pow(periods, EXACTLY);
    }

    /** One day, in parts of a year. */
    BigDecimal partsOf(LocalDate day) {
        return BigDecimal.valueOf(parts(day.plusDays(1)) - parts(day));
    }

    private long parts(LocalDate day) {
        return NaiveCalendar.parts(dayCount(), start(), day);
    }

    private BigDecimal rateOn(LocalDate day) {
        return switch (terms().rate()) {
            case Rate.Annual rate -> NaiveLoan.decimal(rate.annual());
            case Rate.Stepped rate -> {
                BigDecimal annual = ZERO;
                for (Rate.Step step : rate.steps()) {
                    annual = start().plusDays(step.fromDay()).isAfter(day) ? annual : step.annual();
                }
                yield annual;
            }
            case Rate.Floating rate -> {
                BigDecimal annual =
                        fixedFor(rate.rateId(), day).add(rate.spread()).max(rate.floor());
                yield rate.cap() == null ? annual : annual.min(rate.cap());
            }
            case Rate.Kinked rate -> kinked(rate, fixedFor(rate.rateId(), day));
        };
    }

    private static BigDecimal kinked(Rate.Kinked rate, BigDecimal fixing) {
        BigDecimal used = fixing.max(ZERO).min(BigDecimal.ONE);
        BigDecimal slope = rate.toKink().multiply(used.min(rate.kink())).divide(rate.kink(), EXACTLY);
        BigDecimal steep = rate.beyond()
                .multiply(used.subtract(rate.kink()).max(ZERO))
                .divide(BigDecimal.ONE.subtract(rate.kink()), EXACTLY);
        return rate.base().add(slope).add(steep).setScale(18, RoundingMode.HALF_EVEN);
    }

    /** Of the fixings the last that counts on the day; before the first, the first. */
    private BigDecimal fixedFor(String rateId, LocalDate day) {
        Map<LocalDate, BigDecimal> fixings = now.series(rateId).fixings();
        BigDecimal value = null;
        for (var fixing : fixings.entrySet()) {
            value = value == null || !fixing.getKey().isAfter(day) ? fixing.getValue() : value;
        }
        return value;
    }
}

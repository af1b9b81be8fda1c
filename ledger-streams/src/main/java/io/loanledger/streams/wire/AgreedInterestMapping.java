package io.loanledger.streams.wire;

import io.loanledger.core.money.Fraction;
import io.loanledger.core.terms.Compounding;
import io.loanledger.core.terms.DayCount;
import io.loanledger.core.terms.InterestTerms;
import io.loanledger.core.terms.Rate;
import io.loanledger.core.terms.Rate.Step;
import io.loanledger.events.AgreedInterest;
import io.loanledger.events.AgreementTerms;
import io.loanledger.events.FloatingRate;
import io.loanledger.events.KinkedRate;
import io.loanledger.events.RateFixing;
import io.loanledger.streams.wire.MappedInput.Reason;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How interest runs, and the fixings that move it, from the wire. What contradicts itself throws {@link IllegalArgumentException}. */
final class AgreedInterestMapping {
    private AgreedInterestMapping() {}

    /** Of a product with or without an agreement. */
    static InterestTerms interest(io.loanledger.events.ProductTerms record, Problems problems) {
        Fraction annualRate = Fraction.ofDecimal(problems.number("annualRate", record.getAnnualRate()));
        AgreementTerms agreement = record.getAgreement();
        if ((agreement != null) != (record.getDayCount() == io.loanledger.events.DayCount.IN_AGREEMENT)) {
            throw new IllegalArgumentException("the day count " + record.getDayCount()
                    + (agreement == null ? " without an agreement" : " beside an agreement"));
        }
        if (agreement == null) {
            return new InterestTerms(annualRate, dayCount(record.getDayCount(), problems));
        }
        DayCount dayCount = dayCount(agreement.getDayCount(), problems);
        AgreedInterest agreed = agreement.getInterest();
        if (agreed == null) {
            return new InterestTerms(annualRate, dayCount);
        }
        return new InterestTerms(rate(agreed, annualRate, problems), dayCount, compounding(agreed, problems));
    }

    /** A fixing, or null with a problem noted when no rate can have such a value or day. */
    static MappedBroadcast.@Nullable RateFixed fixing(RateFixing record, Problems problems) {
        try {
            return new MappedBroadcast.RateFixed(
                    problems.id("rateId", record.getRateId()),
                    record.getEffectiveFrom(),
                    problems.number("value", record.getValue()));
        } catch (IllegalArgumentException e) {
            problems.unreadable(Reason.INCONSISTENT, record.getRateId() + ": " + e.getMessage());
            return null;
        }
    }

    private static Rate rate(AgreedInterest agreed, Fraction annualRate, Problems problems) {
        FloatingRate floating = agreed.getFloating();
        KinkedRate kinked = agreed.getKinked();
        boolean stated = !agreed.getSteps().isEmpty();
        Rate rate = switch (agreed.getKind()) {
            case ANNUAL_RATE -> new Rate.Annual(annualRate);
            case STEPPED -> stated ? new Rate.Stepped(steps(agreed, problems)) : null;
            case FLOATING -> floating == null ? null : floating(floating, problems);
            case KINKED -> kinked == null ? null : kinked(kinked, problems);
            case UNKNOWN -> {
                problems.unreadable(Reason.UNKNOWN_SYMBOL, "agreement.interest.kind is UNKNOWN");
                yield new Rate.Annual(annualRate);
            }
        };
        int fields = (stated ? 1 : 0) + (floating == null ? 0 : 1) + (kinked == null ? 0 : 1);
        boolean annual = rate instanceof Rate.Annual;
        if (rate == null || fields != (annual ? 0 : 1) || (!annual && !annualRate.isZero())) {
            throw new IllegalArgumentException(
                    "the rate kind " + agreed.getKind() + " with other fields than its own, or with an annualRate");
        }
        return rate;
    }

    private static List<Step> steps(AgreedInterest agreed, Problems problems) {
        return agreed.getSteps().stream()
                .map(step -> new Step(step.getFromDay(), problems.number("steps.annualRate", step.getAnnualRate())))
                .toList();
    }

    private static Rate floating(FloatingRate record, Problems problems) {
        return new Rate.Floating(
                problems.id("floating.rateId", record.getRateId()),
                problems.number("floating.spread", record.getSpread()),
                problems.number("floating.floor", record.getFloor()),
                optional("floating.cap", record.getCap(), problems));
    }

    private static Rate kinked(KinkedRate record, Problems problems) {
        return new Rate.Kinked(
                problems.id("kinked.rateId", record.getRateId()),
                problems.number("kinked.base", record.getBase()),
                problems.number("kinked.toKink", record.getToKink()),
                problems.number("kinked.kink", record.getKink()),
                problems.number("kinked.beyond", record.getBeyond()));
    }

    private static @Nullable BigDecimal optional(String field, @Nullable String text, Problems problems) {
        return text == null ? null : problems.number(field, text);
    }

    private static Compounding compounding(AgreedInterest agreed, Problems problems) {
        return switch (agreed.getCompounding()) {
            case SIMPLE -> Compounding.SIMPLE;
            case DAILY -> Compounding.DAILY;
            case PER_SECOND -> Compounding.PER_SECOND;
            case UNKNOWN -> {
                problems.unreadable(Reason.UNKNOWN_SYMBOL, "agreement.interest.compounding is UNKNOWN");
                yield Compounding.SIMPLE;
            }
        };
    }

    private static DayCount dayCount(io.loanledger.events.DayCount dayCount, Problems problems) {
        return switch (dayCount) {
            case ACT_365F -> DayCount.ACT_365F;
            case ACT_360 -> DayCount.ACT_360;
            case ACT_ACT_ISDA -> DayCount.ACT_ACT_ISDA;
            case THIRTY_360 -> DayCount.THIRTY_360;
            case THIRTY_E_360 -> DayCount.THIRTY_E_360;
            case IN_AGREEMENT -> throw new IllegalArgumentException("an agreement says its own day count");
            case UNKNOWN -> {
                problems.unreadable(Reason.UNKNOWN_SYMBOL, "dayCount is UNKNOWN");
                yield DayCount.ACT_365F;
            }
        };
    }
}

package io.loanledger.streams;

import io.loanledger.core.terms.InterestTerms;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.Rate;
import io.loanledger.events.AgreedInterest;
import io.loanledger.events.AgreementTerms;
import io.loanledger.events.AssetDefinition;
import io.loanledger.events.Compounding;
import io.loanledger.events.DayCount;
import io.loanledger.events.DebtComponent;
import io.loanledger.events.DebtPrice;
import io.loanledger.events.DefaultTerms;
import io.loanledger.events.FloatingRate;
import io.loanledger.events.Fraction;
import io.loanledger.events.KinkedRate;
import io.loanledger.events.LineTerms;
import io.loanledger.events.OriginationTerms;
import io.loanledger.events.PlannedInstalment;
import io.loanledger.events.PrepaymentTerms;
import io.loanledger.events.RateKind;
import io.loanledger.events.RateStep;
import io.loanledger.events.ScheduleKind;
import io.loanledger.events.ScheduleTerms;
import io.loanledger.events.WaterfallTerms;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The terms that not every product has, as a lender writes them. */
final class WireAgreement {
    private WireAgreement() {}

    /** Null for a product that has none of them. */
    static @Nullable AgreementTerms of(ProductTerms terms) {
        InterestTerms interest = terms.interest();
        return interest.isPlain() && terms.agreed().isPlain()
                ? null
                : AgreementTerms.newBuilder()
                        .setDayCount(DayCount.valueOf(interest.dayCount().name()))
                        .setInterest(interest.isPlain() ? null : agreed(interest))
                        .setWaterfall(waterfall(terms.agreed().waterfall()))
                        .setOrigination(origination(terms.agreed().origination()))
                        .setSchedule(schedule(terms.agreed().schedule()))
                        .setOnDefault(onDefault(terms.agreed().onDefault()))
                        .setPrepayment(prepayment(terms.agreed().prepayment()))
                        .setLine(line(terms.agreed().line()))
                        .setDebtPrice(debtPrice(terms.agreed().debtPrice()))
                        .setSubstitution(terms.agreed().substitution())
                        .build();
    }

    /** What stands beside it: the agreement says the day count. */
    static DayCount dayCount(ProductTerms terms) {
        return of(terms) == null ? DayCount.valueOf(terms.interest().dayCount().name()) : DayCount.IN_AGREEMENT;
    }

    /** "0" where the agreement says another rate. */
    static String annualRate(ProductTerms terms) {
        return terms.interest().rate() instanceof Rate.Annual annual
                ? text(new BigDecimal(annual.annual().numerator())
                        .divide(new BigDecimal(annual.annual().denominator())))
                : "0";
    }

    private static @Nullable DebtPrice debtPrice(io.loanledger.core.terms.@Nullable DebtPrice terms) {
        return terms == null
                ? null
                : new DebtPrice(
                        terms.market(),
                        new AssetDefinition(terms.quote().code(), terms.quote().scale(), ""),
                        terms.flooredAtPeg());
    }

    private static @Nullable WaterfallTerms waterfall(io.loanledger.core.terms.WaterfallTerms terms) {
        return terms.equals(io.loanledger.core.terms.WaterfallTerms.PLAIN)
                ? null
                : new WaterfallTerms(
                        terms.order().stream()
                                .map(component -> DebtComponent.valueOf(component.name()))
                                .toList(),
                        terms.bucketByBucket(),
                        terms.reapplies());
    }

    private static @Nullable OriginationTerms origination(io.loanledger.core.terms.@Nullable OriginationTerms terms) {
        return terms == null ? null : new OriginationTerms(text(terms.fixed().amount()), fraction(terms.rate()));
    }

    private static @Nullable DefaultTerms onDefault(io.loanledger.core.terms.@Nullable DefaultTerms terms) {
        return terms == null
                ? null
                : new DefaultTerms(
                        terms.afterDays(),
                        terms.margin().toPlainString(),
                        terms.accelerates(),
                        terms.sells(),
                        terms.cross());
    }

    private static @Nullable PrepaymentTerms prepayment(io.loanledger.core.terms.@Nullable PrepaymentTerms terms) {
        return terms == null ? null : new PrepaymentTerms(fraction(terms.feeRate()), terms.freeFromDay());
    }

    private static @Nullable LineTerms line(io.loanledger.core.terms.@Nullable LineTerms terms) {
        return terms == null
                ? null
                : new LineTerms(terms.revolving(), text(terms.minimumDraw().amount()), origination(terms.drawFee()));
    }

    private static @Nullable ScheduleTerms schedule(io.loanledger.core.terms.@Nullable ScheduleTerms terms) {
        return terms == null
                ? null
                : new ScheduleTerms(
                        ScheduleKind.valueOf(terms.kind().name()),
                        terms.everyDays(),
                        terms.everyMonths(),
                        terms.custom().stream()
                                .map(planned ->
                                        new PlannedInstalment(planned.onDay(), fraction(planned.principalShare())))
                                .toList(),
                        terms.graceDays(),
                        terms.factLag().toSeconds(),
                        text(terms.lateFee().amount()),
                        fraction(terms.lateFeeRate()));
    }

    private static Fraction fraction(io.loanledger.core.money.Fraction value) {
        return new Fraction(value.numerator().toString(), value.denominator().toString());
    }

    private static AgreedInterest agreed(InterestTerms interest) {
        Compounding compounding = Compounding.valueOf(interest.compounding().name());
        return switch (interest.rate()) {
            case Rate.Annual annual -> new AgreedInterest(RateKind.ANNUAL_RATE, compounding, List.of(), null, null);
            case Rate.Stepped stepped ->
                new AgreedInterest(
                        RateKind.STEPPED,
                        compounding,
                        stepped.steps().stream()
                                .map(step -> new RateStep(step.fromDay(), text(step.annual())))
                                .toList(),
                        null,
                        null);
            case Rate.Floating floating ->
                new AgreedInterest(
                        RateKind.FLOATING,
                        compounding,
                        List.of(),
                        new FloatingRate(
                                floating.rateId(),
                                text(floating.spread()),
                                text(floating.floor()),
                                floating.cap() == null ? null : text(floating.cap())),
                        null);
            case Rate.Kinked kinked ->
                new AgreedInterest(
                        RateKind.KINKED,
                        compounding,
                        List.of(),
                        null,
                        new KinkedRate(
                                kinked.rateId(),
                                text(kinked.base()),
                                text(kinked.toKink()),
                                text(kinked.kink()),
                                text(kinked.beyond())));
        };
    }

    private static String text(BigDecimal number) {
        return number.toPlainString();
    }
}

package io.loanledger.streams;

import io.loanledger.core.terms.InterestTerms;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.Rate;
import io.loanledger.events.AgreedInterest;
import io.loanledger.events.AgreementTerms;
import io.loanledger.events.Compounding;
import io.loanledger.events.DayCount;
import io.loanledger.events.FloatingRate;
import io.loanledger.events.KinkedRate;
import io.loanledger.events.RateKind;
import io.loanledger.events.RateStep;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The terms that not every product has, as a lender writes them. */
final class WireAgreement {
    private WireAgreement() {}

    /** Null for a product that has none of them. */
    static @Nullable AgreementTerms of(ProductTerms terms) {
        InterestTerms interest = terms.interest();
        return interest.isPlain()
                ? null
                : new AgreementTerms(DayCount.valueOf(interest.dayCount().name()), agreed(interest));
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

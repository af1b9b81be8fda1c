package io.loanledger.streams.wire;

import io.loanledger.core.terms.Compounding;
import io.loanledger.core.terms.DayCount;
import io.loanledger.core.terms.InterestTerms;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.Rate;
import io.loanledger.events.RateKind;

/** The terms that not every product has, as Avro binary of the journal: in the order of {@code AgreementTerms} and of what it holds. */
final class JournalAgreement {
    private static final EnumIndex<DayCount> DAY_COUNTS =
            EnumIndex.of(DayCount.class, io.loanledger.events.DayCount.getClassSchema());
    private static final EnumIndex<Compounding> COMPOUNDINGS =
            EnumIndex.of(Compounding.class, io.loanledger.events.Compounding.getClassSchema());
    private static final EnumIndex<RateKind> KINDS = EnumIndex.of(RateKind.class, RateKind.getClassSchema());

    private JournalAgreement() {}

    /** Whether the terms have any of it. */
    static boolean isNeeded(ProductTerms terms) {
        return !terms.interest().isPlain() || !terms.agreed().isPlain();
    }

    static void write(JournalValueWriter out, ProductTerms terms) {
        out.number(DAY_COUNTS.of(terms.interest().dayCount()));
        if (out.branch(!terms.interest().isPlain())) {
            interest(out, terms.interest());
        }
        JournalSchedule.write(out, terms.agreed());
    }

    private static void interest(JournalValueWriter out, InterestTerms interest) {
        Rate rate = interest.rate();
        out.number(KINDS.of(kind(rate)));
        out.number(COMPOUNDINGS.of(interest.compounding()));
        if (rate instanceof Rate.Stepped stepped) {
            out.arrayOf(stepped.steps().size());
            for (Rate.Step step : stepped.steps()) {
                out.number(step.fromDay());
                out.decimal(step.annual());
            }
        }
        out.endOfArray();
        if (out.branch(rate instanceof Rate.Floating) && rate instanceof Rate.Floating floating) {
            out.text(floating.rateId());
            out.decimal(floating.spread());
            out.decimal(floating.floor());
            out.optionalDecimal(floating.cap());
        }
        if (out.branch(rate instanceof Rate.Kinked) && rate instanceof Rate.Kinked kinked) {
            out.text(kinked.rateId());
            out.decimal(kinked.base());
            out.decimal(kinked.toKink());
            out.decimal(kinked.kink());
            out.decimal(kinked.beyond());
        }
    }

    private static RateKind kind(Rate rate) {
        return switch (rate) {
            case Rate.Annual annual -> RateKind.ANNUAL_RATE;
            case Rate.Stepped stepped -> RateKind.STEPPED;
            case Rate.Floating floating -> RateKind.FLOATING;
            case Rate.Kinked kinked -> RateKind.KINKED;
        };
    }
}

package io.loanledger.core.terms;

import org.jspecify.annotations.Nullable;

/**
 * The terms that not every lender's agreement has.
 *
 * @param waterfall in which order money pays
 * @param origination the fee kept from the payout; null for none
 * @param schedule when the debt falls due; null if nothing of it ever does by itself
 * @param onDefault when the borrower is in default; null for never
 * @param substitution whether new coin may take the place of what is pledged
 */
public record AgreementTerms(
        WaterfallTerms waterfall,
        @Nullable OriginationTerms origination,
        @Nullable ScheduleTerms schedule,
        @Nullable DefaultTerms onDefault,
        boolean substitution) {
    /** Of an agreement that has none of them. */
    public static final AgreementTerms PLAIN = new AgreementTerms(WaterfallTerms.PLAIN, null, null, null, false);

    public AgreementTerms withWaterfall(WaterfallTerms next) {
        return new AgreementTerms(next, origination, schedule, onDefault, substitution);
    }

    public AgreementTerms withOrigination(@Nullable OriginationTerms next) {
        return new AgreementTerms(waterfall, next, schedule, onDefault, substitution);
    }

    public AgreementTerms withSchedule(@Nullable ScheduleTerms next) {
        return new AgreementTerms(waterfall, origination, next, onDefault, substitution);
    }

    public AgreementTerms withDefault(@Nullable DefaultTerms next) {
        return new AgreementTerms(waterfall, origination, schedule, next, substitution);
    }

    public AgreementTerms withSubstitution(boolean next) {
        return new AgreementTerms(waterfall, origination, schedule, onDefault, next);
    }

    public boolean isPlain() {
        return equals(PLAIN);
    }
}

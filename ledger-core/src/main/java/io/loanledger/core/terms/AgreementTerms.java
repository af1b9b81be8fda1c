package io.loanledger.core.terms;

import org.jspecify.annotations.Nullable;

/**
 * The terms that not every lender's agreement has.
 *
 * @param waterfall in which order money pays
 * @param origination the fee kept from the payout; null for none
 * @param schedule when the debt falls due; null if nothing of it ever does by itself
 */
public record AgreementTerms(
        WaterfallTerms waterfall,
        @Nullable OriginationTerms origination,
        @Nullable ScheduleTerms schedule) {
    /** Of an agreement that has none of them. */
    public static final AgreementTerms PLAIN = new AgreementTerms(WaterfallTerms.PLAIN, null, null);

    public boolean isPlain() {
        return equals(PLAIN);
    }
}

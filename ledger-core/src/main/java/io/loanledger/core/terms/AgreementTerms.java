package io.loanledger.core.terms;

import org.jspecify.annotations.Nullable;

/**
 * The terms that not every lender's agreement has.
 *
 * @param waterfall in which order money pays
 * @param origination the fee kept from the payout; null for none
 * @param schedule when the debt falls due; null if nothing of it ever does by itself
 * @param onDefault when the borrower is in default; null for never
 * @param prepayment the fee on principal repaid before it is due; null for none
 * @param line how a commitment is drawn; null where all of it is paid out at once
 * @param debtPrice the price of the currency that is owed; null where the debt is its own measure
 * @param substitution whether new coin may take the place of what is pledged
 */
public record AgreementTerms(
        WaterfallTerms waterfall,
        @Nullable OriginationTerms origination,
        @Nullable ScheduleTerms schedule,
        @Nullable DefaultTerms onDefault,
        @Nullable PrepaymentTerms prepayment,
        @Nullable LineTerms line,
        @Nullable DebtPrice debtPrice,
        boolean substitution) {
    /** Of an agreement that has none of them. */
    public static final AgreementTerms PLAIN =
            new AgreementTerms(WaterfallTerms.PLAIN, null, null, null, null, null, null, false);

    public AgreementTerms {
        if (line != null && prepayment != null) {
            throw new IllegalArgumentException("what can be drawn again is repaid without a fee of prepayment");
        }
        if (line != null && debtPrice != null) {
            throw new IllegalArgumentException("a line is drawn in a currency that is its own measure");
        }
        if (line != null && schedule != null && schedule.kind().amortises()) {
            throw new IllegalArgumentException("no plan of principal fits a line: " + schedule.kind());
        }
    }

    public AgreementTerms withWaterfall(WaterfallTerms next) {
        return new AgreementTerms(next, origination, schedule, onDefault, prepayment, line, debtPrice, substitution);
    }

    public AgreementTerms withOrigination(@Nullable OriginationTerms next) {
        return new AgreementTerms(waterfall, next, schedule, onDefault, prepayment, line, debtPrice, substitution);
    }

    public AgreementTerms withSchedule(@Nullable ScheduleTerms next) {
        return new AgreementTerms(waterfall, origination, next, onDefault, prepayment, line, debtPrice, substitution);
    }

    public AgreementTerms withDefault(@Nullable DefaultTerms next) {
        return new AgreementTerms(waterfall, origination, schedule, next, prepayment, line, debtPrice, substitution);
    }

    public AgreementTerms withPrepayment(@Nullable PrepaymentTerms next) {
        return new AgreementTerms(waterfall, origination, schedule, onDefault, next, line, debtPrice, substitution);
    }

    public AgreementTerms withLine(@Nullable LineTerms next) {
        return new AgreementTerms(
                waterfall, origination, schedule, onDefault, prepayment, next, debtPrice, substitution);
    }

    public AgreementTerms withDebtPrice(@Nullable DebtPrice next) {
        return new AgreementTerms(waterfall, origination, schedule, onDefault, prepayment, line, next, substitution);
    }

    public AgreementTerms withSubstitution(boolean next) {
        return new AgreementTerms(waterfall, origination, schedule, onDefault, prepayment, line, debtPrice, next);
    }

    public boolean isPlain() {
        return equals(PLAIN);
    }
}

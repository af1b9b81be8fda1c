package io.loanledger.local.compare;

import io.loanledger.core.terms.ExposureBasis;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The witness's own reading of a lender's page: the figures as they stand there, apart from the ledger's terms made of them.
 *
 * @param basis which debt the page puts into its ratio
 * @param open lent up to here
 * @param call a call from here on; null for a lender without calls
 * @param cure where a call is healed; null without calls
 * @param hard sold from here on
 * @param charge what a sale costs the borrower
 * @param rate a year's interest
 * @param termDays for interest that counts in advance; 0 for none
 */
record Published(
        ExposureBasis basis,
        Limit open,
        @Nullable Limit call,
        @Nullable Limit cure,
        Limit hard,
        Charge charge,
        BigDecimal rate,
        int termDays) {

    /** A share of what a sale brings; {@code rate} of {@code of}, so that 13 of 113 stays exact. */
    record Charge(BigDecimal rate, BigDecimal of) {
        private static final Charge NONE = new Charge(BigDecimal.ZERO, BigDecimal.ONE);

        static Charge of(String rate, String of) {
            return new Charge(new BigDecimal(rate), new BigDecimal(of));
        }

        /** In cents, half-even. */
        BigDecimal on(BigDecimal proceeds) {
            return proceeds.multiply(rate).divide(of, 2, RoundingMode.HALF_EVEN);
        }
    }

    /**
     * A limit as a page states it: {@code debt x exposure} against {@code value x collateral}. 70 % is 1 against 0.70; 150 % of collateral
     * is 1.50 against 1.
     */
    record Limit(BigDecimal debt, BigDecimal value, boolean counts) {
        private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

        /** Per cent of the collateral's value; {@code at} it, or only past it. */
        static Limit of(String perCent, boolean at) {
            return new Limit(BigDecimal.ONE, new BigDecimal(perCent).divide(HUNDRED), at);
        }

        /** Collateral as per cent of the debt. */
        static Limit cover(String perCent, boolean at) {
            return new Limit(new BigDecimal(perCent).divide(HUNDRED), BigDecimal.ONE, at);
        }

        boolean isMetBy(BigDecimal exposure, BigDecimal collateral) {
            int order = debt.multiply(exposure).compareTo(value.multiply(collateral));
            return counts ? order >= 0 : order > 0;
        }
    }

    private static final BigDecimal YEAR = BigDecimal.valueOf(365);
    private static final MathContext EXACT_ENOUGH = new MathContext(50, RoundingMode.HALF_EVEN);
    private static final boolean AT = true;
    private static final boolean PAST = false;

    private static final Map<String, Published> BY_LENDER = Map.of(
            "Ledn",
            new Published(
                    ExposureBasis.OUTSTANDING,
                    Limit.of("50", PAST),
                    Limit.of("70", PAST),
                    Limit.of("50", PAST),
                    Limit.of("80", PAST),
                    Charge.NONE,
                    new BigDecimal("0.1199"),
                    0),
            "Unchained",
            new Published(
                    ExposureBasis.PRINCIPAL,
                    Limit.cover("250", PAST),
                    Limit.cover("150", AT),
                    Limit.cover("165", PAST),
                    Limit.cover("110", AT),
                    Charge.NONE,
                    new BigDecimal("0.14"),
                    0),
            "Strike",
            new Published(
                    ExposureBasis.TOTAL_OBLIGATION,
                    Limit.of("50", PAST),
                    Limit.of("70", AT),
                    Limit.of("60", PAST),
                    Limit.of("85", AT),
                    Charge.of("0.0099", "1"),
                    new BigDecimal("0.12"),
                    365),
            "Nexo",
            new Published(
                    ExposureBasis.OUTSTANDING,
                    Limit.of("50", PAST),
                    null,
                    null,
                    Limit.cover("120", AT),
                    Charge.NONE,
                    new BigDecimal("0.139"),
                    0),
            "SALT",
            new Published(
                    ExposureBasis.OUTSTANDING,
                    Limit.of("70", PAST),
                    Limit.of("75", PAST),
                    Limit.of("70", PAST),
                    Limit.cover("110", PAST),
                    Charge.NONE,
                    new BigDecimal("0.1195"),
                    0),
            "Coinbase/Morpho",
            new Published(
                    ExposureBasis.OUTSTANDING,
                    Limit.of("75", PAST),
                    null,
                    null,
                    Limit.of("86", PAST),
                    Charge.of("4.38", "104.38"),
                    new BigDecimal("0.06"),
                    0),
            "Maker",
            new Published(
                    ExposureBasis.OUTSTANDING,
                    Limit.cover("175", PAST),
                    null,
                    null,
                    Limit.cover("175", PAST),
                    Charge.of("13", "113"),
                    new BigDecimal("0.015"),
                    0));

    static Published of(String lender) {
        Published published = BY_LENDER.get(lender);
        if (published == null) {
            throw new IllegalArgumentException("nothing is known of " + lender);
        }
        return published;
    }

    /** What a borrower gets who draws a share of the limit on collateral of this value; in cents, rounded down. */
    BigDecimal principal(BigDecimal share, BigDecimal collateral) {
        BigDecimal interest = basis == ExposureBasis.TOTAL_OBLIGATION
                ? rate.multiply(BigDecimal.valueOf(termDays)).divide(YEAR, EXACT_ENOUGH)
                : BigDecimal.ZERO;
        return collateral
                .multiply(open.value())
                .multiply(share)
                .divide(open.debt().multiply(BigDecimal.ONE.add(interest)), 2, RoundingMode.FLOOR);
    }

    /** The first ratio at which a loan is not left alone. */
    Limit first() {
        return call == null ? hard : call;
    }
}

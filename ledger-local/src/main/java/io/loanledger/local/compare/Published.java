package io.loanledger.local.compare;

import io.loanledger.core.terms.ExposureBasis;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The witness's own reading of a lender's page: the figures as they stand there, apart from the ledger's terms made of them.
 *
 * @param basis which debt the page puts into its ratio
 * @param open lent up to here
 * @param rungs what the page does on the way to the hard limit, lowest first
 * @param cure where a call is healed; null without calls
 * @param hard sold from here on
 * @param charge what a sale costs the borrower
 * @param interest how the debt grows
 * @param termDays for interest that counts in advance; 0 for none
 * @param keepsMoney whether what a sale brings stays collateral as money
 */
record Published(
        ExposureBasis basis,
        Limit open,
        List<Rung> rungs,
        @Nullable Limit cure,
        Limit hard,
        Charge charge,
        Interest interest,
        int termDays,
        boolean keepsMoney) {
    private static final BigDecimal YEAR = BigDecimal.valueOf(365);
    private static final MathContext EXACT_ENOUGH = new MathContext(50, RoundingMode.HALF_EVEN);
    private static final boolean AT = true;
    private static final boolean PAST = false;

    /**
     * A limit as a page states it: {@code debt x exposure} against {@code value x collateral}. 70 % is 1 against 0.70; 150 % of collateral
     * is 1.50 against 1.
     *
     * @param counts whether the limit itself counts, or only what is past it
     */
    record Limit(BigDecimal debt, BigDecimal value, boolean counts) {
        private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

        /** Per cent of the collateral's value. */
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

    /**
     * A step before the hard limit.
     *
     * @param limit where it stands
     * @param calls a call; else a notice
     */
    record Rung(Limit limit, boolean calls) {
        static Rung call(Limit limit) {
            return new Rung(limit, true);
        }

        static Rung notice(Limit limit) {
            return new Rung(limit, false);
        }
    }

    Published {
        rungs = List.copyOf(rungs);
    }

    /**
     * What a sale costs.
     *
     * @param rate a share
     * @param onDebt of the debt repaid, taken on top of it; else of the proceeds
     */
    record Charge(BigDecimal rate, boolean onDebt) {
        static Charge none() {
            return ofProceeds("0");
        }

        static Charge ofProceeds(String rate) {
            return new Charge(new BigDecimal(rate), false);
        }

        static Charge onDebt(String rate) {
            return new Charge(new BigDecimal(rate), true);
        }

        /** In cents, half-even: of what a sale brings to a debt of so much. */
        BigDecimal on(BigDecimal proceeds, BigDecimal owed) {
            if (!onDebt) {
                return cents(proceeds.multiply(rate));
            }
            BigDecimal whole = cents(owed.multiply(rate));
            return cents(proceeds.multiply(rate).divide(BigDecimal.ONE.add(rate), EXACT_ENOUGH))
                    .min(whole);
        }

        private static BigDecimal cents(BigDecimal amount) {
            return amount.setScale(2, RoundingMode.HALF_EVEN);
        }
    }

    /**
     * How a debt grows.
     *
     * @param yearly the rate that a day bears
     * @param compounds each second; else simple, by days over 365
     */
    record Interest(Function<LocalDate, BigDecimal> yearly, boolean compounds) {
        static Interest simple(String rate) {
            BigDecimal fixed = new BigDecimal(rate);
            return new Interest(day -> fixed, false);
        }

        static Interest compounding(String rate) {
            BigDecimal fixed = new BigDecimal(rate);
            return new Interest(day -> fixed, true);
        }

        BigDecimal on(LocalDate day) {
            return yearly.apply(day);
        }
    }

    private static final Map<String, Published> BY_LENDER = Map.of(
            "Ledn",
            called(
                    ExposureBasis.OUTSTANDING,
                    Limit.of("50", PAST),
                    List.of(Rung.call(Limit.of("70", PAST))),
                    Limit.of("50", PAST),
                    Limit.of("80", PAST),
                    Charge.none(),
                    Interest.simple("0.1199")),
            "Unchained",
            called(
                    ExposureBasis.PRINCIPAL,
                    Limit.cover("250", PAST),
                    List.of(Rung.call(Limit.cover("150", AT)), Rung.call(Limit.cover("135", AT))),
                    Limit.cover("165", PAST),
                    Limit.cover("110", AT),
                    Charge.none(),
                    Interest.simple("0.14")),
            "Strike",
            new Published(
                    ExposureBasis.TOTAL_OBLIGATION,
                    Limit.of("50", PAST),
                    List.of(Rung.call(Limit.of("70", AT))),
                    Limit.of("60", PAST),
                    Limit.of("85", AT),
                    Charge.ofProceeds("0.0099"),
                    Interest.simple("0.12"),
                    365,
                    false),
            "Nexo",
            new Published(
                    ExposureBasis.OUTSTANDING,
                    Limit.of("50", PAST),
                    List.of(
                            Rung.notice(Limit.cover("140", AT)),
                            Rung.notice(Limit.cover("135", AT)),
                            Rung.notice(Limit.cover("130", AT))),
                    null,
                    Limit.cover("120", AT),
                    Charge.none(),
                    Interest.simple("0.139"),
                    0,
                    false),
            "SALT",
            new Published(
                    ExposureBasis.OUTSTANDING,
                    Limit.of("70", PAST),
                    List.of(Rung.call(Limit.of("75", PAST))),
                    Limit.of("70", PAST),
                    Limit.cover("110", PAST),
                    Charge.none(),
                    Interest.simple("0.1195"),
                    0,
                    true),
            "Coinbase/Morpho",
            uncalled(
                    Limit.of("75", PAST),
                    Limit.of("86", PAST),
                    Charge.onDebt("0.0438"),
                    new Interest(Utilisation::rateOn, true)),
            "Maker",
            uncalled(
                    Limit.cover("175", PAST),
                    Limit.cover("175", PAST),
                    Charge.onDebt("0.13"),
                    Interest.compounding("0.015")));

    static Published of(String lender) {
        Published published = BY_LENDER.get(lender);
        if (published == null) {
            throw new IllegalArgumentException("nothing is known of " + lender);
        }
        return published;
    }

    private static Published called(
            ExposureBasis basis,
            Limit open,
            List<Rung> rungs,
            Limit cure,
            Limit hard,
            Charge charge,
            Interest interest) {
        return new Published(basis, open, rungs, cure, hard, charge, interest, 0, false);
    }

    private static Published uncalled(Limit open, Limit hard, Charge charge, Interest interest) {
        return new Published(ExposureBasis.OUTSTANDING, open, List.of(), null, hard, charge, interest, 0, false);
    }

    /** What a borrower gets who draws a share of the limit on collateral of this value; in cents, rounded down. */
    BigDecimal principal(BigDecimal share, BigDecimal collateral, LocalDate day) {
        BigDecimal advance = basis == ExposureBasis.TOTAL_OBLIGATION
                ? interest.on(day).multiply(BigDecimal.valueOf(termDays)).divide(YEAR, EXACT_ENOUGH)
                : BigDecimal.ZERO;
        return collateral
                .multiply(open.value())
                .multiply(share)
                .divide(open.debt().multiply(BigDecimal.ONE.add(advance)), 2, RoundingMode.FLOOR);
    }

    /** The first ratio at which a loan is called or sold. */
    Limit first() {
        return rungs.stream().filter(Rung::calls).findFirst().map(Rung::limit).orElse(hard);
    }

    /** Where a rung stands, counted from 1 as the ledger counts them. */
    Limit rung(int number) {
        return rungs.get(number - 1).limit();
    }
}

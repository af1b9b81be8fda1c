package io.loanledger.core.model;

import static io.loanledger.core.model.World.USD;

import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.terms.Component;
import io.loanledger.core.terms.DefaultTerms;
import io.loanledger.core.terms.ExposureBasis;
import io.loanledger.core.terms.OriginationTerms;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.ScheduleTerms;
import io.loanledger.core.terms.ScheduleTerms.Kind;
import io.loanledger.core.terms.ScheduleTerms.Planned;
import io.loanledger.core.terms.WaterfallTerms;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/** Products that differ in how money pays and when it is due. */
final class DebtProducts {
    private static final WaterfallTerms REAPPLIED = new WaterfallTerms(List.of(Component.values()), false, true);

    /** Principal first, charges last, what came after a reversed payment is applied again. */
    private static final WaterfallTerms TURNED = new WaterfallTerms(
            List.of(Component.PRINCIPAL, Component.INTEREST, Component.FEES, Component.PENALTIES, Component.COSTS),
            true,
            true);

    private static final WaterfallTerms OLDEST_FIRST = new WaterfallTerms(
            List.of(Component.FEES, Component.COSTS, Component.INTEREST, Component.PENALTIES, Component.PRINCIPAL),
            true,
            false);

    static final ProductTerms REAPPLYING =
            Like.the(Products.DAY, "reapplying").agreeing(REAPPLIED, null, null).terms();

    static final ProductTerms PRINCIPAL_FIRST = Like.the(Products.PRINCIPAL, "principal first")
            .agreeing(TURNED, null, null)
            .terms();

    /** 1.5 % and 25.00 are kept from the payout. */
    static final ProductTerms ORIGINATED = Like.the(Products.THIRDS, "originated")
            .agreeing(
                    WaterfallTerms.PLAIN,
                    new OriginationTerms(Money.of("25", USD), Fraction.ofDecimal(new BigDecimal("0.015"))),
                    null)
            .terms();

    static final ProductTerms BULLET = Like.the(Products.DAY, "bullet")
            .runningFor(40)
            .agreeing(WaterfallTerms.PLAIN, null, schedule(Kind.BULLET, 0, 0, 3))
            .terms();

    static final ProductTerms INTEREST_ONLY = Like.the(Products.THIRDS, "interest only")
            .runningFor(100)
            .agreeing(REAPPLIED, null, schedule(Kind.INTEREST_ONLY, 7, 0, 2))
            .terms();

    static final ProductTerms LEVEL = Like.the(Products.DAY, "level")
            .runningFor(200)
            .agreeing(OLDEST_FIRST, null, schedule(Kind.ANNUITY, 0, 1, 5))
            .terms();

    static final ProductTerms LEVEL_TOTAL = Like.the(Products.TOTAL, "level total")
            .runningFor(90)
            .agreeing(TURNED, null, schedule(Kind.ANNUITY, 10, 0, 0))
            .terms();

    static final ProductTerms EQUAL = Like.the(Products.PRINCIPAL, "equal")
            .runningFor(120)
            .agreeing(TURNED, null, schedule(Kind.EQUAL_PRINCIPAL, 9, 0, 1))
            .terms();

    static final ProductTerms EQUAL_TOTAL = Like.the(Products.TOTAL, "equal total")
            .runningFor(95)
            .counting(ExposureBasis.TOTAL_OBLIGATION)
            .agreeing(REAPPLIED, null, schedule(Kind.EQUAL_PRINCIPAL, 0, 1, 4))
            .terms();

    static final ProductTerms LISTED = Like.the(Products.BANKERS, "listed")
            .runningFor(70)
            .agreeing(
                    OLDEST_FIRST,
                    new OriginationTerms(Money.of("0", USD), Fraction.ofDecimal(new BigDecimal("0.02"))),
                    new ScheduleTerms(
                            Kind.CUSTOM,
                            0,
                            0,
                            List.of(
                                    new Planned(5, Fraction.of(1, 10)),
                                    new Planned(12, Fraction.of(0, 1)),
                                    new Planned(33, Fraction.of(1, 3))),
                            2,
                            Duration.ofHours(1),
                            Money.of("12.50", USD),
                            Fraction.ofDecimal(new BigDecimal("0.05"))))
            .terms();

    /** Sold a few days after an instalment was missed, at a margin while it lasts. */
    static final ProductTerms DEFAULTING = defaulting(INTEREST_ONLY, "defaulting", 4, "0.5", true, true, true);

    /** Default costs interest and makes nothing else due. */
    static final ProductTerms DEFAULT_INTEREST = defaulting(LEVEL, "default interest", 7, "0.9", false, false, false);

    /** All is due and nothing is sold for it. */
    static final ProductTerms ACCELERATED = defaulting(EQUAL, "accelerated", 3, "0.25", true, false, true);

    static final ProductTerms BULLET_DEFAULT = defaulting(BULLET, "bullet default", 3, "0.3", true, true, false);

    /** What was kept of a sale pays as well. */
    static final ProductTerms STABILISED_DEFAULT = defaulting(
            Like.the(SaleProducts.STABILISED, "stabilised bills")
                    .runningFor(60)
                    .agreeing(TURNED, null, schedule(Kind.INTEREST_ONLY, 8, 0, 2))
                    .terms(),
            "stabilised default",
            3,
            "0.4",
            true,
            true,
            true);

    /** Where interest compounds default costs nothing more. */
    static final ProductTerms DAILY_DEFAULT = defaulting(
            Like.the(RateProducts.FLOATING_DAILY, "daily bills")
                    .runningFor(80)
                    .agreeing(OLDEST_FIRST, null, schedule(Kind.EQUAL_PRINCIPAL, 10, 0, 1))
                    .terms(),
            "daily default",
            2,
            "0",
            true,
            true,
            true);

    static final List<ProductTerms> ALL = List.of(
            REAPPLYING,
            PRINCIPAL_FIRST,
            ORIGINATED,
            BULLET,
            INTEREST_ONLY,
            LEVEL,
            LEVEL_TOTAL,
            EQUAL,
            EQUAL_TOTAL,
            LISTED,
            DEFAULTING,
            DEFAULT_INTEREST,
            ACCELERATED,
            BULLET_DEFAULT,
            STABILISED_DEFAULT,
            DAILY_DEFAULT);

    private DebtProducts() {}

    private static ProductTerms defaulting(
            ProductTerms like,
            String id,
            int afterDays,
            String margin,
            boolean accelerates,
            boolean sells,
            boolean cross) {
        return Like.the(like, id)
                .agreeing(like.agreed()
                        .withDefault(new DefaultTerms(afterDays, new BigDecimal(margin), accelerates, sells, cross)))
                .terms();
    }

    private static ScheduleTerms schedule(Kind kind, int everyDays, int everyMonths, int graceDays) {
        return new ScheduleTerms(
                kind,
                everyDays,
                everyMonths,
                List.of(),
                graceDays,
                Duration.ofHours(2),
                Money.of(graceDays % 2 == 0 ? "0" : "15", USD),
                Fraction.ofDecimal(new BigDecimal(graceDays == 2 ? "0" : "0.04")));
    }
}

package io.loanledger.local.soak.world;

import io.loanledger.events.AgreedInterest;
import io.loanledger.events.AgreementTerms;
import io.loanledger.events.ChargeBase;
import io.loanledger.events.CollateralTerms;
import io.loanledger.events.Compounding;
import io.loanledger.events.DayCount;
import io.loanledger.events.DebtComponent;
import io.loanledger.events.FloatingRate;
import io.loanledger.events.Fraction;
import io.loanledger.events.HaircutTier;
import io.loanledger.events.Ladder;
import io.loanledger.events.LiquidationTerms;
import io.loanledger.events.OriginationTerms;
import io.loanledger.events.ProductTerms;
import io.loanledger.events.RateFixing;
import io.loanledger.events.RateKind;
import io.loanledger.events.Rung;
import io.loanledger.events.RungAction;
import io.loanledger.events.SalePlan;
import io.loanledger.events.SaleTerms;
import io.loanledger.events.Threshold;
import io.loanledger.events.ThresholdComparator;
import io.loanledger.events.WaterfallTerms;
import io.loanledger.local.sim.DemoProducts;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The products of a soak, on the clock on the wall: opened at up to 50 %, sold from 80 % on. Half of the loans have the demo's terms with calls
 * of 40 or 15 seconds, so that they run out within a run of minutes; the rest have, one kind each, what other lenders' agreements say: notices
 * and an accelerated call that can be disputed; sales in steps; a sale of everything; the whole debt cleared with a penalty; proceeds kept and
 * turned back into coin; a floating rate that compounds, with tiers, a fee of the payout and payments that apply anew after one bounced.
 */
final class SoakProducts {

    static final String PATIENT = "btc-usd-40s";
    static final String SWIFT = "btc-usd-15s";
    static final String LADDER = "btc-usd-ladder";
    static final String STEPS = "btc-usd-steps";
    static final String EVERYTHING = "btc-usd-everything";
    static final String CLEARED = "btc-usd-cleared";
    static final String KEPT = "btc-usd-kept";
    static final String FLOATING = "btc-usd-floating";

    /** The other lenders' kinds. */
    private static final List<String> FURTHER = List.of(LADDER, STEPS, EVERYTHING, CLEARED, KEPT, FLOATING);

    private static final String RATE = "USD-OVERNIGHT";
    private static final String PRODUCER = "simulated-origination";
    private static final Duration FACT_LAG = Duration.ofSeconds(3);
    private static final Duration PATIENT_CALL = Duration.ofSeconds(40);
    private static final Duration SWIFT_CALL = Duration.ofSeconds(15);

    private SoakProducts() {}

    /** What the loan of this number is a loan of. */
    static String of(long number) {
        if (number % 2 == 0) {
            return number % 4 == 0 ? PATIENT : SWIFT;
        }
        return FURTHER.get((int) (number / 2 % FURTHER.size()));
    }

    static List<ProductTerms> all(Instant occurredAt) {
        return List.of(
                plain(PATIENT, PATIENT_CALL, occurredAt),
                plain(SWIFT, SWIFT_CALL, occurredAt),
                ladder(occurredAt),
                sold(STEPS, sale(SalePlan.TO_TARGET, 25, 0, ChargeBase.SOLD_VALUE, null), 60, occurredAt),
                sold(EVERYTHING, sale(SalePlan.EVERYTHING, 100, 0, ChargeBase.SOLD_VALUE, null), 60, occurredAt),
                sold(CLEARED, sale(SalePlan.TO_TARGET, 100, 5, ChargeBase.DEBT_REPAID, null), 0, occurredAt),
                sold(KEPT, sale(SalePlan.STABILISE, 100, 0, ChargeBase.SOLD_VALUE, perCent(70)), 60, occurredAt),
                floating(occurredAt));
    }

    /**
     * The rate of the floating product from the day after tomorrow on, and so, as it is the first, on the days before; then another
     * one. A rate is said before the day on which it begins.
     */
    static List<RateFixing> fixings(Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        return List.of(fixing(today.plusDays(2), "0.0433", now), fixing(today.plusDays(3), "0.0408", now));
    }

    private static RateFixing fixing(LocalDate from, String value, Instant now) {
        return RateFixing.newBuilder()
                .setEventId("fixing-" + RATE + "-" + from)
                .setOccurredAt(now)
                .setProducer(PRODUCER)
                .setRateId(RATE)
                .setEffectiveFrom(from)
                .setValue(value)
                .build();
    }

    private static ProductTerms plain(String productId, Duration cure, Instant occurredAt) {
        return DemoProducts.terms(productId, cure, FACT_LAG, occurredAt, PRODUCER);
    }

    /** A notice at 60 %, a call at 66 %, an accelerated one at 74 %; a price has to stay at 58 % for two seconds to cure one. */
    private static ProductTerms ladder(Instant occurredAt) {
        return ProductTerms.newBuilder(plain(LADDER, PATIENT_CALL, occurredAt))
                .setLadder(new Ladder(
                        List.of(
                                rung(60, RungAction.NOTICE, 55, Duration.ZERO),
                                rung(66, RungAction.CALL, 58, PATIENT_CALL),
                                rung(74, RungAction.CALL, 58, SWIFT_CALL)),
                        2L,
                        10L,
                        5L))
                .build();
    }

    private static ProductTerms sold(String productId, SaleTerms sale, int target, Instant occurredAt) {
        ProductTerms terms = plain(productId, SWIFT_CALL, occurredAt);
        return ProductTerms.newBuilder(terms)
                .setLiquidation(LiquidationTerms.newBuilder(terms.getLiquidation())
                        .setTargetLtv(perCent(target))
                        .setSale(sale)
                        .build())
                .build();
    }

    private static ProductTerms floating(Instant occurredAt) {
        ProductTerms terms = plain(FLOATING, SWIFT_CALL, occurredAt);
        CollateralTerms tiered = CollateralTerms.newBuilder(
                        terms.getCollateral().getFirst())
                .setTiers(List.of(new HaircutTier("4.00000000", perCent(2))))
                .build();
        return ProductTerms.newBuilder(terms)
                .setCollateral(List.of(tiered))
                .setAnnualRate("0")
                .setDayCount(DayCount.IN_AGREEMENT)
                .setAgreement(agreement())
                .build();
    }

    private static AgreementTerms agreement() {
        return AgreementTerms.newBuilder()
                .setDayCount(DayCount.ACT_360)
                .setInterest(AgreedInterest.newBuilder()
                        .setKind(RateKind.FLOATING)
                        .setCompounding(Compounding.DAILY)
                        .setFloating(FloatingRate.newBuilder()
                                .setRateId(RATE)
                                .setSpread("0.05")
                                .setFloor("0.01")
                                .build())
                        .build())
                .setWaterfall(WaterfallTerms.newBuilder()
                        .setOrder(List.of(
                                DebtComponent.COSTS,
                                DebtComponent.INTEREST,
                                DebtComponent.PENALTIES,
                                DebtComponent.FEES,
                                DebtComponent.PRINCIPAL))
                        .setBucketByBucket(false)
                        .setReapplies(true)
                        .build())
                .setOrigination(new OriginationTerms("10.00", fraction(5, 1_000)))
                .build();
    }

    private static SaleTerms sale(
            SalePlan plan, int closePerCent, int penaltyPerCent, ChargeBase base, @Nullable Fraction reverseLtv) {
        return SaleTerms.newBuilder()
                .setPlan(plan)
                .setCloseFactor(perCent(closePerCent))
                .setFeeBase(ChargeBase.SOLD_VALUE)
                .setPenaltyRate(perCent(penaltyPerCent))
                .setPenaltyBase(base)
                .setReverseLtv(reverseLtv)
                .build();
    }

    private static Rung rung(int threshold, RungAction action, int level, Duration period) {
        return Rung.newBuilder()
                .setThreshold(new Threshold(perCent(threshold), ThresholdComparator.REACHES))
                .setAction(action)
                .setLevel(perCent(level))
                .setPeriodSeconds(period.toSeconds())
                .build();
    }

    private static Fraction perCent(int value) {
        return fraction(value, 100);
    }

    private static Fraction fraction(int numerator, int denominator) {
        return new Fraction(Integer.toString(numerator), Integer.toString(denominator));
    }
}

package io.loanledger.core.lender;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.money.Threshold;
import io.loanledger.core.terms.AgreementTerms;
import io.loanledger.core.terms.Charge;
import io.loanledger.core.terms.CollateralTerms;
import io.loanledger.core.terms.Compounding;
import io.loanledger.core.terms.DayCount;
import io.loanledger.core.terms.ExposureBasis;
import io.loanledger.core.terms.InterestTerms;
import io.loanledger.core.terms.Ladder;
import io.loanledger.core.terms.LineTerms;
import io.loanledger.core.terms.LiquidationTerms;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.Rate;
import io.loanledger.core.terms.ReleaseTerms;
import io.loanledger.core.terms.Rung;
import io.loanledger.core.terms.SalePlan;
import io.loanledger.core.terms.ScheduleTerms;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Seven lenders of dollars against bitcoin, each by its own published page. Their names stand for those pages, not for the lenders'
 * present offers. Ratios are the lenders' own fractions: a collateral-to-principal ratio of 150 % is 100/150.
 */
public final class Lenders {
    public static final Asset BTC = new Asset("BTC", 8);
    public static final Asset USD = new Asset("USD", 2);
    public static final String MARKET = "BTC-USD";

    /** The series of a Morpho market's utilisation, from which its rate follows. */
    public static final String UTILISATION = "MORPHO-CBBTC-USDC-UTILISATION";

    private static final int A_YEAR = 365;
    private static final int NO_TERM = 0;
    private static final Duration NO_CLOCK = Duration.ZERO;
    private static final Duration FACT_LAG = Duration.ofHours(1);
    private static final Fraction FLOOR_DISCOUNT = Fraction.percent(2);
    private static final Money NO_DUST = Money.zero(USD);

    /** Ratio on what is outstanding; above 70 % a top-up to 50 % is asked for, above 80 % all is sold and the loan closed. */
    public static final Lender LEDN = new Lender(
            "Ledn",
            "https://help.ledn.io/hc/en-us/sections/28298460207767-Loan-Management",
            "undated help page; above 70 % and 80 % also in blog.ledn.io, loan management tips",
            product(
                    "ledn-like",
                    Fraction.percent(50),
                    List.of(Rung.call(exceeds(70, 100), Fraction.percent(50), NO_CLOCK)),
                    whole(exceeds(80, 100), SalePlan.EVERYTHING, null),
                    simple(Fraction.of(1199, 10_000)),
                    ExposureBasis.OUTSTANDING,
                    A_YEAR,
                    new ReleaseTerms(
                            Fraction.percent(30),
                            Fraction.percent(40),
                            Money.of("100", USD),
                            Money.of("100000", USD),
                            60,
                            60),
                    schedule(ScheduleTerms.Kind.BULLET, 0, 0)),
            List.of("11.99 % a year: rates differ by country and loan"),
            List.of());

    /** Ratio of collateral to principal; 150 % calls for 48 hours to 165 %, 110 % sells to 200 %, whole if under 10,000 would stay. */
    public static final Lender UNCHAINED = new Lender(
            "Unchained",
            "https://help.unchained.com/what-is-the-margin-call-process",
            "undated help page",
            product(
                    "unchained-like",
                    Fraction.of(100, 250),
                    List.of(
                            Rung.call(reaches(100, 150), Fraction.of(100, 165), Duration.ofDays(2)),
                            Rung.call(reaches(100, 135), Fraction.of(100, 165), Duration.ofHours(4))),
                    new LiquidationTerms(
                            reaches(100, 110),
                            Fraction.of(100, 200),
                            Money.of("10000", USD),
                            Fraction.ZERO,
                            FLOOR_DISCOUNT),
                    simple(Fraction.percent(14)),
                    ExposureBasis.PRINCIPAL,
                    A_YEAR,
                    null,
                    schedule(ScheduleTerms.Kind.INTEREST_ONLY, 30, 0)),
            List.of("14 % a year", "no selling fee: its rate is not on the page"),
            List.of());

    /** Ratio on the total obligation; 70 % calls for 24 hours, healed at 60 % by price too, 85 % sells to 60 % for 0.99 %. */
    public static final Lender STRIKE = new Lender(
            "Strike",
            "https://beta.strike.me/faq/what-are-margin-calls-and-liquidations",
            "2025; that sales go to about 65 % since 12 February 2026 is not in it",
            product(
                    "strike-like",
                    Fraction.percent(50),
                    List.of(Rung.call(reaches(70, 100), Fraction.percent(60), Duration.ofHours(24))),
                    new LiquidationTerms(
                            reaches(85, 100), Fraction.percent(60), NO_DUST, Fraction.of(99, 10_000), FLOOR_DISCOUNT),
                    simple(Fraction.percent(12)),
                    ExposureBasis.TOTAL_OBLIGATION,
                    A_YEAR,
                    null,
                    schedule(ScheduleTerms.Kind.BULLET, 0, 0)),
            List.of("12 % a year, bullet: monthly interest is the borrower's other choice"),
            List.of());

    /** An open line; notices at 1/1.40, 1/1.35 and 1/1.30, from 1/1.20 small sales until the ratio is back within its limits. */
    public static final Lender NEXO = new Lender(
            "Nexo",
            "https://support.nexo.io/hc/en-us/articles/360008115854",
            "undated help page",
            product(
                    "nexo-like",
                    Fraction.percent(50),
                    List.of(
                            Rung.notice(reaches(100, 140), Fraction.of(100, 145)),
                            Rung.notice(reaches(100, 135), Fraction.of(100, 140)),
                            Rung.notice(reaches(100, 130), Fraction.of(100, 135))),
                    new LiquidationTerms(
                            reaches(100, 120),
                            SalePlan.TO_TARGET,
                            Fraction.of(100, 130),
                            Fraction.percent(10),
                            NO_DUST,
                            Charge.NONE,
                            Charge.NONE,
                            FLOOR_DISCOUNT,
                            null),
                    simple(Fraction.of(139, 1_000)),
                    ExposureBasis.OUTSTANDING,
                    NO_TERM,
                    null,
                    AgreementTerms.PLAIN.withLine(new LineTerms(true, NO_DUST, null))),
            List.of(
                    "13.9 % a year",
                    "bitcoin opens at 50 %",
                    "a small increment repays at most 10 % of the debt; back within its limits is 1/1.30",
                    "a notice is given again after a ratio of 1/1.45, 1/1.40, 1/1.35"),
            List.of());

    /** Above 75 % a call, above 1/1.10 the coin is changed into stablecoin and stays so until the borrower asks, at 1/1.20 or lower. */
    public static final Lender SALT = new Lender(
            "SALT",
            "https://saltlending.com/salt-stabilization-how-it-works-235b0acf1349/",
            "22 October 2020",
            product(
                    "salt-like",
                    Fraction.percent(70),
                    List.of(Rung.call(exceeds(75, 100), Fraction.percent(70), NO_CLOCK)),
                    whole(exceeds(100, 110), SalePlan.STABILISE, Fraction.of(100, 120)),
                    simple(Fraction.of(1195, 10_000)),
                    ExposureBasis.OUTSTANDING,
                    A_YEAR,
                    null,
                    schedule(ScheduleTerms.Kind.ANNUITY, 0, 1)),
            List.of(
                    "opens at 70 %, the highest of 30 to 70 %",
                    "11.95 % a year for 12 months", "a call is cured at 70 %"),
            List.of());

    /** A market of Morpho: over 86 % the debt is repaid from the coin with 4.38 % on top; there is no call. */
    public static final Lender COINBASE = new Lender(
            "Coinbase/Morpho",
            "https://help.coinbase.com/en/coinbase/trading-and-funding/loan/collateral",
            "2025, undated help page",
            product(
                    "coinbase-like",
                    Fraction.percent(75),
                    List.of(),
                    debtWhole(exceeds(86, 100), Charge.ofDebtRepaid(Fraction.of(438, 10_000))),
                    new InterestTerms(
                            new Rate.Kinked(
                                    UTILISATION,
                                    new BigDecimal("0.015"),
                                    new BigDecimal("0.045"),
                                    new BigDecimal("0.9"),
                                    new BigDecimal("0.18")),
                            DayCount.ACT_365F,
                            Compounding.PER_SECOND),
                    ExposureBasis.OUTSTANDING,
                    NO_TERM,
                    null,
                    AgreementTerms.PLAIN),
            List.of("6 % a year at a utilisation of 90 %, a quarter of it at 0 and four times as much at 100 %"),
            List.of());

    /** Vault type WBTC-C: below 175 % of collateral the debt and a penalty of 13 % are raised, the rest goes back; there is no call. */
    public static final Lender MAKER = new Lender(
            "Maker",
            "https://forum.makerdao.com/t/proposed-risk-parameters-for-wbtc-c-vault-type/11707",
            "November 2021",
            product(
                    "maker-like",
                    Fraction.of(100, 175),
                    List.of(),
                    debtWhole(exceeds(100, 175), Charge.ofDebtRepaid(Fraction.percent(13))),
                    new InterestTerms(
                            new Rate.Annual(Fraction.of(15, 1_000)), DayCount.ACT_365F, Compounding.PER_SECOND),
                    ExposureBasis.OUTSTANDING,
                    NO_TERM,
                    null,
                    AgreementTerms.PLAIN),
            List.of("a sale is one fill, not an auction that falls every 90 seconds"),
            List.of());

    /** In the order in which they are printed. */
    public static final List<Lender> ALL_SEVEN = List.of(LEDN, UNCHAINED, STRIKE, NEXO, SALT, COINBASE, MAKER);

    private Lenders() {}

    private static ProductTerms product(
            String id,
            Fraction open,
            List<Rung> rungs,
            LiquidationTerms sale,
            InterestTerms interest,
            ExposureBasis basis,
            int termDays,
            @Nullable ReleaseTerms release,
            AgreementTerms agreed) {
        CollateralTerms coin = new CollateralTerms(BTC, MARKET, Fraction.ZERO, Quantity.of("0.00010000", BTC));
        Ladder ladder =
                new Ladder(rungs, FACT_LAG, Ladder.ClockStopper.DETECTED, Duration.ZERO, Duration.ZERO, Duration.ZERO);
        return new ProductTerms(
                id, 1, USD, List.of(coin), open, ladder, sale, interest, basis, termDays, release, agreed);
    }

    /** All the coin, whatever is owed. */
    private static LiquidationTerms whole(Threshold threshold, SalePlan plan, @Nullable Fraction reverseLtv) {
        return new LiquidationTerms(
                threshold,
                plan,
                Fraction.ZERO,
                Fraction.ONE,
                NO_DUST,
                Charge.NONE,
                Charge.NONE,
                FLOOR_DISCOUNT,
                reverseLtv);
    }

    /** As much coin as clears the debt and the penalty on it. */
    private static LiquidationTerms debtWhole(Threshold threshold, Charge penalty) {
        return new LiquidationTerms(
                threshold,
                SalePlan.TO_TARGET,
                Fraction.ZERO,
                Fraction.ONE,
                NO_DUST,
                Charge.NONE,
                penalty,
                FLOOR_DISCOUNT,
                null);
    }

    private static AgreementTerms schedule(ScheduleTerms.Kind kind, int everyDays, int everyMonths) {
        return AgreementTerms.PLAIN.withSchedule(new ScheduleTerms(
                kind, everyDays, everyMonths, List.of(), 0, FACT_LAG, Money.zero(USD), Fraction.ZERO));
    }

    private static InterestTerms simple(Fraction annual) {
        return new InterestTerms(annual, DayCount.ACT_365F);
    }

    private static Threshold reaches(long numerator, long denominator) {
        return Threshold.reaches(Fraction.of(numerator, denominator));
    }

    private static Threshold exceeds(long numerator, long denominator) {
        return new Threshold(Fraction.of(numerator, denominator), Threshold.Comparator.EXCEEDS);
    }
}

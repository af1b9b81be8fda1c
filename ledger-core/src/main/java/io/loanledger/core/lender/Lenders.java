package io.loanledger.core.lender;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.money.Threshold;
import io.loanledger.core.terms.CollateralTerms;
import io.loanledger.core.terms.DayCount;
import io.loanledger.core.terms.ExposureBasis;
import io.loanledger.core.terms.InterestTerms;
import io.loanledger.core.terms.Ladder;
import io.loanledger.core.terms.LiquidationTerms;
import io.loanledger.core.terms.ProductTerms;
import java.time.Duration;
import java.util.List;

/**
 * Seven lenders of dollars against bitcoin, each by its own published page. Their names stand for those pages, not for the lenders'
 * present offers. Ratios are the lenders' own fractions: a collateral-to-principal ratio of 150 % is 100/150.
 */
public final class Lenders {
    public static final Asset BTC = new Asset("BTC", 8);
    public static final Asset USD = new Asset("USD", 2);
    public static final String MARKET = "BTC-USD";

    private static final int A_YEAR = 365;
    private static final int NO_TERM = 0;
    private static final Duration FACT_LAG = Duration.ofHours(1);
    private static final Fraction FLOOR_DISCOUNT = Fraction.percent(2);
    /** So much debt is always dust: a sale is of everything. */
    private static final Money ALL = Money.of("1000000000000", USD);
    /** For a call whose clock the lender does not have: a hundred years. */
    private static final Duration NO_CLOCK = Duration.ofDays(36_525);

    /** Ratio on what is outstanding; above 70 % a top-up to 50 % is asked for, above 80 % all is sold and the loan closed. */
    public static final Lender LEDN = new Lender(
            "Ledn",
            "https://help.ledn.io/hc/en-us/sections/28298460207767-Loan-Management",
            "undated help page; above 70 % and 80 % also in blog.ledn.io, loan management tips",
            product(
                    "ledn-like",
                    Fraction.percent(50),
                    call(exceeds(70, 100), Fraction.percent(50), NO_CLOCK),
                    sale(exceeds(80, 100), Fraction.percent(50), ALL, Fraction.ZERO),
                    simple(Fraction.of(1199, 10_000)),
                    ExposureBasis.OUTSTANDING,
                    A_YEAR),
            List.of("11.99 % a year: rates differ by country and loan"),
            List.of("no release of excess under 30 %"));

    /** Ratio of collateral to principal; 150 % calls for 48 hours to 165 %, 110 % sells to 200 %, whole if under 10,000 would stay. */
    public static final Lender UNCHAINED = new Lender(
            "Unchained",
            "https://help.unchained.com/what-is-the-margin-call-process",
            "undated help page",
            product(
                    "unchained-like",
                    Fraction.of(100, 250),
                    call(Threshold.reaches(Fraction.of(100, 150)), Fraction.of(100, 165), Duration.ofHours(48)),
                    sale(
                            Threshold.reaches(Fraction.of(100, 110)),
                            Fraction.of(100, 200),
                            Money.of("10000", USD),
                            Fraction.ZERO),
                    simple(Fraction.percent(14)),
                    ExposureBasis.PRINCIPAL,
                    A_YEAR),
            List.of("14 % a year", "no selling fee: its rate is not on the page"),
            List.of("no accelerated call of 4 hours at 135 %", "interest is owed at the end, not billed each 30 days"));

    /** Ratio on the total obligation; 70 % calls for 24 hours, healed at 60 % by price too, 85 % sells to 60 % for 0.99 %. */
    public static final Lender STRIKE = new Lender(
            "Strike",
            "https://beta.strike.me/faq/what-are-margin-calls-and-liquidations",
            "2025; a sale to about 65 % since 12 February 2026 is not in it",
            product(
                    "strike-like",
                    Fraction.percent(50),
                    call(Threshold.reaches(Fraction.percent(70)), Fraction.percent(60), Duration.ofHours(24)),
                    sale(
                            Threshold.reaches(Fraction.percent(85)),
                            Fraction.percent(60),
                            Money.zero(USD),
                            Fraction.of(99, 10_000)),
                    simple(Fraction.percent(12)),
                    ExposureBasis.TOTAL_OBLIGATION,
                    A_YEAR),
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
                    call(justUnder(120, 100), Fraction.of(100, 130), NO_CLOCK),
                    sale(
                            Threshold.reaches(Fraction.of(100, 120)),
                            Fraction.of(100, 130),
                            Money.zero(USD),
                            Fraction.ZERO),
                    simple(Fraction.of(139, 1_000)),
                    ExposureBasis.OUTSTANDING,
                    NO_TERM),
            List.of("13.9 % a year", "bitcoin opens at 50 %", "back within its limits is 1/1.30"),
            List.of(
                    "a margin call one step before the sale stands for having none",
                    "no notices at 1/1.40, 1/1.35, 1/1.30",
                    "one sale to 1/1.30, not small ones"));

    /** Above 75 % a call, above 1/1.10 the coin is changed into stablecoin and stays so until the borrower asks, at 1/1.20 or lower. */
    public static final Lender SALT = new Lender(
            "SALT",
            "https://saltlending.com/salt-stabilization-how-it-works-235b0acf1349/",
            "22 October 2020",
            product(
                    "salt-like",
                    Fraction.percent(70),
                    call(exceeds(75, 100), Fraction.percent(70), NO_CLOCK),
                    sale(exceeds(100, 110), Fraction.percent(70), ALL, Fraction.ZERO),
                    simple(Fraction.of(1195, 10_000)),
                    ExposureBasis.OUTSTANDING,
                    A_YEAR),
            List.of("opens at 70 %, the highest of 30 to 70 %", "11.95 % a year", "a call is cured at 70 %"),
            List.of(
                    "the coin is sold and pays the debt; it is not kept as stablecoin until the borrower asks",
                    "owed at the end, not in instalments"));

    /** A market of Morpho: over 86 % the debt is repaid from the coin with 4.38 % on top; there is no call. */
    public static final Lender COINBASE = new Lender(
            "Coinbase/Morpho",
            "https://help.coinbase.com/en/coinbase/trading-and-funding/loan/collateral",
            "2025, undated help page",
            product(
                    "coinbase-like",
                    Fraction.percent(75),
                    call(
                            new Threshold(Fraction.of(8599, 10_000), Threshold.Comparator.EXCEEDS),
                            Fraction.percent(75),
                            NO_CLOCK),
                    sale(exceeds(86, 100), Fraction.ZERO, Money.zero(USD), Fraction.of(438, 10_438)),
                    simple(Fraction.percent(6)),
                    ExposureBasis.OUTSTANDING,
                    NO_TERM),
            List.of("6 % a year: the rate varies with each block"),
            List.of(
                    "a margin call one step before the sale stands for having none",
                    "the penalty is 4.38/104.38 of what is sold, surplus included",
                    "a fixed rate, not one that moves with utilisation"));

    /** Vault type WBTC-C: below 175 % of collateral the debt and a penalty of 13 % are raised, the rest goes back; there is no call. */
    public static final Lender MAKER = new Lender(
            "Maker",
            "https://forum.makerdao.com/t/proposed-risk-parameters-for-wbtc-c-vault-type/11707",
            "November 2021",
            product(
                    "maker-like",
                    Fraction.of(10_000, 17_502),
                    call(new Threshold(Fraction.of(10_000, 17_501), Threshold.Comparator.EXCEEDS), half(), NO_CLOCK),
                    sale(exceeds(100, 175), Fraction.ZERO, Money.zero(USD), Fraction.of(13, 113)),
                    simple(Fraction.of(15, 1_000)),
                    ExposureBasis.OUTSTANDING,
                    NO_TERM),
            List.of(),
            List.of(
                    "a margin call one step before the sale stands for having none",
                    "opens at 175.02 % of collateral, not at 175 %",
                    "the penalty is 13/113 of what is sold, surplus included",
                    "simple interest by the day, not compounding each second"));

    /** In the order in which they are printed. */
    public static final List<Lender> ALL_SEVEN = List.of(LEDN, UNCHAINED, STRIKE, NEXO, SALT, COINBASE, MAKER);

    private Lenders() {}

    private static ProductTerms product(
            String id,
            Fraction open,
            Ladder call,
            LiquidationTerms sale,
            InterestTerms interest,
            ExposureBasis basis,
            int termDays) {
        CollateralTerms coin = new CollateralTerms(BTC, MARKET, Fraction.ZERO, Quantity.of("0.00010000", BTC));
        return new ProductTerms(id, 1, USD, List.of(coin), open, call, sale, interest, basis, termDays);
    }

    private static Ladder call(Threshold threshold, Fraction cure, Duration period) {
        return Ladder.of(threshold, cure, period, FACT_LAG, Ladder.ClockStopper.DETECTED);
    }

    private static LiquidationTerms sale(Threshold threshold, Fraction target, Money residual, Fraction fee) {
        return new LiquidationTerms(threshold, target, residual, fee, FLOOR_DISCOUNT);
    }

    private static InterestTerms simple(Fraction annual) {
        return new InterestTerms(annual, DayCount.ACT_365F);
    }

    private static Threshold exceeds(long numerator, long denominator) {
        return new Threshold(Fraction.of(numerator, denominator), Threshold.Comparator.EXCEEDS);
    }

    /** 100/120 becomes 10000/12001. */
    private static Threshold justUnder(long cover, long debt) {
        return Threshold.reaches(Fraction.of(debt * 100, cover * 100 + 1));
    }

    private static Fraction half() {
        return Fraction.percent(50);
    }
}

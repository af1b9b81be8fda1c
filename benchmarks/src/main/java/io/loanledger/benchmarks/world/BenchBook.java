package io.loanledger.benchmarks.world;

import io.loanledger.benchmarks.BenchPlan;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * The loans on the broker, by number from 0, each of 400.00 USD, so little that a sale takes all its coin. All are opened at 20,000 USD per bitcoin.
 *
 * <p>First come those of the ladder: number n is sold at 12,000 less n / 10 dollars, and no two at the same tenth of a dollar. Then those of
 * the crash, sold between 8,000 and 6,000. The rest is steady: no price of a run comes near it.
 */
public final class BenchBook {

    /** At which every loan is opened. */
    public static final BigDecimal OPENING_PRICE = new BigDecimal("20000.00");

    /** Under every loan of the ladder and over every one of the crash: margin has been called of the former, and of no other. */
    public static final BigDecimal BEFORE_LADDER = new BigDecimal("12000.50");

    /** Sells all of the crash and none of the steady. */
    public static final BigDecimal CRASH_PRICE = new BigDecimal("5900.00");

    public static final BigDecimal PRINCIPAL = new BigDecimal("400.00");

    private static final BigDecimal LADDER_TOP = new BigDecimal("12000.00");
    private static final int LADDER_STEPS_PER_DOLLAR = 10;
    private static final BigDecimal CRASH_TOP = new BigDecimal("8000");
    private static final BigDecimal CRASH_RANGE = new BigDecimal("2000");
    private static final BigDecimal STEADY_TOP = new BigDecimal("5000");
    private static final BigDecimal STEADY_RANGE = new BigDecimal("2500");

    /** A loan is sold when its debt reaches 80 % of its coin's value. */
    private static final BigDecimal VALUE_AT_SALE = PRINCIPAL.divide(new BigDecimal("0.8"), MathContext.DECIMAL64);

    private static final int COIN_SCALE = 8;
    private static final String PREFIX = "loan-";

    private final int ladder;
    private final int crash;
    private final int loans;

    public BenchBook(BenchPlan plan) {
        this.ladder = plan.ladderLoans();
        this.crash = plan.crashLoans();
        this.loans = plan.broker().loans();
        if (ladder + crash >= loans || ladder > 20_000) {
            throw new IllegalArgumentException("no room for " + ladder + " loans of the ladder in " + loans);
        }
    }

    public int loans() {
        return loans;
    }

    public int crashLoans() {
        return crash;
    }

    /** How many neither the ladder nor the crash sells. */
    public int steadyLoans() {
        return loans - ladder - crash;
    }

    /** The loan's number of one that no price sells. */
    public int steady(int number) {
        return ladder + crash + number;
    }

    public boolean isOfCrash(int number) {
        return number >= ladder && number < ladder + crash;
    }

    public static String idOf(int number) {
        return String.format(Locale.ROOT, PREFIX + "%08d", number);
    }

    /** The number of a loan, or of the loan that a case or an instruction is named after. */
    public static int numberOf(String id) {
        return Integer.parseInt(id, PREFIX.length(), PREFIX.length() + 8, 10);
    }

    /** The number of the first loan whose id stands in a text, or -1. */
    public static int numberIn(String text) {
        int at = text.indexOf(PREFIX);
        return at < 0 ? -1 : numberOf(text.substring(at));
    }

    /** The price that sells loan {@code number} of the ladder, and all before it. */
    public static BigDecimal ladderPrice(int number) {
        return LADDER_TOP.subtract(BigDecimal.valueOf(number)
                .divide(BigDecimal.valueOf(LADDER_STEPS_PER_DOLLAR), 2, RoundingMode.UNNECESSARY));
    }

    /** Its coin: at its price of sale it is worth 500 dollars, rounded down to the satoshi, so that it is sold there and not a tick later. */
    public BigDecimal collateral(int number) {
        return VALUE_AT_SALE.divide(salePrice(number), COIN_SCALE, RoundingMode.DOWN);
    }

    private BigDecimal salePrice(int number) {
        if (number < ladder) {
            return ladderPrice(number);
        }
        return number < ladder + crash
                ? CRASH_TOP.subtract(share(CRASH_RANGE, number - ladder, crash))
                : STEADY_TOP.subtract(share(STEADY_RANGE, number - ladder - crash, steadyLoans()));
    }

    private static BigDecimal share(BigDecimal range, int part, int of) {
        return range.multiply(BigDecimal.valueOf(part)).divide(BigDecimal.valueOf(of), 4, RoundingMode.DOWN);
    }
}

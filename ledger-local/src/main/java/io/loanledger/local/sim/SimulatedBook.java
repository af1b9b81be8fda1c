package io.loanledger.local.sim;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * The borrowers' wishes: loans with principals from 2,000 to 80,000 USD whose LTV at a given price spreads evenly from 20 % to 68 %.
 *
 * <p>Collateral = principal / (LTV * price), rounded up to the lot of 0.0001 BTC, so that no loan stands above its planned LTV. For
 * example 10,000.00 USD at 50 % and 7,934.57 USD per BTC is 2.5207 BTC. The same seed gives the same book.
 */
public final class SimulatedBook {

    static final int LOWEST_LTV = 2_000;
    static final int HIGHEST_LTV = 6_800;
    private static final long LOWEST_PRINCIPAL = 2_000;
    private static final long HIGHEST_PRINCIPAL = 80_000;
    private static final int LOT_SCALE = 4;
    private static final int COIN_SCALE = 8;
    private static final BigDecimal LTV_UNIT = BigDecimal.valueOf(10_000);

    private SimulatedBook() {}

    /** {@code count} loans that stand at 20 % to 68 % when one bitcoin costs {@code price} USD. */
    public static List<LoanPlan> of(int count, BigDecimal price, long seed) {
        var random = new SplittableRandom(seed);
        var loans = new ArrayList<LoanPlan>(count);
        for (int number = 1; number <= count; number++) {
            BigDecimal principal = BigDecimal.valueOf(random.nextLong(LOWEST_PRINCIPAL, HIGHEST_PRINCIPAL + 1))
                    .setScale(2);
            int ltv = random.nextInt(LOWEST_LTV, HIGHEST_LTV + 1);
            BigDecimal collateral = collateralRoundedUp(principal, ltv, price);
            String productId = number % 2 == 0 ? DemoProducts.PATIENT : DemoProducts.SWIFT;
            loans.add(new LoanPlan(
                    name("loan", number), name("borrower", number), productId, principal, collateral, ltv));
        }
        return List.copyOf(loans);
    }

    static BigDecimal collateralRoundedUp(BigDecimal principal, int ltv, BigDecimal price) {
        return principal
                .multiply(LTV_UNIT)
                .divide(price.multiply(BigDecimal.valueOf(ltv)), LOT_SCALE, RoundingMode.UP)
                .setScale(COIN_SCALE);
    }

    private static String name(String kind, int number) {
        return String.format(Locale.ROOT, "%s-%06d", kind, number);
    }
}

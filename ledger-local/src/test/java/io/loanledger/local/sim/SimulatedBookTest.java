package io.loanledger.local.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatedBookTest {

    private static final BigDecimal OPENING = new BigDecimal("7934.57");

    @Test
    void roundsCollateralUpToTheLot() {
        // 10,000 / (0.50 * 7,934.57) = 2.52061548...
        assertThat(SimulatedBook.collateralRoundedUp(new BigDecimal("10000.00"), 5_000, OPENING))
                .isEqualTo(new BigDecimal("2.52070000"));
    }

    @Test
    void spreadsLoansFromTwentyToSixtyEightPerCent() {
        List<LoanPlan> book = SimulatedBook.of(2_000, OPENING, 7);
        assertThat(book).allSatisfy(plan -> {
            BigDecimal value = plan.collateral().multiply(OPENING);
            assertThat(plan.principal()).isBetween(new BigDecimal("2000"), new BigDecimal("80000"));
            // 68 % is the most, and 20 % less one lot of the smallest loan the least.
            assertThat(plan.principal()).isLessThanOrEqualTo(value.multiply(new BigDecimal("0.68")));
            assertThat(plan.principal()).isGreaterThan(value.multiply(new BigDecimal("0.199")));
        });
        assertThat(book.stream().filter(plan -> plan.ltvAtOpening() < 2_500)).hasSizeGreaterThan(150);
        assertThat(book.stream().filter(plan -> plan.ltvAtOpening() > 6_300)).hasSizeGreaterThan(150);
    }

    @Test
    void givesTheSameBookForTheSameSeed() {
        assertThat(SimulatedBook.of(50, OPENING, 7)).isEqualTo(SimulatedBook.of(50, OPENING, 7));
        assertThat(SimulatedBook.of(50, OPENING, 7)).isNotEqualTo(SimulatedBook.of(50, OPENING, 8));
    }
}

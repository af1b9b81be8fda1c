package io.loanledger.core.loan;

import static io.loanledger.core.loan.LoanStory.BTC;
import static io.loanledger.core.loan.LoanStory.START;
import static io.loanledger.core.loan.LoanStory.USD;
import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The quantity to sell: the smallest lot multiple after which the loan stands at or under its target. */
class SizingTest {
    private static final LocalDate DAY = LocalDate.of(2020, 3, 1);

    @Test
    void agreesWithTheClosedFormOfTheDesign() {
        // D = 60,000, C = 75,000, L = 0.60, f = 0.0099: V = (60,000 - 45,000) / (0.9901 - 0.60) = 38,451.6790...
        Loan loan = loan("60000.00", "7.50000000");
        Sizing sizing = Sizing.of(loan, LoanStory.quote(loan, "10000"), DAY);
        assertThat(sizing.mode()).isEqualTo(SaleMode.PARTIAL);
        // 38,451.68 / 10,000 = 3.845168 BTC -> next lot of 0.0001
        assertThat(sizing.quantity()).isEqualTo(Quantity.of("3.84520000", BTC));
    }

    @Test
    void sellsEverythingWhenAPartialSaleWouldLeaveDust() {
        // Sold s BTC at 1,000: debt left D - 990.10 s. At s = 0.7 of 1 BTC: left = D - 693.07; target 60 % of 300 = 180
        // -> dust.
        Loan dust = loan("873.07", "1.00000000");
        assertThat(Sizing.of(dust, LoanStory.quote(dust, "1000"), DAY).mode()).isEqualTo(SaleMode.FULL);
        // 10 BTC: s lots such that 8,000 - 990.1 s <= 600 (10 - s): s = 5.1271...; left 2,923 -> partial.
        Loan partial = loan("8000.00", "10.00000000");
        assertThat(Sizing.of(partial, LoanStory.quote(partial, "1000"), DAY).mode())
                .isEqualTo(SaleMode.PARTIAL);
    }

    @Test
    void sellsEverythingWhenNothingReachesTheTarget() {
        Loan under = loan("5000.00", "0.50005000");
        Sizing sizing = Sizing.of(under, LoanStory.quote(under, "9000"), DAY);
        assertThat(sizing.mode()).isEqualTo(SaleMode.FULL);
        assertThat(sizing.quantity()).isEqualTo(Quantity.of("0.50000000", BTC)); // floored to the lot
    }

    @Test
    void needsNothingAtTheTarget() {
        Loan loan = loan("6000.00", "1.00000000");
        assertThat(Sizing.of(loan, LoanStory.quote(loan, "10000"), DAY)
                        .quantity()
                        .isZero())
                .isTrue();
        assertThat(Sizing.of(loan, LoanStory.quote(loan, "9999.99"), DAY)
                        .quantity()
                        .isPositive())
                .isTrue();
    }

    @Test
    void endsAtOrUnderTheTargetAndOneLotLessStandsAbove() {
        long seed = Long.getLong("ledger.seed", 20_261_122L);
        Random random = new Random(seed);
        int partial = 0;
        for (int run = 0; run < 2_000; run++) {
            BigDecimal price = BigDecimal.valueOf(100_000 + random.nextInt(10_000_000), 2);
            BigDecimal coin = BigDecimal.valueOf(1_000 + random.nextInt(100_000), 4);
            int percent = 61 + random.nextInt(35);
            String debt = price.multiply(coin)
                    .multiply(BigDecimal.valueOf(percent, 2))
                    .setScale(2, RoundingMode.HALF_EVEN)
                    .toPlainString();
            Loan loan = loan(debt, coin.toPlainString());
            Sizing sizing = Sizing.of(loan, LoanStory.quote(loan, price.toPlainString()), DAY);
            if (sizing.mode() == SaleMode.FULL) {
                continue;
            }
            partial++;
            Quantity lot = Quantity.of("0.00010000", BTC);
            assertThat(ratioAfter(loan, sizing.quantity(), price))
                    .as("seed %d run %d", seed, run)
                    .isLessThanOrEqualTo(new BigDecimal("0.60"));
            assertThat(ratioAfter(loan, sizing.quantity().minus(lot), price))
                    .as("one lot less, seed %d run %d", seed, run)
                    .isGreaterThan(new BigDecimal("0.60"));
        }
        assertThat(partial).as("partial sales among the runs").isGreaterThan(500);
    }

    /** Plain arithmetic of its own: debt less proceeds after the fee, over what is left. */
    private static BigDecimal ratioAfter(Loan loan, Quantity sold, BigDecimal price) {
        BigDecimal gross = price.multiply(sold.amount()).setScale(2, RoundingMode.DOWN);
        BigDecimal fee = gross.multiply(new BigDecimal("0.0099")).setScale(2, RoundingMode.HALF_EVEN);
        BigDecimal debt = loan.debt().principal().amount().subtract(gross).add(fee);
        BigDecimal value = price.multiply(loan.collateral().held().amount().subtract(sold.amount()));
        return debt.divide(value, 20, RoundingMode.HALF_EVEN);
    }

    /** A disbursed loan, opened at a price that allows it. */
    private static Loan loan(String principal, String coin) {
        LoanStory story = new LoanStory("L1");
        String high = new BigDecimal(principal)
                .multiply(new BigDecimal("2.01"))
                .divide(new BigDecimal(coin), 2, RoundingMode.UP)
                .toPlainString();
        story.price(START, high);
        story.requested(principal).locked("tx:0", coin).granted("tx:0");
        story.tell(new LoanInput.DisbursementConfirmed(
                story.head(START), "L1/disbursement", new LoanInput.Stated(new BigDecimal(principal), "USD")));
        assertThat(story.loan().debt().principal()).isEqualTo(Money.of(principal, USD));
        assertThat(story.loan().status()).isEqualTo(LoanStatus.ACTIVE);
        assertThat(Duration.between(START, story.taskTime())).isZero();
        return story.loan();
    }
}

package io.loanledger.local.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.lender.Lenders;
import io.loanledger.core.loan.LoanTriggers;
import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.price.IndexState;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A lender's row, reckoned by hand: Ledn lends 50,000.00 on 10 BTC at 10,000.00, calls above 70 %, sells all above 80 %. The desk fills
 * a minute later at half a per cent less.
 */
class LenderFiguresTest {
    private static final Instant START = Instant.parse("2020-03-12T00:00:00Z");
    private static final Slippage HALF_A_PER_CENT = new Slippage(50);

    private final LenderFigures row = new LenderFigures("Ledn");

    /** 50,000 on 71,428.50 are 70.0001 %, on 62,499.90 they are 80.0001 %; sold for 62,187.40. */
    @Test
    void countsACallAndASaleWithWhatIsLeftOver() {
        play("10000.00", "7142.85", "6249.99", "6249.99", "6249.99");
        assertThat(row.loans).isEqualTo(1);
        assertThat(row.loansSold).isEqualTo(1);
        assertThat(row.lent).isEqualByComparingTo("50000.00");
        assertThat(row.calls).isEqualTo(1);
        assertThat(row.cures).isZero();
        assertThat(row.liquidations).isEqualTo(1);
        assertThat(row.sold).isEqualByComparingTo("10");
        assertThat(row.proceeds).isEqualByComparingTo("62187.40");
        assertThat(row.charged).isEqualByComparingTo("0");
        assertThat(row.surplus).isEqualByComparingTo("12187.40");
        assertThat(row.shortfalls).isZero();
    }

    /** Sold for 48,755.00; then, of a second loan, for 49,750.00. */
    @Test
    void addsUpWhatIsMissing() {
        play("10000.00", "4900.00", "4900.00", "4900.00");
        assertThat(row.shortfall).isEqualByComparingTo("1245.00");
        play("10000.00", "5000.00", "5000.00", "5000.00");
        assertThat(row.loans).isEqualTo(2);
        assertThat(row.shortfalls).isEqualTo(2);
        assertThat(row.shortfall).isEqualByComparingTo("1495.00");
        assertThat(row.calls).as("the hard limit comes first").isZero();
        assertThat(row.surplus).isEqualByComparingTo("0");
    }

    /** Back at 10,000.00 it is 50 % again. */
    @Test
    void countsACallThatThePriceHeals() {
        play("10000.00", "7142.85", "10000.00", "7142.86", "10000.00");
        assertThat(row.calls).isEqualTo(1);
        assertThat(row.cures).isEqualTo(1);
        assertThat(row.liquidations).isZero();
        assertThat(row.sold).isEqualByComparingTo("0");
    }

    private void play(String... minutes) {
        Borrower borrower = new Borrower(
                "borrower-000001",
                new BigDecimal("10.00000000"),
                BigDecimal.ONE,
                0,
                BigDecimal.ONE,
                Borrower.Answer.IGNORES,
                Duration.ofMinutes(5));
        assertThat(Comparison.played(Lenders.LEDN, borrower, tape(minutes), HALF_A_PER_CENT, row))
                .isEmpty();
    }

    private static PriceTape tape(String... minutes) {
        List<PriceTape.Tick> ticks = new ArrayList<>();
        for (int minute = 0; minute < minutes.length; minute++) {
            BigDecimal price = new BigDecimal(minutes[minute]);
            Instant at = START.plus(PriceTape.STEP.multipliedBy(minute));
            ticks.add(new PriceTape.Tick(
                    new IndexPrice(Lenders.MARKET, 1, minute + 2L, at, price, IndexState.LIVE, "", 3, List.of()),
                    price,
                    price.movePointRight(LoanTriggers.KEY_SCALE).longValueExact()));
        }
        BigDecimal low = ticks.stream()
                .map(PriceTape.Tick::price)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        return new PriceTape("by hand", ticks, low, START.plus(PriceTape.STEP.multipliedBy(minutes.length)));
    }
}

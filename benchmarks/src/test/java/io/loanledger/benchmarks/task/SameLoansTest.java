package io.loanledger.benchmarks.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** The task over loans that are made up, and the join that it is compared with, hold the same loans: the same prices sell the same number. */
class SameLoansTest {

    /** Loan n is sold at 2,500 + 25 (n mod 100) dollars, so three of 300 at each of these prices. */
    private static final int LOANS = 300;

    @Test
    void pricesThatSellNobodyAreQuiet() {
        try (LoneTask task = LoneTask.over(LOANS);
                ForeignKeyJoin join = new ForeignKeyJoin(LOANS)) {
            int sent = task.sent();
            task.price(new BigDecimal("20000.00"));
            join.price(20_000);
            assertThat(task.sent()).isEqualTo(sent);
            assertThat(join.breaches()).isZero();
        }
    }

    @Test
    void pricesThatSellSomeSellTheSame() {
        try (LoneTask task = LoneTask.over(LOANS);
                ForeignKeyJoin join = new ForeignKeyJoin(LOANS)) {
            join.price(4_976);
            assertThat(task.sweep(new BigDecimal("4976.00"))).isZero();
            assertThat(join.breaches()).isZero();
            join.price(4_950);
            assertThat(task.sweep(new BigDecimal("4950.00"))).isEqualTo(6);
            assertThat(join.breaches()).isEqualTo(6);
        }
    }
}

package io.loanledger.benchmarks.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** A price that sells many is worked off in more than one piece, and leaves a task whose ticks are quiet again. */
class SweptTaskTest {

    /** Loan n is sold at 2,500 + 25 (n mod 100) dollars. One record visits 2,000 loans at most, so 2,100 sales take two. */
    private static final int LOANS = 21_000;

    private static final BigDecimal QUIET = new BigDecimal("20000.00");

    @Test
    void sellsTheTenthThatFiresFirstAndIsQuietAgainWhenThePriceIsBack() {
        try (LoneTask task = LoneTask.over(LOANS)) {
            assertThat(task.sweep(new BigDecimal("4750.00"))).isEqualTo(LOANS / 10);
            assertThat(task.sweep(QUIET)).as("sales of a price that rose").isZero();
            int sent = task.sent();
            task.price(QUIET);
            assertThat(task.sent()).as("records of a quiet tick").isEqualTo(sent);
            assertThat(task.sweep(new BigDecimal("4750.00")))
                    .as("sold once already")
                    .isZero();
        }
    }
}

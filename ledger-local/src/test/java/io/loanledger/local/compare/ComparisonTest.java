package io.loanledger.local.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.lender.Lender;
import io.loanledger.core.lender.Lenders;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A small book, printed with its seed by the report's first line. */
class ComparisonTest {
    private static final int BORROWERS = 30;
    private static final long SEED = 7;

    private static Comparison comparison;

    @BeforeAll
    static void play() {
        comparison = Comparison.of(BORROWERS, SEED, new Slippage(50));
    }

    @Test
    void findsNoViolationAndSaysSoLast() {
        List<String> lines = ComparisonReport.lines(comparison);
        assertThat(comparison.violations()).as(lines.getFirst()).isEmpty();
        assertThat(lines.getLast()).isEqualTo("COMPARE OK lenders=7 scenarios=2 violations=0");
    }

    @Test
    void givesEveryLenderTheSameBorrowers() {
        for (Comparison.Result result : comparison.results()) {
            assertThat(result.rows())
                    .extracting(LenderFigures::lender)
                    .containsExactlyElementsOf(
                            Lenders.ALL_SEVEN.stream().map(Lender::name).toList());
            assertThat(result.rows())
                    .allSatisfy(row -> assertThat(row.loans + row.notKept).isEqualTo(BORROWERS));
        }
    }

    @Test
    void repeatsItselfFromTheSeedAlone() {
        assertThat(ComparisonReport.lines(Comparison.of(BORROWERS, SEED, new Slippage(50))))
                .isEqualTo(ComparisonReport.lines(comparison));
        assertThat(ComparisonReport.lines(Comparison.of(BORROWERS, SEED + 1, new Slippage(50))))
                .isNotEqualTo(ComparisonReport.lines(comparison));
    }

    @Test
    void sellsForEveryLenderInMarch2020() {
        assertThat(comparison.results().getFirst().rows())
                .allSatisfy(row -> assertThat(row.liquidations).as(row.lender()).isPositive());
    }

    @Test
    void printsANilAsANil() {
        LenderFigures unchained = comparison.results().getLast().rows().get(1);
        assertThat(unchained.lender()).isEqualTo("Unchained");
        assertThat(unchained.shortfall).isEqualByComparingTo(BigDecimal.ZERO);
        assertThat(ComparisonReport.lines(comparison))
                .filteredOn(line -> line.startsWith("Unchained  "))
                .last()
                .asString()
                .endsWith(" 0.00");
    }

    @Test
    void failsWhenALenderHasNoLoan() {
        Comparison alone = Comparison.of(0, SEED, new Slippage(50));
        assertThat(alone.holds()).isFalse();
        assertThat(ComparisonReport.lines(alone).getLast())
                .startsWith("COMPARE FAILED lenders=7 scenarios=2 violations=0");
    }
}

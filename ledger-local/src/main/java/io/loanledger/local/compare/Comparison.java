package io.loanledger.local.compare;

import io.loanledger.core.lender.Lender;
import io.loanledger.core.lender.Lenders;
import io.loanledger.ingest.scenario.Scenario;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Every lender's book through every scenario. The same seed, number of borrowers and slippage give the same figures on any machine.
 *
 * @param borrowers how many there are
 * @param seed of their book
 * @param slippage of the desk
 * @param results one a scenario
 * @param violations of any loan, in the order in which they were found
 */
record Comparison(int borrowers, long seed, Slippage slippage, List<Result> results, List<Violation> violations) {
    static final List<String> SCENARIOS = List.of("COVID_2020", "OCT_2025_WICK");

    /**
     * One scenario.
     *
     * @param tape its prices
     * @param rows one a lender, in the order of {@link Lenders#ALL_SEVEN}
     */
    record Result(PriceTape tape, List<LenderFigures> rows) {
        Result {
            rows = List.copyOf(rows);
        }
    }

    Comparison {
        results = List.copyOf(results);
        violations = List.copyOf(violations);
    }

    static Comparison of(int borrowers, long seed, Slippage slippage) {
        List<Borrower> book = ComparableBook.of(borrowers, seed);
        List<Violation> violations = new ArrayList<>();
        List<Result> results = new ArrayList<>();
        for (String name : SCENARIOS) {
            PriceTape tape = PriceTape.of(Scenario.named(name));
            List<LenderFigures> rows = new ArrayList<>();
            for (Lender lender : Lenders.ALL_SEVEN) {
                LenderFigures figures = new LenderFigures(lender.name());
                for (Borrower borrower : book) {
                    violations.addAll(played(lender, borrower, tape, slippage, figures));
                }
                rows.add(figures);
            }
            results.add(new Result(tape, rows));
        }
        return new Comparison(borrowers, seed, slippage, results, violations);
    }

    static List<Violation> played(
            Lender lender, Borrower borrower, PriceTape tape, Slippage slippage, LenderFigures figures) {
        Published published = Published.of(lender.name());
        Witness witness =
                new Witness(published, figures, tape.scenario() + " " + lender.name() + " " + borrower.name());
        PlayedLoan loan = new PlayedLoan(lender, borrower, witness, slippage);
        BigDecimal openedAt = tape.first().multiply(borrower.openedAt()).setScale(2, RoundingMode.HALF_EVEN);
        Instant start = tape.start();
        Instant opened = start.minus(Duration.ofDays(borrower.ageDays()));
        BigDecimal principal = published.principal(
                borrower.share(),
                borrower.coins().multiply(openedAt),
                opened.atOffset(ZoneOffset.UTC).toLocalDate());
        loan.open(opened, openedAt, principal, start);
        if (!witness.violations().isEmpty()) {
            return witness.violations();
        }
        if (!witness.isQuietAt(tape.first(), start)) {
            figures.notKept++;
            return List.of();
        }
        loan.play(tape);
        witness.ended(loan.loan());
        return witness.violations();
    }

    boolean holds() {
        return violations.isEmpty()
                && results.stream().flatMap(result -> result.rows().stream()).allMatch(row -> row.loans > 0);
    }
}

package io.loanledger.local.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.lender.Lender;
import io.loanledger.core.lender.Lenders;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Threshold;
import io.loanledger.core.terms.Ladder;
import io.loanledger.core.terms.LiquidationTerms;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.Rung;
import io.loanledger.ingest.scenario.Scenario;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Gives the core other terms than the lender's page states: the witness, who knows the page alone, has to find each. */
class WitnessTest {
    private static final PriceTape TAPE = PriceTape.of(Scenario.named("COVID_2020"));
    private static final Borrower BORROWER = new Borrower(
            "borrower-000001",
            new BigDecimal("10.00000000"),
            new BigDecimal("0.9"),
            100,
            BigDecimal.ONE,
            Borrower.Answer.IGNORES,
            Duration.ofMinutes(5));

    @Test
    void findsNothingUnderTheTermsAsPublished() {
        assertThat(played(Lenders.LEDN.terms(), new Slippage(50))).isEmpty();
    }

    @Test
    void findsASaleBeforeTheLimit() {
        assertThat(played(soldAt(Fraction.percent(79)), new Slippage(50)))
                .extracting(Violation::invariant)
                .contains(Violation.Invariant.NO_SALE_WITHOUT_BREACH);
    }

    @Test
    void findsALimitWithoutASale() {
        assertThat(played(soldAt(Fraction.percent(81)), new Slippage(50)))
                .extracting(Violation::invariant)
                .contains(Violation.Invariant.NO_BREACH_WITHOUT_SALE);
    }

    @Test
    void findsACallBeforeItsRatio() {
        assertThat(played(calledAt(Fraction.percent(69)), new Slippage(50)))
                .extracting(Violation::invariant)
                .contains(Violation.Invariant.NO_CALL_WITHOUT_BREACH);
    }

    @Test
    void findsInterestThatIsNotTheLenders() {
        ProductTerms terms = Lenders.LEDN.terms();
        ProductTerms dearer = new ProductTerms(
                terms.productId(),
                terms.version(),
                terms.debtAsset(),
                terms.collateral(),
                terms.openLtv(),
                terms.ladder(),
                terms.liquidation(),
                Lenders.UNCHAINED.terms().interest(),
                terms.exposureBasis(),
                terms.termDays());
        assertThat(played(dearer, new Slippage(50)))
                .extracting(Violation::invariant)
                .contains(Violation.Invariant.MONEY_CONSERVED);
    }

    private static ProductTerms calledAt(Fraction call) {
        ProductTerms terms = Lenders.LEDN.terms();
        Rung rung = terms.ladder().rung(1);
        return new ProductTerms(
                terms.productId(),
                terms.version(),
                terms.debtAsset(),
                terms.collateral(),
                terms.openLtv(),
                new Ladder(
                        List.of(Rung.call(
                                new Threshold(call, rung.threshold().comparator()), rung.level(), rung.period())),
                        terms.ladder().factLag(),
                        terms.ladder().clockStopper(),
                        terms.ladder().cureDwell(),
                        terms.ladder().disputeWindow(),
                        terms.ladder().answerWindow()),
                terms.liquidation(),
                terms.interest(),
                terms.exposureBasis(),
                terms.termDays());
    }

    private static ProductTerms soldAt(Fraction hard) {
        ProductTerms terms = Lenders.LEDN.terms();
        LiquidationTerms sale = terms.liquidation();
        return new ProductTerms(
                terms.productId(),
                terms.version(),
                terms.debtAsset(),
                terms.collateral(),
                terms.openLtv(),
                terms.ladder(),
                new LiquidationTerms(
                        new Threshold(hard, sale.threshold().comparator()),
                        sale.targetLtv(),
                        sale.minimumResidualDebt(),
                        sale.fee().rate(),
                        sale.floorDiscount()),
                terms.interest(),
                terms.exposureBasis(),
                terms.termDays());
    }

    private static List<Violation> played(ProductTerms terms, Slippage slippage) {
        Lender ledn = Lenders.LEDN;
        Lender other =
                new Lender(ledn.name(), ledn.source(), ledn.published(), terms, ledn.assumed(), ledn.approximated());
        return Comparison.played(other, BORROWER, TAPE, slippage, new LenderFigures(ledn.name()));
    }
}

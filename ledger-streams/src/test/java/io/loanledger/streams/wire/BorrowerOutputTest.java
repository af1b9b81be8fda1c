package io.loanledger.streams.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.loan.Agreement;
import io.loanledger.core.loan.DefaultReason;
import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanEvent;
import io.loanledger.core.model.LoanWith;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.terms.AgreementTerms;
import io.loanledger.core.terms.DefaultTerms;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.ScheduleTerms;
import io.loanledger.core.terms.ScheduleTerms.Kind;
import io.loanledger.events.BorrowerLoanDefaulted;
import io.loanledger.events.BorrowerLoanLive;
import io.loanledger.events.BorrowerLoanOver;
import io.loanledger.events.topic.TopicCatalogue;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/** When the claim task hears of a loan whose default may be that of its borrower's others. */
class BorrowerOutputTest {
    private static final Instant NOW = Instant.parse("2020-03-12T12:00:00Z");
    private static final Loan APART = SampleLoan.inLiquidation();
    private static final Loan CROSSED = under(true);
    private static final Loan ALONE = under(false);

    private static final SpecificRecord LIVE = new BorrowerLoanLive("borrower-1", "loan-1", NOW);
    private static final SpecificRecord OVER = new BorrowerLoanOver("borrower-1", "loan-1", NOW);

    @Test
    void aRolloverIntoSuchTermsMakesALoanOneOfThem() throws Exception {
        assertThat(amended(APART, CROSSED)).containsExactly(told(LIVE));
        assertThat(amended(ALONE, CROSSED)).containsExactly(told(LIVE));
    }

    @Test
    void aRolloverOutOfThemEndsThat() throws Exception {
        assertThat(amended(CROSSED, APART)).containsExactly(told(OVER));
        assertThat(amended(CROSSED, ALONE)).containsExactly(told(OVER));
    }

    @Test
    void anAmendmentThatChangesNothingOfItTellsNobody() throws Exception {
        assertThat(amended(CROSSED, CROSSED)).isEmpty();
        assertThat(amended(APART, ALONE)).isEmpty();
    }

    @Test
    void aDefaultOfItsOwnIsToldAndACrossDefaultIsNot() {
        assertThat(OutputMapping.of(defaulted(DefaultReason.MANUAL), CROSSED, CROSSED, NOW))
                .containsExactly(told(new BorrowerLoanDefaulted("borrower-1", "loan-1", NOW)));
        assertThat(OutputMapping.of(defaulted(DefaultReason.CROSS_DEFAULT), CROSSED, CROSSED, NOW))
                .isEmpty();
        assertThat(OutputMapping.of(defaulted(DefaultReason.MANUAL), ALONE, ALONE, NOW))
                .isEmpty();
    }

    private static LoanEvent defaulted(DefaultReason reason) {
        return new LoanEvent.LoanDefaulted(
                reason, LocalDate.of(2020, 3, 12), "", SampleLoan.money("0"), SampleLoan.money("0"));
    }

    private static List<Outbound> amended(Loan before, Loan after) throws Exception {
        LoanEvent event = new RandomCore(1).event(LoanEvent.LoanAmended.class);
        return OutputMapping.of(event, before, after, NOW);
    }

    private static Outbound told(SpecificRecord record) {
        return new Outbound(TopicCatalogue.CLAIM_REQUESTS, "borrower:borrower-1", record);
    }

    private static Loan under(boolean cross) {
        ProductTerms plain = SampleLoan.TERMS;
        ScheduleTerms bullet = new ScheduleTerms(
                Kind.BULLET, 0, 0, List.of(), 0, Duration.ofHours(1), SampleLoan.money("0"), Fraction.ZERO);
        ProductTerms terms = new ProductTerms(
                plain.productId(),
                plain.version(),
                plain.debtAsset(),
                plain.collateral(),
                plain.openLtv(),
                plain.ladder(),
                plain.liquidation(),
                plain.interest(),
                plain.exposureBasis(),
                plain.termDays(),
                null,
                AgreementTerms.PLAIN
                        .withSchedule(bullet)
                        .withDefault(new DefaultTerms(30, BigDecimal.ZERO, true, true, cross)));
        Agreement agreed = APART.terms();
        return LoanWith.agreement(APART, new Agreement(terms, agreed.principal(), agreed.collateralAsset()));
    }
}

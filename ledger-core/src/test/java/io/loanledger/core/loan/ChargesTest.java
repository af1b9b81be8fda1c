package io.loanledger.core.loan;

import static io.loanledger.core.loan.LoanStory.START;
import static io.loanledger.core.loan.LoanStory.USD;
import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.posting.Account;
import io.loanledger.core.posting.Entry;
import io.loanledger.core.terms.AgreementTerms;
import io.loanledger.core.terms.Component;
import io.loanledger.core.terms.DayCount;
import io.loanledger.core.terms.ExposureBasis;
import io.loanledger.core.terms.InterestTerms;
import io.loanledger.core.terms.OriginationTerms;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.WaterfallTerms;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Costs, penalties and fees that the lender charges, and the fee that it keeps from the payout. */
class ChargesTest {
    private static final InterestTerms NO_INTEREST = new InterestTerms(Fraction.ZERO, DayCount.ACT_365F);

    private static Money usd(String amount) {
        return Money.of(amount, USD);
    }

    private static ProductTerms keeping(String fixed, String rate) {
        return LoanStory.product(
                NO_INTEREST,
                ExposureBasis.OUTSTANDING,
                0,
                AgreementTerms.PLAIN.withOrigination(
                        new OriginationTerms(usd(fixed), Fraction.ofDecimal(new BigDecimal(rate)))));
    }

    @Test
    void chargesAreOwedAndPaidBeforeInterest() {
        LoanStory story = LoanStory.disbursed()
                .charged(ChargeKind.COSTS, "30.00")
                .charged(ChargeKind.PENALTY, "20.00")
                .charged(ChargeKind.FEE, "10.00");
        assertThat(story.loan().debt().posted()).isEqualTo(usd("5060.00"));
        assertThat(LoanPostings.of(story.all(LoanEvent.ChargePosted.class).get(1))
                        .entries())
                .containsExactly(
                        Entry.debit(Account.PENALTIES_RECEIVABLE, usd("20.00")),
                        Entry.credit(Account.PENALTY_INCOME, usd("20.00")));
        story.repaid(START, "55.00");
        Allocation spread = story.the(LoanEvent.RepaymentApplied.class).allocation();
        assertThat(List.of(spread.costs(), spread.penalties(), spread.fees(), spread.principal()))
                .containsExactly(usd("30.00"), usd("20.00"), usd("5.00"), usd("0.00"));
        assertThat(story.charged(ChargeKind.FEE, "-5.01").last())
                .isEqualTo(new Decision.Refused(Refusal.EXCEEDS_DEBT, "5.01 USD of 5.00 USD"));
        assertThat(story.charged(ChargeKind.FEE, "-5.00").loan().debt().posted())
                .isEqualTo(usd("5000.00"));
    }

    @Test
    void costsKeepALoanFromBeingRepaid() {
        LoanStory story =
                LoanStory.disbursed().charged(ChargeKind.COSTS, "0.01").repaid(START, "5000.00");
        assertThat(story.loan().status()).isEqualTo(LoanStatus.ACTIVE);
        assertThat(story.loan().debt().principal()).isEqualTo(usd("0.01"));
        assertThat(story.charged(ChargeKind.COSTS, "-0.01")
                        .refusedWith(Refusal.EXCEEDS_DEBT)
                        .loan()
                        .status())
                .isEqualTo(LoanStatus.ACTIVE);
    }

    @Test
    void costsThatArePaidLastKeepALoanFromBeingRepaid() {
        WaterfallTerms costsLast =
                new WaterfallTerms(List.of(Component.values()).reversed(), false, false);
        LoanStory story = LoanStory.secured(
                        LoanStory.product(
                                NO_INTEREST,
                                ExposureBasis.OUTSTANDING,
                                0,
                                AgreementTerms.PLAIN.withWaterfall(costsLast)),
                        "5000.00")
                .paidOut()
                .charged(ChargeKind.COSTS, "0.01")
                .repaid(START, "5000.00");
        assertThat(story.loan().debt().principal()).isEqualTo(usd("0.00"));
        assertThat(story.loan().status()).isEqualTo(LoanStatus.ACTIVE);
        assertThat(story.repaid(START, "0.01").loan().status()).isEqualTo(LoanStatus.REPAID);
    }

    @Test
    void aChargeThatMeetsTheHardThresholdSells() {
        // 1 BTC at 10,000: 80 % is 8,000.00.
        LoanStory story = LoanStory.disbursed().charged(ChargeKind.COSTS, "2999.99");
        assertThat(story.names()).contains("MarginCallIssued").doesNotContain("LiquidationRequested");
        assertThat(story.charged(ChargeKind.COSTS, "0.01").names()).endsWith("LiquidationRequested");
    }

    @Test
    void refusesChargesInTheirOrder() {
        LoanStory story = LoanStory.disbursed();
        story.charged(ChargeKind.FEE, "0").refusedWith(Refusal.NOT_POSITIVE);
        story.charged(ChargeKind.FEE, "-1e25").refusedWith(Refusal.ABOVE_LIMIT);
        story.charged(ChargeKind.FEE, "1.001").refusedWith(Refusal.OVER_PRECISE);
        story.charged(ChargeKind.PENALTY, "-0.01").refusedWith(Refusal.EXCEEDS_DEBT);
        new LoanStory("L2").price(START, "10000").charged(ChargeKind.FEE, "1").refusedWith(Refusal.UNKNOWN_LOAN);
        new LoanStory("L2")
                .price(START, "10000")
                .requested("5000.00")
                .charged(ChargeKind.FEE, "1")
                .refusedWith(Refusal.WRONG_STATUS);
    }

    @Test
    void keepsItsFeeFromThePayout() {
        LoanStory story = LoanStory.secured(keeping("0", "0.015"), "10000.00");
        story.paidOut("10000.00").refusedWith(Refusal.AMOUNT_DIFFERS);
        story.paidOut("9850.00");
        assertThat(story.loan().debt().principal()).isEqualTo(usd("10000.00"));
        assertThat(story.loan().debt().fees()).isEqualTo(usd("0.00"));
        assertThat(LoanPostings.of(story.the(LoanEvent.DisbursementConfirmed.class))
                        .entries())
                .containsExactly(
                        Entry.debit(Account.PRINCIPAL_RECEIVABLE, usd("10000.00")),
                        Entry.credit(Account.CASH, usd("9850.00")),
                        Entry.credit(Account.FEE_INCOME, usd("150.00")));
    }

    @Test
    void givesTheFeeBackWithAllOfThePayoutAndNotWithAPart() {
        LoanStory whole = LoanStory.secured(keeping("0", "0.015"), "10000.00").paidOut("9850.00");
        whole.payoutReturned(START, "9850.00");
        assertThat(whole.loan().debt().isClear()).isTrue();
        LoanEvent.DisbursementReturned returned = whole.the(LoanEvent.DisbursementReturned.class);
        assertThat(returned.fee()).isEqualTo(usd("150.00"));
        assertThat(LoanPostings.of(returned).entries())
                .containsExactly(
                        Entry.debit(Account.CASH, usd("9850.00")),
                        Entry.debit(Account.FEE_INCOME, usd("150.00")),
                        Entry.credit(Account.PRINCIPAL_RECEIVABLE, usd("10000.00")));
        LoanStory part = LoanStory.secured(keeping("0", "0.015"), "10000.00").paidOut("9850.00");
        part.payoutReturned(START, "9850.01").refusedWith(Refusal.AMOUNT_DIFFERS);
        part.payoutReturned(START, "9849.99");
        assertThat(part.loan().debt().principal()).isEqualTo(usd("150.01"));
        LoanStory repaid = LoanStory.secured(keeping("0", "0.015"), "10000.00").paidOut("9850.00");
        repaid.repaid(START, "0.01").payoutReturned(START, "9850.00");
        assertThat(repaid.loan().debt().principal()).isEqualTo(usd("149.99"));
    }

    @Test
    void lendsNothingThatItsFeeWouldEat() {
        LoanStory story = LoanStory.secured(keeping("100.00", "0"), "100.00");
        assertThat(story.the(LoanEvent.LoanCancelled.class).reason()).isEqualTo("the fee is not under the principal");
        assertThat(LoanStory.secured(keeping("99.99", "0"), "100.00").loan().paidOut())
                .isEqualTo(usd("0.01"));
    }

    @Test
    void aWaiverHealsNoCallByItselfAndThePriceDoes() {
        LoanStory story = LoanStory.disbursed().charged(ChargeKind.COSTS, "2000.00");
        assertThat(story.names()).endsWith("MarginCallIssued");
        story.price(START.plus(Duration.ofHours(1)), "10000").charged(ChargeKind.COSTS, "-1500.00");
        assertThat(story.the(LoanEvent.MarginCallCured.class).kind()).isEqualTo(CureKind.PRICE);
    }
}

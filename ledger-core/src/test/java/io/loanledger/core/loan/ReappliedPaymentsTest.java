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
import io.loanledger.core.terms.WaterfallTerms;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A payment that bounces takes those after it along, by entries of their own. 36.5 % on 10,000.00 are 10.00 a day. */
class ReappliedPaymentsTest {
    private static final Instant DAY_10 = START.plus(Duration.ofDays(10)).plusSeconds(3600);

    private static Money usd(String amount) {
        return Money.of(amount, USD);
    }

    private static LoanStory loan(boolean reapplies) {
        return LoanStory.secured(
                        LoanStory.product(
                                new InterestTerms(Fraction.of(365, 1000), DayCount.ACT_365F),
                                ExposureBasis.OUTSTANDING,
                                365,
                                AgreementTerms.PLAIN.withWaterfall(
                                        new WaterfallTerms(List.of(Component.values()), false, reapplies))),
                        "10000.00")
                .paidOut();
    }

    /** Interest of ten days is 100.00: A pays 60.00 of it, B the rest and 40.00 of principal. */
    private static LoanStory twoPayments(boolean reapplies) {
        return loan(reapplies)
                .price(DAY_10, "10000")
                .repaid(DAY_10, "A", "60.00")
                .repaid(DAY_10, "B", "80.00")
                .forgetEvents();
    }

    @Test
    void paysInterestWithWhatHadPaidPrincipal() {
        LoanStory story = twoPayments(true).bounced("A", "60.00");

        assertThat(story.names()).containsExactly("RepaymentReversed", "RepaymentReversed", "RepaymentApplied");
        LoanEvent.RepaymentReversed later =
                story.all(LoanEvent.RepaymentReversed.class).getFirst();
        LoanEvent.RepaymentReversed bounced =
                story.all(LoanEvent.RepaymentReversed.class).getLast();
        assertThat(later.paymentReference()).isEqualTo("B");
        assertThat(later.reappliedFor()).isEqualTo("A");
        assertThat(later.allocation())
                .isEqualTo(new Allocation(usd("0.00"), usd("-40.00"), usd("-40.00"), usd("0.00")));
        assertThat(bounced.reappliedFor()).isNull();
        assertThat(bounced.allocation())
                .isEqualTo(new Allocation(usd("0.00"), usd("-60.00"), usd("0.00"), usd("0.00")));
        assertThat(story.the(LoanEvent.RepaymentApplied.class).allocation())
                .isEqualTo(new Allocation(usd("0.00"), usd("80.00"), usd("0.00"), usd("0.00")));

        Debt debt = story.loan().debt();
        assertThat(debt.interest()).isEqualTo(usd("20.00"));
        assertThat(debt.principal()).isEqualTo(usd("10000.00"));
        Money cash = story.events().stream()
                .flatMap(event -> LoanPostings.of(event).entries().stream())
                .filter(entry -> entry.account() == Account.CASH)
                .map(Entry::amount)
                .map(amount -> new Money(amount, USD))
                .reduce(usd("0.00"), Money::plus);
        assertThat(cash).as("60.00 are gone, B stays what it was").isEqualTo(usd("-60.00"));
    }

    @Test
    void leavesThemWhereTheyAreWithoutTheTerm() {
        LoanStory story = twoPayments(false).bounced("A", "60.00");
        assertThat(story.names()).containsExactly("RepaymentReversed");
        assertThat(story.loan().debt().interest()).isEqualTo(usd("60.00"));
        assertThat(story.loan().debt().principal()).isEqualTo(usd("9960.00"));
    }

    @Test
    void keepsTheTotalOfAPaymentForItsOwnReversal() {
        LoanStory story = twoPayments(true).bounced("A", "60.00").bounced("B", "80.00");
        assertThat(story.loan().debt().interest()).isEqualTo(usd("100.00"));
        assertThat(story.loan().debt().principal()).isEqualTo(usd("10000.00"));
        story.bounced("B", "80.00").refusedWith(Refusal.PAYMENT_UNKNOWN);
    }

    @Test
    void countsInterestAsIfThePaymentHadNeverCome() {
        // B's 40.00 of principal bore nothing from day 10; it bears again, and from day 20 on all do.
        Instant day20 = DAY_10.plus(Duration.ofDays(10));
        LoanStory story = twoPayments(true)
                .price(day20, "10000")
                .repaid(day20, "C", "1.00")
                .bounced("A", "60.00");
        // 20 days on 10,000.00 are 200.00, of which B and C pay 81.00.
        assertThat(story.loan().debt().interestPosted()).isEqualTo(usd("200.00"));
        assertThat(story.loan().debt().interest()).isEqualTo(usd("119.00"));
        assertThat(story.loan().debt().principal()).isEqualTo(usd("10000.00"));
        assertThat(story.loan().payments())
                .extracting(Payment::paymentReference)
                .containsExactly("A", "B", "C");
        assertThat(story.loan().payments())
                .extracting(payment -> payment.allocation().total())
                .containsExactly(usd("60.00"), usd("80.00"), usd("1.00"));
    }

    @Test
    void takesSurplusBackAsFarAsItIsThere() {
        // C pays the loan off but for a charge that keeps it alive, with more than is owed: then all of it is gone.
        LoanStory story = twoPayments(true);
        story.repaid(DAY_10, "C", "9960.00");
        assertThat(story.loan().status()).isEqualTo(LoanStatus.REPAID);
        story.bounced("A", "60.00");
        assertThat(story.loan().debt().isClear()).isTrue();
        assertThat(story.all(LoanEvent.RepaymentReversed.class)).hasSize(1);
        assertThat(story.the(LoanEvent.MoneySuspended.class).amount()).isEqualTo(usd("-60.00"));
    }

    @Test
    void aReversalHealsNoCall() {
        // 10 BTC at 1,350 under 10,000.00 stand at 74 %: called.
        LoanStory story = twoPayments(true).price(DAY_10.plusSeconds(60), "1350");
        assertThat(story.names()).endsWith("MarginCallIssued");
        story.bounced("A", "60.00");
        assertThat(story.names()).doesNotContain("MarginCallCured");
        assertThat(new BigDecimal("10020.00"))
                .isEqualByComparingTo(story.loan().debt().posted().amount());
    }
}

package io.loanledger.core.loan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.posting.Account;
import io.loanledger.core.posting.Entry;
import io.loanledger.core.terms.AgreementTerms;
import io.loanledger.core.terms.Component;
import io.loanledger.core.terms.DayCount;
import io.loanledger.core.terms.ExposureBasis;
import io.loanledger.core.terms.InterestTerms;
import io.loanledger.core.terms.PrepaymentTerms;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.ScheduleTerms;
import io.loanledger.core.terms.WaterfallTerms;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fee on principal that is repaid before it is due; docs/loan-rules.md, "Prepayment". */
class PrepaymentTest {
    private static final InterestTerms NO_INTEREST = new InterestTerms(Fraction.ZERO, DayCount.ACT_365F);
    private static final InterestTerms TWELVE = new InterestTerms(Fraction.percent(12), DayCount.THIRTY_360);
    private static final Instant NEXT_DAY = LoanStory.START.plus(Duration.ofDays(1));

    private static ProductTerms product(InterestTerms interest, AgreementTerms agreed) {
        return LoanStory.product(interest, ExposureBasis.OUTSTANDING, 365, agreed);
    }

    private static AgreementTerms twoPercent(int freeFromDay) {
        return AgreementTerms.PLAIN.withPrepayment(new PrepaymentTerms(Fraction.percent(2), freeFromDay));
    }

    private static LoanStory loan(InterestTerms interest, AgreementTerms agreed) {
        return LoanStory.secured(product(interest, agreed), "10000.00")
                .paidOut()
                .price(NEXT_DAY, "10000")
                .forgetEvents();
    }

    private static Money usd(String amount) {
        return Money.of(amount, LoanStory.USD);
    }

    @ParameterizedTest
    @CsvSource({
        "1020.00, 20.00, 1000.00, 0.00",
        "1000.00, 19.61, 980.39, 0.00",
        "102.26, 2.00, 100.26, 0.00",
        "102.27, 2.01, 100.26, 0.00",
        "0.01, 0.00, 0.01, 0.00",
        "10199.99, 200.00, 9999.99, 0.00",
        "10200.00, 200.00, 10000.00, 0.00",
        "10200.01, 200.00, 10000.00, 0.01"
    })
    void aPaymentBearsTheFeeOfWhatItRepaysEarly(String payment, String fee, String principal, String surplus) {
        LoanStory story = loan(NO_INTEREST, twoPercent(0)).repaid(NEXT_DAY, "A", payment);
        LoanEvent.RepaymentApplied applied = story.the(LoanEvent.RepaymentApplied.class);
        assertThat(applied.fee()).isEqualTo(usd(fee));
        assertThat(applied.allocation().principal()).isEqualTo(usd(principal));
        assertThat(applied.allocation().surplus()).isEqualTo(usd(surplus));
        assertThat(story.loan().debt().fees()).isEqualTo(usd("0"));
        boolean all = principal.equals("10000.00");
        assertThat(story.names().contains("LoanRepaid")).isEqualTo(all);
    }

    @Test
    void theFeeIsIncomeAtOnce() {
        LoanStory story = loan(NO_INTEREST, twoPercent(0)).repaid(NEXT_DAY, "A", "1020.00");
        assertThat(LoanPostings.of(story.the(LoanEvent.RepaymentApplied.class)).entries())
                .contains(
                        Entry.debit(Account.CASH, usd("1020.00")),
                        Entry.debit(Account.FEE_INCOME, usd("-20.00")),
                        Entry.credit(Account.PRINCIPAL_RECEIVABLE, usd("1000.00")));
    }

    /** Interest and an instalment are due: only what goes beyond them is early. */
    @Test
    void whatIsDueIsFree() {
        ScheduleTerms monthly = new ScheduleTerms(
                ScheduleTerms.Kind.EQUAL_PRINCIPAL, 0, 1, List.of(), 0, Duration.ofHours(1), usd("0"), Fraction.ZERO);
        Instant due = Instant.parse("2020-04-01T00:00:01Z");
        LoanStory story = LoanStory.secured(product(TWELVE, twoPercent(0).withSchedule(monthly)), "12000.00")
                .paidOut()
                .price(due, "10000")
                .forgetEvents()
                // 120.00 of interest and 1,000.00 of principal are due.
                .repaid(due, "A", "2140.00");
        LoanEvent.RepaymentApplied applied = story.the(LoanEvent.RepaymentApplied.class);
        assertThat(applied.fee()).isEqualTo(usd("20.00"));
        assertThat(applied.allocation().interest()).isEqualTo(usd("120.00"));
        assertThat(applied.allocation().principal()).isEqualTo(usd("2000.00"));
        story.forgetEvents().repaid(due, "B", "0.51");
        assertThat(story.the(LoanEvent.RepaymentApplied.class).fee()).isEqualTo(usd("0.01"));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 2021-02-28T23:59:59Z, 20.00",
        "0, 2021-03-01T00:00:00Z, 0.00",
        "100, 2020-06-08T23:59:59Z, 20.00",
        "100, 2020-06-09T00:00:00Z, 0.00"
    })
    void isFreeFromTheMaturityOrTheAgreedDay(int freeFromDay, Instant at, String fee) {
        LoanStory story = loan(NO_INTEREST, twoPercent(freeFromDay))
                .price(at, "10000")
                .forgetEvents()
                .repaid(at, "A", "1020.00");
        assertThat(story.the(LoanEvent.RepaymentApplied.class).fee()).isEqualTo(usd(fee));
    }

    /** At 1,400 the loan is called; what heals it needs no fee on top. */
    @Test
    void whatTheLenderAskedForIsFree() {
        LoanStory story = loan(NO_INTEREST, twoPercent(0)).price(NEXT_DAY.plusSeconds(1), "1400");
        Money asked = story.the(LoanEvent.MarginCallIssued.class).repayToCure();
        assertThat(asked).isEqualTo(usd("1600.00"));
        story.repaid(NEXT_DAY.plusSeconds(1), "A", "1600.00");
        assertThat(story.the(LoanEvent.RepaymentApplied.class).fee()).isEqualTo(usd("0.00"));
        assertThat(story.names()).contains("MarginCallCured");
        story.forgetEvents().repaid(NEXT_DAY.plusSeconds(1), "B", "1020.00");
        assertThat(story.the(LoanEvent.RepaymentApplied.class).fee()).isEqualTo(usd("20.00"));
    }

    @Test
    void aReversalGivesTheFeeBack() {
        LoanStory story = loan(NO_INTEREST, twoPercent(0)).repaid(NEXT_DAY, "A", "1020.00");
        story.forgetEvents().bounced("A", "1000.00").refusedWith(Refusal.AMOUNT_DIFFERS);
        story.bounced("A", "1020.00");
        LoanEvent.RepaymentReversed reversed = story.the(LoanEvent.RepaymentReversed.class);
        assertThat(reversed.fee()).isEqualTo(usd("-20.00"));
        assertThat(LoanPostings.of(reversed).entries()).contains(Entry.debit(Account.CASH, usd("-1020.00")));
        assertThat(story.loan().debt().principal()).isEqualTo(usd("10000.00"));
        assertThat(story.names()).doesNotContain("MoneySuspended");
    }

    /** The loan is over: the fee stays income, and the money that is gone is missing. */
    @Test
    void aReversalAfterTheEndLeavesTheFee() {
        LoanStory story = loan(NO_INTEREST, twoPercent(0))
                .repaid(NEXT_DAY, "A", "10200.00")
                .forgetEvents()
                .bounced("A", "10200.00");
        assertThat(story.the(LoanEvent.RepaymentReversed.class).fee()).isEqualTo(usd("0.00"));
        assertThat(story.the(LoanEvent.MoneySuspended.class).amount()).isEqualTo(usd("-10200.00"));
    }

    /** Of 5,100.00 behind it 5,000.00 repay principal, before and after. */
    @Test
    void whatIsAppliedAgainBearsTheFeeOfThen() {
        AgreementTerms again =
                twoPercent(0).withWaterfall(new WaterfallTerms(List.of(Component.values()), false, true));
        LoanStory story = loan(NO_INTEREST, again)
                .repaid(NEXT_DAY, "A", "1020.00")
                .repaid(NEXT_DAY, "B", "5100.00")
                .forgetEvents()
                .bounced("A", "1020.00");
        assertThat(story.all(LoanEvent.RepaymentReversed.class).stream().map(LoanEvent.RepaymentReversed::fee))
                .containsExactly(usd("-100.00"), usd("-20.00"));
        LoanEvent.RepaymentApplied applied = story.the(LoanEvent.RepaymentApplied.class);
        assertThat(applied.fee()).isEqualTo(usd("100.00"));
        assertThat(story.loan().debt().principal()).isEqualTo(usd("5000.00"));
        assertThat(story.loan().payment("B").orElseThrow().total()).isEqualTo(usd("5100.00"));
    }

    @Test
    void aFeeIsAShareOverNothingAndUnderAll() {
        assertThatThrownBy(() -> new PrepaymentTerms(Fraction.ZERO, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PrepaymentTerms(Fraction.ONE, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PrepaymentTerms(Fraction.percent(1), -1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

package io.loanledger.core.loan;

import static io.loanledger.core.loan.LoanStory.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.posting.Account;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What happened cannot be refused: where nobody can be credited with it, it stands on its named account. 1 BTC against 5,000 USD, sold
 * at 5,000 (100 %) altogether; a balance over zero is a debit.
 */
class FactsThatCannotBeRefusedTest {
    private static final Instant NOW = START.plusSeconds(60);

    /** What is told, from a loan that is disbursed. */
    @FunctionalInterface
    interface Telling {
        LoanStory to(LoanStory story);
    }

    private static LoanStory breached(LoanStory story) {
        return story.price(NOW, "5000");
    }

    private static LoanStory sold(LoanStory story) {
        return breached(story).settled(1, "1.00000000", "5000.00", "0.00", true);
    }

    private static LoanStory closed(LoanStory story) {
        return story.price(NOW, "10000")
                .repaid(NOW, "5000.00")
                .tell(new LoanInput.CollateralReleased(story.head(NOW), "L1/release/1", LoanStory.coin("1")));
    }

    /** Half is sold and at the desk, then it takes two tenths of the half back. */
    private static LoanStory bustedAfterDelivery(LoanStory story) {
        return breached(story)
                .settled(1, "0.50000000", "2500.00", "0.00", false)
                .delivered("0.5")
                .settled(1, "0.40000000", "2000.00", "0.00", false);
    }

    private static LoanStory reversed(LoanStory story) {
        Payment last = story.loan().payments().getLast();
        return story.tell(new LoanInput.RepaymentReversed(
                story.head(NOW),
                last.paymentReference(),
                new LoanInput.Stated(last.allocation().total().amount(), "USD"),
                "recalled"));
    }

    static Stream<Arguments> facts() {
        return Stream.concat(factsOfMoney(), factsOfSales());
    }

    private static Stream<Arguments> factsOfMoney() {
        return Stream.of(
                row(
                        "a lock reverted after its coin was sold",
                        s -> sold(s).reverted(NOW, "tx:0"),
                        "CollateralLockReverted",
                        Account.MISSING_COLLATERAL,
                        "1.00000000"),
                row(
                        "a lock reverted after its coin went back",
                        s -> closed(s).reverted(NOW, "tx:0"),
                        "CollateralLockReverted",
                        Account.MISSING_COLLATERAL,
                        "1.00000000"),
                row(
                        "a payment for a closed loan",
                        s -> closed(s).repaid(NOW, "10.00"),
                        "MoneySuspended",
                        Account.SUSPENSE,
                        "-10.00"),
                row(
                        "a payment for a loan that nobody asked for",
                        s -> new LoanStory("L1").repaid(NOW, "10.00"),
                        "MoneySuspended",
                        Account.SUSPENSE,
                        "-10.00"),
                row(
                        "money over 45 days late",
                        s -> s.price(NOW.plus(Duration.ofDays(46)), "10000").repaid(NOW, "10.00"),
                        "MoneySuspended",
                        Account.SUSPENSE,
                        "-10.00"),
                row(
                        "money over 45 days ahead",
                        s -> s.price(NOW, "10000").repaid(NOW.plus(Duration.ofDays(46)), "10.00"),
                        "MoneySuspended",
                        Account.SUSPENSE,
                        "-10.00"),
                row(
                        "a payment after the shortfall was paid and the loan closed",
                        // 5,000 less the fee of 49.50 leaves 49.50 owed
                        s -> sold(s).delivered("1")
                                .proceeds("L1/case/1", "5000.00")
                                .repaid(NOW, "49.50")
                                .repaid(NOW, "10.00"),
                        "MoneySuspended",
                        Account.SUSPENSE,
                        "-10.00"),
                row(
                        "proceeds beyond what the desk owed",
                        s -> sold(s).proceeds("L1/case/1", "5003.00"),
                        "SaleProceedsReceived",
                        Account.SUSPENSE,
                        "-3.00"),
                row(
                        "proceeds of a case that is not known",
                        s -> s.proceeds("L1/case/9", "3.00"),
                        "MoneySuspended",
                        Account.SUSPENSE,
                        "-3.00"),
                row(
                        "a surplus payout that came back",
                        s -> s.price(NOW, "10000")
                                .repaid(NOW, "5007.00")
                                .tell(new LoanInput.SurplusReturned(
                                        s.head(NOW),
                                        "L1/surplus/1",
                                        new LoanInput.Stated(new BigDecimal("7.00"), "USD"),
                                        "no such account")),
                        "SurplusReturned",
                        Account.SUSPENSE,
                        "-7.00"),
                row(
                        "a payment taken back from a loan that is repaid: 5,000 owed by nobody",
                        s -> reversed(s.price(NOW, "10000").repaid(NOW, "5000.00")),
                        "RepaymentReversed",
                        Account.SUSPENSE,
                        "5000.00"),
                row(
                        "the same of a closed loan",
                        s -> reversed(closed(s)),
                        "RepaymentReversed",
                        Account.SUSPENSE,
                        "5000.00"),
                row(
                        "the same with a surplus that is on its way out",
                        s -> reversed(s.price(NOW, "10000").repaid(NOW, "5007.00")),
                        "RepaymentReversed",
                        Account.SUSPENSE,
                        "5007.00"),
                row(
                        "the same with a surplus of 10 that waits for the desk's cash: it pays its part",
                        s -> reversed(sold(s).repaid(NOW, "59.50")),
                        "RepaymentReversed",
                        Account.SUSPENSE,
                        "49.50"));
    }

    private static Stream<Arguments> factsOfSales() {
        return Stream.of(
                row(
                        "coin delivered beyond what was sold",
                        s -> sold(s).delivered("1.25"),
                        "CollateralDelivered",
                        Account.MISSING_COLLATERAL,
                        "0.25000000"),
                row(
                        "coin delivered for a case that was declined",
                        s -> breached(s).declined("INDEX_TOO_OLD").delivered("0.25"),
                        "CollateralDelivered",
                        Account.MISSING_COLLATERAL,
                        "0.25000000"),
                row(
                        "coin from the desk for a case that was declined",
                        s -> breached(s).declined("INDEX_TOO_OLD").returned("0.25"),
                        "CollateralReturned",
                        Account.SUSPENSE,
                        "-0.25000000"),
                row(
                        "proceeds of a case that was declined",
                        s -> breached(s).declined("INDEX_TOO_OLD").proceeds("L1/case/1", "3.00"),
                        "SaleProceedsReceived",
                        Account.SUSPENSE,
                        "-3.00"),
                row(
                        "more sold than was reserved: 1.25 for 6,250 less 12.50, a fifth of it is nobody's",
                        s -> breached(s).settled(1, "1.25000000", "6250.00", "12.50", false),
                        "OverfillPosted",
                        Account.OVERFILL,
                        "-1247.50"),
                row(
                        "the same, and the desk takes the excess back",
                        s -> breached(s)
                                .settled(1, "1.25000000", "6250.00", "12.50", false)
                                .settled(1, "1.00000000", "5000.00", "10.00", false),
                        "OverfillPosted",
                        Account.OVERFILL,
                        "0.00"),
                row(
                        "more sold after the case was closed",
                        s -> sold(s).settled(1, "1.10000000", "5500.00", "0.00", true),
                        "OverfillPosted",
                        Account.OVERFILL,
                        "-500.00"),
                row(
                        "a fill of a case that was declined",
                        s -> breached(s).declined("INDEX_TOO_OLD").settled(1, "0.10000000", "500.00", "1.00", true),
                        "OverfillPosted",
                        Account.OVERFILL,
                        "-499.00"),
                row(
                        "a bust after the case was closed",
                        s -> sold(s).settled(1, "0.80000000", "4000.00", "0.00", true),
                        "DeskClaimPosted",
                        Account.DESK_CLAIM,
                        "1000.00"),
                row(
                        "busted coin that was at the desk: it owes a tenth",
                        FactsThatCannotBeRefusedTest::bustedAfterDelivery,
                        "SaleSettled",
                        Account.COIN_DUE_TO_DESK,
                        "0.10000000"),
                row(
                        "busted coin that came back from the desk",
                        s -> bustedAfterDelivery(s).returned("0.1"),
                        "CollateralReturned",
                        Account.COIN_DUE_TO_DESK,
                        "0.00000000"),
                row(
                        "more coin from the desk than it owed",
                        s -> bustedAfterDelivery(s).returned("0.15"),
                        "CollateralReturned",
                        Account.SUSPENSE,
                        "-0.05000000"));
    }

    private static Arguments row(String what, Telling telling, String event, Account account, String balance) {
        return Arguments.of(what, telling, event, account, balance);
    }

    @ParameterizedTest(name = "{0}: {3} {4}")
    @MethodSource("facts")
    void standsOnItsAccount(String what, Telling telling, String event, Account account, String balance) {
        LoanStory story = telling.to(LoanStory.disbursed());
        assertThat(story.last()).isInstanceOf(Decision.Accepted.class);
        assertThat(story.names()).contains(event);
        BigDecimal booked = story.events().stream()
                .flatMap(e -> LoanPostings.of(e).entries().stream())
                .filter(e -> e.account() == account)
                .map(e -> e.amount())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(booked).isEqualByComparingTo(balance);
    }

    @Test
    void takesAPaymentBackFromAClosedLoanOnce() {
        LoanStory story = reversed(closed(LoanStory.disbursed()));
        assertThat(story.the(LoanEvent.RepaymentReversed.class)
                        .allocation()
                        .total()
                        .isZero())
                .as("nothing is owed again")
                .isTrue();
        assertThat(story.loan().debt().isClear()).isTrue();

        reversed(story).refusedWith(Refusal.PAYMENT_UNKNOWN);
    }

    @Test
    void sendsCoinBackThatALoanClaimedAndNeverUsed() {
        LoanStory story = new LoanStory("L1");
        story.tell(new LoanInput.LoanRequested(
                story.head(START),
                "alice",
                "product-of-nobody",
                new LoanInput.Stated(new BigDecimal("5000.00"), "USD"),
                "BTC"));
        story.lockedAt("tx:0", "1.00000000", START);
        story.tell(new LoanInput.LoanCancelled(story.head(START), "withdrawn")).granted("tx:0");
        assertThat(story.the(LoanEvent.PledgeReturnInstructed.class).instructionId())
                .isEqualTo("L1/return/tx:0");

        story.tell(new LoanInput.CollateralReleased(story.head(START), "L1/return/tx:0", LoanStory.coin("1")));

        assertThat(story.loan().instructions()).isEmpty();
        assertThat(story.loan().pledge("tx:0").orElseThrow().stage()).isEqualTo(Pledge.Stage.RETURNED);
    }

    @Test
    void doesNotApplyAFactTwiceThatWasValuedAheadOfTheClock() {
        LoanStory story = LoanStory.disbursed();
        Instant ahead = START.plus(Duration.ofDays(40));
        LoanInput payment = new LoanInput.RepaymentReceived(
                story.head(ahead), "pay-1", new LoanInput.Stated(new BigDecimal("10.00"), "USD"));
        story.tell(payment);
        story.price(START.plus(Duration.ofDays(80)), "10000").repaid(START.plus(Duration.ofDays(80)), "1.00");

        story.tell(payment);

        assertThat(story.last()).isInstanceOf(Decision.Repeated.class);
    }
}

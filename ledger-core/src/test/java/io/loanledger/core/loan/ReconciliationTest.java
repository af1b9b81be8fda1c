package io.loanledger.core.loan;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.loan.LoanEvent.ReconciliationDifferenceFound;
import io.loanledger.core.loan.LoanEvent.ReconciliationDifferenceSettled;
import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Invariant ThreeWayReconciliation, by hand: 1 BTC in custody against 5,000 USD at 10,000. */
class ReconciliationTest {
    private static final Instant START = LoanStory.START;
    private static final Instant NOON = START.plus(Duration.ofHours(12));

    private final LoanStory story = LoanStory.disbursed().price(NOON, "10000").forgetEvents();

    @ParameterizedTest
    @CsvSource({
        "1.00000000, 1, ''",
        "0.99999999, 1, ReconciliationDifferenceFound",
        "1.00000001, 1, ReconciliationDifferenceFound",
        "0, 1, ReconciliationDifferenceFound",
        // Not later than the lock, which was at the start: it may have been made before it.
        "0.5, 0, ''",
    })
    void comparesWhatCustodyStatesWithWhatItsFactsAddUpTo(String stated, int secondsAfterTheLock, String expected) {
        state(START.plusSeconds(secondsAfterTheLock), stated);

        assertThat(String.join(" ", story.names())).isEqualTo(expected);
    }

    @Test
    void saysADifferenceOnceAndSettlesItWithTheStatementThatAgrees() {
        state(NOON.plusSeconds(1), "0.90");
        state(NOON.plusSeconds(2), "0.90");
        assertThat(story.the(ReconciliationDifferenceFound.class).difference())
                .isEqualTo(new Difference(
                        DifferenceKind.HELD,
                        "BTC",
                        new BigDecimal("1.00000000"),
                        new BigDecimal("0.90"),
                        NOON.plusSeconds(1)));
        state(NOON.plusSeconds(3), "0.80");
        assertThat(story.names()).hasSize(2);
        state(NOON.plusSeconds(2), "1"); // older than the open difference: passed over
        assertThat(story.names()).hasSize(2);
        state(NOON.plusSeconds(4), "1");

        assertThat(story.names()).endsWith("ReconciliationDifferenceSettled");
        assertThat(story.loan().reconciliation().open()).isEmpty();
    }

    @Test
    void settlesWhenTheFactComesThatTheStatementContained() {
        state(NOON.plusSeconds(10), "1.50");
        assertThat(story.names()).containsExactly("ReconciliationDifferenceFound");
        story.lockedAt("tx:1", "0.50000000", NOON.plusSeconds(9));

        assertThat(story.names())
                .containsExactly(
                        "ReconciliationDifferenceFound", "CollateralLocked", "ReconciliationDifferenceSettled");
    }

    @Test
    void aFactAfterTheCutMovesBothSidesAlike() {
        state(NOON.plusSeconds(10), "0.90");
        story.lockedAt("tx:1", "0.10000000", NOON.plusSeconds(11));
        assertThat(story.names()).containsExactly("ReconciliationDifferenceFound", "CollateralLocked");
        state(NOON.plusSeconds(12), "1.00");
        assertThat(story.all(ReconciliationDifferenceSettled.class)).isEmpty();
        state(NOON.plusSeconds(13), "1.10");
        assertThat(story.all(ReconciliationDifferenceSettled.class)).hasSize(1);
    }

    @Test
    void releasesNothingOnlyWhileTheCustodianHasLess() {
        story.price(NOON.plusMillis(1), "20000"); // 25 %: a little may go
        state(NOON.plusSeconds(1), "1.10");
        askRelease();
        assertThat(story.names()).endsWith("CollateralReleaseInstructed");

        state(NOON.plusSeconds(2), "0.90");
        askRelease();
        story.refusedWith(Refusal.CUSTODIAN_SHORT);
    }

    /** Before terms are bound money may come in any asset of theirs; the custodian has none of it. */
    @Test
    void countsNoMoneyThatCameInTheCoinsAssetAsCoin() {
        LoanStory early = new LoanStory("L1").price(START, "10000");
        early.tell(new LoanInput.RepaymentReceived(
                early.head(START), "pay-0", new LoanInput.Stated(new BigDecimal("0.50000000"), "BTC")));
        early.requested("5000.00").locked("tx:0", "1.00000000").granted("tx:0");
        assertThat(early.names()).contains("MoneySuspended", "CollateralCredited");
        early.tell(new LoanInput.CustodyStatement(
                early.head(NOON), new LoanInput.Stated(new BigDecimal("1.00000000"), "BTC")));

        assertThat(early.loan().reconciliation().open()).isEmpty();
    }

    /** Sold and delivered 0.1; then the desk gives 0.3 back, though no fill was busted. */
    @Test
    void countsCoinThatTheDeskGaveBackForNoBust() {
        story.price(NOON.plusSeconds(1), "6250"); // 80 %
        story.settled(1, "0.10000000", "625.00", "0.00", false).delivered("0.10000000");
        story.returned("0.30000000");
        assertThat(story.loan().suspense()).contains(Money.of("0.30000000", new Asset("BTC", 8)));
        state(NOON.plusSeconds(60), "1.20000000");

        assertThat(story.loan().reconciliation().open()).isEmpty();
    }

    @Test
    void countsASaleAsOverdueStrictlyAfterItsSecondDay() {
        story.price(NOON.plusSeconds(1), "6250"); // 80 %
        String quantity = story.the(LoanEvent.LiquidationRequested.class)
                .reserved()
                .amount()
                .toPlainString();
        story.settled(1, quantity, "3300.00", "3.30", true);
        Instant over = START.plus(Duration.ofDays(3));
        story.price(over, "10000");
        assertThat(story.all(ReconciliationDifferenceFound.class)).isEmpty();
        story.price(over.plusMillis(1), "10000");

        assertThat(story.all(ReconciliationDifferenceFound.class))
                .extracting(
                        ReconciliationDifferenceFound::kind,
                        found -> found.ours().toPlainString())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(DifferenceKind.DELIVERY, quantity),
                        org.assertj.core.groups.Tuple.tuple(DifferenceKind.PROCEEDS, "3296.70"));

        pay("296.70");
        assertThat(story.all(ReconciliationDifferenceFound.class).getLast().ours())
                .isEqualByComparingTo("3000");
        pay("3000.00");
        assertThat(story.all(ReconciliationDifferenceSettled.class))
                .extracting(ReconciliationDifferenceSettled::kind)
                .containsExactly(DifferenceKind.PROCEEDS);
    }

    /** 3,300 less 3.30 of the first day stand, whatever came and went beside them. */
    @Test
    void takesAnOverfillBackFromTheMoneyThatHasNoDay() {
        story.price(NOON.plusSeconds(1), "6250"); // 80 %
        Quantity reserved = story.the(LoanEvent.LiquidationRequested.class).reserved();
        String sold = reserved.amount().toPlainString();
        String more = reserved.plus(reserved).amount().toPlainString();
        story.settled(1, sold, "3300.00", "3.30", true);
        story.settled(1, more, "3900.00", "3.30", true).settled(1, sold, "3300.00", "3.30", true);

        story.price(START.plus(Duration.ofDays(3)).plusMillis(1), "10000");

        assertThat(overdueProceeds()).isEqualByComparingTo("3296.70");
    }

    @Test
    void claimsFromTheDeskTheNewestSaleAndLeavesTheOldestItsAge() {
        story.price(NOON.plusSeconds(1), "6250"); // 80 %
        String sold = story.the(LoanEvent.LiquidationRequested.class)
                .reserved()
                .amount()
                .toPlainString();
        story.settled(1, sold, "3300.00", "3.30", true);
        story.price(START.plus(Duration.ofDays(2)), "3000");
        story.settled(1, "0.10000000", "300.00", "0.00", true).settled(1, "0", "0", "0", true);
        assertThat(story.the(LoanEvent.DeskClaimPosted.class).caseId()).isEqualTo("L1/case/2");

        story.price(START.plus(Duration.ofDays(3)).plusMillis(1), "10000");

        assertThat(overdueProceeds()).isEqualByComparingTo("3296.70");
    }

    private BigDecimal overdueProceeds() {
        return story.all(ReconciliationDifferenceFound.class).stream()
                .filter(found -> found.kind() == DifferenceKind.PROCEEDS)
                .findFirst()
                .orElseThrow()
                .ours();
    }

    private void state(Instant at, String quantity) {
        story.tell(
                new LoanInput.CustodyStatement(story.head(at), new LoanInput.Stated(new BigDecimal(quantity), "BTC")));
    }

    private void askRelease() {
        story.tell(new LoanInput.CollateralReleaseRequested(
                story.head(NOON), new LoanInput.Stated(new BigDecimal("0.00010000"), "BTC")));
    }

    private void pay(String amount) {
        story.tell(new LoanInput.SaleProceedsReceived(
                story.head(story.taskTime()),
                "L1/case/1",
                "wire-" + amount,
                new LoanInput.Stated(new BigDecimal(amount), "USD")));
    }
}

package io.loanledger.core.loan;

import static io.loanledger.core.loan.LadderTest.reaches;
import static io.loanledger.core.loan.LoanStory.START;
import static io.loanledger.core.loan.LoanStory.USD;
import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.terms.AgreementTerms;
import io.loanledger.core.terms.Ladder;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.ReleaseTerms;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** New coin in the place of other coin: 40,000 on 10 BTC without interest, opened at 50 %, called at 70 % (5,714.285..), healed at 60 %. */
class SubstitutionTest {
    private static final Instant T1 = START.plus(Duration.ofHours(1));
    private static final Instant T2 = START.plus(Duration.ofHours(2));

    @ParameterizedTest(name = "at {0}, {1} BTC for 2: {2}")
    @CsvSource({
        "6000.00, 2.00000000, GRANTED", // 66.7 %: the opening limit would let nothing go
        "6000.00, 2.00000001, LTV_TOO_HIGH",
        "5714.28, 2.00000000, LTV_TOO_HIGH", // 12 BTC are not called there, 10 would be
        "5714.28, 1.99998999, GRANTED", // 40,000 / 0.7 / 5,714.28 = 10.00001000002..
        "5714.28, 1.99999000, LTV_TOO_HIGH",
        "6000.00, 12.00000001, EXCEEDS_COLLATERAL",
    })
    void releasesNoMoreThanCameInItsPlace(String price, String quantity, String answer) {
        LoanStory story = withTwoMore("40000.00").price(T2, price).forgetEvents();
        ask(story, quantity, "tx:1");
        if (!answer.equals("GRANTED")) {
            story.refusedWith(Refusal.valueOf(answer));
            return;
        }
        LoanEvent.CollateralReleaseInstructed release = story.the(LoanEvent.CollateralReleaseInstructed.class);
        assertThat(release.quantity().amount()).isEqualByComparingTo(quantity);
        assertThat(release.substitutes()).isEqualTo("tx:1");
        assertThat(release.requestedOn()).isNull();
        // once, however little it was
        ask(story, "0.00000001", "tx:1").refusedWith(Refusal.NOT_SUBSTITUTABLE);
    }

    @Test
    void asksNoReleaseTerms() {
        ReleaseTerms strict = new ReleaseTerms(
                Fraction.percent(30), Fraction.percent(40), Money.of("100", USD), Money.of("200", USD), 60, 60);
        LoanStory story = LoanStory.secured(product(strict, true), "40000.00").paidOut();
        story.price(T1, "6000.00").locked("tx:1", "2").granted("tx:1");
        story.releaseAsked("1").refusedWith(Refusal.RELEASE_TOO_EARLY);
        ask(story, "1", "tx:1");
        assertThat(story.the(LoanEvent.CollateralReleaseInstructed.class).substitutes())
                .isEqualTo("tx:1");
        assertThat(story.loan().releasedOn()).isNull();
    }

    @Test
    void takesNothingThatWasThereFromTheStart() {
        ask(withTwoMore("40000.00"), "0.1", "tx:0").refusedWith(Refusal.NOT_SUBSTITUTABLE);
        ask(withTwoMore("40000.00"), "0.1", "tx:9").refusedWith(Refusal.NOT_SUBSTITUTABLE);
    }

    @Test
    void takesNothingThatAnsweredACall() {
        LoanStory story = LoanStory.secured(product(null, true), "40000.00").paidOut();
        story.price(T1, "5714.28").locked("tx:1", "2").granted("tx:1");
        story.the(LoanEvent.MarginCallCured.class);
        ask(story, "0.1", "tx:1").refusedWith(Refusal.NOT_SUBSTITUTABLE);
    }

    @Test
    void takesNothingWhoseLockIsGone() {
        LoanStory story = withTwoMore("40000.00").reverted(T1, "tx:1");
        ask(story, "0.1", "tx:1").refusedWith(Refusal.NOT_SUBSTITUTABLE);
    }

    /** 12 BTC at 8,000.00 let 2 go down to the opening limit; without the two that came later they would not have. */
    @Test
    void takesNothingThatAReleaseReliedOn() {
        LoanStory story = withTwoMore("40000.00").price(T2, "8000.00").releaseAsked("2.00000000");
        story.the(LoanEvent.CollateralReleaseInstructed.class);
        ask(story, "0.1", "tx:1").refusedWith(Refusal.NOT_SUBSTITUTABLE);
    }

    /** What was counted when it was asked how much to sell, whether it was sold or not. */
    @Test
    void takesNothingThatASaleReliedOn() {
        LoanStory story = withTwoMore("40000.00").price(T2, "3900.00");
        story.the(LoanEvent.LiquidationRequested.class);
        story.declined("BREACH_IS_OVER").price(T2.plusSeconds(1), "9000.00");
        ask(story, "0.1", "tx:1").refusedWith(Refusal.NOT_SUBSTITUTABLE);
    }

    @Test
    void takesNothingThatTheStartOfOtherTermsReliedOn() {
        ProductTerms other = product(null, true, 2);
        LoanStory story = withTwoMore("40000.00").price(T2, "8000.00").published(other);
        story.amended(T2, other, null, "0");
        story.the(LoanEvent.LoanAmended.class);
        ask(story, "0.1", "tx:1").refusedWith(Refusal.NOT_SUBSTITUTABLE);
    }

    @Test
    void leavesCoinThatIsAllThereIs() {
        LoanStory story = withTwoMore("5000.00").reverted(T1, "tx:0");
        assertThat(story.loan().openCase()).isNull();
        ask(story, "0.1", "tx:1").refusedWith(Refusal.LTV_TOO_HIGH);
    }

    @Test
    void needsTermsThatAllowIt() {
        LoanStory story = LoanStory.secured(product(null, false), "40000.00").paidOut();
        story.price(T1, "6000.00").locked("tx:1", "2").granted("tx:1");
        ask(story, "0.1", "tx:1").refusedWith(Refusal.NOT_SUBSTITUTABLE);
        assertThat(story.loan().pledge("tx:1").orElseThrow().spare()).isFalse();
    }

    @Test
    void waitsForTheEndOfAHoldAndOfACall() {
        LoanStory story = withTwoMore("40000.00").frozen(T1, true);
        ask(story, "0.1", "tx:1").refusedWith(Refusal.FROZEN);
        story.frozen(T1, false).price(T2, "4761.90"); // 70 % of 12 BTC is 4,761.904..
        story.the(LoanEvent.MarginCallIssued.class);
        ask(story, "0.1", "tx:1").refusedWith(Refusal.RELEASE_WHILE_CALLED);
    }

    private static LoanStory ask(LoanStory story, String quantity, String proof) {
        return story.tell(new LoanInput.CollateralReleaseRequested(
                story.head(story.taskTime()), LoanStory.coin(quantity), proof));
    }

    /** At 6,000.00, two BTC more than at the start. */
    private static LoanStory withTwoMore(String principal) {
        LoanStory story = LoanStory.secured(product(null, true), principal).paidOut();
        return story.price(T1, "6000.00").locked("tx:1", "2").granted("tx:1");
    }

    private static ProductTerms product(@Nullable ReleaseTerms release, boolean substitution) {
        return product(release, substitution, 1);
    }

    private static ProductTerms product(@Nullable ReleaseTerms release, boolean substitution, int version) {
        ProductTerms like = LadderTest.product(
                "exchange",
                Fraction.percent(50),
                Ladder.of(
                        reaches(70, 100),
                        Fraction.percent(60),
                        Duration.ofHours(24),
                        Duration.ofHours(1),
                        Ladder.ClockStopper.DETECTED),
                reaches(85, 100),
                Fraction.percent(60));
        return new ProductTerms(
                like.productId(),
                version,
                USD,
                like.collateral(),
                like.openLtv(),
                like.ladder(),
                like.liquidation(),
                like.interest(),
                like.exposureBasis(),
                0,
                release,
                AgreementTerms.PLAIN.withSubstitution(substitution));
    }
}

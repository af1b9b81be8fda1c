package io.loanledger.core.loan;

import static io.loanledger.core.loan.LadderTest.reaches;
import static io.loanledger.core.loan.LoanStory.BTC;
import static io.loanledger.core.loan.LoanStory.MARKET;
import static io.loanledger.core.loan.LoanStory.START;
import static io.loanledger.core.loan.LoanStory.USD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.price.IndexState;
import io.loanledger.core.terms.AgreementTerms;
import io.loanledger.core.terms.DayCount;
import io.loanledger.core.terms.DebtPrice;
import io.loanledger.core.terms.InterestTerms;
import io.loanledger.core.terms.Ladder;
import io.loanledger.core.terms.ProductTerms;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * 60,000 of a currency that has a price of its own, on 10 BTC; opened at 65 %, called at 70 % and healed at 60 %, sold at 80 % down to 60 %.
 * The debt is in "USD", prices are in "QUOTE"; no interest, lots of 0.0001, no fee.
 */
class DebtPriceTest {
    private static final String DEBT_MARKET = "USD-QUOTE";
    private static final Asset QUOTE = new Asset("QUOTE", 2);

    private static final Instant T1 = START.plus(Duration.ofHours(1));
    private static final Instant T2 = START.plus(Duration.ofHours(2));
    private static final Instant T3 = START.plus(Duration.ofHours(3));

    @ParameterizedTest(name = "debt at {0}, coin at {1}, floored {2}: {3} %")
    @CsvSource({
        "1.00, 10000, false, 60",
        "0.87, 10000, false, 52.2",
        "1.30, 10000, false, 78",
        "0.87, 10000, true, 60",
        "1.30, 10000, true, 78",
        "1.00, 8700, false, 68.97", // collateral off its peg
        "0.87, 8700, false, 60",
        "1.00, 13000, false, 46.15",
    })
    void measuresTheDebtByItsPrice(String debt, String coin, boolean floored, String percent) {
        LoanStory story = owed(floored);
        story.price(DEBT_MARKET, T1, debt, IndexState.LIVE).price(T1, coin);
        LoanToValue ltv = ratio(story);
        assertThat(ltv.numerator().multiply(new BigDecimal(100)).divide(ltv.denominator(), 2, RoundingMode.HALF_EVEN))
                .isEqualByComparingTo(percent);
    }

    @ParameterizedTest(name = "debt at {0}, coin at {1}, floored {2}: {3} calls")
    @CsvSource({
        "1.16666666, 10000, false, 0", // 70 % is 1.1666..
        "1.16666667, 10000, false, 1",
        "1.16666667, 10000, true, 1",
        "1.10, 9428.58, false, 0", // 66,000 / 0.7 / 10 = 9,428.571..
        "1.10, 9428.57, false, 1",
        "0.87, 7457.15, false, 0", // 52,200 / 0.7 / 10 = 7,457.142..
        "0.87, 7457.14, false, 1",
        "0.87, 8571.43, true, 0", // as if it stood at 1: 8,571.428..
        "0.87, 8571.42, true, 1",
    })
    void callsWhenEitherMarketReachesTheLimit(String debt, String coin, boolean floored, int calls) {
        assertThat(owed(floored)
                        .price(DEBT_MARKET, T1, debt, IndexState.LIVE)
                        .price(T1, coin)
                        .all(LoanEvent.MarginCallIssued.class))
                .hasSize(calls);
        assertThat(owed(floored)
                        .price(T1, coin)
                        .price(DEBT_MARKET, T1, debt, IndexState.LIVE)
                        .names())
                .as("the debt's price last")
                .hasSizeGreaterThanOrEqualTo(calls);
    }

    @Test
    void saysWhatADebtCountedFor() {
        LoanStory story = owed(false).price(DEBT_MARKET, T1, "1.17", IndexState.LIVE);
        LoanEvent.MarginCallIssued call = story.the(LoanEvent.MarginCallIssued.class);
        PriceEvidence evidence = call.evidence();
        assertThat(evidence.index().market()).isEqualTo(MARKET);
        assertThat(evidence.debt().market()).isEqualTo(DEBT_MARKET);
        assertThat(evidence.debt().measure()).isEqualByComparingTo("1.17");
        assertThat(evidence.exposure()).isEqualTo(Money.of("60000.00", USD));
        assertThat(evidence.exposureRoundedUp()).isEqualTo(Money.of("70200.00", QUOTE));
        assertThat(evidence.holds()).isTrue();
        // 70,200 / 0.6 / 10,000 = 11.7; 60,000 - 60,000 / 1.17 = 8,717.9487..
        assertThat(call.topUpToCure()).isEqualTo(Quantity.of("1.70000000", BTC));
        assertThat(call.repayToCure()).isEqualTo(Money.of("8717.95", USD));
    }

    @Test
    void healsWhenTheDebtFalls() {
        LoanStory story = owed(false).price(DEBT_MARKET, T1, "1.17", IndexState.LIVE);
        story.price(DEBT_MARKET, T2, "1.00000001", IndexState.LIVE);
        assertThat(story.all(LoanEvent.MarginCallCured.class)).isEmpty();
        story.price(DEBT_MARKET, T3, "1.00", IndexState.LIVE);
        assertThat(story.the(LoanEvent.MarginCallCured.class).curedAt()).isEqualTo(T3);
    }

    /** As an open sweep of the debt's market may show it to a loan that a newer price has called. */
    @Test
    void aPriceOfTheDebtFromBeforeTheCallHealsNothing() {
        LoanStory story = owed(false).price(DEBT_MARKET, T1, "1.00", IndexState.LIVE);
        IndexPrice superseded = story.price(DEBT_MARKET);
        story.price(DEBT_MARKET, T2, "1.17", IndexState.LIVE);
        story.the(LoanEvent.MarginCallIssued.class);
        story.forgetEvents().tell(new LoanInput.PriceObserved(superseded));
        assertThat(story.names()).isEmpty();
        story.price(DEBT_MARKET, T3, "1.00", IndexState.LIVE).the(LoanEvent.MarginCallCured.class);
    }

    /** The time of a price is that of the newer of its two records, whichever market it is of. */
    @Test
    void aPriceOfTheDebtLongAfterADeclineBreaksTheRow() {
        LoanStory story =
                owed(false).price(DEBT_MARKET, T1, "1.30", IndexState.LIVE).price(T1, "9750.00");
        story.declined("EVIDENCE_TOO_OLD");
        assertThat(story.loan().backOff().declines()).isEqualTo(1);
        story.price(DEBT_MARKET, T1.plusSeconds(65), "1.31", IndexState.LIVE);
        assertThat(story.loan().openCase()).isNotNull();
        assertThat(story.loan().backOff())
                .as("after 64 s behind the wait's end")
                .isNotNull();
        story.declined("EVIDENCE_TOO_OLD");
        assertThat(story.loan().backOff().declines()).isEqualTo(2);
        story.price(DEBT_MARKET, T2, "1.32", IndexState.LIVE);
        assertThat(story.loan().openCase()).isNotNull();
        assertThat(story.loan().backOff()).isNull();
    }

    /** By which measure its money would be turned nobody knows any more: what the desk pays for it is kept apart. */
    @Test
    void aFillOfADeclinedCaseIsCoinAlone() {
        LoanStory story =
                owed(false).price(DEBT_MARKET, T1, "1.30", IndexState.LIVE).price(T2, "9750.00");
        String caseId = story.the(LoanEvent.LiquidationRequested.class).caseId();
        story.declined("BREACH_IS_OVER").forgetEvents().settled(1, "1", "9750.00", "13.00", true);
        LoanEvent.OverfillPosted fill = story.the(LoanEvent.OverfillPosted.class);
        assertThat(fill.quantity().amount()).isEqualByComparingTo("1");
        assertThat(fill.gross().isZero() && fill.deskFees().isZero()).isTrue();
        story.settled(1, "1", "9750.00", "13.00", true).settled(1, "2", "19500.00", "26.00", true);
        assertThat(story.all(LoanEvent.OverfillPosted.class))
                .as("the second says nothing")
                .hasSize(2);
        story.proceeds(caseId, "7490.00");
        LoanEvent.SaleProceedsReceived paid = story.the(LoanEvent.SaleProceedsReceived.class);
        assertThat(paid.suspended()).isEqualTo(Money.of("7490.00", USD));
        assertThat(story.loan().settlement().clearing().isZero()).isTrue();
    }

    @Test
    void sellsByTheMeasureOfItsRequestToTheEnd() {
        LoanStory story = owed(false).price(DEBT_MARKET, T1, "1.30", IndexState.LIVE);
        assertThat(story.price(T2, "9750.01").all(LoanEvent.LiquidationRequested.class))
                .isEmpty();
        // 60,000 on 97,500 / 1.3 = 75,000 is 80 %; (60,000 - 45,000) / 0.4 = 37,500 are 48,750 of the quote
        LoanEvent.LiquidationRequested request = story.price(T2, "9750.00").the(LoanEvent.LiquidationRequested.class);
        assertThat(request.reserved().amount()).isEqualByComparingTo("5");
        story.price(DEBT_MARKET, T3, "1.00", IndexState.LIVE);
        story.settled(1, "2", "19500.01", "2.61", false);
        LoanEvent.SaleSettled first = story.the(LoanEvent.SaleSettled.class);
        assertThat(first.gross()).isEqualTo(Money.of("15000.00", USD)); // 15,000.0076..
        assertThat(first.deskFees()).isEqualTo(Money.of("2.00", USD)); // 2.0076..
        story.settled(1, "5", "48750.00", "13.00", true);
        assertThat(story.loan().debt().principal()).isEqualTo(Money.of("22500.00", USD));
        assertThat(story.loan().settlement().clearing()).isEqualTo(Money.of("37490.00", USD));
        // a bust after the close, by the measure of then: 1,300.00 less are 1,000.00
        story.settled(1, "4.9", "47450.00", "13.00", true);
        assertThat(story.the(LoanEvent.DeskClaimPosted.class).gross()).isEqualTo(Money.of("1000.00", USD));
    }

    @Test
    void enlargesACaseAtANewLowOfTheCoinAlone() {
        LoanStory story = owed(false)
                .price(DEBT_MARKET, T1, "1.30", IndexState.LIVE)
                .price(T1, "9750.00")
                .price(DEBT_MARKET, T2, "1.40", IndexState.LIVE);
        assertThat(story.names()).doesNotContain("LiquidationAmended");
        // at 1.40 and 9,700: 60,000 on 69,285.71; (60,000 - 41,571.43) / 0.4 = 46,071.43, 64,500 of the quote
        assertThat(story.price(T3, "9700.00")
                        .the(LoanEvent.LiquidationAmended.class)
                        .reserved()
                        .amount())
                .isEqualByComparingTo("6.6495");
    }

    /** Not even where the coin stands under the price at which it was measured, and the case would not have grown before. */
    @Test
    void noPriceOfTheDebtEnlargesACase() {
        LoanStory story = owed(false)
                .price(DEBT_MARKET, T1, "1.30", IndexState.LIVE)
                .price(T1, "9750.00")
                .priceWithoutVisit(T2, "9700.00")
                .forgetEvents();
        story.price(DEBT_MARKET, T2, "1.40", IndexState.LIVE);
        story.tell(new LoanInput.PriceObserved(story.price(DEBT_MARKET)));
        assertThat(story.names()).isEmpty();
        story.tell(new LoanInput.PriceObserved(story.price(MARKET))).the(LoanEvent.LiquidationAmended.class);
    }

    @Test
    void decidesNothingWhileAMarketIsClosed() {
        LoanStory story = owed(false).price(DEBT_MARKET, T1, "1.00", IndexState.HALTED);
        assertThat(story.price(T2, "7000.00").names()).isEmpty();
        LoanTriggers closed = LoanTriggers.of(story.loan(), story, T2, 0);
        assertThat(closed.fallingKey()).isEqualTo(LoanTriggers.NEVER_FALLING);
        story.price(DEBT_MARKET, T3, "1.00", IndexState.LIVE);
        story.the(LoanEvent.LiquidationRequested.class);
        LoanStory other = owed(false).price(MARKET, T1, "10000", IndexState.HALTED);
        assertThat(other.price(DEBT_MARKET, T2, "1.50", IndexState.LIVE).names())
                .isEmpty();
        other.price(T3, "10000").the(LoanEvent.LiquidationRequested.class);
    }

    @Test
    void lendsByTheDebtsPrice() {
        LoanStory story = LoanStory.secured(product(false), "60000.00");
        assertThat(story.names()).doesNotContain("LoanIssued"); // nobody has said what it counts for
        assertThat(story.price(DEBT_MARKET, START, "1.08333334", IndexState.LIVE)
                        .names())
                .doesNotContain("LoanIssued"); // 65 % is 1.08333..
        story.price(DEBT_MARKET, START, "1.08333333", IndexState.LIVE);
        assertThat(story.the(LoanEvent.LoanIssued.class).evidence().debt().measure())
                .isEqualByComparingTo("1.08333333");
    }

    /** Over-posted interest outweighs what is left, and there is no coin: no price says anything, and none is asked for. */
    @Test
    void waitsForNoPriceWhereNothingIsOwedOnNothing() {
        LoanStory story = owed(false, "0.12");
        Instant later = START.plus(Duration.ofDays(30));
        story.price(DEBT_MARKET, later, "1.00", IndexState.LIVE).price(later, "10000");
        story.repaid(later, "591.78").repaid(START.plus(Duration.ofDays(1)), "59999.99");
        assertThat(story.loan().debt().interest().isNegative()).isTrue();
        story.reverted(later, "tx:0");
        LoanTriggers zone = LoanTriggers.of(story.loan(), story, later, 0);
        assertThat(zone.fallingKey()).isEqualTo(LoanTriggers.NEVER_FALLING);
    }

    /** The same where the debt is its own measure, and a call has expired: the next open price ends it, so it is asked for. */
    @Test
    void asksForAPriceWhereNothingIsOwedOnNothingAndACallHasExpired() {
        LoanStory story = LoanStory.disbursed().reverted(T1, "tx:0").price(T1, "10000");
        story.the(LoanEvent.MarginCallIssued.class);
        Instant over = T1.plus(Duration.ofDays(30));
        story.price(MARKET, over, "10000", IndexState.HALTED);
        assertThat(story.loan().marginCall().expired()).isTrue();
        story.repaid(over, "49.32").repaid(START.plus(Duration.ofDays(1)), "4999.90");
        assertThat(story.loan().debt().posted().isNegative()).isTrue();
        assertThat(story.loan().debt().isClear()).isFalse();
        story.forgetEvents().price(over.plusSeconds(1), "10000");
        assertThat(story.the(LoanEvent.MarginCallCancelled.class).reason()).isEqualTo("HEALED_AFTER_EXPIRY");
    }

    @Test
    void aPriceOfEitherMarketAsksWhereAnyPriceActs() {
        LoanStory story = owed(false).price(DEBT_MARKET, T1, "1.17", IndexState.LIVE);
        Instant over = T1.plus(Duration.ofHours(26));
        story.price(DEBT_MARKET, over, "1.17", IndexState.HALTED).price(over, "10000");
        assertThat(story.loan().marginCall().expired()).isTrue();
        story.price(DEBT_MARKET, over.plusSeconds(1), "1.17", IndexState.LIVE).declined("EVIDENCE_TOO_OLD");
        LoanTriggers zone = LoanTriggers.of(story.loan(), story, over.plusSeconds(60), 0);
        assertThat(zone.fallingKey()).isEqualTo(LoanTriggers.ANY_PRICE);
        assertThat(zone.further().getFirst().risingKey()).isEqualTo(LoanTriggers.ANY_RISING);
    }

    /** While neither market reaches its key nothing happens, wherever in between they stand. */
    @Test
    void wakesTheLoanForEverythingThatCanHappen() {
        int quiet = 0;
        for (long seed = 1; seed <= 400; seed++) {
            Random random = new Random(seed);
            LoanStory story = owed(random.nextBoolean())
                    .price(DEBT_MARKET, T1, price(random, 50, 150, 100), IndexState.LIVE)
                    .price(T1, price(random, 600_000, 1_600_000, 100));
            LoanTriggers zone = LoanTriggers.of(story.loan(), story, T1, 0);
            String debt = price(random, 50_000_000, 150_000_000, 100_000_000);
            String coin = price(random, 600_000, 1_600_000, 100);
            if (fires(zone, MARKET, coin) || fires(zone, DEBT_MARKET, debt)) {
                continue;
            }
            story.price(DEBT_MARKET, T1, debt, IndexState.LIVE).price(T1, coin).forgetEvents();
            story = story.tell(new LoanInput.PriceObserved(story.price(MARKET)));
            assertThat(story.names())
                    .as("seed %d: %s and %s in %s", seed, coin, debt, zone)
                    .isEmpty();
            quiet++;
        }
        assertThat(quiet).isGreaterThan(20);
    }

    private static boolean fires(LoanTriggers zone, String market, String price) {
        long key = new BigDecimal(price).movePointRight(LoanTriggers.KEY_SCALE).longValueExact();
        if (market.equals(zone.market())) {
            return key <= zone.fallingKey() || key >= zone.risingKey();
        }
        return zone.further().stream()
                .anyMatch(keys -> (keys.hasFalling() && key <= keys.fallingKey())
                        || (keys.hasRising() && key >= keys.risingKey()));
    }

    private static String price(Random random, int from, int to, int unit) {
        return new BigDecimal(BigInteger.valueOf(random.nextInt(from, to)))
                .divide(new BigDecimal(unit))
                .toPlainString();
    }

    @Test
    void refusesWhatItCannotMeasure() {
        assertThatThrownBy(() -> product(new DebtPrice(MARKET, QUOTE, false)))
                .hasMessageContaining("both coin and debt");
        assertThatThrownBy(() -> product(new DebtPrice(DEBT_MARKET, USD, false)))
                .hasMessageContaining("has no price in itself");
    }

    private static LoanToValue ratio(LoanStory story) {
        Draft draft = new Draft(story.loan(), null, story);
        return LoanToValue.of(story.loan(), draft.quote(story.price(MARKET)), draft.today());
    }

    private static LoanStory owed(boolean floored) {
        return owed(floored, "0");
    }

    private static LoanStory owed(boolean floored, String rate) {
        LoanStory story = LoanStory.secured(product(new DebtPrice(DEBT_MARKET, QUOTE, floored), rate), "60000.00");
        return story.price(DEBT_MARKET, START, "1.00", IndexState.LIVE)
                .paidOut()
                .forgetEvents();
    }

    private static ProductTerms product(boolean floored) {
        return product(new DebtPrice(DEBT_MARKET, QUOTE, floored));
    }

    private static ProductTerms product(DebtPrice debtPrice) {
        return product(debtPrice, "0");
    }

    private static ProductTerms product(DebtPrice debtPrice, String rate) {
        ProductTerms like = LadderTest.product(
                "coin-debt",
                Fraction.percent(65),
                Ladder.of(
                        reaches(70, 100),
                        Fraction.percent(60),
                        Duration.ofHours(24),
                        Duration.ofHours(1),
                        Ladder.ClockStopper.DETECTED),
                reaches(80, 100),
                Fraction.percent(60));
        return new ProductTerms(
                like.productId(),
                like.version(),
                USD,
                like.collateral(),
                like.openLtv(),
                like.ladder(),
                like.liquidation(),
                new InterestTerms(
                        Fraction.of(new BigDecimal(rate).movePointRight(2).intValueExact(), 100), DayCount.ACT_365F),
                like.exposureBasis(),
                0,
                null,
                AgreementTerms.PLAIN.withDebtPrice(debtPrice));
    }
}

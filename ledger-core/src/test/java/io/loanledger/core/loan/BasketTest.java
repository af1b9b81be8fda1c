package io.loanledger.core.loan;

import static io.loanledger.core.loan.LoanStory.BTC;
import static io.loanledger.core.loan.LoanStory.START;
import static io.loanledger.core.loan.LoanStory.USD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.money.Threshold;
import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.price.IndexState;
import io.loanledger.core.terms.AgreementTerms;
import io.loanledger.core.terms.Charge;
import io.loanledger.core.terms.CollateralTerms;
import io.loanledger.core.terms.DayCount;
import io.loanledger.core.terms.ExposureBasis;
import io.loanledger.core.terms.HaircutTier;
import io.loanledger.core.terms.InterestTerms;
import io.loanledger.core.terms.Ladder;
import io.loanledger.core.terms.LiquidationTerms;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.ReleaseTerms;
import io.loanledger.core.terms.Rung;
import io.loanledger.core.terms.SalePlan;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * 5 BTC and 100 ETH, ETH sold first, with a haircut of 10 %. Every figure reckoned by hand, without interest and without a fee: 5 x 10,000 +
 * 100 x 300 x 0.9 = 77,000.
 */
class BasketTest {
    private static final Asset ETH = new Asset("ETH", 8);
    private static final CollateralTerms OF_ETH = new CollateralTerms(
            ETH,
            "ETH-USD",
            List.of(new HaircutTier(Quantity.zero(ETH), Fraction.percent(10))),
            Quantity.of("0.01", ETH),
            null);
    private static final CollateralTerms OF_BTC =
            new CollateralTerms(BTC, "BTC-USD", Fraction.ZERO, Quantity.of("0.0001", BTC));

    private static final Instant T1 = START.plus(Duration.ofHours(1));
    private static final Instant T2 = START.plus(Duration.ofHours(2));
    private static final Instant T3 = START.plus(Duration.ofHours(3));

    // --- terms -------------------------------------------------------------------------------------------------------

    @Test
    void refusesTermsOfSeveralAssetsThatDoNotFit() {
        assertThatThrownBy(() -> product(List.of(OF_ETH, OF_ETH), SalePlan.TO_TARGET, "0", null))
                .hasMessageContaining("ETH is collateral once");
        assertThatThrownBy(() -> product(
                        List.of(OF_BTC, new CollateralTerms(ETH, "ETH-EUR", Fraction.ZERO, OF_ETH.lotSize())),
                        SalePlan.TO_TARGET,
                        "0",
                        null))
                .hasMessageContaining("ETH is sold in ETH-USD, not in ETH-EUR");
        assertThatThrownBy(() -> product(
                        List.of(OF_BTC, new CollateralTerms(ETH, "BTC-USD", Fraction.ZERO, OF_ETH.lotSize())),
                        SalePlan.TO_TARGET,
                        "0",
                        null))
                .hasMessageContaining("ETH is sold in ETH-USD");
        assertThatThrownBy(() -> product(
                        List.of(OF_BTC, new CollateralTerms(ETH, "ETH-USD", Fraction.of(1, 3), OF_ETH.lotSize())),
                        SalePlan.TO_TARGET,
                        "0",
                        null))
                .hasMessageContaining("end as decimals");
        assertThatThrownBy(() -> product(
                        List.of(
                                OF_BTC,
                                new CollateralTerms(
                                        ETH, "ETH-USD", OF_ETH.tiers(), OF_ETH.lotSize(), Fraction.percent(40))),
                        SalePlan.TO_TARGET,
                        "0",
                        null))
                .hasMessageContaining("opens at the product's limit");
        assertThatThrownBy(() -> product(List.of(OF_ETH, OF_BTC), SalePlan.STABILISE, "0", null))
                .hasMessageContaining("STABILISE");
    }

    // --- what counts -------------------------------------------------------------------------------------------------

    @Test
    void callsOnTheValueOfAllCoin() {
        LoanStory story = basket("38500.00");
        // 38,500 / 0.7 = 55,000 = 5 x 7,000 + 90 x 222.2222..
        assertThat(story.price(T1, "7000.00")
                        .price("ETH-USD", T1, "222.23", IndexState.LIVE)
                        .names())
                .isEmpty();
        LoanEvent.MarginCallIssued call =
                story.price("ETH-USD", T2, "222.22", IndexState.LIVE).the(LoanEvent.MarginCallIssued.class);
        // 38,500 / 0.6 = 64,166.666..; 54,999.80 is there: 9,166.8666.. / (0.9 x 222.22) = 45.834791..
        assertThat(call.topUpToCure()).isEqualTo(Quantity.of("45.83479169", ETH));
        assertThat(call.repayToCure()).isEqualTo(Money.of("5500.12", USD));
        PriceEvidence evidence = call.evidence();
        assertThat(evidence.index().market()).isEqualTo("ETH-USD");
        assertThat(evidence.collateral()).isEqualTo(Quantity.of("100.00000000", ETH));
        assertThat(evidence.haircut()).isEqualTo(Fraction.percent(10));
        assertThat(evidence.others()).singleElement().satisfies(other -> {
            assertThat(other.pledged()).isEqualTo(Quantity.of("5.00000000", BTC));
            assertThat(other.market()).isEqualTo("BTC-USD");
            assertThat(other.value()).isEqualByComparingTo("35000");
        });
        assertThat(evidence.holds()).isTrue();
        assertThat(evidence.exposureRoundedUp()).isEqualTo(Money.of("38500.00", USD));
        // 64,166.67 is reached by BTC alone: (64,166.666.. - 19,999.80) / 5 = 8,833.3733..
        assertThat(story.price(T3, "8833.37").all(LoanEvent.MarginCallCured.class))
                .isEmpty();
        assertThat(story.price(T3, "8833.38")
                        .the(LoanEvent.MarginCallCured.class)
                        .evidence()
                        .index()
                        .market())
                .isEqualTo("BTC-USD");
    }

    @Test
    void drawsAZoneInWhichNothingCanHappen() {
        LoanStory story = basket("38500.00");
        LoanTriggers triggers = LoanTriggers.of(story.loan(), story, START, 0);
        // 55,000 / 77,000 = 5 / 7 of each price
        assertThat(triggers.market()).isEqualTo("BTC-USD");
        assertThat(triggers.fallingKey()).isEqualTo(714_285_714_286L);
        assertThat(triggers.risingKey()).isEqualTo(LoanTriggers.NEVER_RISING);
        assertThat(triggers.further())
                .containsExactly(new LoanTriggers.MarketKeys("ETH-USD", 21_428_571_429L, LoanTriggers.NEVER_RISING));
    }

    @Test
    void aBasketOfOneCoinHasTheKeysOfALoanOnThatCoin() {
        LoanStory story = basket("38500.00");
        Loan loan = story.loan();
        Loan onBtc = loan.edit(next -> next.position =
                loan.held().with(Collateral.none(ETH)).with(loan.collateral().afterDeposit(Quantity.of("2.7", BTC))));
        Loan alone =
                onBtc.edit(next -> next.position = new Position(onBtc.debt(), onBtc.collateral(), onBtc.settlement()));
        assertThat(LoanTriggers.of(onBtc, story, START, 30).fallingKey())
                .isEqualTo(LoanTriggers.of(alone, START, 30).fallingKey());
    }

    @Test
    void judgesNobodyWhileOneOfTheMarketsIsClosed() {
        LoanStory story = basket("38500.00").price("ETH-USD", T1, "300.00", IndexState.STALE);
        LoanTriggers triggers = LoanTriggers.of(story.loan(), story, T1, 0);
        assertThat(triggers.fallingKey()).isEqualTo(LoanTriggers.NEVER_FALLING);
        assertThat(triggers.further())
                .containsExactly(new LoanTriggers.MarketKeys("ETH-USD", Long.MAX_VALUE, LoanTriggers.NEVER_RISING));
        assertThat(story.price(T2, "1000.00").names()).isEmpty();
        assertThat(story.price("ETH-USD", T3, "300.00", IndexState.LIVE).names())
                .containsExactly("LiquidationRequested");
    }

    @Test
    void aPriceOfAMarketThatIsNotTheLoansSaysNothing() {
        LoanStory story = basket("38500.00");
        Loan onBtc = story.loan();
        Loan alone =
                onBtc.edit(next -> next.position = new Position(onBtc.debt(), onBtc.collateral(), onBtc.settlement()));
        IndexPrice eth = new IndexPrice("ETH-USD", 1, 99, T1, new BigDecimal("10"), IndexState.LIVE, "", 3, List.of());
        assertThat(LoanDecider.decide(alone, new LoanInput.PriceObserved(eth), story))
                .isInstanceOfSatisfying(
                        Decision.Accepted.class,
                        decision -> assertThat(decision.steps()).isEmpty());
    }

    @Test
    void asksForTheRatioOfTheWholeLoanBeforeARelease() {
        ReleaseTerms below30 = new ReleaseTerms(
                Fraction.percent(30), Fraction.percent(40), Money.of("1", USD), Money.of("100000", USD), 0, 1);
        Instant nextDay = START.plus(Duration.ofDays(2));
        for (String principal : List.of("23099.99", "23100.00")) { // of 77,000: under, and at 30 %
            LoanStory story = basket(product(List.of(OF_ETH, OF_BTC), SalePlan.TO_TARGET, "0", below30), principal);
            story.price("ETH-USD", nextDay, "300.00", IndexState.LIVE).price(nextDay, "10000.00");
            story.tell(new LoanInput.CollateralReleaseRequested(story.head(nextDay), eth("1")));
            if (principal.equals("23100.00")) {
                story.refusedWith(Refusal.LTV_TOO_HIGH);
            } else {
                assertThat(story.the(LoanEvent.CollateralReleaseInstructed.class)
                                .quantity())
                        .isEqualTo(Quantity.of("1.00000000", ETH));
            }
        }
    }

    @Test
    void releasesEachCoinByItself() {
        LoanStory story = basket("30800.00"); // opens at 50 %: 61,600
        assertThat(story.tell(new LoanInput.CollateralReleaseRequested(story.head(START), eth("57.04")))
                        .last())
                .isInstanceOf(Decision.Refused.class); // 15,400 / 270 = 57.0370..
        story.refusedWith(Refusal.LTV_TOO_HIGH);
        LoanEvent.CollateralReleaseInstructed granted = story.tell(
                        new LoanInput.CollateralReleaseRequested(story.head(START), eth("57.03")))
                .the(LoanEvent.CollateralReleaseInstructed.class);
        assertThat(granted.quantity()).isEqualTo(Quantity.of("57.03000000", ETH));
        story.tell(new LoanInput.CollateralReleased(
                        story.head(START), "L1/release/1", new LoanInput.Stated(new BigDecimal("1"), "BTC")))
                .refusedWith(Refusal.WRONG_ASSET);
        story.tell(new LoanInput.CollateralReleased(story.head(START), "L1/release/1", eth("30")));
        story.tell(new LoanInput.CollateralReleased(story.head(START), "L1/release/1", eth("27.03")));
        assertThat(story.loan().coin(ETH).held()).isEqualTo(Quantity.of("42.97000000", ETH));
        assertThat(story.loan().collateral().held()).isEqualTo(Quantity.of("5.00000000", BTC));
        assertThat(story.loan().instructions()).isEmpty();
    }

    @Test
    void sendsEveryCoinBackAtTheEnd() {
        LoanStory story = basket("38500.00").forgetEvents().repaid(START, "38500.00");
        assertThat(story.names())
                .containsExactly(
                        "RepaymentApplied", "LoanRepaid", "CollateralReleaseInstructed", "CollateralReleaseInstructed");
        assertThat(story.all(LoanEvent.CollateralReleaseInstructed.class))
                .extracting(e -> e.quantity().toString())
                .containsExactly(
                        Quantity.of("100.00000000", ETH).toString(),
                        Quantity.of("5.00000000", BTC).toString());
        story.tell(new LoanInput.CollateralReleased(story.head(START), "L1/release/1", eth("100")));
        assertThat(story.loan().status()).isEqualTo(LoanStatus.REPAID);
        story.tell(new LoanInput.CollateralReleased(story.head(START), "L1/release/2", LoanStory.coin("5")));
        assertThat(story.loan().status()).isEqualTo(LoanStatus.CLOSED);
    }

    @Test
    void keepsReconciliationOfEachCoin() {
        LoanStory story = basket("38500.00").forgetEvents();
        story.tell(new LoanInput.CustodyStatement(story.head(START.plusSeconds(1)), eth("100")));
        assertThat(story.names()).isEmpty();
        story.tell(new LoanInput.CustodyStatement(story.head(START.plusSeconds(2)), eth("99.5")));
        LoanEvent.ReconciliationDifferenceFound found = story.the(LoanEvent.ReconciliationDifferenceFound.class);
        assertThat(found.assetCode()).isEqualTo("ETH");
        assertThat(found.ours()).isEqualByComparingTo("100");
        story.reverted(START.plusSeconds(1), "tx:eth");
        assertThat(story.loan().coin(ETH).held().isZero()).isTrue();
        assertThat(story.loan().collateral().held()).isEqualTo(Quantity.of("5.00000000", BTC));
        // what the statement was compared with is 100 less now
        assertThat(story.all(LoanEvent.ReconciliationDifferenceFound.class)
                        .getLast()
                        .ours())
                .isEqualByComparingTo("0");
    }

    // --- what is sold ------------------------------------------------------------------------------------------------

    @ParameterizedTest(name = "BTC {0}, ETH {1}: {2} {3} ETH")
    @CsvSource({
        "7000.00, 300.00, PARTIAL, 92.76", // 80.6 %: 22,172.00 left, 22,172.88 allowed
        "6000.00, 250.00, INCREMENT, 100.00", // 95.2 %: after all of it 25,000 on 30,000
        "5600.00, 380.00, PARTIAL, 72.55", // 80.4 %: 22,431.00 left, 22,432.74 allowed
    })
    void sellsTheFirstCoinDownToTheTarget(String btc, String eth, SaleMode mode, String quantity) {
        LoanStory story = basket("50000.00", SalePlan.TO_TARGET, "0", 65).price("ETH-USD", T1, eth, IndexState.LIVE);
        LoanEvent.LiquidationRequested request = story.price(T1, btc).the(LoanEvent.LiquidationRequested.class);
        assertThat(request.caseId()).isEqualTo("L1/case/1/ETH");
        assertThat(request.mode()).isEqualTo(mode);
        assertThat(request.reserved()).isEqualTo(Quantity.of(quantity, ETH));
        assertThat(request.lotSize()).isEqualTo(Quantity.of("0.01", ETH));
        assertThat(request.evidence().index().market()).isEqualTo("ETH-USD");
        assertThat(request.evidence().holds()).isTrue();
        assertThat(story.loan().coin(ETH).reserved()).isEqualTo(Quantity.of(quantity, ETH));
        assertThat(story.loan().collateral().reserved().isZero()).isTrue();
    }

    @Test
    void goesOnWithTheNextCoinAsSoonAsTheFirstIsSold() {
        LoanStory story = sellingAllEth("50000.00", SalePlan.TO_TARGET, "0").forgetEvents();
        sold(story, "100", "25000.00");
        assertThat(story.names()).containsExactly("SaleSettled", "LiquidationClosed", "LiquidationRequested");
        LoanEvent.LiquidationRequested next = story.the(LoanEvent.LiquidationRequested.class);
        assertThat(next.caseId()).isEqualTo("L1/case/2/BTC");
        assertThat(next.mode()).isEqualTo(SaleMode.PARTIAL);
        assertThat(next.reserved()).isEqualTo(Quantity.of("2.9167", BTC)); // 2.9166: 7,500.40 of 7,500.24
        assertThat(next.evidence().threshold())
                .isEqualTo(new Threshold(Fraction.percent(60), Threshold.Comparator.EXCEEDS));
        assertThat(next.evidence().others()).isEmpty();
        sold(story.forgetEvents(), "2.9167", "17500.20");
        assertThat(story.names()).containsExactly("SaleSettled", "LiquidationClosed");
        assertThat(story.loan().debt().principal()).isEqualTo(Money.of("7499.80", USD));
        assertThat(story.loan().collateral().held()).isEqualTo(Quantity.of("2.08330000", BTC));
    }

    @Test
    void goesOnUnderTheHardLimitUntilTheTargetIsMet() {
        // ETH sold far better than measured: 50,000 - 28,500 = 21,500 on 30,000 is 71.7 %, under 80 and over 60
        LoanStory story = sellingAllEth("50000.00", SalePlan.TO_TARGET, "0").forgetEvents();
        sold(story, "100", "28500.00");
        LoanEvent.LiquidationRequested next = story.the(LoanEvent.LiquidationRequested.class);
        // (21,500 - 18,000) / 0.4 / 6,000 = 1.45833..
        assertThat(next.reserved()).isEqualTo(Quantity.of("1.4584", BTC));
        assertThat(next.evidence().holds()).isTrue();
    }

    @Test
    void stopsWhenTheTargetIsMetAfterOneCoin() {
        // 50,000 - 32,000 = 18,000 on 30,000: exactly 60 %
        LoanStory story = sellingAllEth("50000.00", SalePlan.TO_TARGET, "0").forgetEvents();
        sold(story, "100", "32000.00");
        assertThat(story.names()).containsExactly("SaleSettled", "LiquidationClosed");
        story = sellingAllEth("50000.00", SalePlan.TO_TARGET, "0").forgetEvents();
        sold(story, "100", "31999.99");
        assertThat(story.the(LoanEvent.LiquidationRequested.class).reserved()).isEqualTo(Quantity.of("0.0001", BTC));
    }

    @Test
    void sellsEveryCoinWhenAllIsToBeSold() {
        LoanStory story = sellingAllEth("50000.00", SalePlan.EVERYTHING, "0").forgetEvents();
        sold(story, "100", "32000.00");
        LoanEvent.LiquidationRequested next = story.the(LoanEvent.LiquidationRequested.class);
        assertThat(next.mode()).isEqualTo(SaleMode.FULL);
        assertThat(next.reserved()).isEqualTo(Quantity.of("5", BTC));
        assertThat(next.evidence().threshold()).isEqualTo(new Threshold(Fraction.ZERO, Threshold.Comparator.EXCEEDS));
        sold(story.forgetEvents(), "5", "17000.00");
        assertThat(story.names()).containsExactly("SaleSettled", "LiquidationClosed", "ShortfallRecorded");
    }

    @Test
    void leavesNoDustBehind() {
        // target met exactly, 18,000 left: under a minimum of 18,000.01 the rest goes too
        LoanStory story =
                sellingAllEth("50000.00", SalePlan.TO_TARGET, "18000.01").forgetEvents();
        sold(story, "100", "32000.00");
        LoanEvent.LiquidationRequested next = story.the(LoanEvent.LiquidationRequested.class);
        assertThat(next.mode()).isEqualTo(SaleMode.FULL);
        assertThat(next.reserved()).isEqualTo(Quantity.of("5", BTC));
    }

    @Test
    void doesNotGoOnAtAPriceOfAClosedMarketNorUnderAHoldNorWithNothingSold() {
        LoanStory closed = sellingAllEth("50000.00", SalePlan.TO_TARGET, "0")
                .price(T3, "6000.00", IndexState.SUSPECT)
                .forgetEvents();
        sold(closed, "100", "25000.00");
        assertThat(closed.names()).containsExactly("SaleSettled", "LiquidationClosed");
        assertThat(closed.price(T3, "6000.00").names()).contains("LiquidationRequested");

        LoanStory frozen = sellingAllEth("50000.00", SalePlan.TO_TARGET, "0")
                .frozen(T3, true)
                .forgetEvents();
        settled(frozen, 2, "0", "0.00");
        assertThat(frozen.names()).containsExactly("LiquidationClosed");

        LoanStory nothing = sellingAllEth("50000.00", SalePlan.TO_TARGET, "0").forgetEvents();
        settled(nothing, 1, "0", "0.00");
        assertThat(nothing.names()).containsExactly("LiquidationClosed");
    }

    @Test
    void countsAFillOfACaseByTheCoinThatItSold() {
        LoanStory story = sellingAllEth("50000.00", SalePlan.TO_TARGET, "0");
        sold(story, "100", "25000.00");
        // a bust of the first case, after its close
        story.forgetEvents()
                .tell(new LoanInput.LiquidationSettled(
                        "L1/case/1/ETH", 1, new BigDecimal("99"), new BigDecimal("24750.00"), BigDecimal.ZERO, true));
        assertThat(story.the(LoanEvent.DeskClaimPosted.class).quantity()).isEqualTo(Quantity.of("1.00000000", ETH));
        story.tell(new LoanInput.CollateralDelivered(story.head(T3), "L1/case/1/ETH", LoanStory.coin("1")))
                .refusedWith(Refusal.WRONG_ASSET);
        story.tell(new LoanInput.CollateralDelivered(story.head(T3), "L1/case/1/ETH", eth("100")));
        assertThat(story.loan().coin(ETH).delivered()).isEqualTo(Quantity.of("100.00000000", ETH));
        story.tell(new LoanInput.CollateralDelivered(story.head(T3), "L1/case/3/ETH", eth("100")))
                .refusedWith(Refusal.CASE_UNKNOWN);
    }

    @Test
    void growsAtALowOfItsOwnMarketUpToAStep() {
        LoanStory story = basket("50000.00", SalePlan.TO_TARGET, "0", 65)
                .price(T1, "7000.00")
                .forgetEvents();
        assertThat(story.price(T2, "6000.00").names()).isEmpty(); // another market's
        LoanEvent.LiquidationAmended amended =
                story.price("ETH-USD", T3, "250.00", IndexState.LIVE).the(LoanEvent.LiquidationAmended.class);
        assertThat(amended.mode()).isEqualTo(SaleMode.INCREMENT);
        assertThat(amended.reserved()).isEqualTo(Quantity.of("100.00", ETH));
        assertThat(amended.evidence())
                .isNotNull()
                .extracting(e -> e.index().market())
                .isEqualTo("ETH-USD");
    }

    // --- stories -----------------------------------------------------------------------------------------------------

    /** Of 50,000 at 6,000 and 250: all ETH is being sold. */
    private static LoanStory sellingAllEth(String principal, SalePlan plan, String residual) {
        LoanStory story = basket(principal, plan, residual, 65).price("ETH-USD", T1, "250.00", IndexState.LIVE);
        if (story.loan().openCase() == null) {
            story.price(T1, "6000.00");
        }
        assertThat(story.the(LoanEvent.LiquidationRequested.class).reserved()).isEqualTo(Quantity.of("100", ETH));
        return story;
    }

    private static void sold(LoanStory story, String quantity, String gross) {
        settled(story, story.loan().openCase().version(), quantity, gross);
    }

    private static void settled(LoanStory story, int version, String quantity, String gross) {
        story.tell(new LoanInput.LiquidationSettled(
                story.loan().openCase().caseId(),
                version,
                new BigDecimal(quantity),
                new BigDecimal(gross),
                BigDecimal.ZERO,
                true));
    }

    private static LoanInput.Stated eth(String quantity) {
        return new LoanInput.Stated(new BigDecimal(quantity), "ETH");
    }

    private static LoanStory basket(String principal) {
        return basket(principal, SalePlan.TO_TARGET, "0", 50);
    }

    private static LoanStory basket(String principal, SalePlan plan, String residual, int openPercent) {
        return basket(product(List.of(OF_ETH, OF_BTC), plan, residual, null, openPercent), principal);
    }

    private static LoanStory basket(ProductTerms terms, String principal) {
        LoanStory story = new LoanStory("L1").publish(terms);
        story.price("ETH-USD", START, "300.00", IndexState.LIVE).price(START, "10000.00");
        story.tell(new LoanInput.LoanRequested(
                story.head(START),
                "alice",
                terms.productId(),
                new LoanInput.Stated(new BigDecimal(principal), "USD"),
                "BTC"));
        story.tell(new LoanInput.CollateralLocked(story.head(START), "tx:eth", eth("100")))
                .granted("tx:eth");
        if (story.loan().status() == LoanStatus.REQUESTED) {
            story.locked("tx:btc", "5.00000000").granted("tx:btc");
        }
        story.paidOut();
        assertThat(story.loan().status()).isEqualTo(LoanStatus.ACTIVE);
        return story.forgetEvents();
    }

    private static ProductTerms product(
            List<CollateralTerms> collateral, SalePlan plan, String residual, @Nullable ReleaseTerms release) {
        return product(collateral, plan, residual, release, 50);
    }

    private static ProductTerms product(
            List<CollateralTerms> collateral,
            SalePlan plan,
            String residual,
            @Nullable ReleaseTerms release,
            int openPercent) {
        return new ProductTerms(
                        "basket",
                        1,
                        USD,
                        collateral,
                        Fraction.percent(openPercent),
                        new Ladder(
                                openPercent < 65 ? List.of(call()) : List.of(),
                                Duration.ofHours(1),
                                Ladder.ClockStopper.DETECTED,
                                Duration.ZERO,
                                Duration.ZERO,
                                Duration.ZERO),
                        new LiquidationTerms(
                                Threshold.reaches(Fraction.percent(80)),
                                plan,
                                Fraction.percent(60),
                                Fraction.ONE,
                                Money.of(residual, USD),
                                Charge.NONE,
                                Charge.NONE,
                                Fraction.percent(2),
                                plan == SalePlan.STABILISE ? Fraction.percent(50) : null),
                        new InterestTerms(Fraction.ZERO, DayCount.ACT_365F),
                        ExposureBasis.OUTSTANDING,
                        365,
                        release,
                        AgreementTerms.PLAIN)
                .withMixedCollateral(true);
    }

    private static Rung call() {
        return new Rung(
                Threshold.reaches(Fraction.percent(70)),
                Rung.Action.CALL,
                Fraction.percent(60),
                Duration.ofHours(24),
                Fraction.ZERO);
    }
}

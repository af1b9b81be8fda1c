package io.loanledger.core.loan;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.loan.LoanInput.Stated;
import io.loanledger.core.model.World;
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
import io.loanledger.core.terms.Rung;
import io.loanledger.core.terms.SalePlan;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Three markets move while debt grows, and one of them is closed now and then: the loans whose zone is left are those that a naive
 * evaluation of every loan at every tick finds, and few more. Invariant BreachImpliesAction.
 */
class SafeZonesNeverLateTest {
    private static final long SEED = Long.getLong("ledger.seed", 20_261_123L);
    private static final int LOANS = 120;
    private static final int TICKS = 1_500;
    private static final int HORIZON_DAYS = 7;
    private static final Asset BTC = new Asset("BTC", 8);
    private static final Asset ETH = new Asset("ETH", 18);
    private static final Asset SOL = new Asset("SOL", 9);
    private static final Asset USD = new Asset("USD", 2);
    private static final ProductTerms PRODUCT = product();

    private final World world = new World();
    private final Random random = new Random(SEED);
    private final List<Loan> loans = new ArrayList<>();
    private final List<LoanTriggers> keys = new ArrayList<>();
    private final Map<String, BigDecimal> prices = new HashMap<>();
    private final Map<String, Integer> acts = new HashMap<>();
    private Instant now = World.START;
    private long sequence;
    private int facts;
    private int visits;
    private int acted;
    private int evaluated;

    @Test
    void findsWhatAnEvaluationOfEveryLoanAtEveryTickFinds() {
        begin();
        for (int tick = 0; tick < TICKS; tick++) {
            tick(tick);
        }
        System.out.printf(
                "seed %d: %d visits asked for, %d acted, of %d evaluations: %s%n",
                SEED, visits, acted, evaluated, acts);
        assertThat(acts.keySet())
                .contains("MarginCallIssued", "MarginCallCured", "MarginNoticeIssued", "LiquidationRequested");
        assertThat(acted).as("visits that acted").isGreaterThan(2 * LOANS);
        assertThat(visits).as("visits: few more than act").isLessThan(evaluated / 10);
    }

    private void begin() {
        world.publish(PRODUCT);
        world.moveClock(now);
        prices.put("BTC-USD", new BigDecimal("20000.00"));
        prices.put("ETH-USD", new BigDecimal("1500.00"));
        prices.put("SOL-USD", new BigDecimal("100.00"));
        prices.keySet().stream().sorted().forEach(market -> observe(market, IndexState.LIVE));
        for (int i = 0; i < LOANS; i++) {
            loans.add(Loan.unknown("basket-" + i));
            keys.add(LoanTriggers.of(loans.get(i), world, now, HORIZON_DAYS));
            open(i);
        }
    }

    private void open(int i) {
        Stated usd = new Stated(BigDecimal.valueOf(500_000 + random.nextInt(1_500_000), 2), "USD");
        String own = List.of("BTC", "ETH", "SOL").get(random.nextInt(3));
        tell(i, new LoanInput.LoanRequested(head(), "borrower", PRODUCT.productId(), usd, own));
        lock(i, "SOL", BigDecimal.valueOf(50 + random.nextInt(100)));
        lock(i, "ETH", BigDecimal.valueOf(3 + random.nextInt(8)));
        lock(i, "BTC", BigDecimal.valueOf(30 + random.nextInt(80), 2));
        lock(i, "SOL", BigDecimal.valueOf(200));
        tell(i, new LoanInput.DisbursementConfirmed(head(), loans.get(i).loanId() + "/disbursement", usd));
        assertThat(loans.get(i).status()).isEqualTo(LoanStatus.ACTIVE);
    }

    private void lock(int i, String asset, BigDecimal quantity) {
        String proof = "tx:" + i + ":" + ++facts;
        tell(i, new LoanInput.CollateralLocked(head(), proof, new Stated(quantity, asset)));
        tell(i, new LoanInput.ClaimGranted(proof));
    }

    private FactHead head() {
        facts++;
        return new FactHead("fact-" + facts, now, "book", facts, now);
    }

    private boolean tell(int i, LoanInput input) {
        if (!(LoanDecider.decide(loans.get(i), input, world) instanceof Decision.Accepted accepted)
                || accepted.steps().isEmpty()) {
            return false;
        }
        accepted.steps().forEach(step -> acts.merge(step.event().getClass().getSimpleName(), 1, Integer::sum));
        loans.set(i, accepted.steps().getLast().after());
        draw(i, HORIZON_DAYS);
        return true;
    }

    private void draw(int i, int days) {
        keys.set(i, LoanTriggers.of(loans.get(i), world, world.taskTime(), days));
    }

    private IndexPrice observe(String market, IndexState state) {
        IndexPrice index = new IndexPrice(market, 1, ++sequence, now, prices.get(market), state, "", 3, List.of());
        world.observe(index);
        return index;
    }

    private void tick(int tick) {
        now = now.plus(Duration.ofMinutes(random.nextInt(120)));
        for (int i = 0; i < LOANS; i++) {
            visit(i, new LoanInput.TimePassed(now), isDue(keys.get(i).decideAt()));
        }
        String market = List.of("BTC-USD", "ETH-USD", "SOL-USD").get(random.nextInt(3));
        int drift = tick < TICKS * 2 / 3 ? -30 : 80;
        prices.computeIfPresent(
                market,
                (name, price) -> price.multiply(BigDecimal.valueOf(10_000L + drift + random.nextInt(241) - 120, 4))
                        .setScale(2, RoundingMode.HALF_EVEN));
        world.moveClock(now);
        IndexPrice index = observe(market, random.nextInt(12) == 0 ? IndexState.STALE : IndexState.LIVE);
        for (int i = 0; i < LOANS; i++) {
            if (isDue(keys.get(i).keysValidUntil())) {
                draw(i, HORIZON_DAYS);
            }
            if (index.state().isOpen()) {
                evaluated++;
                visit(i, new LoanInput.PriceObserved(index), asksFor(keys.get(i), market, prices.get(market)));
            }
        }
        for (int i = 0; i < LOANS; i++) {
            actOutside(i);
        }
    }

    private boolean isDue(@Nullable Instant moment) {
        return moment != null && moment.isBefore(now);
    }

    private static boolean asksFor(LoanTriggers triggers, String market, BigDecimal price) {
        long key = price.setScale(LoanTriggers.KEY_SCALE).unscaledValue().longValueExact();
        if (market.equals(triggers.market())) {
            return key <= triggers.fallingKey() || key >= triggers.risingKey();
        }
        return triggers.further().stream()
                .filter(keys -> keys.market().equals(market))
                .anyMatch(keys -> (keys.hasFalling() && key <= keys.fallingKey())
                        || (keys.hasRising() && key >= keys.risingKey()));
    }

    private void visit(int i, LoanInput input, boolean asked) {
        LoanTriggers former = keys.get(i);
        boolean acts = tell(i, input);
        assertThat(!acts || asked)
                .as(
                        "seed %d, %s: %s acts and was not asked for by %s",
                        SEED, loans.get(i).loanId(), input, former)
                .isTrue();
        if (asked && input instanceof LoanInput.PriceObserved) {
            visits++;
            acted += acts ? 1 : 0;
        }
        if (asked && !acts) {
            draw(i, 0); // came too early: look closer
        }
    }

    /** The desk sells what is reserved, sooner or later; some borrowers pay, bring coin or take some back. */
    private void actOutside(int i) {
        LiquidationCase open = loans.get(i).openCase();
        if (open != null && random.nextInt(12) == 0) {
            String market = open.reserved().asset().code() + "-USD";
            BigDecimal quantity = open.wanted().amount();
            BigDecimal gross = quantity.multiply(prices.get(market)).setScale(2, RoundingMode.DOWN);
            tell(
                    i,
                    new LoanInput.LiquidationSettled(
                            open.caseId(), open.version(), quantity, gross, BigDecimal.ZERO, true));
        } else if (random.nextInt(300) == 0) {
            BigDecimal amount = BigDecimal.valueOf(random.nextInt(100_000) + 1L, 2);
            tell(i, new LoanInput.RepaymentReceived(head(), "pay-" + facts, new Stated(amount, "USD")));
        } else if (random.nextInt(600) == 0) {
            lock(i, "ETH", BigDecimal.valueOf(1 + random.nextInt(3)));
        } else if (random.nextInt(600) == 0) {
            tell(i, new LoanInput.CollateralReleaseRequested(head(), new Stated(BigDecimal.TEN, "SOL")));
        }
    }

    private static ProductTerms product() {
        return new ProductTerms(
                        "three",
                        1,
                        USD,
                        List.of(coin(SOL, 20, "0.5"), coin(BTC, 0, "0.001"), coin(ETH, 10, "0.01")),
                        Fraction.percent(55),
                        new Ladder(
                                List.of(
                                        Rung.notice(Threshold.reaches(Fraction.percent(65)), Fraction.percent(60)),
                                        Rung.call(
                                                Threshold.reaches(Fraction.percent(70)),
                                                Fraction.percent(62),
                                                Duration.ofHours(48))),
                                Duration.ofHours(1),
                                Ladder.ClockStopper.DETECTED,
                                Duration.ZERO,
                                Duration.ZERO,
                                Duration.ZERO),
                        new LiquidationTerms(
                                new Threshold(Fraction.percent(80), Threshold.Comparator.EXCEEDS),
                                SalePlan.TO_TARGET,
                                Fraction.percent(60),
                                Fraction.ONE,
                                Money.of("500", USD),
                                Charge.ofSoldValue(Fraction.of(1, 100)),
                                Charge.NONE,
                                Fraction.percent(2),
                                null),
                        new InterestTerms(Fraction.percent(15), DayCount.ACT_365F),
                        ExposureBasis.OUTSTANDING,
                        365,
                        null,
                        AgreementTerms.PLAIN)
                .withMixedCollateral(true);
    }

    private static CollateralTerms coin(Asset asset, int haircut, String lot) {
        return new CollateralTerms(
                asset,
                asset.code() + "-USD",
                List.of(
                        new HaircutTier(Quantity.zero(asset), Fraction.percent(haircut)),
                        new HaircutTier(Quantity.of("100", asset), Fraction.percent(haircut + 10))),
                Quantity.of(lot, asset),
                null);
    }
}

package io.loanledger.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.loan.Decision;
import io.loanledger.core.loan.FactHead;
import io.loanledger.core.loan.LiquidationCase;
import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanDecider;
import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.loan.LoanInput.Stated;
import io.loanledger.core.loan.LoanStatus;
import io.loanledger.core.loan.LoanTriggers;
import io.loanledger.core.money.Money;
import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.price.IndexState;
import io.loanledger.core.terms.DebtPrice;
import io.loanledger.core.terms.OriginationTerms;
import io.loanledger.core.terms.ProductTerms;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The loans that fire are those that a naive evaluation of every loan at every tick finds: invariant BreachImpliesAction. A trigger may
 * ask too early, never too late.
 */
class TriggersNeverLateTest {
    private static final List<ProductTerms> PRODUCTS = Products.ALL;

    private static final int HISTORIES = Integer.getInteger("ledger.histories", 500);
    private static final int LOANS = 150;
    private static final int TICKS = 700;
    private static final int HORIZON_DAYS = 7;

    /** In a single history the triggers are drawn anew at every step: they must ask for every visit that acts. */
    @Test
    void asksForEveryVisitThatActs() {
        int[] acted = new int[1];
        for (int history = 0; history < HISTORIES; history++) {
            RandomHistory.play(RandomHistory.SEED + history, 60, told -> {
                if (!told.askedFor()) {
                    assertThat(told.events())
                            .as("nobody asked: %s", told.kind())
                            .isEmpty();
                } else if (told.input() instanceof LoanInput.PriceObserved
                        && !told.events().isEmpty()) {
                    acted[0]++;
                }
            });
        }
        assertThat(acted[0]).as("visits that acted").isGreaterThan(HISTORIES);
    }

    /** In a book the keys are kept for a week and drawn anew only when the loan changed, was visited, or the week is over. */
    @Test
    void findsWhatAnEvaluationOfEveryLoanAtEveryTickFinds() {
        Book book = new Book(new Random(RandomHistory.SEED));
        for (int tick = 0; tick < TICKS; tick++) {
            book.tick(tick);
        }
        System.out.printf(
                "seed %d: %d visits asked for, %d acted, of %d evaluations%n",
                RandomHistory.SEED, book.visits, book.acted, TICKS * LOANS);
        assertThat(book.acted).as("visits that acted").isGreaterThan(2 * LOANS);
        assertThat(book.visits).as("visits: nearly as few as act").isLessThan(TICKS * LOANS / 20);
    }

    /** Many loans under keys that are kept: on one market, on several, in a currency that has one. */
    private static final class Book {
        private static final LocalDate START = PermutedFactsTest.day(World.START);

        private final World world = new World();
        private final Random random;
        private final List<Loan> loans = new ArrayList<>();
        private final List<LoanTriggers> keys = new ArrayList<>();
        private Instant now = World.START;
        private BigDecimal price = new BigDecimal("20000.00");
        private final Map<String, BigDecimal> others = new TreeMap<>();
        private int facts;
        private int visits;
        private int acted;
        private Decision said;

        Book(Random random) {
            this.random = random;
            PRODUCTS.forEach(world::publish);
            fix("overnight", START, 1 + random.nextInt(5), 2);
            fix("pool", START, 30 + random.nextInt(60), 2);
            world.moveClock(now);
            world.quote(now, price, IndexState.LIVE);
            others.put("ETH-USD", new BigDecimal("1000.00"));
            others.put("SOL-USD", new BigDecimal("500.00"));
            others.put(DebtPriceProducts.DEBT_MARKET, new BigDecimal("1.0000"));
            others.forEach((market, other) -> world.quote(market, now, other, IndexState.LIVE));
            for (int i = 0; i < LOANS; i++) {
                loans.add(Loan.unknown("book-" + i));
                keys.add(LoanTriggers.of(loans.get(i), world, now, HORIZON_DAYS));
                open(i, PRODUCTS.get(i % PRODUCTS.size()));
            }
        }

        /** No rate rises by more than the keys allow for: what does ends them all, in the task. */
        private void fix(String rateId, LocalDate from, int value, int scale) {
            world.fix(rateId, from, BigDecimal.valueOf(value, scale));
        }

        private void fixSome() {
            LocalDate day = PermutedFactsTest.day(now).plusDays(random.nextInt(3));
            String rateId = random.nextBoolean() ? "overnight" : "pool";
            if (world.series(rateId).fixedFor(day) == null) {
                int least = rateId.equals("pool") ? 3_000 : 100;
                int most = rateId.equals("pool") ? 9_000 : 500;
                fix(rateId, day, least + random.nextInt(most - least), 4);
            }
        }

        private void open(int i, ProductTerms product) {
            BigDecimal principal = BigDecimal.valueOf(300_000 + random.nextInt(500_000), 2);
            Stated usd = new Stated(principal, "USD");
            String loanId = loans.get(i).loanId();
            tell(i, new LoanInput.LoanRequested(head(), "borrower", product.productId(), usd, "BTC"));
            pledge(i, "tx:" + i, BigDecimal.ONE, "BTC");
            if (product.mixedCollateral()) {
                pledge(i, "eth:" + i, new BigDecimal("3"), "ETH");
            }
            OriginationTerms fee = product.agreed().origination();
            Money whole = Money.of(principal.toPlainString(), World.USD);
            Stated paidOut = new Stated((fee == null ? whole : whole.minus(fee.feeOf(whole))).amount(), "USD");
            tell(i, new LoanInput.DisbursementConfirmed(head(), loanId + "/disbursement", paidOut));
            assertThat(loans.get(i).status()).isEqualTo(LoanStatus.ACTIVE);
        }

        private void pledge(int i, String proof, BigDecimal quantity, String asset) {
            tell(i, new LoanInput.CollateralLocked(head(), proof, new Stated(quantity, asset)));
            tell(i, new LoanInput.ClaimGranted(proof));
        }

        private FactHead head() {
            facts++;
            return new FactHead("fact-" + facts, now, "book", facts, now);
        }

        private boolean tell(int i, LoanInput input) {
            Decision decision = LoanDecider.decide(loans.get(i), input, world);
            boolean acts = decision instanceof Decision.Accepted accepted
                    && !accepted.steps().isEmpty();
            said = decision;
            if (acts) {
                loans.set(i, ((Decision.Accepted) decision).steps().getLast().after());
                draw(i, HORIZON_DAYS);
            }
            return acts;
        }

        private void draw(int i, int days) {
            keys.set(i, LoanTriggers.of(loans.get(i), world, world.taskTime(), days));
        }

        void tick(int tick) {
            now = now.plus(Duration.ofMinutes(random.nextInt(240)));
            for (int i = 0; i < LOANS; i++) {
                visit(i, new LoanInput.TimePassed(now), isDue(keys.get(i).decideAt()));
            }
            price = next(tick);
            world.moveClock(now);
            quote(World.MARKET, price);
            if (tick % 3 == 0) {
                String market = List.copyOf(others.keySet()).get(random.nextInt(others.size()));
                quote(
                        market,
                        others.merge(
                                market,
                                noise(),
                                (former, factor) -> former.multiply(factor).setScale(4, RoundingMode.HALF_EVEN)));
            }
            for (int i = 0; i < LOANS; i++) {
                actOutside(i);
            }
            if (random.nextInt(20) == 0) {
                fixSome();
            }
        }

        private BigDecimal noise() {
            return BigDecimal.valueOf(9_950 + random.nextInt(102), 4);
        }

        private void quote(String market, BigDecimal next) {
            for (int i = 0; i < LOANS; i++) {
                if (isDue(keys.get(i).keysValidUntil())) {
                    draw(i, HORIZON_DAYS);
                }
            }
            IndexPrice index = world.quote(market, now, next, IndexState.LIVE);
            for (int i = 0; i < LOANS; i++) {
                if (isAbout(loans.get(i).terms().terms(), market)) {
                    boolean asked = Stage.visits(keys.get(i), market, Stage.key(world, index));
                    visit(i, new LoanInput.PriceObserved(index), asked);
                }
            }
        }

        /** No task tells a loan of another market than its product knows. */
        private static boolean isAbout(ProductTerms product, String market) {
            DebtPrice debt = product.agreed().debtPrice();
            return (debt != null && debt.market().equals(market))
                    || product.collateral().stream()
                            .anyMatch(coin -> coin.market().equals(market));
        }

        private boolean isDue(Instant moment) {
            return moment != null && moment.isBefore(now);
        }

        private void visit(int i, LoanInput input, boolean asked) {
            boolean acts = tell(i, input);
            assertThat(!acts || asked)
                    .as("seed %d, %s: %s acts and was not asked for: %s", RandomHistory.SEED, loans.get(i), input, said)
                    .isTrue();
            if (asked) {
                visits++;
                if (acts) {
                    acted++;
                } else {
                    draw(i, 0); // came too early: look closer
                }
            }
        }

        /** Falls by two thirds over weeks, then rises again, with much noise. */
        private BigDecimal next(int tick) {
            int drift = tick < TICKS * 2 / 3 ? -25 : 60;
            long tenThousandths = 10_000L + drift + random.nextInt(161) - 80;
            return price.multiply(BigDecimal.valueOf(tenThousandths, 4)).setScale(2, RoundingMode.HALF_EVEN);
        }

        /** The desk sells what is reserved, sooner or later; some borrowers pay. */
        private void actOutside(int i) {
            LiquidationCase open = loans.get(i).openCase();
            if (open != null && random.nextInt(10) == 0) {
                BigDecimal quantity = open.reserved().amount();
                BigDecimal of = others.getOrDefault(open.wanted().asset().code() + "-USD", price);
                BigDecimal gross = quantity.multiply(of).setScale(2, RoundingMode.DOWN);
                tell(
                        i,
                        new LoanInput.LiquidationSettled(
                                open.caseId(), open.version(), quantity, gross, BigDecimal.ZERO, true));
            } else if (random.nextInt(200) == 0) {
                BigDecimal amount = BigDecimal.valueOf(random.nextInt(50_000) + 1L, 2);
                tell(i, new LoanInput.RepaymentReceived(head(), "pay-" + facts, new Stated(amount, "USD")));
            }
        }
    }
}

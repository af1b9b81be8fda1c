package io.loanledger.core.model;

import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.loan.LoanInput.Stated;
import io.loanledger.core.price.IndexState;
import io.loanledger.core.terms.ProductTerms;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One loan's random life, repeatable from its seed. Most of what happens is sensible and accepted; the rest are repeats, contradictions,
 * wrong amounts and facts for nobody.
 */
public final class RandomHistory extends Actor {
    /** {@code -Dledger.seed} repeats or varies a run. */
    public static final long SEED = Long.getLong("ledger.seed", 20_261_122L);

    private final Custodian custody;
    private final Bank bank;
    private final Desk desk;
    private final Mischief mischief;
    private final ProductTerms product;
    private BigDecimal price;

    private RandomHistory(Random random, Ledger ledger, ProductTerms product, BigDecimal price) {
        super(new Scene(random, ledger));
        custody = new Custodian(scene);
        bank = new Bank(scene);
        desk = new Desk(scene);
        mischief = new Mischief(scene);
        this.product = product;
        this.price = price;
    }

    /** The history of a seed from its first day; mostly terms and a price are there before the loan. */
    private static RandomHistory from(long seed, Ledger ledger) {
        Random random = new Random(seed);
        ProductTerms product = World.PRODUCTS.get(random.nextInt(World.PRODUCTS.size()));
        BigDecimal price = BigDecimal.valueOf(500_000 + random.nextInt(1_000_000), 2);
        RandomHistory history = new RandomHistory(random, ledger, product, price);
        if (history.chance(90)) {
            ledger.publish(product);
        }
        if (history.chance(95)) {
            history.quote("first price", World.START.plusSeconds(random.nextInt(86_400)), price, IndexState.LIVE);
        }
        return history;
    }

    /** The same actors around a loan of a ledger that lives already. */
    public static RandomHistory around(Random random, Ledger ledger, ProductTerms product, BigDecimal price) {
        return new RandomHistory(random, ledger, product, price);
    }

    /** The id of a history's loan. */
    public static String loanId(long seed) {
        return "L" + Long.toUnsignedString(seed, 36);
    }

    /** Plays the history of a seed before a witness; a failure names the seed. */
    static Stage play(long seed, int steps, Stage.Witness witness) {
        Stage stage = new Stage(loanId(seed), witness);
        play(seed, steps, stage);
        return stage;
    }

    /** Plays the history of a seed; a failure names the seed. */
    public static void play(long seed, int steps, Ledger ledger) {
        try {
            RandomHistory history = from(seed, ledger);
            for (int step = 0; step < steps; step++) {
                history.goOn();
            }
        } catch (AssertionError failure) {
            throw new AssertionError("history " + seed + ": " + failure.getMessage(), failure);
        }
    }

    /** One more thing happens. */
    public void goOn() {
        if (chance(8)) {
            mischief.make(product);
        } else if (chance(6)) {
            custody.state();
        } else {
            step();
        }
    }

    private void step() {
        if (ledger.world().newestTerms(product.productId()) == null && chance(30)) {
            ledger.publish(product);
        }
        switch (ledger.loan().status()) {
            case UNKNOWN -> unknown();
            case REQUESTED -> requested();
            case ISSUED -> issued();
            case ACTIVE -> active();
            case SHORTFALL, REPAID, CANCELLED, CLOSED -> ending();
        }
    }

    private void unknown() {
        int dice = random.nextInt(100);
        if (dice < 60) {
            BigDecimal principal = BigDecimal.valueOf(100_000 + random.nextInt(1_500_000), 2);
            if (chance(3)) {
                tell(
                        "request",
                        new LoanInput.LoanRequested(
                                head(ledger.world().taskTime()),
                                "borrower",
                                product.productId(),
                                new Stated(
                                        chance(50) ? principal : principal.add(new BigDecimal("0.001")),
                                        chance(50) ? "EUR" : "USD"),
                                chance(50) ? "BTC" : "ETH"));
            } else {
                bank.request(product, principal);
            }
        } else if (dice < 70) {
            custody.detect();
        } else if (dice < 80) {
            custody.lock();
        } else if (dice < 90) {
            if (!custody.claim()) {
                custody.lock();
            }
        } else if (dice < 95) {
            anyPrice();
        } else {
            bank.repay();
        }
    }

    private void requested() {
        int dice = random.nextInt(100);
        if (dice < 10) {
            custody.detect();
        } else if (dice < 45) {
            custody.lock();
        } else if (dice < 75) {
            if (!custody.claim()) {
                custody.lock();
            }
        } else if (dice < 90) {
            anyPrice();
        } else if (dice < 92) {
            tell("cancelled", new LoanInput.LoanCancelled(head(), "withdrawn"));
        } else if (dice < 95) {
            custody.revert();
        } else {
            bank.freeze(!ledger.loan().frozen());
        }
    }

    private void issued() {
        int dice = random.nextInt(100);
        if (dice < 60) {
            bank.confirmPayout();
        } else if (dice < 63) {
            bank.failPayout();
        } else if (dice < 90) {
            anyPrice();
        } else if (dice < 92) {
            tell("cancelled", new LoanInput.LoanCancelled(head(), "withdrawn"));
        } else if (dice < 94) {
            custody.revert();
        } else if (dice < 97) {
            custody.lock();
        } else {
            custody.claim();
        }
    }

    private void active() {
        if (ledger.loan().openCase() != null && !ledger.sells() && chance(35)) {
            desk.workOnCase();
            return;
        }
        int dice = random.nextInt(1000);
        if (dice < 500) {
            anyPrice();
        } else if (dice < 640) {
            bank.repay();
        } else if (dice < 690) {
            custody.lock();
        } else if (dice < 710) {
            custody.detect();
        } else if (dice < 790) {
            if (!custody.claim()) {
                anyPrice();
            }
        } else if (dice < 830) {
            askReleaseOrWait();
        } else if (dice < 870) {
            if (!custody.release()) {
                anyPrice();
            }
        } else if (dice < 890) {
            bank.reverse();
        } else if (dice < 910) {
            custody.revert();
        } else if (dice < 930) {
            bank.freeze(ledger.loan().frozen() ? chance(10) : chance(90));
        } else if (dice < 933) {
            bank.returnPayout();
        } else if (dice < 985) {
            if (!desk.deliverOrPayProceeds()) {
                anyPrice();
            }
        } else if (dice < 995) {
            desk.bustAfterClose();
        } else {
            if (!bank.paySurplus()) {
                anyPrice();
            }
        }
    }

    /** Mostly when a release has a chance. */
    private void askReleaseOrWait() {
        boolean busy = ledger.loan().openCase() != null
                || ledger.loan().marginCall() != null
                || ledger.loan().frozen();
        if (busy && chance(75)) {
            anyPrice();
        } else {
            custody.askRelease();
        }
    }

    private void ending() {
        int dice = random.nextInt(100);
        boolean done = switch (dice / 10) {
            case 0, 1 -> custody.release();
            case 2, 3, 4 -> desk.deliverOrPayProceeds();
            case 5, 6 -> bank.paySurplus();
            case 7 -> {
                bank.freeze(ledger.loan().frozen() ? chance(20) : chance(50));
                yield true;
            }
            case 8, 9 -> chance(60) ? custody.claim() : desk.bustAfterClose();
            default -> false;
        };
        if (done) {
            return;
        }
        switch (random.nextInt(6)) {
            case 0 -> bank.repay();
            case 1 -> custody.lock();
            case 2 -> bank.reverseOrRepay();
            case 3 -> custody.revert();
            default -> anyPrice();
        }
    }

    // --- prices
    // ---------------------------------------------------------------------------------------------------------

    private void quote(String kind, Instant at, BigDecimal next, IndexState state) {
        price = next;
        ledger.price(kind, at, next, state);
    }

    private void anyPrice() {
        BigDecimal next = price.multiply(BigDecimal.valueOf(9_700 + random.nextInt(601), 4));
        String kind = "price walks";
        if (ledger.loan().position() != null && chance(60)) {
            List<BigDecimal> edges = new ArrayList<>();
            var terms = product;
            for (var ltv : List.of(
                    terms.openLtv(),
                    terms.marginCall().cureLtv(),
                    terms.marginCall().threshold().ltv(),
                    terms.liquidation().threshold().ltv())) {
                BigDecimal edge = ledger.loan().disbursement() == null ? null : priceAt(ltv);
                if (edge != null) {
                    edges.add(edge);
                }
            }
            if (!edges.isEmpty()) {
                int dice = random.nextInt(100);
                int which = dice < 25 ? 0 : dice < 50 ? 1 : dice < 85 ? 2 : 3;
                next = edges.get(Math.min(which, edges.size() - 1))
                        .add(Actor.CENT.multiply(BigDecimal.valueOf(random.nextInt(3) - 1L)));
                kind = "price at an edge";
            }
        }
        next = next.setScale(2, RoundingMode.HALF_EVEN)
                .max(new BigDecimal("300.00"))
                .min(new BigDecimal("90000.00"));
        int dice = random.nextInt(100);
        IndexState state = dice < 88
                ? IndexState.LIVE
                : dice < 92 ? IndexState.DEGRADED : dice < 96 ? IndexState.STALE : IndexState.HALTED;
        quote(kind, nextTime(), next, state);
        if (chance(5)) {
            ledger.world().standStill(); // so much later that the price is old to the facts that follow
        }
    }

    private Instant nextTime() {
        Instant now = ledger.world().taskTime().equals(Instant.EPOCH)
                ? World.START
                : ledger.world().taskTime();
        var call = ledger.loan().marginCall();
        if (call != null && chance(45)) {
            Instant edge = chance(50) ? call.deadline() : call.expiresAt();
            Instant at = edge.plus(Actor.TICK.multipliedBy(random.nextInt(3) - 1L));
            if (at.isAfter(now)) {
                return at;
            }
        }
        int dice = random.nextInt(100);
        if (dice < 3) {
            return now.minusSeconds(5);
        }
        if (dice < 60) {
            return now.plusSeconds(random.nextInt(3_600));
        }
        if (dice < 92) {
            return now.plus(Duration.ofMinutes(random.nextInt(36 * 60)));
        }
        return now.plus(Duration.ofHours(24L * (1 + random.nextInt(20))));
    }
}

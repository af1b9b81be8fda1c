package io.loanledger.core.model;

import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.loan.LoanInput.Stated;
import io.loanledger.core.loan.LoanStatus;
import io.loanledger.core.terms.ProductTerms;
import java.math.BigDecimal;
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
    private final Market market;
    private final RateOffice office;
    private final Drawer drawer;
    private final Negotiator negotiator;
    private final RiskOffice risk;
    private final ProductTerms product;

    private RandomHistory(Random random, Ledger ledger, ProductTerms product, BigDecimal price) {
        super(new Scene(random, ledger));
        custody = new Custodian(scene);
        bank = new Bank(scene);
        desk = new Desk(scene);
        mischief = new Mischief(scene);
        market = new Market(scene, product, price);
        office = new RateOffice(scene, product);
        drawer = new Drawer(scene);
        negotiator = new Negotiator(scene);
        risk = new RiskOffice(scene, product, market);
        this.product = product;
    }

    /** The history of a seed from its first day; mostly terms and a price are there before the loan. */
    private static RandomHistory from(long seed, Ledger ledger) {
        Random random = new Random(seed);
        List<ProductTerms> products = ledger.products();
        ProductTerms product =
                products.get(Math.floorMod(seed, products.size())); // the first draws of seeds in a row are alike
        BigDecimal price = BigDecimal.valueOf(500_000 + random.nextInt(1_000_000), 2);
        RandomHistory history = new RandomHistory(random, ledger, product, price);
        if (history.chance(90)) {
            ledger.publish(product);
        }
        if (history.chance(30)) {
            history.risk.looks();
        }
        if (history.chance(95)) {
            history.market.open(World.START.plusSeconds(random.nextInt(86_400)));
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
            for (int step = 0; step < steps && !history.isOver(); step++) {
                history.goOn();
            }
        } catch (AssertionError failure) {
            throw new AssertionError("history " + seed + ": " + failure.getMessage(), failure);
        }
    }

    /** Of a loan that ended little is left to tell. */
    private boolean isOver() {
        LoanStatus status = ledger.loan().status();
        return (status == LoanStatus.CLOSED || status == LoanStatus.CANCELLED) && chance(12);
    }

    /** One more thing happens. */
    public void goOn() {
        if (chance(8)) {
            mischief.make(product);
        } else if (chance(5) && office.fix()) {
            return;
        } else if (risk.publishes()) {
            return;
        } else if (chance(bears() ? 5 : 1)) {
            bank.charge();
        } else if (chance(4)) {
            custody.state();
        } else {
            step();
        }
    }

    /** Whether the loan can be charged. */
    private boolean bears() {
        return ledger.loan().status() == LoanStatus.ACTIVE || ledger.loan().status() == LoanStatus.SHORTFALL;
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
            market.anyPrice();
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
            market.anyPrice();
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
            market.anyPrice();
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
        ProductTerms terms = termsOr(product);
        if (terms.agreed().line() == null ? chance(1) && chance(20) : chance(drawer.isOpen() ? 50 : 25)) {
            drawOrWait();
            return;
        }
        if (terms.agreed().prepayment() != null && !isBusy() && chance(15)) {
            bank.repay();
            return;
        }
        if (isBusy() ? chance(1) : chance(6)) {
            negotiator.agree();
            return;
        }
        boolean knowsDefault = terms.agreed().onDefault() != null;
        if (knowsDefault ? chance(ledger.loan().servicing().isInDefault() ? 10 : 4) : chance(1) && chance(20)) {
            bank.judge();
            return;
        }
        if (ledger.loan().marginCall() != null && chance(22) && bank.dispute()) {
            return;
        }
        if (chance(40) && custody.buyBack()) {
            return;
        }
        if (ledger.loan().settlement().stabilised().isPositive() && chance(50)) {
            coinAgain();
            return;
        }
        if (terms.agreed().substitution() ? chance(12) : chance(1) && chance(10)) {
            custody.exchange();
            return;
        }
        if (terms.release() != null && chance(15)) {
            askReleaseOrWait();
            return;
        }
        int dice = random.nextInt(1000);
        if (dice < 500) {
            market.anyPrice();
        } else if (dice < 640) {
            bank.repay();
        } else if (dice < 690) {
            custody.lock();
        } else if (dice < 710) {
            custody.detect();
        } else if (dice < 790) {
            if (!custody.claim()) {
                market.anyPrice();
            }
        } else if (dice < 830) {
            askReleaseOrWait();
        } else if (dice < 870) {
            if (!custody.release()) {
                market.anyPrice();
            }
        } else if (dice < (terms.agreed().waterfall().reapplies() ? 910 : 890)) {
            bank.reverse();
        } else if (dice < 918) {
            custody.revert();
        } else if (dice < 930) {
            bank.freeze(ledger.loan().frozen() ? chance(10) : chance(90));
        } else if (dice < 933) {
            bank.returnPayout();
        } else if (dice < 985) {
            if (!desk.deliverOrPayProceeds()) {
                market.anyPrice();
            }
        } else if (dice < 995) {
            desk.bustAfterClose();
        } else {
            if (!bank.paySurplus()) {
                market.anyPrice();
            }
        }
    }

    /** What lies between the borrower and his coin: the desk's money, his own, and that he asks. */
    private void coinAgain() {
        if (ledger.loan().settlement().clearing().isPositive() && chance(80)) {
            desk.deliverOrPayProceeds();
        } else if (!bank.mayHaveCoin() && chance(70)) {
            bank.repay();
        } else {
            bank.askForCoin();
        }
    }

    /** Mostly when a line can be drawn. */
    private void drawOrWait() {
        if (drawer.isOpen() || chance(10)) {
            drawer.act();
        } else if (isBusy()) {
            bank.repay();
        } else {
            market.rise();
        }
    }

    /** Whether something is going on that lets neither coin go nor terms change. */
    private boolean isBusy() {
        return ledger.loan().openCase() != null
                || ledger.loan().marginCall() != null
                || ledger.loan().frozen();
    }

    /** Mostly when a release has a chance. */
    private void askReleaseOrWait() {
        if (isBusy() && chance(90)) {
            market.anyPrice();
        } else if (!custody.canRelease() && chance(90)) {
            market.rise();
        } else {
            custody.askRelease();
        }
    }

    private void ending() {
        if (chance(20) && drawer.answer()) {
            return;
        }
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
        switch (random.nextInt(12)) {
            case 0 -> bank.repay();
            case 1 -> custody.lock();
            case 2 -> bank.reverseOrRepay();
            case 3 -> custody.revert();
            default -> market.anyPrice();
        }
    }
}

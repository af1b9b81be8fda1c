package io.loanledger.core.model;

import io.loanledger.core.loan.Instruction;
import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.loan.LoanInput.Stated;
import io.loanledger.core.loan.Pledge;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.terms.CollateralTerms;
import io.loanledger.core.terms.ReleaseTerms;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Custody, and the borrower who brings and asks back coin. */
final class Custodian extends Actor {
    private int proofs;

    Custodian(Scene scene) {
        super(scene);
    }

    // --------------------------------------------------------------------------------------------------------

    /** New coin, or coin whose lock was read before it: the two come from different eyes. */
    void detect() {
        List<Pledge> unseen =
                loan().pledges().stream().filter(p -> p.detectedAt() == null).toList();
        if (!unseen.isEmpty() && chance(40)) {
            Pledge pledge = one(unseen);
            tell(
                    "coin seen after its lock",
                    new LoanInput.CollateralDetected(head(), pledge.proof(), ofPledge(pledge, pledge.quantity()), 1));
            return;
        }
        proofs++;
        tell(
                "coin seen",
                new LoanInput.CollateralDetected(head(), "custodian:vault:" + proofs, topUp(), random.nextInt(3)));
    }

    void lock() {
        List<Pledge> seen = loan().pledges().stream()
                .filter(p -> p.stage() == Pledge.Stage.DETECTED)
                .toList();
        if (!seen.isEmpty() && chance(80)) {
            Pledge pledge = one(seen);
            tell(
                    "coin locked",
                    new LoanInput.CollateralLocked(
                            head(), pledge.proof(), chance(95) ? ofPledge(pledge, pledge.quantity()) : topUp()));
        } else {
            proofs++;
            tell("coin locked", new LoanInput.CollateralLocked(head(), "custodian:vault:" + proofs, topUp()));
        }
    }

    /** The coin that the borrower brings: the one that the loan is on, before there are terms. */
    private Stated topUp() {
        if (loan().agreement() == null) {
            return btc(topUp(null));
        }
        CollateralTerms coin = one(taken());
        return of(coin, topUp(coin));
    }

    /** Enough to issue, or what heals, or something; a satoshi around it. */
    private BigDecimal topUp(@Nullable CollateralTerms coin) {
        BigDecimal price = coin == null ? newestPrice(World.MARKET) : worth(coin);
        BigDecimal quantity = new BigDecimal(random.nextInt(100) + 1).movePointLeft(2);
        if (price != null && chance(80)) {
            if (coin != null) {
                quantity = around(lacking(coin, price), SATOSHI);
            } else if (loan().application() != null) {
                BigDecimal twice = loan().application().requestedPrincipal().multiply(BigDecimal.TWO);
                quantity = around(twice.divide(price, 8, RoundingMode.CEILING), SATOSHI);
            }
        }
        return quantity.signum() > 0 ? quantity : LOT;
    }

    /** What of a coin brings the loan to its opening limit, or to where its call is over. */
    private BigDecimal lacking(CollateralTerms coin, BigDecimal worth) {
        Fraction level = loan().disbursement() == null ? openLtv() : cureLevel();
        BigDecimal exposure = loan().disbursement() == null ? promised() : exposureOfBasis();
        BigDecimal counting = exposure.multiply(new BigDecimal(level.denominator()))
                .divide(new BigDecimal(level.numerator()), 8, RoundingMode.CEILING)
                .subtract(besides(coin))
                .divide(worth, 8, RoundingMode.CEILING);
        return coinCounting(coin, counting).subtract(pledged(coin));
    }

    private static Stated ofPledge(Pledge pledge, BigDecimal quantity) {
        return new Stated(quantity, pledge.assetCode());
    }

    boolean claim() {
        if (ledger.answersClaims()) {
            return false;
        }
        List<Pledge> locked = loan().pledges().stream()
                .filter(p -> p.stage() == Pledge.Stage.LOCKED)
                .toList();
        if (locked.isEmpty()) {
            return false;
        }
        String proof = one(locked).proof();
        if (chance(92)) {
            ledger.tell("claim granted", new LoanInput.ClaimGranted(proof));
        } else {
            ledger.tell("claim denied", new LoanInput.ClaimDenied(proof, "held by another"));
        }
        return true;
    }

    boolean revert() {
        List<Pledge> standing = loan().pledges().stream()
                .filter(p -> p.stage() != Pledge.Stage.REVERTED)
                .toList();
        if (standing.isEmpty()) {
            return false;
        }
        tell(
                "lock reverted",
                new LoanInput.CollateralLockReverted(head(), one(standing).proof(), "reorganised"));
        return true;
    }

    /** Mostly what the loan's own figures give, sometimes off by a lot, rarely nothing. */
    void state() {
        CollateralTerms coin = loan().agreement() == null ? null : one(taken());
        String code = coin == null ? "BTC" : coin.asset().code();
        BigDecimal held = loan().pledges().stream()
                .filter(p -> p.assetCode().equals(code))
                .filter(p -> p.stage() == Pledge.Stage.LOCKED
                        || p.stage() == Pledge.Stage.CLAIMED
                        || p.stage() == Pledge.Stage.DENIED)
                .map(Pledge::quantity)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        if (coin != null && loan().position() != null) {
            held = held.add(coinOf(coin).map(each -> each.inCustody().amount()).orElse(BigDecimal.ZERO));
        }
        int dice = random.nextInt(100);
        BigDecimal stated = dice < 70 ? held : dice < 90 ? held.subtract(LOT) : dice < 96 ? held.add(LOT) : SATOSHI;
        tell("coin stated", new LoanInput.CustodyStatement(head(), new Stated(stated, code)));
    }

    /** Whether anything could be released at the newest price. */
    boolean canRelease() {
        CollateralTerms coin = loan().terms().collateralTerms();
        BigDecimal worth = worth(coin);
        return worth != null && over(coin, worth).signum() > 0;
    }

    /** What of a coin is free and not needed while a whole one counts for so much. */
    private BigDecimal over(CollateralTerms coin, BigDecimal worth) {
        ReleaseTerms rule = loan().terms().terms().release();
        Fraction back = rule == null ? openLtv() : rule.backToLtv();
        BigDecimal counting = exposureOfBasis()
                .multiply(new BigDecimal(back.denominator()))
                .divide(new BigDecimal(back.numerator()), 8, RoundingMode.CEILING)
                .subtract(besides(coin))
                .divide(worth, 8, RoundingMode.CEILING);
        return free(coin).subtract(coinCounting(coin, counting));
    }

    private BigDecimal free(CollateralTerms coin) {
        return coinOf(coin).map(each -> each.free().amount()).orElse(BigDecimal.ZERO);
    }

    /** Other coin for coin that came: as much as it, mostly; now and then for coin that nothing goes for. */
    void exchange() {
        List<Pledge> standing = loan().pledges().stream()
                .filter(p -> p.stage() == Pledge.Stage.CREDITED)
                .toList();
        if (standing.isEmpty()) {
            return;
        }
        List<Pledge> spare = standing.stream().filter(Pledge::spare).toList();
        Pledge fresh = one(spare.isEmpty() || chance(5) ? standing : spare);
        CollateralTerms coin = one(taken());
        BigDecimal price = newestPrice(coin);
        IndexPrice other = ledger.world().price(fresh.assetCode() + "-USD");
        BigDecimal quantity = fresh.quantity();
        if (price != null && other != null && other.price() != null && chance(80)) {
            BigDecimal worth = quantity.multiply(other.price());
            quantity = worth.divide(price, 8, RoundingMode.DOWN);
        }
        if (chance(60)) {
            quantity = part(quantity.max(SATOSHI), SATOSHI);
        }
        quantity = around(quantity, SATOSHI);
        tell(
                "exchange asked",
                new LoanInput.CollateralReleaseRequested(
                        head(), of(coin, quantity.signum() > 0 ? quantity : SATOSHI), fresh.proof()));
    }

    void askRelease() {
        CollateralTerms coin = one(taken());
        BigDecimal price = newestPrice(coin);
        BigDecimal free = free(coin);
        ReleaseTerms rule = loan().terms().terms().release();
        BigDecimal quantity = around(free, SATOSHI);
        if (price != null && rule != null && chance(30)) {
            BigDecimal bound =
                    (chance(50) ? rule.least() : rule.most()).amount().multiply(measure());
            quantity = around(bound.divide(price, 8, RoundingMode.HALF_EVEN), SATOSHI);
        } else if (price != null && chance(85)) {
            quantity = around(over(coin, worth(coin)), SATOSHI);
        }
        if (chance(rule == null ? 50 : 20)) {
            quantity = quantity.movePointLeft(1).setScale(8, RoundingMode.DOWN);
        }
        tell(
                "release asked",
                new LoanInput.CollateralReleaseRequested(head(), of(coin, quantity.signum() > 0 ? quantity : SATOSHI)));
    }

    private Fraction openLtv() {
        Fraction ofCoin = loan().terms().collateralTerms().openLtv();
        return ofCoin == null ? loan().terms().terms().openLtv() : ofCoin;
    }

    private void sendBackUnused(Instruction instruction) {
        String asset = loan().pledges().stream()
                .filter(p -> instruction.instructionId().endsWith("/return/" + p.proof()))
                .findFirst()
                .orElseThrow()
                .assetCode();
        BigDecimal amount = chance(80)
                ? instruction.amount()
                : chance(80)
                        ? part(instruction.amount(), SATOSHI)
                        : instruction.amount().add(SATOSHI);
        tell(
                "unused coin sent back",
                new LoanInput.CollateralReleased(
                        head(), instruction.instructionId(), new Stated(amount, chance(95) ? asset : "USD")));
    }

    /** Buys coin for what was kept of a sale: all of it mostly, at about the price. */
    boolean buyBack() {
        List<Instruction> open = instructions(Instruction.Kind.BUY_BACK);
        BigDecimal price = newestPrice(World.MARKET);
        if (open.isEmpty() || price == null) {
            return false;
        }
        Instruction order = one(open);
        BigDecimal spent = chance(60) ? order.amount() : part(order.amount(), CENT);
        spent = chance(4) ? order.amount().add(CENT) : spent;
        BigDecimal quantity = spent.divide(price, 8, RoundingMode.DOWN).max(SATOSHI);
        tell(
                "coin bought",
                new LoanInput.CollateralReconverted(head(), order.instructionId(), btc(quantity), usd(spent)));
        return true;
    }

    private CollateralTerms coinOf(Instruction instruction) {
        return taken().stream()
                .filter(coin -> coin.asset().equals(instruction.coin()))
                .findFirst()
                .orElse(loan().terms().collateralTerms());
    }

    boolean release() {
        List<Instruction> returns = instructions(Instruction.Kind.RETURN_PLEDGE);
        if (!returns.isEmpty() && chance(70)) {
            sendBackUnused(one(returns));
            return true;
        }
        List<Instruction> open = instructions(Instruction.Kind.RELEASE_COLLATERAL);
        if (open.isEmpty()) {
            return false;
        }
        Instruction instruction = one(open);
        BigDecimal amount = chance(75) ? instruction.amount() : part(instruction.amount(), SATOSHI);
        amount = chance(3) ? amount.add(SATOSHI) : amount;
        tell(
                "coin sent back",
                new LoanInput.CollateralReleased(head(), instruction.instructionId(), of(coinOf(instruction), amount)));
        return true;
    }
}

package io.loanledger.core.model;

import io.loanledger.core.loan.Instruction;
import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.loan.LoanInput.Stated;
import io.loanledger.core.loan.Pledge;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.terms.ReleaseTerms;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

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
                    new LoanInput.CollateralDetected(head(), pledge.proof(), btc(pledge.quantity()), 1));
            return;
        }
        proofs++;
        tell(
                "coin seen",
                new LoanInput.CollateralDetected(head(), "custodian:vault:" + proofs, btc(topUp()), random.nextInt(3)));
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
                            head(), pledge.proof(), btc(chance(95) ? pledge.quantity() : topUp())));
        } else {
            proofs++;
            tell("coin locked", new LoanInput.CollateralLocked(head(), "custodian:vault:" + proofs, btc(topUp())));
        }
    }

    /** Enough to issue, or what heals, or something; a satoshi around it. */
    private BigDecimal topUp() {
        Loan loan = loan();
        BigDecimal price =
                ledger.world().index() == null ? null : ledger.world().index().price();
        BigDecimal quantity = new BigDecimal(random.nextInt(100) + 1).movePointLeft(2);
        if (price != null && chance(80)) {
            BigDecimal needed = null;
            if (loan.agreement() == null && loan.application() != null) {
                needed = loan.application().requestedPrincipal().multiply(BigDecimal.TWO);
            } else if (loan.agreement() != null && loan.disbursement() == null) {
                needed = promised()
                        .multiply(new BigDecimal(openLtv().denominator()))
                        .divide(new BigDecimal(openLtv().numerator()), 8, RoundingMode.CEILING);
            } else if (loan.agreement() != null) {
                Fraction cure = cureLevel();
                needed = exposureOfBasis()
                        .multiply(new BigDecimal(cure.denominator()))
                        .divide(new BigDecimal(cure.numerator()), 8, RoundingMode.CEILING);
            }
            if (needed != null) {
                BigDecimal counting = needed.divide(price, 8, RoundingMode.CEILING);
                BigDecimal whole = loan.agreement() == null ? counting : coinCounting(counting);
                BigDecimal rest = loan.agreement() == null
                        ? whole
                        : whole.subtract(loan.collateral().pledged().amount());
                quantity = around(rest, SATOSHI);
            }
        }
        return quantity.signum() > 0 ? quantity : LOT;
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
        BigDecimal held = loan().pledges().stream()
                .filter(p -> p.assetCode().equals("BTC"))
                .filter(p -> p.stage() == Pledge.Stage.LOCKED
                        || p.stage() == Pledge.Stage.CLAIMED
                        || p.stage() == Pledge.Stage.DENIED)
                .map(Pledge::quantity)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        if (loan().position() != null) {
            held = held.add(loan().collateral().inCustody().amount());
        }
        int dice = random.nextInt(100);
        BigDecimal stated = dice < 70 ? held : dice < 90 ? held.subtract(LOT) : dice < 96 ? held.add(LOT) : SATOSHI;
        tell("coin stated", new LoanInput.CustodyStatement(head(), btc(stated)));
    }

    /** Whether anything could be released at the newest price. */
    boolean canRelease() {
        BigDecimal price = newestPrice();
        return price != null && over(price).signum() > 0;
    }

    /** The coin that is free and not needed at a price. */
    private BigDecimal over(BigDecimal price) {
        ReleaseTerms rule = loan().terms().terms().release();
        Fraction back = rule == null ? openLtv() : rule.backToLtv();
        BigDecimal counting = exposureOfBasis()
                .multiply(new BigDecimal(back.denominator()))
                .divide(price.multiply(new BigDecimal(back.numerator())), 8, RoundingMode.CEILING);
        return loan().collateral().free().amount().subtract(coinCounting(counting));
    }

    void askRelease() {
        BigDecimal price =
                ledger.world().index() == null ? null : ledger.world().index().price();
        BigDecimal free = loan().collateral().free().amount();
        ReleaseTerms rule = loan().terms().terms().release();
        BigDecimal quantity = around(free, SATOSHI);
        if (price != null && rule != null && chance(30)) {
            BigDecimal worth = chance(50) ? rule.least().amount() : rule.most().amount();
            quantity = around(worth.divide(price, 8, RoundingMode.HALF_EVEN), SATOSHI);
        } else if (price != null && chance(85)) {
            quantity = around(over(price), SATOSHI);
        }
        if (chance(rule == null ? 50 : 20)) {
            quantity = quantity.movePointLeft(1).setScale(8, RoundingMode.DOWN);
        }
        tell(
                "release asked",
                new LoanInput.CollateralReleaseRequested(head(), btc(quantity.signum() > 0 ? quantity : SATOSHI)));
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
        BigDecimal price =
                ledger.world().index() == null ? null : ledger.world().index().price();
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
        tell("coin sent back", new LoanInput.CollateralReleased(head(), instruction.instructionId(), btc(amount)));
        return true;
    }
}

package io.loanledger.core.model;

import io.loanledger.core.loan.Debt;
import io.loanledger.core.loan.FactHead;
import io.loanledger.core.loan.Instruction;
import io.loanledger.core.loan.LiquidationCase;
import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.loan.LoanInput.Fact;
import io.loanledger.core.loan.LoanInput.Stated;
import io.loanledger.core.loan.Payment;
import io.loanledger.core.loan.Pledge;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.terms.ProductTerms;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Custody, bank, borrower and desk of one random history. They look at the ledger's state as their real counterparts look at its
 * instructions, and choose amounts and times near the edges.
 */
final class Actors {
    static final Duration TICK = Duration.ofMillis(1);
    static final BigDecimal CENT = new BigDecimal("0.01");
    static final BigDecimal SATOSHI = new BigDecimal("0.00000001");
    private static final BigDecimal LOT = new BigDecimal("0.01");

    final Random random;
    final Stage stage;
    final List<Fact> told = new ArrayList<>();
    private int facts;
    private int proofs;

    Actors(Random random, Stage stage) {
        this.random = random;
        this.stage = stage;
    }

    Loan loan() {
        return stage.loan();
    }

    String id(String rest) {
        return loan().loanId() + "/" + rest;
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    void tell(String kind, Fact fact) {
        stage.tell(kind, fact);
        told.add(fact);
    }

    FactHead head(Instant at) {
        facts++;
        return new FactHead(loan().loanId() + "-" + facts, at, "actor", facts, stage.world.taskTime());
    }

    FactHead head() {
        return head(valueTime());
    }

    static Stated usd(BigDecimal amount) {
        return new Stated(amount, "USD");
    }

    static Stated btc(BigDecimal amount) {
        return new Stated(amount, "BTC");
    }

    /** Mostly now; else around a deadline, some days back, or at the edge of what is remembered. */
    Instant valueTime() {
        Instant now = stage.world.taskTime();
        int dice = random.nextInt(100);
        if (dice < 50 || now.equals(Instant.EPOCH)) {
            return now;
        }
        if (dice < 70 && deadline() != null) {
            Instant deadline = deadline();
            return one(List.of(deadline, deadline.plus(TICK), deadline.minus(TICK)));
        }
        if (dice < 90) {
            return now.minusSeconds(random.nextInt(86_400));
        }
        if (dice < 97) {
            return now.minus(Duration.ofHours(random.nextInt(24 * 40)));
        }
        if (dice < 99) {
            return now.plusSeconds(random.nextInt(7_200));
        }
        Instant edge = now.minus(Duration.ofDays(45));
        return one(List.of(edge, edge.minus(TICK), edge.plus(TICK)));
    }

    private @Nullable Instant deadline() {
        if (loan().marginCall() != null) {
            return loan().marginCall().deadline();
        }
        return loan().openCase() == null ? null : loan().openCase().callDeadline();
    }

    // --- figures
    // --------------------------------------------------------------------------------------------------------

    /** Exposure through the clock's day, to twenty places: near enough to find edges. */
    BigDecimal exposure() {
        Debt debt = loan().debt();
        BigDecimal days = debt.principalDays();
        LocalDate today = stage.world.taskTime().atZone(ZoneOffset.UTC).toLocalDate();
        if (debt.accruedTo() != null && today.isAfter(debt.accruedTo())) {
            days = days.add(debt.principal()
                    .amount()
                    .multiply(BigDecimal.valueOf(ChronoUnit.DAYS.between(debt.accruedTo(), today))));
        }
        Fraction rate = loan().terms().terms().annualRate();
        BigDecimal accrued = days.multiply(new BigDecimal(rate.numerator()))
                .divide(
                        new BigDecimal(rate.denominator()).multiply(BigDecimal.valueOf(365)),
                        20,
                        RoundingMode.HALF_EVEN);
        return debt.posted()
                .amount()
                .add(accrued)
                .subtract(debt.interestPosted().amount());
    }

    /** The price at which the loan stands at a ratio, or null where there is none. */
    @Nullable
    BigDecimal priceAt(Fraction ltv) {
        BigDecimal exposure = exposure();
        Quantity pledged = loan().collateral().pledged();
        if (exposure.signum() <= 0 || !pledged.isPositive()) {
            return null;
        }
        Fraction counted = loan().terms().collateralTerms().haircut().complement();
        BigDecimal weight = pledged.amount()
                .multiply(new BigDecimal(counted.numerator()))
                .multiply(new BigDecimal(ltv.numerator()))
                .divide(
                        new BigDecimal(counted.denominator()).multiply(new BigDecimal(ltv.denominator())),
                        MathContext.DECIMAL128);
        return exposure.divide(weight, 2, RoundingMode.HALF_EVEN);
    }

    private BigDecimal around(BigDecimal edge, BigDecimal unit) {
        return edge.add(unit.multiply(BigDecimal.valueOf(random.nextInt(3) - 1L)));
    }

    // --- custody
    // --------------------------------------------------------------------------------------------------------

    void detect() {
        proofs++;
        tell("coin seen", new LoanInput.CollateralDetected(head(), "tx:" + proofs, btc(topUp()), random.nextInt(3)));
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
            tell("coin locked", new LoanInput.CollateralLocked(head(), "tx:" + proofs, btc(topUp())));
        }
    }

    /** Enough to issue, or what heals, or something; a satoshi around it. */
    private BigDecimal topUp() {
        Loan loan = loan();
        BigDecimal price =
                stage.world.index() == null ? null : stage.world.index().price();
        BigDecimal quantity = new BigDecimal(random.nextInt(100) + 1).movePointLeft(2);
        if (price != null && chance(80)) {
            BigDecimal needed = null;
            if (loan.agreement() == null && loan.application() != null) {
                needed = loan.application().requestedPrincipal().multiply(BigDecimal.TWO);
            } else if (loan.agreement() != null && loan.disbursement() == null) {
                needed = loan.terms().principal().amount().multiply(BigDecimal.TWO);
            } else if (loan.agreement() != null) {
                Fraction cure = loan.terms().terms().marginCall().cureLtv();
                needed = exposure()
                        .multiply(new BigDecimal(cure.denominator()))
                        .divide(new BigDecimal(cure.numerator()), 8, RoundingMode.CEILING);
            }
            if (needed != null) {
                BigDecimal haircut = loan.agreement() == null
                        ? BigDecimal.ONE
                        : new BigDecimal("1")
                                .subtract(
                                        loan.terms().terms().productId().equals("thirds")
                                                ? new BigDecimal("0.05")
                                                : BigDecimal.ZERO);
                BigDecimal whole = needed.divide(price.multiply(haircut), 8, RoundingMode.CEILING);
                BigDecimal rest = loan.agreement() == null
                        ? whole
                        : whole.subtract(loan.collateral().pledged().amount());
                quantity = around(rest, SATOSHI);
            }
        }
        return quantity.signum() > 0 ? quantity : LOT;
    }

    boolean claim() {
        List<Pledge> locked = loan().pledges().stream()
                .filter(p -> p.stage() == Pledge.Stage.LOCKED)
                .toList();
        if (locked.isEmpty()) {
            return false;
        }
        String proof = one(locked).proof();
        if (chance(92)) {
            stage.tell("claim granted", new LoanInput.ClaimGranted(proof));
        } else {
            stage.tell("claim denied", new LoanInput.ClaimDenied(proof, "held by another"));
        }
        return true;
    }

    boolean revert() {
        if (loan().pledges().isEmpty()) {
            return false;
        }
        tell(
                "lock reverted",
                new LoanInput.CollateralLockReverted(
                        head(), one(loan().pledges()).proof(), "reorganised"));
        return true;
    }

    void askRelease() {
        BigDecimal price =
                stage.world.index() == null ? null : stage.world.index().price();
        BigDecimal free = loan().collateral().free().amount();
        BigDecimal quantity = around(free, SATOSHI);
        if (price != null && chance(85)) {
            BigDecimal keep = exposure().multiply(BigDecimal.TWO).divide(price, 8, RoundingMode.CEILING);
            if (loan().terms().terms().productId().equals("thirds")) {
                keep = keep.divide(new BigDecimal("0.95"), 8, RoundingMode.CEILING);
            }
            quantity = around(free.subtract(keep), SATOSHI);
        }
        if (chance(30)) {
            quantity = quantity.movePointLeft(1).setScale(8, RoundingMode.DOWN);
        }
        tell(
                "release asked",
                new LoanInput.CollateralReleaseRequested(head(), btc(quantity.signum() > 0 ? quantity : SATOSHI)));
    }

    boolean release() {
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

    private BigDecimal part(BigDecimal of, BigDecimal least) {
        return of.multiply(new BigDecimal(random.nextInt(99) + 1).movePointLeft(2))
                .setScale(least.scale(), RoundingMode.DOWN)
                .max(least);
    }

    private List<Instruction> instructions(Instruction.Kind kind) {
        return loan().instructions().stream().filter(i -> i.kind() == kind).toList();
    }

    // --- bank
    // -----------------------------------------------------------------------------------------------------------

    void confirmPayout() {
        BigDecimal amount = loan().terms().principal().amount();
        Instant at = chance(90) ? stage.world.taskTime() : valueTime();
        tell(
                "payout confirmed",
                new LoanInput.DisbursementConfirmed(
                        head(at), id("disbursement"), usd(chance(97) ? amount : amount.add(CENT))));
    }

    void failPayout() {
        tell("payout failed", new LoanInput.DisbursementFailed(head(), id("disbursement"), "account closed"));
    }

    void returnPayout() {
        BigDecimal amount = loan().terms().principal().amount();
        tell(
                "payout returned",
                new LoanInput.DisbursementReturned(
                        head(), id("disbursement"), usd(chance(60) ? amount : part(amount, CENT)), "no such account"));
    }

    void repay() {
        BigDecimal amount = BigDecimal.valueOf(random.nextInt(100_000) + 1L, 2);
        if (loan().position() != null) {
            BigDecimal all = exposure().setScale(2, RoundingMode.HALF_EVEN);
            int dice = random.nextInt(100);
            if (dice < 25) {
                amount = around(all, CENT);
            } else if (dice < 65
                    && stage.world.index() != null
                    && stage.world.index().price() != null) {
                Fraction cure = loan().terms().terms().marginCall().cureLtv();
                BigDecimal counted =
                        loan().terms().terms().productId().equals("thirds") ? new BigDecimal("0.95") : BigDecimal.ONE;
                BigDecimal allowed = stage.world
                        .index()
                        .price()
                        .multiply(loan().collateral().pledged().amount())
                        .multiply(counted)
                        .multiply(new BigDecimal(cure.numerator()))
                        .divide(new BigDecimal(cure.denominator()), 20, RoundingMode.FLOOR);
                amount = around(exposure().subtract(allowed).setScale(2, RoundingMode.CEILING), CENT);
            } else if (dice < 90) {
                amount = part(all.max(CENT), CENT);
            } else {
                amount = all.max(CENT).add(amount);
            }
        }
        String reference = chance(97) || loan().payments().isEmpty()
                ? "pay-" + facts
                : one(loan().payments()).paymentReference();
        tell("payment", new LoanInput.RepaymentReceived(head(), reference, usd(amount.signum() > 0 ? amount : CENT)));
    }

    boolean reverse() {
        if (loan().payments().isEmpty()) {
            return false;
        }
        Payment payment = one(loan().payments());
        BigDecimal amount = payment.allocation().total().amount();
        tell(
                "payment reversed",
                new LoanInput.RepaymentReversed(
                        head(),
                        payment.paymentReference(),
                        usd(chance(95) ? amount : amount.add(CENT)),
                        "charged back"));
        return true;
    }

    boolean paySurplus() {
        List<Instruction> open = instructions(Instruction.Kind.PAY_SURPLUS);
        if (open.isEmpty()) {
            return false;
        }
        Instruction i = one(open);
        if (chance(85)) {
            tell(
                    "surplus paid",
                    new LoanInput.SurplusPaid(
                            head(),
                            i.instructionId(),
                            usd(chance(95) ? i.amount() : i.amount().add(CENT))));
        } else {
            returnSurplus(i.instructionId(), i.amount());
        }
        return true;
    }

    void returnSurplus(String instructionId, BigDecimal amount) {
        tell("surplus returned", new LoanInput.SurplusReturned(head(), instructionId, usd(amount), "no such account"));
    }

    // --- desk
    // -----------------------------------------------------------------------------------------------------------

    void workOnCase() {
        LiquidationCase open = loan().openCase();
        int dice = random.nextInt(100);
        int version = chance(90) ? open.version() : Math.max(1, open.version() - 1);
        if (dice < 12 && open.cumQuantity().isZero()) {
            stage.tell(
                    "case declined", new LoanInput.LiquidationDeclined(open.caseId(), version, "old evidence", 1, 1));
        } else if (dice < 35 && open.version() > 1) {
            BigDecimal live = part(open.unsold().amount().max(SATOSHI), SATOSHI);
            BigDecimal irrevocable = chance(60)
                    ? open.cumQuantity().amount()
                    : open.cumQuantity().amount().add(live).min(open.reserved().amount());
            stage.tell(
                    "amendment acknowledged",
                    new LoanInput.AmendmentAcknowledged(
                            open.caseId(),
                            version,
                            chance(97) ? irrevocable : open.reserved().amount().add(SATOSHI)));
        } else if (dice < 45 && open.cumQuantity().isPositive()) {
            bust(open, version);
        } else {
            fill(open, version);
        }
    }

    private void fill(LiquidationCase open, int version) {
        BigDecimal unsold = open.unsold().amount();
        boolean all = chance(55);
        BigDecimal fill =
                all ? open.wanted().minus(open.cumQuantity()).amount().max(BigDecimal.ZERO) : part(unsold, LOT);
        fill = fill.min(unsold);
        fill = chance(2) ? unsold.add(SATOSHI) : fill;
        BigDecimal price = stage.world.index().price().multiply(BigDecimal.valueOf(9_800 + random.nextInt(250), 4));
        BigDecimal gross = price.multiply(fill).setScale(2, RoundingMode.HALF_EVEN);
        BigDecimal fees = gross.multiply(new BigDecimal("0.001")).setScale(2, RoundingMode.HALF_EVEN);
        boolean done = all ? chance(85) : chance(10);
        stage.tell(
                "fill",
                new LoanInput.LiquidationSettled(
                        open.caseId(),
                        version,
                        open.cumQuantity().amount().add(fill),
                        open.cumGross().amount().add(gross),
                        open.cumDeskFees().amount().add(fees),
                        done));
    }

    private void bust(LiquidationCase open, int version) {
        BigDecimal share = new BigDecimal(random.nextInt(101)).movePointLeft(2);
        stage.tell(
                "bust",
                new LoanInput.LiquidationSettled(
                        open.caseId(),
                        version,
                        open.cumQuantity().amount().multiply(share).setScale(8, RoundingMode.HALF_EVEN),
                        open.cumGross().amount().multiply(share).setScale(2, RoundingMode.HALF_EVEN),
                        open.cumDeskFees().amount().multiply(share).setScale(2, RoundingMode.HALF_EVEN),
                        chance(10)));
    }

    boolean deliverOrPayProceeds() {
        if (loan().counters().cases() == 0) {
            return false;
        }
        String caseId = id("case/" + (1 + random.nextInt(loan().counters().cases())));
        BigDecimal due = loan().collateral()
                .sold()
                .minus(loan().collateral().delivered())
                .amount();
        BigDecimal clearing = loan().settlement().clearing().amount();
        if (due.signum() > 0 && chance(50)) {
            BigDecimal quantity = chance(70) ? due : part(due, SATOSHI);
            tell(
                    "coin delivered",
                    new LoanInput.CollateralDelivered(head(), caseId, btc(chance(95) ? quantity : quantity.add(LOT))));
            return true;
        }
        if (clearing.signum() > 0) {
            BigDecimal amount = chance(70) ? clearing : part(clearing, CENT);
            tell(
                    "proceeds",
                    new LoanInput.SaleProceedsReceived(
                            head(), caseId, "wire-" + facts, usd(chance(95) ? amount : amount.add(CENT))));
            return true;
        }
        return false;
    }

    boolean bustAfterClose() {
        if (loan().closedCases().isEmpty()) {
            return false;
        }
        var closed = one(loan().closedCases());
        if (closed.cumQuantity().isZero() || chance(20)) {
            stage.tell(
                    "settled again",
                    new LoanInput.LiquidationSettled(
                            closed.caseId(),
                            1,
                            closed.cumQuantity().amount(),
                            closed.cumGross().amount(),
                            closed.cumDeskFees().amount(),
                            true));
        } else {
            BigDecimal share = new BigDecimal(random.nextInt(100)).movePointLeft(2);
            stage.tell(
                    "bust after close",
                    new LoanInput.LiquidationSettled(
                            closed.caseId(),
                            1,
                            closed.cumQuantity().amount().multiply(share).setScale(8, RoundingMode.HALF_EVEN),
                            closed.cumGross().amount().multiply(share).setScale(2, RoundingMode.HALF_EVEN),
                            closed.cumDeskFees().amount().multiply(share).setScale(2, RoundingMode.HALF_EVEN),
                            true));
        }
        return true;
    }

    // --- the office
    // -----------------------------------------------------------------------------------------------------

    void request(ProductTerms product, BigDecimal principal) {
        tell(
                "request",
                new LoanInput.LoanRequested(
                        head(stage.world.taskTime()), "borrower", product.productId(), usd(principal), "BTC"));
    }

    void freeze(boolean frozen) {
        tell(frozen ? "frozen" : "unfrozen", new LoanInput.ComplianceStatusChanged(head(), frozen, "review"));
    }
}

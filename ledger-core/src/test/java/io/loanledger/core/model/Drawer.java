package io.loanledger.core.model;

import io.loanledger.core.loan.Disbursement;
import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.terms.ExposureBasis;
import io.loanledger.core.terms.LineTerms;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The borrower of a line who draws it, and the bank that pays draws out or does not. */
final class Drawer extends Actor {
    Drawer(Scene scene) {
        super(scene);
    }

    /** Around a live line. */
    void act() {
        if (chance(60) && answer()) {
            return;
        }
        int dice = random.nextInt(100);
        if (dice < 4) {
            tell("line called off", new LoanInput.LoanCancelled(head(), "no more of it"));
        } else if (dice < 14) {
            giveBack();
        } else {
            draw();
        }
    }

    /** Whether the bank could have a word to say, or more could be asked for now. */
    boolean isOpen() {
        LineTerms line = loan().terms().terms().agreed().line();
        BigDecimal least = line == null ? CENT : line.minimumDraw().amount().max(CENT);
        boolean canDraw =
                !loan().draws().ended() && available(line).min(borne()).compareTo(least) >= 0;
        return canDraw || loan().draws().draws().stream().anyMatch(Disbursement::isPending);
    }

    /** Whether the bank had a word to say. */
    boolean answer() {
        List<Disbursement> draws = loan().draws().draws();
        List<Disbursement> pending =
                draws.stream().filter(Disbursement::isPending).toList();
        if (pending.isEmpty() && (draws.isEmpty() || chance(95))) {
            return false;
        }
        Disbursement draw = one(pending.isEmpty() ? draws : pending);
        if (chance(15)) {
            tell("draw failed", new LoanInput.DisbursementFailed(head(), draw.disbursementId(), "account closed"));
            return true;
        }
        BigDecimal paid = paidOut(draw);
        Instant at = chance(70) ? ledger.world().taskTime() : valueTime();
        tell(
                "draw confirmed",
                new LoanInput.DisbursementConfirmed(
                        head(at), draw.disbursementId(), usd(chance(96) ? paid : paid.add(CENT))));
        return true;
    }

    private BigDecimal paidOut(Disbursement draw) {
        LineTerms line = loan().terms().terms().agreed().line();
        Money fee = line == null ? Money.zero(draw.amount().currency()) : line.feeOf(draw.amount());
        return draw.amount().minus(fee).amount();
    }

    private void giveBack() {
        List<Disbursement> draws = loan().draws().draws();
        if (draws.isEmpty()) {
            draw();
            return;
        }
        Disbursement draw = one(draws);
        BigDecimal paid = paidOut(draw);
        BigDecimal amount = chance(65) ? paid : chance(80) ? part(paid.max(CENT), CENT) : paid.add(CENT);
        tell(
                "draw returned",
                new LoanInput.DisbursementReturned(head(), draw.disbursementId(), usd(amount), "no such account"));
    }

    /** What is left of the commitment, what the coin bears, the least, or something between; a cent around it. */
    private void draw() {
        LineTerms line = loan().terms().terms().agreed().line();
        BigDecimal least = line == null ? CENT : line.minimumDraw().amount().max(CENT);
        BigDecimal most = available(line).min(borne());
        List<BigDecimal> edges = new ArrayList<>(List.of(available(line), borne(), most, most, least));
        BigDecimal amount = around(one(edges), CENT);
        if (chance(45)) {
            amount = part(most.max(least), CENT).max(least);
        }
        tell("draw asked", new LoanInput.DrawdownRequested(head(), usd(amount.signum() > 0 ? amount : least)));
    }

    private BigDecimal pending() {
        return loan().draws().draws().stream()
                .filter(Disbursement::isPending)
                .map(draw -> draw.amount().amount())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private BigDecimal available(@Nullable LineTerms line) {
        BigDecimal used = loan().debt().principal().amount();
        if (line != null && !line.revolving()) {
            used = loan().draws().draws().stream()
                    .filter(draw -> draw.stage() == Disbursement.Stage.CONFIRMED)
                    .map(draw -> draw.amount().amount())
                    .reduce(loan().firstPayout().amount(), BigDecimal::add);
        }
        return loan().terms().principal().amount().subtract(used).subtract(pending());
    }

    /** What may still be owed on the coin at the newest price. */
    private BigDecimal borne() {
        Fraction open = loan().terms().openLtv();
        BigDecimal allowed = value().multiply(new BigDecimal(open.numerator()))
                .divide(new BigDecimal(open.denominator()), 20, RoundingMode.FLOOR);
        BigDecimal ofAUnit = loan().terms().terms().exposureBasis() == ExposureBasis.TOTAL_OBLIGATION
                ? BigDecimal.ONE.add(interestToCome())
                : BigDecimal.ONE;
        return allowed.subtract(exposureOfBasis())
                .divide(ofAUnit, 20, RoundingMode.FLOOR)
                .subtract(pending())
                .setScale(2, RoundingMode.FLOOR);
    }
}

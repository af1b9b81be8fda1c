package io.loanledger.core.model;

import io.loanledger.core.loan.Instruction;
import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.loan.LoanStatus;
import io.loanledger.core.loan.Payment;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.terms.ProductTerms;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;

/** The bank: payouts, payments, surplus; and the office that asks and holds. */
final class Bank extends Actor {
    Bank(Scene scene) {
        super(scene);
    }

    // -----------------------------------------------------------------------------------------------------------

    void confirmPayout() {
        BigDecimal amount = loan().terms().principal().amount();
        Instant at = chance(90) ? ledger.world().taskTime() : valueTime();
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
                    && ledger.world().index() != null
                    && ledger.world().index().price() != null) {
                Fraction cure = loan().terms().terms().ladder().rung(1).level();
                BigDecimal allowed = ledger.world()
                        .index()
                        .price()
                        .multiply(counted(loan().collateral().pledged().amount()))
                        .multiply(new BigDecimal(cure.numerator()))
                        .divide(new BigDecimal(cure.denominator()), 20, RoundingMode.FLOOR);
                amount =
                        around(paymentFor(exposureOfBasis().subtract(allowed)).setScale(2, RoundingMode.CEILING), CENT);
            } else if (dice < 90) {
                amount = part(all.max(CENT), CENT);
            } else {
                amount = all.max(CENT).add(amount);
            }
        }
        String reference = chance(97) || loan().payments().isEmpty()
                ? "pay-" + scene.facts()
                : one(loan().payments()).paymentReference();
        tell("payment", new LoanInput.RepaymentReceived(head(), reference, usd(amount.signum() > 0 ? amount : CENT)));
    }

    /** Reverses where that is possible; else the borrower pays once more. */
    void reverseOrRepay() {
        if (loan().status() == LoanStatus.SHORTFALL || chance(10)) {
            reverse();
        } else {
            repay();
        }
    }

    boolean reverse() {
        if (loan().payments().isEmpty()) {
            return false;
        }
        List<Payment> standing =
                loan().payments().stream().filter(p -> !p.reversed()).toList();
        Payment payment = one(standing.isEmpty() || chance(5) ? loan().payments() : standing);
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

    // -----------------------------------------------------------------------------------------------------

    void request(ProductTerms product, BigDecimal principal) {
        tell(
                "request",
                new LoanInput.LoanRequested(
                        head(ledger.world().taskTime()), "borrower", product.productId(), usd(principal), "BTC"));
    }

    void freeze(boolean frozen) {
        tell(frozen ? "frozen" : "unfrozen", new LoanInput.ComplianceStatusChanged(head(), frozen, "review"));
    }
}

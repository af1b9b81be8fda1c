package io.loanledger.core.model;

import io.loanledger.core.loan.Amendment;
import io.loanledger.core.loan.ChargeKind;
import io.loanledger.core.loan.Debt;
import io.loanledger.core.loan.Due;
import io.loanledger.core.loan.Instruction;
import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.loan.LoanStatus;
import io.loanledger.core.loan.MarginCall;
import io.loanledger.core.loan.Payment;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.terms.LineTerms;
import io.loanledger.core.terms.OriginationTerms;
import io.loanledger.core.terms.PrepaymentTerms;
import io.loanledger.core.terms.ProductTerms;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bank: payouts, payments, surplus; and the office that asks and holds. */
final class Bank extends Actor {
    Bank(Scene scene) {
        super(scene);
    }

    // -----------------------------------------------------------------------------------------------------------

    void confirmPayout() {
        BigDecimal amount = paidOut();
        Instant at = chance(90) ? ledger.world().taskTime() : valueTime();
        tell(
                "payout confirmed",
                new LoanInput.DisbursementConfirmed(
                        head(at), id("disbursement"), usd(chance(97) ? amount : amount.add(CENT))));
    }

    void failPayout() {
        tell("payout failed", new LoanInput.DisbursementFailed(head(), id("disbursement"), "account closed"));
    }

    /** The first payout less the fee that is kept; nobody knows of that fee once the loan goes on under other terms. */
    private BigDecimal paidOut() {
        Amendment amendment = loan().terms().amendment();
        OriginationTerms fee = loan().terms().terms().agreed().origination();
        Money payout = loan().firstPayout();
        boolean isWhole = fee == null || (amendment != null && amendment.rolledOver());
        return (isWhole ? payout : payout.minus(fee.feeOf(payout))).amount();
    }

    /** A charge, or the waiver of one, up to a cent more than there is to waive. */
    void charge() {
        ChargeKind kind = one(List.of(ChargeKind.COSTS, ChargeKind.PENALTY, ChargeKind.FEE));
        Debt debt = loan().position() == null ? null : loan().debt();
        BigDecimal amount = BigDecimal.valueOf(random.nextInt(15_000), 2);
        BigDecimal unpaid = debt == null
                ? BigDecimal.ZERO
                : switch (kind) {
                    case COSTS -> debt.charges().costs().amount();
                    case PENALTY -> debt.charges().penalties().amount();
                    case FEE, LATE -> debt.fees().amount();
                };
        if (unpaid.signum() > 0 ? chance(60) : chance(4)) {
            amount = chance(60)
                    ? around(unpaid, CENT).negate()
                    : part(unpaid.max(CENT), CENT).negate();
        }
        tell(
                amount.signum() < 0 ? "charge waived" : "charge",
                new LoanInput.ChargeRaised(head(), kind, usd(amount), "as agreed"));
    }

    void returnPayout() {
        BigDecimal amount = paidOut();
        tell(
                "payout returned",
                new LoanInput.DisbursementReturned(
                        head(), id("disbursement"), usd(chance(60) ? amount : part(amount, CENT)), "no such account"));
    }

    void repay() {
        BigDecimal amount = BigDecimal.valueOf(random.nextInt(100_000) + 1L, 2);
        if (loan().position() != null) {
            BigDecimal all =
                    exposure().setScale(2, RoundingMode.HALF_EVEN).add(chance(70) ? feeOfAll() : BigDecimal.ZERO);
            int dice = random.nextInt(100);
            if (dice < 10) {
                amount = around(all, CENT);
            } else if (dice < 65) {
                Fraction cure = cureLevel();
                BigDecimal allowed = value().multiply(new BigDecimal(cure.numerator()))
                        .divide(new BigDecimal(cure.denominator()), 20, RoundingMode.FLOOR);
                amount =
                        around(paymentFor(exposureOfBasis().subtract(allowed)).setScale(2, RoundingMode.CEILING), CENT);
            } else if (dice < 75 && !due().isEmpty()) {
                amount = around(one(due()), CENT);
            } else if (dice < 95) {
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

    /** What repaying all principal early costs. */
    private BigDecimal feeOfAll() {
        PrepaymentTerms terms = loan().terms().terms().agreed().prepayment();
        return terms == null
                ? BigDecimal.ZERO
                : terms.feeOf(loan().debt().principal()).amount();
    }

    /** What settles the oldest instalments, one, two... of them. */
    private List<BigDecimal> due() {
        List<BigDecimal> sums = new ArrayList<>();
        BigDecimal sum = BigDecimal.ZERO;
        for (Due due : loan().servicing().dues()) {
            sum = sum.add(due.fees().plus(due.interest()).plus(due.principal()).amount());
            sums.add(sum);
        }
        return sums;
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
        BigDecimal amount = payment.allocation().total().plus(payment.fee()).amount();
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

    /** Whether the loan stands low enough, by the newest price. */
    boolean mayHaveCoin() {
        Fraction reverse = loan().terms().terms().liquidation().reverseLtv();
        return reverse != null
                && exposureOfBasis()
                                .multiply(new BigDecimal(reverse.denominator()))
                                .compareTo(value().multiply(new BigDecimal(reverse.numerator())))
                        <= 0;
    }

    /** The borrower wants coin again for what his coin was sold for. */
    void askForCoin() {
        tell("coin asked again", new LoanInput.ReconversionRequested(head()));
    }

    /** Declares a default, lets one go, or hears of another loan's; now and then where there is nothing to it. */
    void judge() {
        boolean now = loan().servicing().isInDefault();
        if (!ledger.answersClaims() && chance(25)) {
            ledger.tell("another defaulted", new LoanInput.CrossDefaulted("borrower", "another"));
        } else if (chance(92) == now) {
            tell("default waived", new LoanInput.DefaultWaived(head(), "agreed"));
        } else {
            tell("default declared", new LoanInput.DefaultDeclared(head(), "insolvent"));
        }
    }

    /** The borrower objects, or the lender answers; now and then to what nobody said. */
    boolean dispute() {
        MarginCall call = loan().marginCall();
        if (call == null || (disputeWindow().isZero() && chance(98))) {
            return false;
        }
        boolean disputed = call.stage() == MarginCall.Stage.DISPUTED;
        Instant from = disputed && call.dispute() != null ? call.dispute().disputedAt() : call.issuedAt();
        Instant at = chance(60) ? from.plusSeconds(random.nextInt(4 * 3_600)) : valueTime();
        String callId = chance(97) ? call.callId() : id("call/99");
        if (chance(95) ? disputed : !disputed) {
            tell(
                    "dispute answered",
                    new LoanInput.MarginCallDisputeAnswered(head(at), callId, chance(40), "looked at"));
        } else {
            tell("call disputed", new LoanInput.MarginCallDisputed(head(at), callId, "the price was wrong"));
        }
        return true;
    }

    void request(ProductTerms product, BigDecimal principal) {
        LineTerms line = product.agreed().line();
        BigDecimal firstDraw = line == null ? chance(1) ? principal : null : firstDraw(line, principal);
        tell(
                "request",
                new LoanInput.LoanRequested(
                        head(ledger.world().taskTime()),
                        "borrower",
                        product.productId(),
                        usd(principal),
                        "BTC",
                        firstDraw));
    }

    /** A part of the commitment mostly, now and then all of it or what no line pays out. */
    private @Nullable BigDecimal firstDraw(LineTerms line, BigDecimal commitment) {
        int dice = random.nextInt(100);
        if (dice < 90) {
            return part(commitment, CENT).max(line.minimumDraw().amount()).max(CENT);
        }
        return dice < 94
                ? null
                : one(List.of(
                        commitment,
                        commitment.add(CENT),
                        line.minimumDraw().amount().subtract(CENT),
                        new BigDecimal("1000.001")));
    }

    void freeze(boolean frozen) {
        tell(frozen ? "frozen" : "unfrozen", new LoanInput.ComplianceStatusChanged(head(), frozen, "review"));
    }
}

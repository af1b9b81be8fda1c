package io.loanledger.local.compare;

import io.loanledger.core.lender.Lenders;
import io.loanledger.core.loan.LiquidationCase;
import io.loanledger.core.loan.LoanEvent;
import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.loan.LoanStatus;
import io.loanledger.core.loan.MarginCall;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/**
 * Custody, bank, desk and borrower around one loan. They keep no books of their own: what they do, the {@link Witness} writes down.
 *
 * <p>The desk fills a whole request a minute later, at the index of that moment less {@link Slippage}. Custody and bank confirm after
 * another minute. A borrower who answers a call sends 1.25 times what it asked for, as the price may have fallen meanwhile.
 */
final class Neighbours {
    private static final Duration A_MINUTE = Duration.ofMinutes(1);
    private static final BigDecimal MARGIN = new BigDecimal("1.25");
    private static final Fraction HEALTHY = Fraction.percent(70);

    private final PlayedLoan played;
    private final Borrower borrower;
    private final Witness witness;
    private final Slippage slippage;
    private int proofs;

    Neighbours(PlayedLoan played, Borrower borrower, Witness witness, Slippage slippage) {
        this.played = played;
        this.borrower = borrower;
        this.witness = witness;
        this.slippage = slippage;
    }

    /** The borrower's coin is in custody and claimed for this loan. */
    void lock(BigDecimal coins) {
        String proof = played.loan().loanId() + ":" + proofs++;
        witness.locked(coins);
        played.tell(new LoanInput.CollateralLocked(played.head(), proof, coin(coins)));
        played.tell(new LoanInput.ClaimGranted(proof));
    }

    void payOut(BigDecimal principal) {
        witness.paidOut(principal, played.taskTime());
        played.tell(new LoanInput.DisbursementConfirmed(
                played.head(), played.loan().loanId() + "/disbursement", money(principal)));
    }

    /** What the world does about something that the ledger said. */
    void answer(LoanEvent event) {
        if (event instanceof LoanEvent.MarginCallIssued call) {
            react(call);
        } else if (event instanceof LoanEvent.MarginNoticeIssued notice) {
            heed(notice);
        } else if (event instanceof LoanEvent.LiquidationRequested request) {
            played.later(A_MINUTE, () -> fill(request.caseId()));
        } else if (event instanceof LoanEvent.SaleSettled sale
                && sale.stabilised().isPositive()) {
            recover();
        } else if (event instanceof LoanEvent.ReconversionInstructed purchase) {
            played.later(A_MINUTE, () -> buyBack(purchase.instructionId(), purchase.spend()));
        } else if (event instanceof LoanEvent.InstalmentDue due) {
            played.later(Duration.ZERO, () -> payInstalment(due));
        } else if (event instanceof LoanEvent.CollateralReleaseInstructed release) {
            played.later(A_MINUTE, () -> release(release.instructionId(), release.quantity()));
        } else if (event instanceof LoanEvent.SurplusPayoutInstructed payout) {
            played.later(A_MINUTE, () -> paySurplus(payout.instructionId(), payout.amount()));
        }
    }

    private void react(LoanEvent.MarginCallIssued call) {
        switch (borrower.answer()) {
            case TOPS_UP -> played.later(borrower.delay(), () -> topUp(call));
            case REPAYS -> played.later(borrower.delay(), () -> repay(call));
            case IGNORES -> {}
        }
    }

    /** A notice asks for nothing: whoever heeds it comes back to the level at which it would be given again. */
    private void heed(LoanEvent.MarginNoticeIssued notice) {
        Fraction level =
                played.loan().terms().terms().ladder().rung(notice.rung()).level();
        BigDecimal exposure = notice.evidence().exposure().amount();
        switch (borrower.answer()) {
            case TOPS_UP -> played.later(borrower.delay(), () -> topUpTo(level, exposure));
            case REPAYS -> played.later(borrower.delay(), () -> repayTo(level, exposure, notice.rung()));
            case IGNORES -> {}
        }
    }

    private void topUpTo(Fraction level, BigDecimal exposure) {
        BigDecimal worth = exposure.multiply(new BigDecimal(level.denominator()));
        BigDecimal perCoin = played.price().multiply(new BigDecimal(level.numerator()));
        BigDecimal missing = worth.divide(perCoin, Lenders.BTC.scale(), RoundingMode.UP)
                .subtract(played.loan().collateral().pledged().amount())
                .subtract(kept().divide(played.price(), Lenders.BTC.scale(), RoundingMode.DOWN));
        if (missing.signum() > 0 && isFree()) {
            lock(missing.multiply(MARGIN).setScale(Lenders.BTC.scale(), RoundingMode.UP));
        }
    }

    private void repayTo(Fraction level, BigDecimal exposure, int rung) {
        BigDecimal kept = played.price()
                .multiply(played.loan().collateral().pledged().amount())
                .add(kept())
                .multiply(new BigDecimal(level.numerator()))
                .divide(new BigDecimal(level.denominator()), Lenders.USD.scale(), RoundingMode.DOWN);
        BigDecimal missing = exposure.subtract(kept);
        if (missing.signum() > 0 && isFree()) {
            pay(missing.multiply(MARGIN).setScale(Lenders.USD.scale(), RoundingMode.UP), "heeding notice " + rung);
        }
    }

    /** Whoever answers calls also wants the coin again: comes down to 70 % by coin or money, then asks. */
    private void recover() {
        switch (borrower.answer()) {
            case TOPS_UP ->
                played.later(borrower.delay(), () -> {
                    topUpTo(HEALTHY, outstanding());
                    askForCoin();
                });
            case REPAYS ->
                played.later(borrower.delay(), () -> {
                    repayTo(HEALTHY, outstanding(), 0);
                    askForCoin();
                });
            case IGNORES -> {}
        }
    }

    /** As the borrower's statement says it: what is posted. */
    private BigDecimal outstanding() {
        return played.loan().debt().posted().amount();
    }

    private void askForCoin() {
        if (isFree() && played.loan().settlement().stabilised().isPositive()) {
            played.tell(new LoanInput.ReconversionRequested(played.head()));
        }
    }

    private void buyBack(String instructionId, Money spend) {
        BigDecimal coins = slippage.bought(spend.amount(), played.price());
        witness.boughtBack(coins, spend.amount());
        played.tell(
                new LoanInput.CollateralReconverted(played.head(), instructionId, coin(coins), money(spend.amount())));
    }

    private void payInstalment(LoanEvent.InstalmentDue due) {
        BigDecimal amount = due.interest().plus(due.principal()).amount();
        if (amount.signum() > 0 && played.loan().status() == LoanStatus.ACTIVE) {
            pay(amount, "instalment " + due.number());
        }
    }

    private BigDecimal kept() {
        return played.loan().settlement().stabilised().amount();
    }

    private boolean isFree() {
        return played.loan().status() == LoanStatus.ACTIVE && played.loan().openCase() == null;
    }

    private void pay(BigDecimal amount, String why) {
        witness.repaid(amount, played.taskTime());
        played.tell(new LoanInput.RepaymentReceived(played.head(), why + " at " + played.taskTime(), money(amount)));
    }

    private void topUp(LoanEvent.MarginCallIssued call) {
        if (stands(call)) {
            BigDecimal wanted = call.topUpToCure().amount().multiply(MARGIN);
            lock(wanted.setScale(Lenders.BTC.scale(), RoundingMode.UP));
        }
    }

    private void repay(LoanEvent.MarginCallIssued call) {
        if (stands(call)) {
            BigDecimal amount =
                    call.repayToCure().amount().multiply(MARGIN).setScale(Lenders.USD.scale(), RoundingMode.UP);
            pay(amount, "answer to " + call.callId());
        }
    }

    /** Nobody answers a call that is over, or one that a sale has overtaken. */
    private boolean stands(LoanEvent.MarginCallIssued call) {
        MarginCall open = played.loan().marginCall();
        return open != null
                && open.callId().equals(call.callId())
                && played.loan().openCase() == null;
    }

    private void fill(String caseId) {
        LiquidationCase open = played.loan().openCase();
        if (open == null || !open.caseId().equals(caseId)) {
            return;
        }
        if (open.wanted().compareTo(open.reserved()) < 0) {
            played.tell(new LoanInput.AmendmentAcknowledged(caseId, open.version(), BigDecimal.ZERO));
        }
        BigDecimal coins = open.wanted().amount();
        BigDecimal proceeds = slippage.proceeds(coins, played.price());
        witness.filled(coins, proceeds, played.taskTime());
        played.tell(new LoanInput.LiquidationSettled(caseId, open.version(), coins, proceeds, BigDecimal.ZERO, true));
        if (coins.signum() > 0) {
            played.later(A_MINUTE, () -> settle(caseId, coins, proceeds));
        }
    }

    private void settle(String caseId, BigDecimal coins, BigDecimal proceeds) {
        played.tell(new LoanInput.CollateralDelivered(played.head(), caseId, coin(coins)));
        played.tell(
                new LoanInput.SaleProceedsReceived(played.head(), caseId, "proceeds of " + caseId, money(proceeds)));
    }

    private void release(String instructionId, Quantity coins) {
        witness.sentBack(coins.amount());
        played.tell(new LoanInput.CollateralReleased(played.head(), instructionId, coin(coins.amount())));
    }

    private void paySurplus(String instructionId, Money amount) {
        witness.surplusPaid(amount.amount());
        played.tell(new LoanInput.SurplusPaid(played.head(), instructionId, money(amount.amount())));
    }

    private static LoanInput.Stated coin(BigDecimal coins) {
        return new LoanInput.Stated(coins, Lenders.BTC.code());
    }

    private static LoanInput.Stated money(BigDecimal amount) {
        return new LoanInput.Stated(amount, Lenders.USD.code());
    }
}

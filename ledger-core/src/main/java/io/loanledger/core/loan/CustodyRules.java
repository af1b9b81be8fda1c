package io.loanledger.core.loan;

import static io.loanledger.core.loan.LoanDecider.refused;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Quantity;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Coin coming in, being claimed, and going out. Facts are taken in any order, before the request too. */
final class CustodyRules {
    private CustodyRules() {}

    static Decision.@Nullable Refused detected(Draft draft, LoanInput.CollateralDetected fact) {
        Decision.Refused refused = arrival(draft, fact.quantity());
        if (refused != null) {
            return refused;
        }
        Optional<Pledge> known = draft.loan().pledge(fact.proof());
        // The lock may well be read before the detection, whose time can still be what stops a cure clock.
        if (known.isPresent() && known.get().detectedAt() != null) {
            return refused(Refusal.PROOF_KNOWN, fact.proof());
        }
        draft.emit(new LoanEvent.CollateralDetected(
                fact.proof(),
                fact.quantity().amount(),
                fact.quantity().asset(),
                fact.confirmations(),
                fact.head().occurredAt()));
        return null;
    }

    static Decision.@Nullable Refused locked(Draft draft, LoanInput.CollateralLocked fact) {
        Decision.Refused refused = arrival(draft, fact.quantity());
        if (refused != null) {
            return refused;
        }
        Optional<Pledge> known = draft.loan().pledge(fact.proof());
        if (known.isPresent() && known.get().stage() != Pledge.Stage.DETECTED) {
            return refused(
                    Refusal.PROOF_KNOWN, fact.proof() + " is " + known.get().stage());
        }
        draft.emit(new LoanEvent.CollateralLocked(
                fact.proof(),
                fact.quantity().amount(),
                fact.quantity().asset(),
                fact.head().occurredAt()));
        return null;
    }

    static Decision.@Nullable Refused reverted(Draft draft, LoanInput.CollateralLockReverted fact) {
        Optional<Pledge> known = draft.loan().pledge(fact.proof());
        if (known.isEmpty()
                || known.get().stage() == Pledge.Stage.REVERTED
                || known.get().stage() == Pledge.Stage.RETURNED) {
            return refused(Refusal.PROOF_UNKNOWN, fact.proof());
        }
        if (known.get().stage() != Pledge.Stage.CREDITED) {
            draft.emit(new LoanEvent.PendingLockReverted(
                    fact.proof(), fact.reason(), fact.head().occurredAt()));
            return null;
        }
        Asset asset =
                Objects.requireNonNull(draft.loan().terms().coin(known.get().assetCode()));
        Collateral collateral = draft.loan().coin(asset);
        Quantity gone = new Quantity(known.get().quantity(), asset);
        Quantity fromHeld = gone.min(collateral.free());
        draft.emit(new LoanEvent.CollateralLockReverted(
                fact.proof(),
                fromHeld,
                gone.minus(fromHeld),
                fact.reason(),
                fact.head().occurredAt()));
        return null;
    }

    static Decision.@Nullable Refused granted(Draft draft, LoanInput.ClaimGranted result) {
        Optional<Pledge> known = draft.loan().pledge(result.proof());
        if (known.isPresent() && known.get().stage() == Pledge.Stage.LOCKED) {
            draft.emit(new LoanEvent.ClaimGranted(result.proof()));
        }
        return null;
    }

    static Decision.@Nullable Refused denied(Draft draft, LoanInput.ClaimDenied result) {
        Optional<Pledge> known = draft.loan().pledge(result.proof());
        if (known.isPresent() && known.get().stage() == Pledge.Stage.LOCKED) {
            draft.emit(new LoanEvent.ClaimDenied(result.proof(), result.reason()));
        }
        return null;
    }

    static Decision.@Nullable Refused released(Draft draft, LoanInput.CollateralReleased fact) {
        Optional<Pledge> returning = draft.loan().pledges().stream()
                .filter(p -> p.stage() == Pledge.Stage.RETURNING)
                .filter(p -> returnId(draft.loan(), p.proof()).equals(fact.instructionId()))
                .findFirst();
        if (returning.isPresent()) {
            return pledgeReturned(draft, fact, returning.get());
        }
        Decision.Refused refused = LoanDecider.check(draft, fact.quantity(), draft.coinFor(fact.quantity()));
        if (refused != null) {
            return refused;
        }
        if (draft.loan().status() == LoanStatus.UNKNOWN) {
            return refused(Refusal.UNKNOWN_LOAN, draft.loan().loanId());
        }
        Optional<Instruction> open = draft.loan()
                .instruction(fact.instructionId())
                .filter(i -> i.kind() == Instruction.Kind.RELEASE_COLLATERAL);
        if (open.isEmpty()) {
            return refused(Refusal.INSTRUCTION_UNKNOWN, fact.instructionId());
        }
        Asset coin = Objects.requireNonNullElse(
                open.get().coin(), draft.loan().terms().collateralAsset());
        if (!coin.code().equals(fact.quantity().asset())) {
            return refused(Refusal.WRONG_ASSET, fact.quantity().asset() + " instead of " + coin);
        }
        if (fact.quantity().amount().compareTo(open.get().amount()) > 0) {
            return exceeds(fact.quantity(), open.get());
        }
        draft.emit(new LoanEvent.CollateralReleased(
                fact.instructionId(),
                new Quantity(fact.quantity().amount(), coin),
                fact.head().occurredAt()));
        return null;
    }

    private static Decision.Refused exceeds(LoanInput.Stated stated, Instruction open) {
        return refused(
                Refusal.AMOUNT_DIFFERS,
                stated.amount().toPlainString() + " of " + open.amount().toPlainString());
    }

    // --- coin that never became collateral
    // ------------------------------------------------------------------------------

    static String returnId(Loan loan, String proof) {
        return loan.loanId() + "/return/" + proof;
    }

    /**
     * Sends back what this loan claimed and can never use: coin of a loan that ended before terms were bound, coin that the terms do
     * not take.
     */
    static void sendBackUnusable(Draft draft) {
        Loan loan = draft.loan();
        if (loan.frozen()) {
            return;
        }
        for (Pledge pledge : loan.pledges()) {
            if (pledge.stage() == Pledge.Stage.CLAIMED
                    && (loan.agreement() != null || loan.status() == LoanStatus.CANCELLED)
                    && !isUsable(loan, pledge)) {
                draft.emit(new LoanEvent.PledgeReturnInstructed(
                        returnId(loan, pledge.proof()),
                        pledge.proof(),
                        pledge.quantity(),
                        pledge.assetCode(),
                        loan.agreement() == null ? "the loan was cancelled" : "the terms do not take this coin"));
            }
        }
    }

    /** Whether the terms are bound and take this coin. */
    static boolean isUsable(Loan loan, Pledge pledge) {
        Asset coin = loan.agreement() == null ? null : loan.terms().coin(pledge.assetCode());
        return coin != null && pledge.quantity().stripTrailingZeros().scale() <= coin.scale();
    }

    private static Decision.@Nullable Refused pledgeReturned(
            Draft draft, LoanInput.CollateralReleased fact, Pledge pledge) {
        Decision.Refused refused = LoanDecider.checkSize(fact.quantity());
        if (refused != null) {
            return refused;
        }
        if (!pledge.assetCode().equals(fact.quantity().asset())) {
            return refused(Refusal.WRONG_ASSET, fact.quantity().asset() + " instead of " + pledge.assetCode());
        }
        Instruction open = draft.loan().instruction(fact.instructionId()).orElseThrow();
        if (fact.quantity().amount().compareTo(open.amount()) > 0) {
            return exceeds(fact.quantity(), open);
        }
        draft.emit(new LoanEvent.PledgeReturned(
                fact.instructionId(),
                pledge.proof(),
                fact.quantity().amount(),
                fact.head().occurredAt()));
        return null;
    }

    /** Before terms are bound an asset may be unknown yet; one that is known, and always the loan's own, is judged in full. */
    private static Decision.@Nullable Refused arrival(Draft draft, LoanInput.Stated quantity) {
        Asset expected = draft.coinFor(quantity);
        Decision.Refused refused =
                expected == null ? LoanDecider.checkSize(quantity) : LoanDecider.check(draft, quantity, expected);
        if (refused == null && draft.loan().status() == LoanStatus.CLOSED) {
            return refused(Refusal.LOAN_CLOSED, draft.loan().loanId());
        }
        return refused;
    }
}

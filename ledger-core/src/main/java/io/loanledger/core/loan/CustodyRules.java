package io.loanledger.core.loan;

import static io.loanledger.core.loan.LoanDecider.refused;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Quantity;
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
        if (draft.loan().pledge(fact.proof()).isPresent()) {
            // The lock may well be read before the detection: nothing is left to say then.
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
        if (known.isEmpty() || known.get().stage() == Pledge.Stage.REVERTED) {
            return refused(Refusal.PROOF_UNKNOWN, fact.proof());
        }
        if (known.get().stage() != Pledge.Stage.CREDITED) {
            draft.emit(new LoanEvent.PendingLockReverted(fact.proof(), fact.reason()));
            return null;
        }
        Collateral collateral = draft.loan().collateral();
        Quantity gone = new Quantity(known.get().quantity(), collateral.asset());
        Quantity fromHeld = gone.min(collateral.free());
        draft.emit(new LoanEvent.CollateralLockReverted(fact.proof(), fromHeld, gone.minus(fromHeld), fact.reason()));
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
        if (fact.quantity().amount().compareTo(open.get().amount()) > 0) {
            return refused(
                    Refusal.AMOUNT_DIFFERS,
                    fact.quantity().amount().toPlainString() + " of "
                            + open.get().amount().toPlainString());
        }
        draft.emit(new LoanEvent.CollateralReleased(
                fact.instructionId(),
                new Quantity(fact.quantity().amount(), draft.loan().terms().collateralAsset())));
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

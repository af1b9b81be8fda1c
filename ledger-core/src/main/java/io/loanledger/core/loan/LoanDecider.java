package io.loanledger.core.loan;

import io.loanledger.core.money.Asset;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides what an input means for a loan. Pure: the same loan, input and circumstances give the same answer; time, prices and ids
 * arrive with them. Refuses in the order of {@link Refusal}; a thrown exception is a bug: the loan is
 * quarantined on the state it had before.
 *
 * <p>Every fact goes through the same front door (repeats, age, amounts), then to the rules of its subject, and what follows from
 * the change is worked out once, in {@link Consequences}.
 */
public final class LoanDecider {
    /** Larger amounts are nobody's money. */
    public static final BigDecimal LARGEST_AMOUNT = BigDecimal.TEN.pow(24);

    private LoanDecider() {}

    public static Decision decide(Loan loan, LoanInput input, Circumstances now) {
        if (loan.quarantine() != null) {
            return LoanOperations.whileQuarantined(loan.quarantine(), input);
        }
        Draft draft = new Draft(loan, input.factHead(), now);
        return switch (input) {
            case LoanInput.Fact fact -> decideFact(draft, fact);
            case LoanInput.ClaimGranted granted -> answer(draft, CustodyRules.granted(draft, granted));
            case LoanInput.ClaimDenied denied -> answer(draft, CustodyRules.denied(draft, denied));
            case LoanInput.CrossDefaulted crossed -> {
                DefaultRules.crossed(draft, crossed);
                yield answer(draft, null);
            }
            case LoanInput.PriceObserved observed -> {
                Valuation.atPrice(draft, observed.index());
                yield draft.accepted();
            }
            case LoanInput.TimePassed passed -> {
                Deadlines.passed(draft, passed.taskTime());
                yield draft.accepted();
            }
            case LoanInput.LiquidationDeclined declined -> reply(draft, LiquidationRules.declined(draft, declined));
            case LoanInput.AmendmentAcknowledged acknowledged ->
                reply(draft, LiquidationRules.acknowledged(draft, acknowledged));
            case LoanInput.LiquidationSettled settled -> reply(draft, LiquidationRules.settled(draft, settled));
        };
    }

    private static Decision answer(Draft draft, Decision.@Nullable Refused refused) {
        if (refused != null) {
            return refused;
        }
        Consequences.follow(draft, null);
        return draft.accepted();
    }

    /** A reply is followed by no valuation: the price the ledger knows may be the one that was found too old. */
    private static Decision reply(Draft draft, Decision.@Nullable Refused refused) {
        if (refused != null) {
            return refused;
        }
        DefaultRules.endIfPaid(draft);
        ReconciliationRules.settlements(draft, draft.now().taskTime());
        Consequences.conclude(draft);
        return draft.accepted();
    }

    private static Decision decideFact(Draft draft, LoanInput.Fact fact) {
        FactHead head = fact.head();
        Optional<SeenFact> seen = draft.seen();
        if (seen.isPresent()) {
            return seen.get().contentDigest() == head.contentDigest()
                    ? new Decision.Repeated()
                    : refused(Refusal.CONFLICTING_DUPLICATE, "event id " + head.eventId());
        }
        Loan before = draft.loan();
        Refusal outside = outsideWindow(head, draft.now().taskTime());
        Decision.Refused refused = outside == null ? applyFact(draft, fact) : outsideFact(draft, fact, outside);
        if (refused != null) {
            return refused;
        }
        DefaultRules.endIfPaid(draft);
        ReconciliationRules.lateMovement(draft, before, head.occurredAt());
        ReconciliationRules.settlements(draft, draft.now().taskTime());
        Consequences.follow(draft, Valuation.Change.among(draft.loan(), draft.events(), head.occurredAt()));
        return draft.accepted();
    }

    private static @Nullable Refusal outsideWindow(FactHead head, Instant taskTime) {
        if (!taskTime.isAfter(Instant.EPOCH)) {
            return null; // The clock has not started; and Instant arithmetic stays in range.
        }
        if (head.occurredAt().isBefore(taskTime.minus(LoanMemory.WINDOW))) {
            return Refusal.LATE_BEYOND_WINDOW;
        }
        return head.occurredAt().isAfter(taskTime.plus(LoanMemory.WINDOW)) ? Refusal.AHEAD_OF_WINDOW : null;
    }

    /** Money that could not be told from a repeat is kept apart; anything else is refused. */
    private static Decision.@Nullable Refused outsideFact(Draft draft, LoanInput.Fact fact, Refusal outside) {
        if (fact instanceof LoanInput.RepaymentReceived f) {
            return PaymentRules.suspend(draft, f.amount(), f.paymentReference(), outside.name());
        }
        if (fact instanceof LoanInput.SaleProceedsReceived f) {
            return PaymentRules.suspend(draft, f.amount(), f.paymentReference(), outside.name());
        }
        return refused(outside, "occurred at " + fact.head().occurredAt());
    }

    private static Decision.@Nullable Refused applyFact(Draft draft, LoanInput.Fact fact) {
        return switch (fact) {
            case LoanInput.CollateralDetected f -> CustodyRules.detected(draft, f);
            case LoanInput.CollateralLocked f -> CustodyRules.locked(draft, f);
            case LoanInput.CollateralLockReverted f -> CustodyRules.reverted(draft, f);
            case LoanInput.CollateralReleased f -> CustodyRules.released(draft, f);
            case LoanInput.CollateralDelivered f -> LiquidationRules.delivered(draft, f);
            case LoanInput.CollateralReturned f -> LiquidationRules.returned(draft, f);
            case LoanInput.CollateralReconverted f -> StabilisedRules.reconverted(draft, f);
            case LoanInput.ReconversionRequested f -> StabilisedRules.requested(draft);
            case LoanInput.CustodyStatement f -> ReconciliationRules.stated(draft, f);
            case LoanInput.LoanRequested f -> LendingRules.requested(draft, f);
            case LoanInput.LoanCancelled f -> LendingRules.cancelled(draft, f);
            case LoanInput.CollateralReleaseRequested f -> LendingRules.releaseRequested(draft, f);
            case LoanInput.MarginCallDisputed f -> Disputes.raised(draft, f);
            case LoanInput.MarginCallDisputeAnswered f -> Disputes.answered(draft, f);
            case LoanInput.ComplianceStatusChanged f -> LendingRules.complianceChanged(draft, f);
            case LoanInput.DrawdownRequested f -> DrawRules.requested(draft, f);
            case LoanInput.TermsAmended f -> AmendmentRules.amended(draft, f);
            case LoanInput.ChargeRaised f -> PaymentRules.charged(draft, f);
            case LoanInput.DefaultDeclared f -> DefaultRules.declared(draft, f);
            case LoanInput.DefaultWaived f -> DefaultRules.waived(draft, f);
            case LoanInput.RepaymentReceived f -> PaymentRules.repaid(draft, f);
            case LoanInput.RepaymentReversed f -> PaymentRules.reversed(draft, f);
            case LoanInput.DisbursementConfirmed f -> LendingRules.disbursed(draft, f);
            case LoanInput.DisbursementFailed f -> LendingRules.disbursementFailed(draft, f);
            case LoanInput.DisbursementReturned f -> LendingRules.disbursementReturned(draft, f);
            case LoanInput.SaleProceedsReceived f -> LiquidationRules.proceeds(draft, f);
            case LoanInput.SurplusPaid f -> PaymentRules.surplusPaid(draft, f);
            case LoanInput.SurplusReturned f -> PaymentRules.surplusReturned(draft, f);
        };
    }

    // --- amounts: the checks that every fact shares
    // -------------------------------------------------------------------

    static Decision.Refused refused(Refusal refusal, String detail) {
        return new Decision.Refused(refusal, detail);
    }

    /** Size alone, for facts that may come before the asset is known. */
    static Decision.@Nullable Refused checkSize(LoanInput.Stated stated) {
        if (stated.amount().signum() == 0) {
            return refused(Refusal.NOT_POSITIVE, stated.amount().toPlainString());
        }
        return checkStatedSize(stated);
    }

    /** As {@link #checkSize}, of a figure that may be zero. */
    static Decision.@Nullable Refused checkStatedSize(LoanInput.Stated stated) {
        if (stated.amount().signum() < 0) {
            return refused(Refusal.NOT_POSITIVE, stated.amount().toPlainString());
        }
        if (stated.amount().compareTo(LARGEST_AMOUNT) > 0) {
            return refused(Refusal.ABOVE_LIMIT, stated.amount().toPlainString());
        }
        return null;
    }

    /** Size, asset and precision against the asset the loan expects; null when nothing is wrong. */
    static Decision.@Nullable Refused check(Draft draft, LoanInput.Stated stated, @Nullable Asset expected) {
        Decision.Refused size = checkSize(stated);
        return size != null ? size : checkStated(draft, stated, expected);
    }

    /** As {@link #check}, of a figure that may be zero. */
    static Decision.@Nullable Refused checkStated(Draft draft, LoanInput.Stated stated, @Nullable Asset expected) {
        Decision.Refused size = checkStatedSize(stated);
        if (size != null) {
            return size;
        }
        if (expected == null || (!isCodeOf(expected, stated) && draft.now().asset(stated.asset()) == null)) {
            return refused(Refusal.UNKNOWN_ASSET, stated.asset());
        }
        if (!isCodeOf(expected, stated)) {
            return refused(Refusal.WRONG_ASSET, stated.asset() + " instead of " + expected);
        }
        if (stated.amount().stripTrailingZeros().scale() > expected.scale()) {
            return refused(
                    Refusal.OVER_PRECISE,
                    stated.amount().toPlainString() + " has more than " + expected.scale() + " places");
        }
        return null;
    }

    private static boolean isCodeOf(Asset expected, LoanInput.Stated stated) {
        return expected.code().equals(stated.asset());
    }
}

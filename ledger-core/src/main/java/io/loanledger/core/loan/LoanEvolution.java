package io.loanledger.core.loan;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The fold: a loan and the next event of its journal give the next loan. It decides nothing and checks that the event can follow;
 * one that cannot throws {@link IllegalStateException}, because then the journal is corrupt.
 */
public final class LoanEvolution {
    private LoanEvolution() {}

    public static Loan evolve(Loan loan, LoanEvent event) {
        return loan.edit(next -> {
            next.version = loan.version() + 1;
            apply(loan, next, event);
            if (next.position != null) {
                next.servicing = next.servicing.within(next.position.debt());
            }
            if (next.status.compareTo(loan.status()) < 0) {
                throw new IllegalStateException(
                        "MonotoneStates: " + loan.loanId() + " from " + loan.status() + " back to " + next.status);
            }
        });
    }

    private static void apply(Loan loan, Loan.Editor next, LoanEvent event) {
        switch (event) {
            case LoanEvent.LoanRequested e -> {
                require(loan.application() == null, loan, event);
                next.status = LoanStatus.REQUESTED;
                next.application = new Application(
                        e.borrowerId(),
                        e.productId(),
                        e.requestedPrincipal(),
                        e.debtAssetCode(),
                        e.collateralAssetCode(),
                        e.requestedAt(),
                        e.firstDraw());
            }
            case LoanEvent.TermsBound e -> {
                require(loan.agreement() == null, loan, event);
                next.agreement = new Agreement(e.terms(), e.principal(), e.collateralAsset());
                next.position = new Position(
                        Debt.none(e.terms().debtAsset()),
                        Collateral.none(e.collateralAsset()),
                        Settlement.none(e.terms().debtAsset()));
            }
            case LoanEvent.LoanAmended e -> AmendmentRules.apply(loan, next, e);
            case LoanEvent.CommitmentEnded e -> next.draws = loan.draws().asEnded();
            case LoanEvent.LoanCancelled e -> next.status = LoanStatus.CANCELLED;
            case LoanEvent.ComplianceChanged e -> next.frozen = e.frozen();
            case LoanEvent.CollateralDetected e ->
                next.putPledge(loan.pledge(e.proof())
                        .map(locked -> locked.detectedAt(e.detectedAt()))
                        .orElseGet(() -> new Pledge(
                                e.proof(), e.quantity(), e.assetCode(), e.detectedAt(), null, Pledge.Stage.DETECTED)));
            case LoanEvent.CollateralLocked e -> {
                next.reconciliation = loan.reconciliation().custodyMovedAt(e.lockedAt());
                next.putPledge(new Pledge(
                        e.proof(),
                        e.quantity(),
                        e.assetCode(),
                        loan.pledge(e.proof()).map(Pledge::detectedAt).orElse(null),
                        e.lockedAt(),
                        Pledge.Stage.LOCKED));
            }
            case LoanEvent.ClaimGranted e ->
                next.putPledge(pledge(loan, e.proof()).at(Pledge.Stage.CLAIMED));
            case LoanEvent.ClaimDenied e ->
                next.putPledge(pledge(loan, e.proof()).at(Pledge.Stage.DENIED));
            case LoanEvent.CollateralCredited e -> credited(loan, next, e);
            case LoanEvent.PendingLockReverted e -> {
                next.reconciliation = loan.reconciliation().custodyMovedAt(e.revertedAt());
                next.putPledge(pledge(loan, e.proof()).at(Pledge.Stage.REVERTED));
                next.dropInstruction(CustodyRules.returnId(loan, e.proof())); // what is gone cannot go back
            }
            case LoanEvent.CollateralLockReverted e -> lockReverted(loan, next, e);
            case LoanEvent.CollateralReleaseInstructed e -> {
                if (loan.openCase() != null) {
                    throw new IllegalStateException("NoReleaseWhileLiquidating: " + e.instructionId() + " during "
                            + loan.openCase().caseId());
                }
                next.counters = loan.counters().nextRelease();
                Asset released = e.quantity().asset();
                next.addInstruction(new Instruction(
                        e.instructionId(),
                        Instruction.Kind.RELEASE_COLLATERAL,
                        e.quantity().amount(),
                        released.equals(loan.collateral().asset()) ? null : released));
                Collateral c = loan.coin(released);
                next.position = loan.held().with(c.withReleasing(c.releasing().plus(e.quantity())));
                if (e.requestedOn() != null) {
                    next.releasedOn = e.requestedOn();
                }
                if (e.substitutes() != null) {
                    next.putPledge(pledge(loan, e.substitutes()).credited(false));
                } else {
                    next.relyOnAllCoin();
                }
            }
            case LoanEvent.CollateralReleased e -> {
                confirm(loan, next, e.instructionId(), e.quantity().amount());
                next.position = loan.held().with(loan.coin(e.quantity().asset()).afterRelease(e.quantity()));
                next.reconciliation = loan.reconciliation().custodyMovedAt(e.releasedAt());
            }
            case LoanEvent.PledgeReturnInstructed e -> {
                next.putPledge(pledge(loan, e.proof()).at(Pledge.Stage.RETURNING));
                next.addInstruction(new Instruction(e.instructionId(), Instruction.Kind.RETURN_PLEDGE, e.quantity()));
            }
            case LoanEvent.PledgeReturned e -> {
                next.reconciliation = loan.reconciliation().custodyMovedAt(e.returnedAt());
                if (confirm(loan, next, e.instructionId(), e.quantity())) {
                    next.putPledge(pledge(loan, e.proof()).at(Pledge.Stage.RETURNED));
                }
            }
            case LoanEvent.LoanIssued e -> {
                require(loan.status() == LoanStatus.REQUESTED, loan, event);
                next.status = LoanStatus.ISSUED;
                next.disbursement = new Disbursement(e.disbursementId(), e.principal(), Disbursement.Stage.INSTRUCTED);
            }
            case LoanEvent.DrawdownInstructed e -> {
                require(loan.draws().draw(e.disbursementId()).isEmpty(), loan, event);
                next.draws = loan.draws()
                        .with(new Disbursement(e.disbursementId(), e.amount(), Disbursement.Stage.INSTRUCTED));
                next.relyOnAllCoin();
            }
            case LoanEvent.DisbursementConfirmed e -> {
                boolean first = loan.draws().draw(e.disbursementId()).isEmpty();
                require(!first || loan.status() == LoanStatus.ISSUED, loan, event);
                payout(loan, next, e.disbursementId(), Disbursement.Stage.CONFIRMED);
                next.status = first ? LoanStatus.ACTIVE : loan.status();
                RateClock clock = clock(loan, first ? BigDecimal.ZERO : e.accrual());
                next.position = loan.held().with(loan.debt().withPrincipalChanged(e.amount(), clock, e.valueDate()));
            }
            case LoanEvent.DisbursementCancelInstructed e ->
                payout(loan, next, e.disbursementId(), Disbursement.Stage.CANCEL_ASKED);
            case LoanEvent.DisbursementFailed e -> payout(loan, next, e.disbursementId(), Disbursement.Stage.FAILED);
            case LoanEvent.DisbursementReturned e -> moneyIn(loan, next, e.allocation(), e.valueDate(), e.accrual());
            case LoanEvent.InterestPosted e ->
                next.position = loan.held()
                        .with(loan.debt()
                                .withInterestPosted(e.amount(), e.penalty(), clock(loan, e.accrual()), e.through()));
            case LoanEvent.InterestRefunded e -> {
                Settlement s = loan.settlement();
                next.position = loan.held()
                        .with(loan.debt().withInterestRefunded(e.amount(), e.penalty(), refundClock(loan, e)))
                        .with(s.withSurplusOwed(s.surplusOwed().plus(e.amount()).plus(e.penalty())));
            }
            case LoanEvent.RepaymentApplied e -> {
                moneyIn(loan, next, e.allocation(), e.valueDate(), e.accrual());
                next.putPayment(loan.payment(e.paymentReference())
                        .map(known -> known.changedBy(e.allocation(), e.fee()))
                        .orElseGet(() ->
                                new Payment(e.paymentReference(), e.allocation(), e.valueDate(), false, e.fee())));
            }
            case LoanEvent.RepaymentReversed e -> {
                moneyIn(loan, next, e.allocation(), e.valueDate(), e.accrual());
                Payment known = loan.payment(e.paymentReference()).orElseThrow();
                next.putPayment(
                        e.reappliedFor() == null ? known.asReversed() : known.changedBy(e.allocation(), e.fee()));
            }
            case LoanEvent.ChargePosted e -> {
                next.position = loan.held().with(loan.debt().withCharge(e.kind(), e.amount()));
                next.servicing = loan.servicing().charged(e.bucket(), e.amount());
            }
            case LoanEvent.InstalmentDue e -> {
                require(e.number() == loan.servicing().billed() + 1, loan, event);
                Money zero = Money.zero(e.interest().currency());
                next.servicing = loan.servicing()
                        .billing(new Due(e.number(), e.dueOn(), zero, e.interest(), e.principal(), false));
            }
            case LoanEvent.LoanDefaulted e -> {
                require(!loan.servicing().isInDefault(), loan, event);
                next.servicing = DefaultRules.defaulted(loan, e);
            }
            case LoanEvent.DefaultEnded e -> {
                require(loan.servicing().isInDefault(), loan, event);
                next.servicing = loan.servicing().defaultEnded(e.until(), e.waived());
            }
            case LoanEvent.MoneySuspended e -> next.addSuspense(e.amount());
            case LoanEvent.SurplusPayoutInstructed e -> {
                next.counters = loan.counters().nextPayout();
                next.addInstruction(new Instruction(
                        e.instructionId(),
                        Instruction.Kind.PAY_SURPLUS,
                        e.amount().amount()));
                next.position = loan.held().with(loan.settlement().payingOut(e.amount()));
            }
            case LoanEvent.SurplusPaid e -> {
                confirm(loan, next, e.instructionId(), e.amount().amount());
                next.position = loan.held().with(loan.settlement().paidOut(e.amount()));
            }
            case LoanEvent.SurplusReturned e -> next.addSuspense(e.amount());
            case LoanEvent.MarginCallIssued e -> {
                require(loan.marginCall() == null, loan, event);
                next.counters = loan.counters().nextCall();
                next.marginCall = new MarginCall(e.callId(), e.rung(), e.issuedAt(), e.deadline(), e.expiresAt());
            }
            case LoanEvent.MarginCallAccelerated e -> {
                MarginCall call = call(loan);
                require(call.stage() == MarginCall.Stage.RUNNING && e.rung() > call.rung(), loan, event);
                next.marginCall = call.accelerated(e);
            }
            case LoanEvent.CureDwellStarted e -> {
                require(call(loan).healedSince() == null, loan, event);
                next.marginCall = call(loan).healedSince(e.since());
            }
            case LoanEvent.CureDwellEnded e -> {
                require(call(loan).healedSince() != null, loan, event);
                next.marginCall = call(loan).healedSince(null);
            }
            case LoanEvent.MarginCallDisputed e -> {
                MarginCall call = call(loan);
                require(call.stage() == MarginCall.Stage.RUNNING && call.dispute() == null, loan, event);
                next.marginCall = call.disputed(e);
            }
            case LoanEvent.MarginCallDisputeClosed e -> {
                require(call(loan).stage() == MarginCall.Stage.DISPUTED, loan, event);
                next.marginCall = call(loan).answered(e);
            }
            case LoanEvent.MarginNoticeIssued e -> {
                require(e.rung() > loan.reached(), loan, event);
                next.reached = e.rung();
            }
            case LoanEvent.RungsCleared e -> {
                require(e.reached() < loan.reached(), loan, event);
                next.reached = e.reached();
            }
            case LoanEvent.MarginCallCured e -> {
                next.marginCall = null;
                next.backOff = null;
            }
            case LoanEvent.MarginCallCancelled e -> next.marginCall = null;
            case LoanEvent.MarginCallExpired e -> next.marginCall = call(loan).asExpired();
            case LoanEvent.LiquidationRequested e -> caseOpened(loan, next, e);
            case LoanEvent.LiquidationAmended e -> caseAmended(loan, next, e);
            case LoanEvent.AmendmentAcknowledged e -> {
                next.openCase = openCase(loan).withReserved(e.reserved());
                next.position = loan.held().with(reservedFor(loan, next));
            }
            case LoanEvent.LiquidationDeclined e -> caseDeclined(loan, next, e);
            case LoanEvent.SaleSettled e -> saleSettled(loan, next, e);
            case LoanEvent.DeskClaimPosted e -> deskClaim(loan, next, e);
            case LoanEvent.OverfillPosted e -> overfilled(loan, next, e);
            case LoanEvent.LiquidationClosed e -> caseClosed(loan, next);
            case LoanEvent.StabilisedApplied e -> {
                moneyIn(loan, next, e.allocation(), e.valueDate(), e.accrual());
                Settlement s = Objects.requireNonNull(next.position).settlement();
                next.position = next.position.with(
                        s.withStabilised(s.stabilised().minus(e.allocation().total())));
            }
            case LoanEvent.ReconversionInstructed e ->
                next.addInstruction(new Instruction(
                        e.instructionId(), Instruction.Kind.BUY_BACK, e.spend().amount()));
            case LoanEvent.CollateralReconverted e -> {
                next.dropInstruction(e.instructionId());
                Settlement s = loan.settlement();
                next.position = loan.held()
                        .with(loan.collateral().afterDeposit(e.quantity()))
                        .with(s.withStabilised(s.stabilised().minus(e.spent())));
                next.reconciliation = loan.reconciliation().custodyMovedAt(e.reconvertedAt());
            }
            case LoanEvent.RescissionOpened e -> next.openCase = openCase(loan).asRescinded();
            case LoanEvent.ShortfallRecorded e -> next.status = LoanStatus.SHORTFALL;
            case LoanEvent.CollateralDelivered e -> {
                Position after = loan.held()
                        .with(loan.coin(e.quantity().asset())
                                .afterDelivery(e.quantity())
                                .afterRevert(Quantity.zero(e.quantity().asset()), e.excess()));
                next.position = after;
                next.reconciliation =
                        loan.reconciliation().custodyMovedAt(e.deliveredAt()).settled(after, null);
            }
            case LoanEvent.CollateralReturned e -> {
                Position after =
                        loan.held().with(loan.coin(e.quantity().asset()).afterReturn(e.quantity()));
                next.position = after;
                next.reconciliation =
                        loan.reconciliation().custodyMovedAt(e.returnedAt()).settled(after, null);
                if (!e.excess().isZero()) {
                    next.addSuspense(new Money(e.excess().amount(), e.excess().asset()));
                    next.reconciliation = next.reconciliation.returned(after, e.excess());
                }
            }
            case LoanEvent.SaleProceedsReceived e -> {
                Settlement s = loan.settlement();
                Position after = loan.held().with(s.withClearing(s.clearing().minus(e.applied())));
                next.position = after;
                next.reconciliation = loan.reconciliation().settled(after, null);
                if (!e.suspended().isZero()) {
                    next.addSuspense(e.suspended());
                }
            }
            case LoanEvent.ReconciliationDifferenceFound e ->
                next.reconciliation = loan.reconciliation().found(e.difference());
            case LoanEvent.ReconciliationDifferenceSettled e ->
                next.reconciliation = loan.reconciliation().closed(e.difference());
            case LoanEvent.LoanRepaid e -> next.status = LoanStatus.REPAID;
            case LoanEvent.LoanClosed e -> next.status = LoanStatus.CLOSED;
            case LoanEvent.LoanQuarantined e -> {
                require(loan.quarantine() == null, loan, event);
                next.quarantine = new Quarantine(e.invariant(), e.topic(), e.partition(), e.offset());
            }
            case LoanEvent.QuarantineLifted e -> {
                require(loan.quarantine() != null, loan, event);
                next.quarantine = null;
            }
            case LoanEvent.RecordSkipped e -> {}
        }
    }

    private static void payout(Loan loan, Loan.Editor next, String disbursementId, Disbursement.Stage stage) {
        if (loan.draws().draw(disbursementId).isPresent()) {
            next.draws = loan.draws().at(disbursementId, stage);
        } else {
            next.disbursement = disbursement(loan).at(stage);
        }
    }

    private static void credited(Loan loan, Loan.Editor next, LoanEvent.CollateralCredited e) {
        next.putPledge(pledge(loan, e.proof()).credited(Substitution.isSpare(loan)));
        next.position = loan.held().with(loan.coin(e.quantity().asset()).afterDeposit(e.quantity()));
    }

    private static void lockReverted(Loan loan, Loan.Editor next, LoanEvent.CollateralLockReverted e) {
        next.putPledge(pledge(loan, e.proof()).at(Pledge.Stage.REVERTED));
        next.position = loan.held().with(loan.coin(e.fromHeld().asset()).afterRevert(e.fromHeld(), e.missing()));
        next.reconciliation = loan.reconciliation().custodyMovedAt(e.revertedAt());
    }

    private static void moneyIn(
            Loan loan, Loan.Editor next, Allocation allocation, LocalDate valueDate, @Nullable BigDecimal accrual) {
        Settlement s = loan.settlement();
        next.position = loan.held()
                .with(loan.debt().withAllocated(allocation, clock(loan, accrual), valueDate))
                .with(s.withSurplusOwed(s.surplusOwed().plus(allocation.surplus())));
        next.servicing = loan.servicing().less(allocation);
    }

    private static void caseOpened(Loan loan, Loan.Editor next, LoanEvent.LiquidationRequested e) {
        if (loan.openCase() != null) {
            throw new IllegalStateException(
                    "OneOpenCase: " + e.caseId() + " beside " + loan.openCase().caseId());
        }
        Money zero = Money.zero(loan.terms().terms().debtAsset());
        next.relyOnAllCoin();
        next.counters = loan.counters().nextCase();
        next.openCase = new LiquidationCase(
                e.caseId(),
                e.reason(),
                e.mode(),
                1,
                e.reserved(),
                e.reserved(),
                Quantity.zero(e.reserved().asset()),
                zero,
                zero,
                zero,
                Allocation.none(zero.currency()),
                e.evidence().countedPrice(),
                e.callDeadline(),
                Overfill.none(e.reserved().asset(), zero.currency()),
                zero,
                false,
                e.rung(),
                e.evidence().debt() == null ? null : e.evidence().debt().measure());
        if (loan.marginCall() != null) {
            next.marginCall = loan.marginCall().healedSince(null); // while a case is open no price cures
        }
        BackOff former = loan.backOff();
        if (former != null && former.isBrokenBy(e.evidence().priceTime())) {
            next.backOff = null;
        }
        next.position = loan.held().with(loan.coin(e.reserved().asset()).withReserved(e.reserved()));
    }

    private static void caseAmended(Loan loan, Loan.Editor next, LoanEvent.LiquidationAmended e) {
        LiquidationCase open = openCase(loan);
        require(e.caseId().equals(open.caseId()) && e.version() == open.version() + 1, loan, e);
        next.openCase = open.amended(e);
        next.position = loan.held().with(reservedFor(loan, next));
    }

    private static void saleSettled(Loan loan, Loan.Editor next, LoanEvent.SaleSettled e) {
        LiquidationCase settled = openCase(loan).settled(e);
        if (settled.unsold().isNegative()) {
            throw new IllegalStateException("SellBound: " + settled.caseId() + " sold " + settled.cumQuantity()
                    + " of reserved " + settled.reserved());
        }
        next.openCase = settled;
        next.backOff = null;
        Settlement s = loan.settlement();
        Position after = loan.held()
                .with(loan.debt().withAllocated(e.allocation(), clock(loan, e.accrual()), e.valueDate()))
                .with(loan.coin(e.sold().asset()).afterSale(e.sold()))
                .with(s.withClearing(s.clearing().plus(e.gross()).minus(e.deskFees()))
                        .withSurplusOwed(s.surplusOwed().plus(e.allocation().surplus()))
                        .withStabilised(s.stabilised().plus(e.stabilised())));
        next.position = after;
        next.servicing = loan.servicing().less(e.allocation());
        next.reconciliation = loan.reconciliation().settled(after, e.valueDate());
    }

    private static void deskClaim(Loan loan, Loan.Editor next, LoanEvent.DeskClaimPosted e) {
        next.putClosedCase(loan.closedCase(e.caseId()).orElseThrow().claimed(e));
        Money net = e.gross().minus(e.deskFees());
        Settlement s = loan.settlement();
        Position after = loan.held().with(s.claiming(net));
        next.position = after;
        next.reconciliation = loan.reconciliation().settled(after, Unsettled.UNDATED);
    }

    private static void overfilled(Loan loan, Loan.Editor next, LoanEvent.OverfillPosted e) {
        LiquidationCase open = loan.openCase();
        if (open != null && open.caseId().equals(e.caseId())) {
            next.openCase = open.overfilled(e);
        } else {
            next.putClosedCase(loan.closedCase(e.caseId())
                    .orElseGet(() -> LiquidationRules.declinedCase(loan, e.caseId()))
                    .overfilled(e));
        }
        Position after = loan.held().with(loan.settlement().overfilled(e.gross().minus(e.deskFees())));
        next.position = after;
        next.reconciliation = loan.reconciliation().settled(after, Unsettled.UNDATED);
    }

    /** Nothing counts as sold; what was sold beyond a reservation of nothing is remembered, or it would be booked once more. */
    private static void caseDeclined(Loan loan, Loan.Editor next, LoanEvent.LiquidationDeclined e) {
        LiquidationCase open = openCase(loan);
        if (!open.overfill().isNone()) {
            next.putClosedCase(open.closed());
        }
        next.openCase = null;
        next.backOff = e.retryAt() == null ? null : new BackOff(e.declines(), e.retryAt());
        next.position = loan.held().with(unreserved(loan, open));
    }

    /** The sale was the answer to the expired call it rests on; a step of several is not, and with nothing sold the call stands. */
    private static void caseClosed(Loan loan, Loan.Editor next) {
        LiquidationCase open = openCase(loan);
        next.openCase = null;
        MarginCall call = loan.marginCall();
        if (call != null
                && open.reason() == CaseReason.CALL_EXPIRED
                && open.mode() != SaleMode.INCREMENT
                && open.cumQuantity().isPositive()) {
            next.marginCall = null;
        }
        if (open.reason() == CaseReason.HARD_LTV && open.cumQuantity().isPositive()) {
            next.reached = Math.max(loan.reached(), open.rung()); // what was only asked for leaves its band armed
        }
        next.putClosedCase(open.closed());
        next.position = loan.held().with(unreserved(loan, open));
    }

    /** @return whether nothing of the instruction is left */
    private static boolean confirm(Loan loan, Loan.Editor next, String instructionId, BigDecimal amount) {
        Instruction open = loan.instruction(instructionId).orElseThrow();
        BigDecimal left = open.amount().subtract(amount);
        next.dropInstruction(instructionId);
        if (left.signum() > 0) {
            next.addInstruction(new Instruction(instructionId, open.kind(), left, open.coin()));
        }
        return left.signum() <= 0;
    }

    /** Simple interest has nothing to tell of a refund. */
    private static RateClock refundClock(Loan loan, LoanEvent.InterestRefunded e) {
        return clock(loan, loan.terms().terms().interest().compounds() ? e.accrual() : BigDecimal.ZERO);
    }

    private static RateClock clock(Loan loan, @Nullable BigDecimal accrual) {
        return RateClock.told(loan, accrual);
    }

    private static Collateral reservedFor(Loan loan, Loan.Editor next) {
        Quantity unsold = Objects.requireNonNull(next.openCase).unsold();
        return loan.coin(unsold.asset()).withReserved(unsold);
    }

    private static Collateral unreserved(Loan loan, LiquidationCase ended) {
        Asset coin = ended.reserved().asset();
        return loan.coin(coin).withReserved(Quantity.zero(coin));
    }

    private static Pledge pledge(Loan loan, String proof) {
        return loan.pledge(proof).orElseThrow(() -> new IllegalStateException("no pledge " + proof));
    }

    private static Disbursement disbursement(Loan loan) {
        return Objects.requireNonNull(loan.disbursement(), "nothing was disbursed");
    }

    private static MarginCall call(Loan loan) {
        return Objects.requireNonNull(loan.marginCall(), "no margin is called");
    }

    private static LiquidationCase openCase(Loan loan) {
        return Objects.requireNonNull(loan.openCase(), "no case is open");
    }

    private static void require(boolean follows, Loan loan, LoanEvent event) {
        if (!follows) {
            throw new IllegalStateException(event.getClass().getSimpleName() + " cannot follow on " + loan.loanId()
                    + " version " + loan.version() + " " + loan.status());
        }
    }
}

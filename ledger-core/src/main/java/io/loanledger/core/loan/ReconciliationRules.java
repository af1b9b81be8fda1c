package io.loanledger.core.loan;

import static io.loanledger.core.loan.LoanDecider.refused;

import io.loanledger.core.money.Asset;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ledger, custodian and desk, three ways: what the custodian states against what its facts add up to, and what was sold against
 * what was delivered and paid.
 */
final class ReconciliationRules {
    private ReconciliationRules() {}

    /**
     * A statement that agrees leaves no event. One that is not later than every fact that moved coin says nothing: it may have been
     * made before the last of them.
     */
    static Decision.@Nullable Refused stated(Draft draft, LoanInput.CustodyStatement fact) {
        Asset expected = draft.coinFor(fact.quantity());
        Decision.Refused refused = expected == null
                ? LoanDecider.checkStatedSize(fact.quantity())
                : LoanDecider.checkStated(draft, fact.quantity(), expected);
        if (refused != null) {
            return refused;
        }
        String code = fact.quantity().asset();
        Instant cut = fact.head().occurredAt();
        Reconciliation known = draft.loan().reconciliation();
        Optional<Difference> open = known.difference(DifferenceKind.HELD, code);
        boolean overtaken = (known.custodyAsOf() != null && !cut.isAfter(known.custodyAsOf()))
                || (open.isPresent() && cut.isBefore(open.get().asOf()));
        if (!overtaken) {
            compare(
                    draft,
                    DifferenceKind.HELD,
                    code,
                    custodyOf(draft.loan(), code),
                    fact.quantity().amount(),
                    cut);
        }
        return null;
    }

    /**
     * A fact of the custodian came after a statement whose cut contains it: the figure that the statement was compared with changes.
     *
     * @param before the loan without the fact
     */
    static void lateMovement(Draft draft, Loan before, Instant occurredAt) {
        for (Difference open : before.reconciliation().open()) {
            if (open.kind() == DifferenceKind.HELD && !occurredAt.isAfter(open.asOf())) {
                BigDecimal moved =
                        custodyOf(draft.loan(), open.assetCode()).subtract(custodyOf(before, open.assetCode()));
                if (moved.signum() != 0) {
                    BigDecimal ours = open.ours().add(moved);
                    compare(draft, open.kind(), open.assetCode(), ours, open.theirs(), open.asOf());
                }
            }
        }
    }

    /** What of the loan's sales should have come before this time and did not. */
    static void settlements(Draft draft, Instant time) {
        Loan loan = draft.loan();
        if (loan.position() == null) {
            return;
        }
        Reconciliation known = loan.reconciliation();
        for (Collateral coin : loan.coins()) {
            overdue(draft, DifferenceKind.DELIVERY, coin.asset(), known.undelivered(loan.held(), coin.asset()), time);
        }
        overdue(draft, DifferenceKind.PROCEEDS, draft.debtAsset(), known.unpaid(), time);
    }

    private static void overdue(Draft draft, DifferenceKind kind, Asset asset, Unsettled sales, Instant time) {
        if (!sales.sales().isEmpty() || !draft.loan().reconciliation().open().isEmpty()) {
            compare(draft, kind, asset.code(), sales.overdueAt(time), BigDecimal.ZERO, time);
        }
    }

    /** Two figures that differ as they did before are no news. */
    private static void compare(
            Draft draft, DifferenceKind kind, String code, BigDecimal ours, BigDecimal theirs, Instant asOf) {
        Optional<Difference> open = draft.loan().reconciliation().difference(kind, code);
        BigDecimal gap = ours.subtract(theirs);
        BigDecimal former = open.map(d -> d.ours().subtract(d.theirs())).orElse(BigDecimal.ZERO);
        if (gap.compareTo(former) == 0) {
            return;
        }
        Difference now = new Difference(kind, code, ours, theirs, asOf);
        draft.emit(
                gap.signum() == 0
                        ? new LoanEvent.ReconciliationDifferenceSettled(now)
                        : new LoanEvent.ReconciliationDifferenceFound(now));
    }

    /**
     * What the custodian's own facts add up to: locked and not reverted, sent back or delivered, and returned by the desk, whether or
     * not the ledger counts it as collateral.
     */
    static BigDecimal custodyOf(Loan loan, String assetCode) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Pledge pledge : loan.pledges()) {
            if (pledge.assetCode().equals(assetCode)) {
                sum = sum.add(notCredited(loan, pledge));
            }
        }
        Asset coin = loan.position() == null ? null : loan.terms().coin(assetCode);
        return coin == null
                ? sum
                : sum.add(loan.coin(coin).inCustody().amount())
                        .add(loan.reconciliation().returnedApart(loan.held(), coin));
    }

    /** Coin of this pledge that lies with the custodian and is not collateral. */
    private static BigDecimal notCredited(Loan loan, Pledge pledge) {
        return switch (pledge.stage()) {
            case LOCKED, DENIED, CLAIMED -> pledge.quantity();
            case RETURNING ->
                loan.instruction(CustodyRules.returnId(loan, pledge.proof()))
                        .map(Instruction::amount)
                        .orElse(BigDecimal.ZERO);
            case DETECTED, CREDITED, REVERTED, RETURNED -> BigDecimal.ZERO;
        };
    }
}

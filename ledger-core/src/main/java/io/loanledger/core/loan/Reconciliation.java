package io.loanledger.core.loan;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far the ledger agrees with the custodian and the desk about one loan (invariant ThreeWayReconciliation). Folded from the
 * journal like the rest of the loan.
 *
 * @param custodyAsOf latest value time of a fact that moved coin at the custodian; null before the first
 * @param undelivered coin sold and not delivered to the desk
 * @param unpaid money that the desk owes
 * @param open what is not settled
 * @param returnedApart coin of the loan's own asset that the desk gave back and that no bust explains: it lies with the custodian and
 *     stands in suspense, where it cannot be told from money that came in the same asset before terms were bound
 */
public record Reconciliation(
        @Nullable Instant custodyAsOf,
        Unsettled undelivered,
        Unsettled unpaid,
        List<Difference> open,
        BigDecimal returnedApart) {
    public static final Reconciliation NONE =
            new Reconciliation(null, Unsettled.NONE, Unsettled.NONE, List.of(), BigDecimal.ZERO);

    public Reconciliation {
        open = List.copyOf(open);
    }

    public Optional<Difference> difference(DifferenceKind kind, String assetCode) {
        return open.stream().filter(d -> d.isOf(kind, assetCode)).findFirst();
    }

    /** Whether the custodian says that it holds less than the ledger counts: then nothing is released. */
    boolean custodianIsShort() {
        for (Difference difference : open) {
            if (difference.kind() == DifferenceKind.HELD && difference.isShort()) {
                return true;
            }
        }
        return false;
    }

    /** The next moment at which a sale that is not settled becomes a difference, or null. */
    @Nullable
    Instant nextDueAt() {
        Instant coin = undelivered.nextDueAt(knownOf(DifferenceKind.DELIVERY));
        Instant money = unpaid.nextDueAt(knownOf(DifferenceKind.PROCEEDS));
        if (coin == null || money == null) {
            return coin == null ? money : coin;
        }
        return coin.isBefore(money) ? coin : money;
    }

    private BigDecimal knownOf(DifferenceKind kind) {
        for (Difference difference : open) {
            if (difference.kind() == kind) {
                return difference.ours();
            }
        }
        return BigDecimal.ZERO;
    }

    /** A fact moved coin at the custodian; its time is null in journals written before it was kept. */
    Reconciliation custodyMovedAt(@Nullable Instant at) {
        return at == null || (custodyAsOf != null && !at.isAfter(custodyAsOf))
                ? this
                : new Reconciliation(at, undelivered, unpaid, open, returnedApart);
    }

    /**
     * What was sold, delivered or paid has changed.
     *
     * @param position after the change
     * @param soldOn value date of the sale, {@link Unsettled#UNDATED} of what has none; null if something came for former ones
     */
    Reconciliation settled(Position position, @Nullable LocalDate soldOn) {
        Collateral coin = position.collateral();
        BigDecimal due = coin.sold().minus(coin.delivered()).amount().max(BigDecimal.ZERO);
        BigDecimal owed = position.settlement().clearing().amount().max(BigDecimal.ZERO);
        return new Reconciliation(
                custodyAsOf, undelivered.withTotal(due, soldOn), unpaid.withTotal(owed, soldOn), open, returnedApart);
    }

    /** Coin came back to the custodian for no bust. */
    Reconciliation returned(BigDecimal excess) {
        return new Reconciliation(custodyAsOf, undelivered, unpaid, open, returnedApart.add(excess));
    }

    Reconciliation found(Difference difference) {
        List<Difference> next = new ArrayList<>(without(difference));
        next.add(difference);
        return new Reconciliation(custodyAsOf, undelivered, unpaid, next, returnedApart);
    }

    Reconciliation closed(Difference difference) {
        if (difference(difference.kind(), difference.assetCode()).isEmpty()) {
            throw new IllegalStateException("no open difference " + difference.kind());
        }
        return new Reconciliation(custodyAsOf, undelivered, unpaid, without(difference), returnedApart);
    }

    private List<Difference> without(Difference gone) {
        return open.stream().filter(d -> !d.isOf(gone.kind(), gone.assetCode())).toList();
    }
}

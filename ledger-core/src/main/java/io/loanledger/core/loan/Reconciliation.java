package io.loanledger.core.loan;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Quantity;
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
 * @param further the same of the loan's other coins
 */
public record Reconciliation(
        @Nullable Instant custodyAsOf,
        Unsettled undelivered,
        Unsettled unpaid,
        List<Difference> open,
        BigDecimal returnedApart,
        List<OfCoin> further) {
    public static final Reconciliation NONE =
            new Reconciliation(null, Unsettled.NONE, Unsettled.NONE, List.of(), BigDecimal.ZERO);

    public Reconciliation {
        open = List.copyOf(open);
        further = List.copyOf(further);
    }

    /** Of a loan on one asset. */
    public Reconciliation(
            @Nullable Instant custodyAsOf,
            Unsettled undelivered,
            Unsettled unpaid,
            List<Difference> open,
            BigDecimal returnedApart) {
        this(custodyAsOf, undelivered, unpaid, open, returnedApart, List.of());
    }

    /**
     * Of one of the coins beside the loan's own.
     *
     * @param asset the coin
     * @param undelivered sold and not delivered to the desk
     * @param returnedApart what the desk gave back of it and no bust explains
     */
    public record OfCoin(Asset asset, Unsettled undelivered, BigDecimal returnedApart) {}

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
    Instant nextDueAt(Position position) {
        String own = position.collateral().asset().code();
        Instant next = earlier(
                undelivered.nextDueAt(knownOf(DifferenceKind.DELIVERY, own)),
                unpaid.nextDueAt(knownOf(
                        DifferenceKind.PROCEEDS,
                        position.settlement().clearing().currency().code())));
        for (OfCoin coin : further) {
            next = earlier(
                    next,
                    coin.undelivered()
                            .nextDueAt(knownOf(
                                    DifferenceKind.DELIVERY, coin.asset().code())));
        }
        return next;
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }

    private BigDecimal knownOf(DifferenceKind kind, String assetCode) {
        for (Difference difference : open) {
            if (difference.isOf(kind, assetCode)) {
                return difference.ours();
            }
        }
        return BigDecimal.ZERO;
    }

    /** What of a coin was sold and not delivered. */
    Unsettled undelivered(Position position, Asset coin) {
        return coin.equals(position.collateral().asset())
                ? undelivered
                : ofCoin(coin).undelivered();
    }

    /** What of a coin came back from the desk for no bust. */
    BigDecimal returnedApart(Position position, Asset coin) {
        return coin.equals(position.collateral().asset())
                ? returnedApart
                : ofCoin(coin).returnedApart();
    }

    private OfCoin ofCoin(Asset coin) {
        for (OfCoin known : further) {
            if (known.asset().equals(coin)) {
                return known;
            }
        }
        return new OfCoin(coin, Unsettled.NONE, BigDecimal.ZERO);
    }

    private Reconciliation with(OfCoin next) {
        List<OfCoin> all = new ArrayList<>(further);
        all.removeIf(known -> known.asset().equals(next.asset()));
        all.add(next);
        return new Reconciliation(custodyAsOf, undelivered, unpaid, open, returnedApart, all);
    }

    /** A fact moved coin at the custodian; its time is null in journals written before it was kept. */
    Reconciliation custodyMovedAt(@Nullable Instant at) {
        return at == null || (custodyAsOf != null && !at.isAfter(custodyAsOf))
                ? this
                : new Reconciliation(at, undelivered, unpaid, open, returnedApart, further);
    }

    /**
     * What was sold, delivered or paid has changed.
     *
     * @param position after the change
     * @param soldOn value date of the sale, {@link Unsettled#UNDATED} of what has none; null if something came for former ones
     */
    Reconciliation settled(Position position, @Nullable LocalDate soldOn) {
        BigDecimal owed = position.settlement().clearing().amount().max(BigDecimal.ZERO);
        Reconciliation next = new Reconciliation(
                custodyAsOf,
                undelivered.withTotal(due(position.collateral()), soldOn),
                unpaid.withTotal(owed, soldOn),
                open,
                returnedApart,
                further);
        for (Collateral coin : position.further()) {
            OfCoin known = next.ofCoin(coin.asset());
            Unsettled changed = known.undelivered().withTotal(due(coin), soldOn);
            if (!changed.equals(known.undelivered())) {
                next = next.with(new OfCoin(coin.asset(), changed, known.returnedApart()));
            }
        }
        return next;
    }

    private static BigDecimal due(Collateral coin) {
        return coin.sold().minus(coin.delivered()).amount().max(BigDecimal.ZERO);
    }

    /** Coin came back to the custodian for no bust. */
    Reconciliation returned(Position position, Quantity excess) {
        if (!excess.asset().equals(position.collateral().asset())) {
            OfCoin known = ofCoin(excess.asset());
            return with(new OfCoin(
                    known.asset(), known.undelivered(), known.returnedApart().add(excess.amount())));
        }
        return new Reconciliation(custodyAsOf, undelivered, unpaid, open, returnedApart.add(excess.amount()), further);
    }

    Reconciliation found(Difference difference) {
        List<Difference> next = new ArrayList<>(without(difference));
        next.add(difference);
        return new Reconciliation(custodyAsOf, undelivered, unpaid, next, returnedApart, further);
    }

    Reconciliation closed(Difference difference) {
        if (difference(difference.kind(), difference.assetCode()).isEmpty()) {
            throw new IllegalStateException("no open difference " + difference.kind());
        }
        return new Reconciliation(custodyAsOf, undelivered, unpaid, without(difference), returnedApart, further);
    }

    private List<Difference> without(Difference gone) {
        return open.stream().filter(d -> !d.isOf(gone.kind(), gone.assetCode())).toList();
    }
}

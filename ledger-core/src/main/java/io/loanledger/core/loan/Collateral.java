package io.loanledger.core.loan;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Quantity;

/**
 * The coin of a loan. Invariant CollateralConservation, enforced by the constructor:
 * {@code deposited + missing = held + sold + released + reverted}, each not negative, {@code reserved + releasing <= held}.
 *
 * @param deposited credited since the start
 * @param held in custody now, including what is reserved or on its way back
 * @param reserved part of held that an open case may still sell
 * @param releasing part of held that custody was told to send back
 * @param sold by the desk, delivered to it or not
 * @param delivered handed to the desk; over sold when a fill was busted after its delivery
 * @param released back with the borrower
 * @param reverted whose lock was undone while it was held
 * @param missing whose lock was undone, or which was sent away, beyond what was held
 */
public record Collateral(
        Quantity deposited,
        Quantity held,
        Quantity reserved,
        Quantity releasing,
        Quantity sold,
        Quantity delivered,
        Quantity released,
        Quantity reverted,
        Quantity missing) {
    public Collateral {
        Quantity in = deposited.plus(missing);
        Quantity out = held.plus(sold).plus(released).plus(reverted);
        if (in.compareTo(out) != 0) {
            throw new IllegalStateException("CollateralConservation: " + in + " in, " + out + " out");
        }
        if (held.isNegative() || reserved.isNegative() || releasing.isNegative() || sold.isNegative()) {
            throw new IllegalStateException("CollateralConservation: a negative quantity");
        }
        if (reserved.plus(releasing).compareTo(held) > 0) {
            throw new IllegalStateException("CollateralConservation: reserved " + reserved + " and releasing "
                    + releasing + " exceed held " + held);
        }
    }

    static Collateral none(Asset asset) {
        Quantity zero = Quantity.zero(asset);
        return new Collateral(zero, zero, zero, zero, zero, zero, zero, zero, zero);
    }

    public Asset asset() {
        return held.asset();
    }

    /** What the custodian has by its own facts; negative when more left it than had come. */
    public Quantity inCustody() {
        return deposited.minus(delivered).minus(released).minus(reverted);
    }

    /** What secures the debt: held, less what is on its way back to the borrower or proved missing. */
    public Quantity pledged() {
        return held.minus(releasing).minus(missing).max(Quantity.zero(asset()));
    }

    /** What could still be reserved or released. */
    public Quantity free() {
        return pledged().minus(reserved).max(Quantity.zero(asset()));
    }

    Collateral afterDeposit(Quantity q) {
        return new Collateral(
                deposited.plus(q), held.plus(q), reserved, releasing, sold, delivered, released, reverted, missing);
    }

    Collateral withReserved(Quantity next) {
        return new Collateral(deposited, held, next, releasing, sold, delivered, released, reverted, missing);
    }

    Collateral withReleasing(Quantity next) {
        return new Collateral(deposited, held, reserved, next, sold, delivered, released, reverted, missing);
    }

    Collateral afterRelease(Quantity q) {
        return new Collateral(
                deposited,
                held.minus(q),
                reserved,
                releasing.minus(q),
                sold,
                delivered,
                released.plus(q),
                reverted,
                missing);
    }

    /** Negative when a fill was busted. */
    Collateral afterSale(Quantity q) {
        return new Collateral(
                deposited,
                held.minus(q),
                reserved.minus(q),
                releasing,
                sold.plus(q),
                delivered,
                released,
                reverted,
                missing);
    }

    Collateral afterDelivery(Quantity q) {
        return new Collateral(
                deposited, held, reserved, releasing, sold, delivered.plus(q), released, reverted, missing);
    }

    /** The desk gave busted coin back. */
    Collateral afterReturn(Quantity q) {
        return afterDelivery(q.negated());
    }

    Collateral afterRevert(Quantity fromHeld, Quantity gone) {
        return new Collateral(
                deposited,
                held.minus(fromHeld),
                reserved,
                releasing,
                sold,
                delivered,
                released,
                reverted.plus(fromHeld).plus(gone),
                missing.plus(gone));
    }
}

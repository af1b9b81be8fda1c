package io.loanledger.core.money;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A quantity of a collateral asset (0.50000000 BTC). Exact; always at its asset's scale; may be negative (postings are).
 *
 * <p>Mixing two assets throws {@link IllegalArgumentException}: a bug, never input.
 */
public record Quantity(BigDecimal amount, Asset asset) implements Comparable<Quantity> {
    public Quantity {
        if (amount.scale() != asset.scale()) {
            amount = amount.setScale(asset.scale(), RoundingMode.UNNECESSARY);
        }
    }

    public static Quantity zero(Asset asset) {
        return new Quantity(BigDecimal.valueOf(0, asset.scale()), asset);
    }

    public static Quantity of(String amount, Asset asset) {
        return new Quantity(new BigDecimal(amount), asset);
    }

    /** What is released to a borrower rounds down. */
    public static Quantity roundedDown(BigDecimal exact, Asset asset) {
        return new Quantity(exact.setScale(asset.scale(), RoundingMode.FLOOR), asset);
    }

    /** What is asked of a borrower rounds up. */
    public static Quantity roundedUp(BigDecimal exact, Asset asset) {
        return new Quantity(exact.setScale(asset.scale(), RoundingMode.CEILING), asset);
    }

    public Quantity plus(Quantity other) {
        return new Quantity(amount.add(same(other).amount), asset);
    }

    public Quantity minus(Quantity other) {
        return new Quantity(amount.subtract(same(other).amount), asset);
    }

    public Quantity negated() {
        return new Quantity(amount.negate(), asset);
    }

    public Quantity min(Quantity other) {
        return compareTo(other) <= 0 ? this : other;
    }

    public Quantity max(Quantity other) {
        return compareTo(other) >= 0 ? this : other;
    }

    public boolean isZero() {
        return amount.signum() == 0;
    }

    public boolean isPositive() {
        return amount.signum() > 0;
    }

    public boolean isNegative() {
        return amount.signum() < 0;
    }

    @Override
    public int compareTo(Quantity other) {
        return amount.compareTo(same(other).amount);
    }

    private Quantity same(Quantity other) {
        if (!asset.equals(other.asset)) {
            throw new IllegalArgumentException("cannot mix " + asset + " with " + other.asset);
        }
        return other;
    }

    /** "0.50000000 BTC". */
    @Override
    public String toString() {
        return amount.toPlainString() + " " + asset;
    }
}

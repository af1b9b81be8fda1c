package io.loanledger.core.liquidation;

import io.loanledger.core.money.Quantity;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One fill of one order, known by (desk, order, ExecID). A fill counts when it was reported and not reversed; either may be read
 * first, and the result is the same.
 *
 * @param orderId the order
 * @param desk who reported it
 * @param execId the desk's id
 * @param traded the fill itself; null while only its reversal is known
 * @param reversed whether a bust or correction took it back
 */
public record FillEntry(
        String orderId,
        String desk,
        String execId,
        @Nullable Traded traded,
        boolean reversed) implements BookEntry {
    /** Quantity, price per whole unit, and commission in quote currency; exact as reported. */
    public record Traded(Quantity quantity, BigDecimal price, BigDecimal commission) {
        static Traded of(ExecutionReport report) {
            return new Traded(report.lastQty(), report.lastPx(), report.commission());
        }

        boolean isSameAs(Traded other) {
            return quantity.equals(other.quantity)
                    && price.compareTo(other.price) == 0
                    && commission.compareTo(other.commission) == 0;
        }
    }

    static EntryKey keyOf(String orderId, String desk, String execId) {
        // A length in front of the desk's name: no choice of names lets two fills share a key.
        return new EntryKey(EntryKey.Kind.FILL, orderId + '/' + desk.length() + '/' + desk + '/' + execId);
    }

    @Override
    public EntryKey key() {
        return keyOf(orderId, desk, execId);
    }

    boolean counts() {
        return traded != null && !reversed;
    }
}

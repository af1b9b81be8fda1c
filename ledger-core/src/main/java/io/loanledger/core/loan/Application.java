package io.loanledger.core.loan;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the borrower asked for, as written: it may name a product whose terms have not arrived yet. {@code firstDraw} is how much of the
 * principal is to be paid out at first; null for all of it.
 */
public record Application(
        String borrowerId,
        String productId,
        BigDecimal requestedPrincipal,
        String debtAssetCode,
        String collateralAssetCode,
        Instant requestedAt,
        @Nullable BigDecimal firstDraw) {
    /** All of it at once. */
    public Application(
            String borrowerId,
            String productId,
            BigDecimal requestedPrincipal,
            String debtAssetCode,
            String collateralAssetCode,
            Instant requestedAt) {
        this(borrowerId, productId, requestedPrincipal, debtAssetCode, collateralAssetCode, requestedAt, null);
    }
}

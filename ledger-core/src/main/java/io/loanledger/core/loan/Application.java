package io.loanledger.core.loan;

import java.math.BigDecimal;
import java.time.Instant;

/** What the borrower asked for, as written: it may name a product whose terms have not arrived yet. */
public record Application(
        String borrowerId,
        String productId,
        BigDecimal requestedPrincipal,
        String debtAssetCode,
        String collateralAssetCode,
        Instant requestedAt) {}

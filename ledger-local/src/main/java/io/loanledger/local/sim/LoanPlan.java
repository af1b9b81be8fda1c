package io.loanledger.local.sim;

import java.math.BigDecimal;

/**
 * One loan as its borrower wants it.
 *
 * @param principal USD, two decimals
 * @param collateral BTC, eight decimals, a multiple of the products' lot
 * @param ltvAtOpening what it will stand at when the scenario starts, in hundredths of a per cent: 6800 is 68 %
 */
public record LoanPlan(
        String loanId,
        String borrowerId,
        String productId,
        BigDecimal principal,
        BigDecimal collateral,
        int ltvAtOpening) {}

package io.loanledger.local.compare;

import java.math.BigDecimal;

/** What became of one lender's book in one scenario. Written while its loans are played, one after another. */
final class LenderFigures {
    private final String lender;
    int loans;
    int notKept;
    BigDecimal lent = zeroMoney();
    int notices;
    int calls;
    int accelerated;
    int cures;
    int expired;
    int liquidations;
    int loansSold;
    BigDecimal sold = BigDecimal.ZERO.setScale(8);
    BigDecimal proceeds = zeroMoney();
    BigDecimal charged = zeroMoney();
    BigDecimal kept = zeroMoney();
    BigDecimal surplus = zeroMoney();
    int shortfalls;
    BigDecimal shortfall = zeroMoney();

    LenderFigures(String lender) {
        this.lender = lender;
    }

    String lender() {
        return lender;
    }

    private static BigDecimal zeroMoney() {
        return BigDecimal.ZERO.setScale(2);
    }
}

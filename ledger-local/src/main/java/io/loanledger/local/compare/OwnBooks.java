package io.loanledger.local.compare;

import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanBalances;
import io.loanledger.core.loan.LoanEvent;
import io.loanledger.core.loan.LoanPostings;
import io.loanledger.core.posting.Account;
import io.loanledger.core.posting.Entry;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Two books of one loan: what custody, bank and desk really did, and what the ledger's postings say. In the end they agree, and the
 * postings add up to what the loan's state tells.
 */
final class OwnBooks {
    BigDecimal locked = BigDecimal.ZERO;
    BigDecimal filled = BigDecimal.ZERO;
    BigDecimal sentBack = BigDecimal.ZERO;
    BigDecimal paidOut = BigDecimal.ZERO;
    BigDecimal repaid = BigDecimal.ZERO;
    BigDecimal proceeds = BigDecimal.ZERO;
    BigDecimal surplusPaid = BigDecimal.ZERO;
    BigDecimal spent = BigDecimal.ZERO;
    private final Map<Account, BigDecimal> posted = new EnumMap<>(Account.class);

    void post(LoanEvent event) {
        for (Entry entry : LoanPostings.of(event).entries()) {
            posted.merge(entry.account(), entry.amount(), BigDecimal::add);
        }
    }

    /** Compares at the end; {@code differs} gets an invariant and the figures. */
    void compare(Loan loan, BigDecimal charged, BiConsumer<Violation.Invariant, String> differs) {
        BigDecimal held = loan.collateral().held().amount();
        equal(
                "custody's coin",
                locked.subtract(filled).subtract(sentBack),
                held,
                text -> differs.accept(Violation.Invariant.COIN_CONSERVED, text));
        equal(
                "posted custody",
                locked.subtract(filled).subtract(sentBack),
                balance(Account.CUSTODY),
                text -> differs.accept(Violation.Invariant.COIN_CONSERVED, text));
        equal(
                "posted cash",
                repaid.add(proceeds).subtract(paidOut).subtract(surplusPaid).subtract(spent),
                balance(Account.CASH),
                text -> differs.accept(Violation.Invariant.MONEY_CONSERVED, text));
        equal(
                "posted charges",
                charged.negate(),
                balance(Account.FEE_INCOME).add(balance(Account.PENALTY_INCOME)),
                text -> differs.accept(Violation.Invariant.MONEY_CONSERVED, text));
        Map<Account, BigDecimal> told = new EnumMap<>(Account.class);
        for (Entry entry : LoanBalances.of(loan)) {
            told.merge(entry.account(), entry.amount(), BigDecimal::add);
        }
        for (Account account : LoanBalances.TOLD) {
            equal(
                    "account " + account,
                    told.getOrDefault(account, BigDecimal.ZERO),
                    balance(account),
                    text -> differs.accept(Violation.Invariant.BOOK_EQUALS_SUM, text));
        }
    }

    private BigDecimal balance(Account account) {
        return posted.getOrDefault(account, BigDecimal.ZERO);
    }

    private static void equal(String name, BigDecimal ours, BigDecimal theirs, Consumer<String> differs) {
        if (ours.compareTo(theirs) != 0) {
            differs.accept(name + " is " + ours.toPlainString() + ", the ledger says " + theirs.toPlainString());
        }
    }
}

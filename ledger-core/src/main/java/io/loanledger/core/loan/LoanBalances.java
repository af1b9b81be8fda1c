package io.loanledger.core.loan;

import static io.loanledger.core.posting.Account.COIN_DUE_TO_DESK;
import static io.loanledger.core.posting.Account.COLLATERAL_PLEDGED;
import static io.loanledger.core.posting.Account.COSTS_RECEIVABLE;
import static io.loanledger.core.posting.Account.DESK_CLAIM;
import static io.loanledger.core.posting.Account.DESK_RECEIVABLE;
import static io.loanledger.core.posting.Account.FEES_RECEIVABLE;
import static io.loanledger.core.posting.Account.INTEREST_INCOME;
import static io.loanledger.core.posting.Account.INTEREST_RECEIVABLE;
import static io.loanledger.core.posting.Account.MISSING_COLLATERAL;
import static io.loanledger.core.posting.Account.PENALTIES_RECEIVABLE;
import static io.loanledger.core.posting.Account.PRINCIPAL_RECEIVABLE;
import static io.loanledger.core.posting.Account.STABILISED_PAYABLE;
import static io.loanledger.core.posting.Account.SURPLUS_PAYABLE;
import static io.loanledger.core.posting.Account.SUSPENSE;
import static io.loanledger.core.posting.Entry.credit;
import static io.loanledger.core.posting.Entry.debit;

import io.loanledger.core.money.Money;
import io.loanledger.core.posting.Account;
import io.loanledger.core.posting.Entry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The accounts of a loan as its state tells them, to compare with the sum of its {@link LoanPostings postings} (invariant
 * BookEqualsSum). Cash, overfills, the lender's fees and the desk's costs are told by the journal alone; custody follows
 * from the other accounts of coin, as postings balance.
 */
public final class LoanBalances {
    /** The accounts that a loan's state tells. */
    public static final Set<Account> TOLD = Collections.unmodifiableSet(EnumSet.of(
            COIN_DUE_TO_DESK,
            MISSING_COLLATERAL,
            COLLATERAL_PLEDGED,
            PRINCIPAL_RECEIVABLE,
            INTEREST_RECEIVABLE,
            FEES_RECEIVABLE,
            COSTS_RECEIVABLE,
            PENALTIES_RECEIVABLE,
            DESK_RECEIVABLE,
            DESK_CLAIM,
            SURPLUS_PAYABLE,
            STABILISED_PAYABLE,
            SUSPENSE,
            INTEREST_INCOME));

    private LoanBalances() {}

    /** The balance of each account told, zero or not, one entry an asset; a debit positive. */
    public static List<Entry> of(Loan loan) {
        List<Entry> balances = new ArrayList<>(TOLD.size());
        for (Money suspended : loan.suspense()) {
            balances.add(credit(SUSPENSE, suspended));
        }
        if (loan.position() != null) {
            loan.coins().forEach(coin -> coin(coin, balances));
            Debt debt = loan.debt();
            Settlement money = loan.settlement();
            balances.add(debit(PRINCIPAL_RECEIVABLE, debt.principal()));
            balances.add(debit(INTEREST_RECEIVABLE, debt.interest()));
            balances.add(debit(FEES_RECEIVABLE, debt.fees()));
            balances.add(debit(COSTS_RECEIVABLE, debt.charges().costs()));
            balances.add(debit(PENALTIES_RECEIVABLE, debt.charges().penalties()));
            balances.add(credit(INTEREST_INCOME, debt.interestPosted()));
            balances.add(debit(DESK_RECEIVABLE, money.clearing()));
            balances.add(debit(DESK_CLAIM, money.deskClaim()));
            balances.add(credit(STABILISED_PAYABLE, money.stabilised()));
            balances.add(credit(SURPLUS_PAYABLE, money.surplusOwed().plus(money.surplusPaying())));
        }
        return balances;
    }

    private static void coin(Collateral coin, List<Entry> balances) {
        balances.add(credit(COIN_DUE_TO_DESK, coin.sold().minus(coin.delivered())));
        balances.add(debit(MISSING_COLLATERAL, coin.missing()));
        balances.add(credit(COLLATERAL_PLEDGED, coin.held()));
    }
}

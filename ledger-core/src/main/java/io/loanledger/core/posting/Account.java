package io.loanledger.core.posting;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * The accounts of one loan. A positive entry is a debit, a negative one a credit. Collateral accounts count coins, the others
 * the debt currency.
 */
public enum Account {
    /** Coin in custody for this loan. */
    CUSTODY,
    /** Coin sold that the lender still owes the desk. */
    COIN_DUE_TO_DESK,
    /** Coin the custodian no longer has though the ledger counted it: a lock reverted after its sale or release. */
    MISSING_COLLATERAL,
    /** What the lender owes the borrower in coin. */
    COLLATERAL_PLEDGED,

    /** Lender's cash at bank. */
    CASH,
    /** Principal owed by the borrower. */
    PRINCIPAL_RECEIVABLE,
    /** Interest posted and unpaid. */
    INTEREST_RECEIVABLE,
    /** Fees posted and unpaid. */
    FEES_RECEIVABLE,
    /** Costs charged on and unpaid. */
    COSTS_RECEIVABLE,
    /** Penalties posted and unpaid. */
    PENALTIES_RECEIVABLE,
    /** Sale proceeds the desk still owes in cash. */
    DESK_RECEIVABLE,
    /** A sale that the desk took back after its case was closed. */
    DESK_CLAIM,
    /** Proceeds of what the desk sold beyond what was reserved. */
    OVERFILL,
    /** The borrower's money in the lender's hands. */
    SURPLUS_PAYABLE,
    /** Money, or coin the desk gave back, that nobody could be credited with yet. */
    SUSPENSE,
    /** Income: interest. */
    INTEREST_INCOME,
    /** Income: fees. */
    FEE_INCOME,
    /** What the lender laid out and the borrower bears. */
    COSTS_RECHARGED,
    /** Cost: the desk's commission, borne by the lender out of the liquidation fee. */
    DESK_COSTS,
    /** Income: penalties. */
    PENALTY_INCOME,
    /** Proceeds of collateral that are collateral themselves, in the debt's currency: the borrower's, and pledged. */
    STABILISED_PAYABLE;

    /** Where facts stand that can neither be refused nor credited to anybody: people settle them, so an alarm says that they came. */
    public static final Set<Account> NAMED =
            Collections.unmodifiableSet(EnumSet.of(MISSING_COLLATERAL, DESK_CLAIM, OVERFILL, SUSPENSE));
}

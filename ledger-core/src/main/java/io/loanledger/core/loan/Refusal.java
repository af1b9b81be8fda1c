package io.loanledger.core.loan;

/**
 * Why the business refuses well-formed input, in order of precedence: where two apply, the earlier one is given.
 */
public enum Refusal {
    /** An invariant of the loan was broken: nothing is decided for it. The input is kept as it came, not refused for good. */
    LOAN_QUARANTINED,
    /** The same event id came before with other content. An alarm, not a repeat. */
    CONFLICTING_DUPLICATE,
    /** Older than event ids are kept: whether it is a repeat cannot be known any more. Money goes to suspense instead. */
    LATE_BEYOND_WINDOW,
    /** Valued so far ahead of the ledger's clock that its id could not be kept as long. Money goes to suspense instead. */
    AHEAD_OF_WINDOW,
    /** Not a plain decimal number. */
    MALFORMED_AMOUNT,
    /** Zero or negative. */
    NOT_POSITIVE,
    /** More than any real amount: {@link LoanDecider#LARGEST_AMOUNT}. */
    ABOVE_LIMIT,
    /** No terms name this asset. */
    UNKNOWN_ASSET,
    /** Not the asset of this loan. */
    WRONG_ASSET,
    /** More decimal places than the asset has. */
    OVER_PRECISE,
    /** The loan was never requested. */
    UNKNOWN_LOAN,
    /** The loan was requested before, with other content or another event id. */
    ALREADY_REQUESTED,
    /** The loan is closed. */
    LOAN_CLOSED,
    /** Not possible where the loan stands. */
    WRONG_STATUS,
    /** Under a compliance hold. */
    FROZEN,
    /** The loan's terms have nothing of the kind. */
    NOT_AGREED,
    /** The loan is in default. */
    IN_DEFAULT,
    /** There is no default to end. */
    NOT_IN_DEFAULT,
    /** This proof is known for this loan already. */
    PROOF_KNOWN,
    /** No such proof on this loan. */
    PROOF_UNKNOWN,
    /** This payment reference was credited before. */
    PAYMENT_KNOWN,
    /** No such payment on this loan, or it is reversed already. */
    PAYMENT_UNKNOWN,
    /** No such instruction on this loan. */
    INSTRUCTION_UNKNOWN,
    /** The amount is not the one instructed or paid. */
    AMOUNT_DIFFERS,
    /** A waiver of more than is owed. */
    EXCEEDS_DEBT,
    /** No such liquidation case on this loan. */
    CASE_UNKNOWN,
    /** Answers a version that is not the newest, or was never sent. */
    VERSION_UNKNOWN,
    /** The processor calls more irrevocable than the ledger reserved. An alarm: SellBound. */
    SETTLEMENT_EXCEEDS_RESERVATION,
    /** Not a call of this loan that can be disputed, or a dispute that can be answered, at that time. */
    CALL_NOT_DISPUTABLE,
    /** Coin is being sold: nothing is released meanwhile. */
    RELEASE_WHILE_LIQUIDATING,
    /** A margin call is open: nothing is released meanwhile. */
    RELEASE_WHILE_CALLED,
    /** The terms let no coin take the place of other coin, or not this one. */
    NOT_SUBSTITUTABLE,
    /** Under the loan's release terms its coin stays for longer after the payout. */
    RELEASE_TOO_EARLY,
    /** Under the loan's release terms nothing is released from the maturity on. */
    RELEASE_TOO_LATE,
    /** Under the loan's release terms the last release was too few days ago. */
    RELEASE_TOO_SOON,
    /** Nothing of the loan's collateral is money, or it is on its way, to the desk's debt or to a purchase. */
    NOT_STABILISED,
    /** The custodian says that it holds less than the ledger counts: nothing is released until that is settled. */
    CUSTODIAN_SHORT,
    /** More than the loan holds free. */
    EXCEEDS_COLLATERAL,
    /** That version of the terms is not the newest that is known of its product. */
    TERMS_UNKNOWN,
    /** The loan cannot go on under those terms, or to that maturity. */
    TERMS_MISFIT,
    /** Under the least that a line pays out, or not over its own fee. */
    DRAW_TOO_SMALL,
    /** More than is left of the commitment. */
    ABOVE_COMMITMENT,
    /** Without a fresh price of an open market the ratio after the release is unknown. */
    NO_FRESH_PRICE,
    /** Worth less or more than the loan's release terms allow. */
    RELEASE_OUT_OF_BOUNDS,
    /** The ratio does not allow it: after the release it would be over the limit, or it is not low enough before. */
    LTV_TOO_HIGH
}

package io.loanledger.streams.wire;

import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.loan.Refusal;

/** What a record of a topic keyed by loan is to the ledger. */
public sealed interface MappedInput {
    /** An input for the loan that the key names. */
    record Read(LoanInput input) implements MappedInput {}

    /** Well-formed bytes that the business refuses before it looks at the loan. */
    record Refused(Refusal refusal, String detail) implements MappedInput {}

    /** Bytes that mean nothing to this ledger: for the dead letters. */
    record Unreadable(Reason reason, String detail) implements MappedInput {}

    /** Why a record is unreadable; stable names, written to the dead letters. */
    enum Reason {
        /** The topic does not carry this record. */
        WRONG_TYPE,
        /** The key is not the loan or market that the value names. */
        KEY_MISMATCH,
        /** An enum carries a symbol newer than this ledger, or UNKNOWN itself. */
        UNKNOWN_SYMBOL,
        /** A kind without the record that belongs to it, or with another's. */
        KIND_WITHOUT_RECORD,
        /** A field that must say something is blank. */
        BLANK_FIELD,
        /** A text longer than any id or reason. */
        TOO_LONG,
        /** A number of the lender's own, as a price or a rate, that is none. Amounts of facts are refused instead. */
        MALFORMED_NUMBER,
        /** Values that contradict each other, as terms whose call lies over their sale. */
        INCONSISTENT
    }
}

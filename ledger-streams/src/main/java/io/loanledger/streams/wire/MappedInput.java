package io.loanledger.streams.wire;

import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.loan.Refusal;

/** What a record from the wire is to the ledger. */
public sealed interface MappedInput {
    /** An input for its loan. */
    record Read(LoanInput input) implements MappedInput {}

    /** Well-formed bytes that the business refuses before it looks at the loan. */
    record Refused(Refusal refusal, String detail) implements MappedInput {}

    /** Bytes that mean nothing to this ledger: for the dead letters. */
    record Unreadable(Reason reason, String detail) implements MappedInput {}

    /** Why a record is unreadable; stable names, written to the dead letters. */
    enum Reason {
        /** The key is not the loan, market or proof that the value names. */
        KEY_MISMATCH,
        /** An enum carries a symbol newer than this ledger, or UNKNOWN itself. */
        UNKNOWN_SYMBOL,
        /** A kind without the record that belongs to it, or with another's. */
        KIND_WITHOUT_RECORD,
        /** A field that must say something is blank. */
        BLANK_FIELD,
        /** A number that a system, not a person, writes is none: a price, a rate, a cumulative figure. */
        MALFORMED_NUMBER,
        /** Values that contradict each other, as terms whose call lies over their sale. */
        INCONSISTENT,
        /** The topic does not carry this record. */
        WRONG_TYPE
    }
}

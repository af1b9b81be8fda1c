package io.loanledger.local.checker;

/** What is checked, by the name under which it is counted and complained of. */
public enum Check {
    JOURNAL_SEQUENCE("sequence without gap, step by step, each record in its loan's partition"),
    HASH_CHAIN("each record's own hash is that of its bytes, its former hash that of the record before"),
    VERSION_FENCE("each loan's versions count up by one"),
    CAUSE_COMMITTED("each effect names a committed record, its event id, digest and time"),
    DECISION_RECOMPUTED("each event is what the rules demand of its cause, field by field"),
    POSTINGS_RECOMPUTED("each double entry is that of its event and sums to zero per asset"),
    BALANCES_RECOMPUTED("each balance is the one recomputed"),
    CONSERVATION(
            "deposited = held + sold + released + reverted - missing; the entries of a loan add up to its balances"),
    BREACH_IMPLIES_ACTION("every open price that must fire a loan did"),
    DEADLINE_ACTS("every deadline acted before the first later price"),
    RECONCILIATION_RECOMPUTED("a custodian's statement: a difference exactly when there is one, in its amount"),
    EVIDENCE("every price named by the journal is a committed record of the index, open where it has to be"),
    INPUT_HAS_ONE_EFFECT(
            "every input: events, a rejection, a dead letter, a repeat or nothing to do; never two of them"),
    REJECTION_JUSTIFIED("every rejection's reason holds by the rules"),
    DEAD_LETTER_JUSTIFIED("every dead letter is of bytes that cannot be read or followed"),
    QUARANTINE_HOLDS("a loan in quarantine: nothing is decided, what comes is kept, until an order lifts it"),
    SKIP_ORDERED("every record skipped: by two operators' signatures, in the journal, a dead letter"),
    STRAY_BROUGHT_HOME("every record in a wrong partition came home once"),
    PUBLIC_RECORD_ONCE("calls, instructions and requests: each one of the journal once, and no other"),
    ONE_PROOF_ONE_LOAN("every claim answered as the first come demands"),
    ORDER_HAS_A_REASON("every order's cases are requested for a reason that holds by its evidence"),
    NO_SALE_WHILE_STOPPED("no sale is asked for in a paused market, no order leaves under a stop"),
    ORDER_ARITHMETIC("orders: parts add up, ids unique, price at or over the floor to the tick"),
    ORDER_ON_YOUNG_EVIDENCE("every order rests on an open index price of at most the allowed age"),
    SELL_BOUND("live and filled never exceed what a case reserves"),
    FILLS_KNOWN("every execution belongs to an order, once"),
    SETTLEMENT_IS_FILLS("what is settled is what executions add up to, shared out to the last unit"),
    NO_DOUBLE_SALE("per loan: sold at the desk = settled = posted"),
    CASE_CLOSED_OR_EXPLAINED("every case is closed, or open for a stated reason");

    private final String sentence;

    Check(String sentence) {
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}

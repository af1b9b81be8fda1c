package io.loanledger.core.protocol;

/** A partition between two parties: first in, first out; across channels anything interleaves. */
enum Channel {
    PRICES_TO_LEDGER(Party.LEDGER),
    TERMS_TO_LEDGER(Party.LEDGER),
    FACTS(Party.LEDGER),
    CLAIM_RESULTS(Party.LEDGER),
    REPLIES(Party.LEDGER),
    PRICES_TO_PROCESSOR(Party.PROCESSOR),
    TERMS_TO_PROCESSOR(Party.PROCESSOR),
    REQUESTS(Party.PROCESSOR),
    REPORTS(Party.PROCESSOR),
    ORDERS(Party.DESK);

    /** Who reads it. */
    enum Party {
        LEDGER,
        PROCESSOR,
        DESK
    }

    final Party reader;

    Channel(Party reader) {
        this.reader = reader;
    }
}

package io.loanledger.core.liquidation;

import io.loanledger.core.price.IndexPrice;

/** All that a book reacts to. */
public sealed interface BookInput {
    /** The ledger asks for a sale. */
    record RequestSale(SaleRequest request) implements BookInput {}

    /** The ledger measures an open case anew. */
    record AmendSale(SaleAmendment amendment) implements BookInput {}

    /** A price of this market, open or not. */
    record ObserveIndex(IndexPrice price) implements BookInput {}

    /** A desk reports on an order. */
    record Report(ExecutionReport report) implements BookInput {}

    /** A desk refuses to cancel an order. */
    record CancelRefused(String desk, String orderId) implements BookInput {}

    /** The kill switch is engaged or let go. */
    record SwitchKill(boolean engaged) implements BookInput {}

    /** This market is paused or let go. */
    record PauseMarket(boolean paused) implements BookInput {}
}

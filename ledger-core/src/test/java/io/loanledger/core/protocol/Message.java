package io.loanledger.core.protocol;

import io.loanledger.core.liquidation.ExecutionReport;
import io.loanledger.core.liquidation.OrderEntry;
import io.loanledger.core.liquidation.SaleAmendment;
import io.loanledger.core.liquidation.SaleRequest;
import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.price.IndexPrice;

/** A record on its way. */
sealed interface Message {
    /** An index price, to both services. */
    record Price(IndexPrice index) implements Message {}

    /** A fact, a claim's result or a reply of the processor, for one loan. */
    record ForLoan(String loanId, LoanInput input) implements Message {}

    record Request(SaleRequest request) implements Message {}

    record Amend(SaleAmendment amendment) implements Message {}

    record Order(OrderEntry order) implements Message {}

    record Cancel(String orderId, String cancelId) implements Message {}

    record Report(ExecutionReport report) implements Message {}

    record CancelRefused(String orderId) implements Message {}

    /** The kill switch, to the processor. */
    record Kill(boolean engaged) implements Message {}

    /** A pause of the market, to both services. */
    record Pause(boolean paused) implements Message {}
}

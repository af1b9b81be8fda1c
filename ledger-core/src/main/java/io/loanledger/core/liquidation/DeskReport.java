package io.loanledger.core.liquidation;

import io.loanledger.core.money.Quantity;
import java.time.Instant;

/**
 * The desk's word on an order's state, apart from its fills.
 *
 * <p>Reports can overtake one another. The newest is the one with the latest TransactTime; at the same time an end comes after no
 * end, a bust or correction after what it reverses, and the smaller CumQty of two busts, the larger of two others, is the later. So
 * the newest of a set of reports does not depend on the order in which they were read.
 *
 * @param transactTime the desk's time
 * @param reversal whether it reported a bust or a correction
 * @param cumQty what the desk counts as filled
 * @param ended whether the attempt is certainly over
 * @param rejected whether the desk refused the order
 */
public record DeskReport(Instant transactTime, boolean reversal, Quantity cumQty, boolean ended, boolean rejected) {
    static DeskReport of(ExecutionReport report) {
        return new DeskReport(
                report.transactTime(),
                report.execType().isReversal(),
                report.cumQty(),
                report.isCertainEnd(),
                report.ordStatus() == OrdStatus.REJECTED);
    }

    boolean isAfter(DeskReport other) {
        int order = transactTime.compareTo(other.transactTime);
        if (order == 0) {
            order = Boolean.compare(ended, other.ended);
        }
        if (order == 0) {
            order = Boolean.compare(reversal, other.reversal);
        }
        if (order == 0) {
            order = reversal ? other.cumQty.compareTo(cumQty) : cumQty.compareTo(other.cumQty);
        }
        return order > 0;
    }
}

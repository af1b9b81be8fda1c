package io.loanledger.core.liquidation;

import io.loanledger.core.money.Quantity;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A desk's report on an order (FIX ExecutionReport, MsgType 8), in the market's own units.
 *
 * @param desk SenderCompID (49)
 * @param orderId ClOrdID (11) of the order; for the answer to a cancel, OrigClOrdID (41)
 * @param execId ExecID (17), unique per desk and order
 * @param execRefId ExecRefID (19): the report that a bust or correction reverses; null otherwise
 * @param execType ExecType (150)
 * @param ordStatus OrdStatus (39)
 * @param lastQty LastQty (32); zero when this is no fill
 * @param lastPx LastPx (31), quote currency for one whole unit; zero when this is no fill
 * @param cumQty CumQty (14)
 * @param leavesQty LeavesQty (151)
 * @param commission Commission (12) of this fill, quote currency; negative is a rebate
 * @param transactTime TransactTime (60)
 */
public record ExecutionReport(
        String desk,
        String orderId,
        String execId,
        @Nullable String execRefId,
        ExecType execType,
        OrdStatus ordStatus,
        Quantity lastQty,
        BigDecimal lastPx,
        Quantity cumQty,
        Quantity leavesQty,
        BigDecimal commission,
        Instant transactTime) {
    public ExecutionReport {
        if (lastQty.isNegative() || cumQty.isNegative() || leavesQty.isNegative() || lastPx.signum() < 0) {
            throw new IllegalArgumentException("a report counts nothing negative: " + orderId + "/" + execId);
        }
        if (execType.isFill() && (!lastQty.isPositive() || lastPx.signum() == 0)) {
            throw new IllegalArgumentException("a fill has a quantity and a price: " + orderId + "/" + execId);
        }
        if (execType.isReversal() && execRefId == null) {
            throw new IllegalArgumentException("a reversal names what it reverses: " + orderId + "/" + execId);
        }
    }

    /**
     * Whether nothing more can be filled: Canceled, Expired or Rejected, or no quantity left and not merely done for the day. Filled
     * alone says nothing: some desks send it with the last fill but one.
     */
    boolean isCertainEnd() {
        return ordStatus.isEnd() || (leavesQty.isZero() && ordStatus != OrdStatus.DONE_FOR_DAY);
    }
}

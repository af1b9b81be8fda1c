package io.loanledger.local.sim;

import io.loanledger.events.ExecType;
import io.loanledger.events.ExecutionReport;
import io.loanledger.events.OrdStatus;
import io.loanledger.events.SellOrder;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;

/**
 * An order on the simulated desk's blotter and the reports that follow from it. Quantities in the collateral's units with eight
 * decimals, prices and commission in the debt currency: commission is 10 hundredths of a per cent of each fill, half-even to cents.
 * For the desk's thread only.
 */
final class WorkingOrder {

    private static final String DESK = "SIMULATED-DESK";
    private static final BigDecimal COMMISSION_RATE = new BigDecimal("0.0010");
    private static final int MONEY_SCALE = 2;
    private static final int PRICE_SCALE = 8;

    private final SellOrder order;
    private final String orderId;
    private final BigDecimal quantity;
    private final BigDecimal limit;
    private BigDecimal filled = BigDecimal.ZERO;
    private BigDecimal gross = BigDecimal.ZERO;
    private OrdStatus status = OrdStatus.NEW;
    private boolean acknowledged;
    private int reports;

    WorkingOrder(SellOrder order, String orderId) {
        this.order = order;
        this.orderId = orderId;
        this.quantity = new BigDecimal(order.getOrderQty());
        this.limit = new BigDecimal(order.getPrice());
    }

    SellOrder order() {
        return order;
    }

    String orderId() {
        return orderId;
    }

    OrdStatus status() {
        return status;
    }

    boolean isAcknowledged() {
        return acknowledged;
    }

    boolean isExpiredAt(Instant now) {
        return !now.isBefore(order.getExpireTime());
    }

    boolean sellsAt(BigDecimal price) {
        return price.compareTo(limit) >= 0;
    }

    BigDecimal open() {
        return quantity.subtract(filled);
    }

    boolean isComplete() {
        return open().signum() == 0;
    }

    ExecutionReport acknowledge(Instant at) {
        acknowledged = true;
        return report(ExecType.NEW, at).build();
    }

    ExecutionReport fill(BigDecimal sold, BigDecimal price, Instant at) {
        filled = filled.add(sold);
        BigDecimal value = sold.multiply(price);
        gross = gross.add(value);
        status = isComplete() ? OrdStatus.FILLED : OrdStatus.PARTIALLY_FILLED;
        return report(ExecType.TRADE, at)
                .setLastQty(sold.toPlainString())
                .setLastPx(price.toPlainString())
                .setCommission(value.multiply(COMMISSION_RATE)
                        .setScale(MONEY_SCALE, RoundingMode.HALF_EVEN)
                        .toPlainString())
                .build();
    }

    ExecutionReport expire(Instant at) {
        BigDecimal unsold = open();
        status = OrdStatus.EXPIRED;
        return report(ExecType.EXPIRED, at)
                .setLeavesQty("0")
                .setText(unsold.toPlainString() + " not sold by the expire time")
                .build();
    }

    ExecutionReport cancel(String clOrdId, Instant at) {
        status = OrdStatus.CANCELED;
        return report(ExecType.CANCELED, at)
                .setClOrdId(clOrdId)
                .setOrigClOrdId(order.getClOrdId())
                .setLeavesQty("0")
                .build();
    }

    /** The answer to a question about the order. */
    ExecutionReport stands(Instant at) {
        ExecutionReport.Builder report = report(ExecType.ORDER_STATUS, at);
        return switch (status) {
            case EXPIRED, CANCELED -> report.setLeavesQty("0").build();
            default -> report.build();
        };
    }

    private ExecutionReport.Builder report(ExecType type, Instant at) {
        reports++;
        return ExecutionReport.newBuilder()
                .setSenderCompId(DESK)
                .setOrderId(orderId)
                .setExecId(orderId + "-" + reports)
                .setClOrdId(order.getClOrdId())
                .setExecType(type)
                .setOrdStatus(status)
                .setSymbol(order.getSymbol())
                .setSide(order.getSide())
                .setCumQty(filled.toPlainString())
                .setLeavesQty(open().toPlainString())
                .setAvgPx(averagePrice().toPlainString())
                .setCurrency(order.getCurrency())
                .setTransactTime(at);
    }

    private BigDecimal averagePrice() {
        return filled.signum() == 0 ? BigDecimal.ZERO : gross.divide(filled, PRICE_SCALE, RoundingMode.HALF_EVEN);
    }

    /** A desk names itself in every message. */
    static String senderCompId() {
        return DESK;
    }
}

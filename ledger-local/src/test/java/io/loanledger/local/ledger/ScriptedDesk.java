package io.loanledger.local.ledger;

import io.loanledger.events.ExecType;
import io.loanledger.events.ExecutionReport;
import io.loanledger.events.OrdStatus;
import io.loanledger.events.SellOrder;
import io.loanledger.events.Side;
import io.loanledger.events.topic.TopicCatalogue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A desk that does what a test tells it, each time at the order's own price and for the same commission. */
final class ScriptedDesk {
    private final LedgerOnABroker broker;
    private final BigDecimal commission;
    private int reports;

    ScriptedDesk(LedgerOnABroker broker, BigDecimal commission) {
        this.broker = broker;
        this.commission = commission;
    }

    /** What a whole order brings: to the cent half-even, once an order. */
    static BigDecimal grossOf(SellOrder order) {
        return new BigDecimal(order.getOrderQty())
                .multiply(new BigDecimal(order.getPrice()))
                .setScale(2, RoundingMode.HALF_EVEN);
    }

    void takes(SellOrder order) {
        report(order, ExecType.NEW, BigDecimal.ZERO, BigDecimal.ZERO);
    }

    /** A fill, after which so much of the order is sold in all. */
    void sells(SellOrder order, BigDecimal quantity, BigDecimal cumulative) {
        report(order, ExecType.TRADE, quantity, cumulative);
    }

    private void report(SellOrder order, ExecType type, BigDecimal quantity, BigDecimal cumulative) {
        boolean trade = type == ExecType.TRADE;
        BigDecimal leaves = new BigDecimal(order.getOrderQty()).subtract(cumulative);
        OrdStatus status =
                !trade ? OrdStatus.NEW : leaves.signum() == 0 ? OrdStatus.FILLED : OrdStatus.PARTIALLY_FILLED;
        broker.send(
                TopicCatalogue.EXECUTIONS,
                order.getSymbol(),
                ExecutionReport.newBuilder()
                        .setSenderCompId("DESK")
                        .setOrderId("desk-" + order.getClOrdId())
                        .setExecId("E" + ++reports)
                        .setExecRefId(null)
                        .setClOrdId(order.getClOrdId())
                        .setOrigClOrdId(null)
                        .setExecType(type)
                        .setOrdStatus(status)
                        .setSymbol(order.getSymbol())
                        .setSide(Side.SELL)
                        .setLastQty(quantity.toPlainString())
                        .setLastPx(trade ? order.getPrice() : "0")
                        .setCumQty(cumulative.toPlainString())
                        .setLeavesQty(leaves.toPlainString())
                        .setAvgPx(trade ? order.getPrice() : "0")
                        .setCommission(trade ? commission.toPlainString() : "0")
                        .setCurrency(order.getCurrency())
                        .setTransactTime(Instant.now().truncatedTo(ChronoUnit.MICROS))
                        .setText(null)
                        .build());
    }
}

package io.loanledger.local.checker;

import io.loanledger.events.Allocation;
import io.loanledger.events.CollateralDetected;
import io.loanledger.events.ExecType;
import io.loanledger.events.ExecutionReport;
import io.loanledger.events.LiquidationDeclined;
import io.loanledger.events.LiquidationSettled;
import io.loanledger.events.OrdStatus;
import io.loanledger.events.OrdType;
import io.loanledger.events.SaleProceedsReceived;
import io.loanledger.events.SellOrder;
import io.loanledger.events.Side;
import io.loanledger.events.TimeInForce;
import io.loanledger.events.topic.TopicCatalogue;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.avro.generic.GenericRecord;

/** What happens to loans, as a script. Between the scenes the market is at 10,000. All loans are at home in partition 0. */
final class LedgerScenes {
    private LedgerScenes() {}

    /**
     * Lent, paid back 30 days later with a repeat, a contradiction and rubbish between, given back, paid again; then the bank takes
     * payments back that nobody can owe again.
     */
    static void lifeToClose(RecordedLedger ledger) {
        ledger.active("L1");
        ledger.repaid("p1", "L1", "100.00");
        ledger.repaid("p1", "L1", "100.00");
        ledger.repaid("p1", "L1", "200.00");
        ledger.repaid("p2", "L6", "1.00");
        ledger.send(
                TopicCatalogue.MOVEMENTS,
                "L1".getBytes(StandardCharsets.UTF_8),
                "rubbish".getBytes(StandardCharsets.UTF_8));
        ledger.priceAfter(Duration.ofDays(30).toSeconds(), "10000");
        ledger.repaid("p3", "L1", "6000.00", ledger.now.minus(Duration.ofDays(2)));
        ledger.released("L1", 1, "1.00000000");
        ledger.repaid("p4", "L1", "10.00");
        ledger.reversed("p1", "L1", "100.00");
        ledger.reversed("p3", "L1", "6000.00");
        ledger.reversed("p3", "L1", "6000.00");
    }

    /** Called at 70 %, cured by the price. */
    static void callAndCure(RecordedLedger ledger) {
        ledger.active("L2");
        ledger.priceAfter(1, "7142.85");
        ledger.priceAfter(1, "8400");
        ledger.priceAfter(1, "10000");
    }

    /** A payment in a partition that is not its loan's: another task sends it home. */
    static void stray(RecordedLedger ledger) {
        ledger.active("L7");
        ledger.repaidAstray("L7", "50.00");
    }

    /** Called, expired, sold after the expiry by an order in two fills. */
    static void expiry(RecordedLedger ledger) {
        ledger.active("L5");
        ledger.priceAfter(1, "7142.85");
        ledger.priceAfter(Duration.ofHours(26).toSeconds(), "7100");
        settle(ledger, "L5", "L5/case/1", "7100");
        ledger.priceAfter(1, "10000");
    }

    /** Called, and topped up a moment after the deadline with coin that, as is read last, had been seen before it. */
    static void seenInTime(RecordedLedger ledger) {
        ledger.active("L12");
        ledger.priceAfter(1, "7142.85");
        Instant deadline = ledger.now.plus(Duration.ofDays(1));
        ledger.price(deadline.plusSeconds(1), "7142.85");
        ledger.locked("L12", "more-coin-of-L12", "0.25000000");
        ledger.send(
                TopicCatalogue.COLLATERAL,
                "L12",
                new CollateralDetected(
                        ledger.nextId(),
                        deadline,
                        "test",
                        "L12",
                        "BTC",
                        "0.25000000",
                        RecordedLedger.proof("more-coin-of-L12"),
                        0));
        ledger.priceAfter(1, "10000");
    }

    /** At 80 % a part is sold, in one order of two fills. */
    static void sale(RecordedLedger ledger) {
        ledger.active("L3");
        ledger.priceAfter(1, "6250");
        settle(ledger, "L3", "L3/case/1", "6250");
        ledger.priceAfter(1, "10000");
    }

    /** Processor and desk: an order at the floor, two fills at it, a settlement after each. */
    static void settle(RecordedLedger ledger, String loanId, String caseId, String index) {
        BigDecimal quantity = new BigDecimal(reserved(ledger, caseId));
        BigDecimal price =
                new BigDecimal(index).multiply(new BigDecimal("0.98")).setScale(2);
        int version = Integer.parseInt(newest(ledger, Topics.REQUESTS, caseId, "version"));
        String market = newest(ledger, Topics.REQUESTS, caseId, "market");
        String orderId = "order-of-" + caseId;
        Instant now = ledger.now;
        ledger.tell(
                TopicCatalogue.ORDERS,
                market,
                new SellOrder(
                        orderId,
                        market,
                        Side.SELL,
                        quantity.toPlainString(),
                        OrdType.LIMIT,
                        price.toPlainString(),
                        "USD",
                        TimeInForce.GOOD_TILL_DATE,
                        now.plusSeconds(30),
                        now,
                        List.of(new Allocation(caseId, quantity.toPlainString())),
                        "block-1",
                        1,
                        1,
                        1L,
                        ledger.indexSequence(market)));
        ledger.now = ledger.now.plusMillis(10);
        BigDecimal first = new BigDecimal("0.10000000");
        fill(ledger, market, orderId, "X1", first, first, quantity.subtract(first), price);
        settled(ledger, loanId, caseId, version, first, gross(first, price), "1.00", false);
        fill(ledger, market, orderId, "X2", quantity.subtract(first), quantity, BigDecimal.ZERO, price);
        settled(ledger, loanId, caseId, version, quantity, gross(quantity, price), "2.00", true);
    }

    /** The processor has sold nothing of a case, and will not. */
    static void declined(RecordedLedger ledger, String loanId, String caseId, String reason) {
        ledger.send(
                TopicCatalogue.LIQUIDATION_REPLIES,
                loanId,
                new LiquidationDeclined(caseId, loanId, 1, reason, 1L, ledger.indexSequence(), ledger.now));
    }

    /** What the desk pays for a first case. */
    static void proceeds(RecordedLedger ledger, String loanId, String amount) {
        ledger.send(
                TopicCatalogue.MOVEMENTS,
                loanId,
                new SaleProceedsReceived(
                        ledger.nextId(),
                        ledger.now,
                        "test",
                        loanId,
                        loanId + "/case/1",
                        "paid-" + loanId,
                        amount,
                        "USD"));
    }

    /** A field of the newest record of a type, or of a case. */
    static String newest(RecordedLedger ledger, String topic, String type, String field) {
        WireReading reading = new WireReading(ledger.history);
        String newest = "";
        for (Message message : ledger.history.of(topic)) {
            GenericRecord record = reading.read(message.value()).record();
            if (record != null
                    && (record.getSchema().getName().equals(type)
                            || type.equals(String.valueOf(Terms.field(record, "caseId"))))
                    && Terms.field(record, field) != null) {
                newest = record.get(field).toString();
            }
        }
        return newest;
    }

    private static String gross(BigDecimal quantity, BigDecimal price) {
        return quantity.multiply(price)
                .setScale(2, java.math.RoundingMode.HALF_EVEN)
                .toPlainString();
    }

    private static String reserved(RecordedLedger ledger, String caseId) {
        WireReading reading = new WireReading(ledger.history);
        String reserved = "";
        for (Message message : ledger.history.of(Topics.REQUESTS)) {
            GenericRecord record = reading.read(message.value()).record();
            if (record != null && record.get("caseId").toString().equals(caseId)) {
                reserved = record.get("reservedQuantity").toString();
            }
        }
        return reserved;
    }

    private static void fill(
            RecordedLedger ledger,
            String market,
            String orderId,
            String execId,
            BigDecimal quantity,
            BigDecimal cumulative,
            BigDecimal leaves,
            BigDecimal price) {
        ledger.tell(
                TopicCatalogue.EXECUTIONS,
                market,
                ExecutionReport.newBuilder()
                        .setSenderCompId("DESK")
                        .setOrderId("desk-" + orderId)
                        .setExecId(execId)
                        .setExecRefId(null)
                        .setClOrdId(orderId)
                        .setOrigClOrdId(null)
                        .setExecType(ExecType.TRADE)
                        .setOrdStatus(leaves.signum() == 0 ? OrdStatus.FILLED : OrdStatus.PARTIALLY_FILLED)
                        .setSymbol(market)
                        .setSide(Side.SELL)
                        .setLastQty(quantity.toPlainString())
                        .setLastPx(price.toPlainString())
                        .setCumQty(cumulative.toPlainString())
                        .setLeavesQty(leaves.toPlainString())
                        .setAvgPx(price.toPlainString())
                        .setCommission("1.00")
                        .setCurrency("USD")
                        .setTransactTime(ledger.now)
                        .setText(null)
                        .build());
    }

    private static void settled(
            RecordedLedger ledger,
            String loanId,
            String caseId,
            int version,
            BigDecimal quantity,
            String gross,
            String fees,
            boolean last) {
        ledger.send(
                TopicCatalogue.LIQUIDATION_REPLIES,
                loanId,
                new LiquidationSettled(
                        caseId, loanId, 0, version, quantity.toPlainString(), gross, fees, last, ledger.now));
    }
}

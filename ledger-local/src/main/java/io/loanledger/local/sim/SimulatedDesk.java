package io.loanledger.local.sim;

import io.loanledger.events.ExecType;
import io.loanledger.events.ExecutionReport;
import io.loanledger.events.OrdStatus;
import io.loanledger.events.OrderCancel;
import io.loanledger.events.OrderCancelReject;
import io.loanledger.events.OrderStatusRequest;
import io.loanledger.events.PriceTick;
import io.loanledger.events.SellOrder;
import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.local.topic.RecordSink;
import io.loanledger.local.topic.TopicReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A simulated trading desk. It deals at the last trade of one simulated venue and stamps scenario time.
 *
 * <p>It acknowledges an order, then sells in one to four fills while the venue's price is at or over the limit; of 100 orders, 6 keep
 * a rest for the next minute. What is not sold by ExpireTime expires. Of 100 reports it sends 5 twice, as desks do. An order id that
 * it has seen before it ignores. Beyond that it has its {@link DeskTroubles}.
 */
public final class SimulatedDesk implements TopicReader {

    private static final int LOT_SCALE = 4;
    private static final int MOST_FILLS = 4;
    private static final int TWICE_OF_100 = 5;
    private static final int REST_OF_100 = 6;

    private final RecordSink outbox;
    private final ScenarioClock clock;
    private final SeededChoice choice;
    private final DeskTroubles troubles;
    private final Map<String, WorkingOrder> working = new LinkedHashMap<>();
    private final Map<String, WorkingOrder> ended = new HashMap<>();
    private final Map<String, OrderCancel> cancels = new LinkedHashMap<>();
    private final Map<String, OrderStatusRequest> questions = new LinkedHashMap<>();
    private final Map<String, BigDecimal> lastTrade = new HashMap<>();
    private final Map<String, Instant> restsUntil = new HashMap<>();
    private final Set<String> lostOrders = new HashSet<>();
    private int orders;

    public SimulatedDesk(RecordSink outbox, ScenarioClock clock, SeededChoice choice, DeskTroubles troubles) {
        this.outbox = outbox;
        this.clock = clock;
        this.choice = choice;
        this.troubles = troubles;
    }

    @Override
    public String name() {
        return "simulated-desk";
    }

    @Override
    public List<Topic> reads() {
        return List.of(TopicCatalogue.ORDERS, TopicCatalogue.TICKS_OF_VENUES);
    }

    @Override
    public void received(ConsumerRecord<String, SpecificRecord> read) {
        SpecificRecord record = read.value();
        if (record instanceof PriceTick tick) {
            if (tick.getVenue().equals(SimulatedVenues.DESK_VENUE) && tick.getPrice() != null) {
                lastTrade.put(tick.getMarket(), new BigDecimal(tick.getPrice()));
            }
        } else if (record instanceof SellOrder order) {
            if (!ended.containsKey(order.getClOrdId()) && !working.containsKey(order.getClOrdId())) {
                orders++;
                working.put(order.getClOrdId(), new WorkingOrder(order, "desk-order-" + orders));
            }
        } else if (record instanceof OrderCancel cancel) {
            cancels.put(cancel.getClOrdId(), cancel);
        } else if (record instanceof OrderStatusRequest question) {
            questions.put(question.getOrdStatusReqId(), question);
        } else {
            throw new IllegalStateException(name() + " does not know " + record.getClass());
        }
    }

    @Override
    public void attend() {
        Instant now = clock.now();
        if (troubles.isSilentAt(now)) {
            return;
        }
        Iterator<WorkingOrder> all = working.values().iterator();
        while (all.hasNext()) {
            WorkingOrder order = all.next();
            if (isLost(order.order().getClOrdId(), now)) {
                continue;
            }
            work(order, now);
            if (order.isComplete() || order.status() == OrdStatus.EXPIRED) {
                ended.put(order.order().getClOrdId(), order);
                all.remove();
            }
        }
        cancels.values().removeIf(cancel -> {
            if (isLost(cancel.getOrigClOrdId(), now)) {
                return false;
            }
            answer(cancel, now);
            return true;
        });
        questions.values().removeIf(question -> {
            if (isLost(question.getClOrdId(), now)) {
                return false;
            }
            answer(question, now);
            return true;
        });
    }

    private boolean isLost(String clOrdId, Instant now) {
        return lostOrders.contains(clOrdId) && now.isBefore(troubles.foundAt());
    }

    private void work(WorkingOrder order, Instant now) {
        String clOrdId = order.order().getClOrdId();
        if (!order.isAcknowledged()) {
            report(order, order.acknowledge(now));
            if (lostOrders.size() < troubles.ordersLost() && troubles.losesAt(now)) {
                lostOrders.add(clOrdId);
                return;
            }
            if (choice.below(100, "rests", clOrdId) < REST_OF_100) {
                restsUntil.put(clOrdId, now.plusSeconds(60));
            }
        }
        if (order.isExpiredAt(now)) {
            report(order, order.expire(now));
            return;
        }
        BigDecimal price = lastTrade.get(order.order().getSymbol());
        if (price != null && order.sellsAt(price)) {
            sell(order, price, now);
        }
    }

    private void sell(WorkingOrder order, BigDecimal price, Instant now) {
        String clOrdId = order.order().getClOrdId();
        boolean rests = now.isBefore(restsUntil.getOrDefault(clOrdId, Instant.MIN));
        if (rests && order.status() != OrdStatus.NEW) {
            return;
        }
        BigDecimal quantity = order.open();
        int fills = 1 + choice.below(MOST_FILLS, "fills", clOrdId);
        BigDecimal slice = quantity.divide(BigDecimal.valueOf(fills), LOT_SCALE, RoundingMode.DOWN);
        if (slice.signum() > 0) {
            for (int fill = 1; fill < fills; fill++) {
                quantity = quantity.subtract(slice);
                report(order, order.fill(slice, price, now));
            }
        }
        if (!rests) {
            report(order, order.fill(quantity, price, now));
        }
    }

    private void answer(OrderCancel cancel, Instant now) {
        WorkingOrder order = working.remove(cancel.getOrigClOrdId());
        if (order == null) {
            WorkingOrder known = ended.get(cancel.getOrigClOrdId());
            reject(cancel, known == null ? null : known.status(), now);
            return;
        }
        report(order, order.cancel(cancel.getClOrdId(), now));
        ended.put(cancel.getOrigClOrdId(), order);
    }

    /** How an order stands; one that was never read is Rejected, as FIX has it. Orders are read before questions about them. */
    private void answer(OrderStatusRequest question, Instant now) {
        WorkingOrder order = working.getOrDefault(question.getClOrdId(), ended.get(question.getClOrdId()));
        if (order != null) {
            report(order, order.stands(now));
            return;
        }
        outbox.send(
                TopicCatalogue.EXECUTIONS,
                question.getSymbol(),
                ExecutionReport.newBuilder()
                        .setSenderCompId(WorkingOrder.senderCompId())
                        .setOrderId("NONE")
                        .setExecId(question.getOrdStatusReqId())
                        .setClOrdId(question.getClOrdId())
                        .setExecType(ExecType.ORDER_STATUS)
                        .setOrdStatus(OrdStatus.REJECTED)
                        .setSymbol(question.getSymbol())
                        .setSide(question.getSide())
                        .setCumQty("0")
                        .setLeavesQty("0")
                        .setAvgPx("0")
                        .setCurrency("")
                        .setTransactTime(now)
                        .build());
    }

    private void reject(OrderCancel cancel, @Nullable OrdStatus status, Instant now) {
        OrderCancelReject reject = OrderCancelReject.newBuilder()
                .setSenderCompId(WorkingOrder.senderCompId())
                .setOrderId(status == null ? "NONE" : cancel.getOrigClOrdId())
                .setClOrdId(cancel.getClOrdId())
                .setOrigClOrdId(cancel.getOrigClOrdId())
                .setOrdStatus(status == null ? OrdStatus.REJECTED : status)
                // FIX tag 102: 0 is too late to cancel, 1 is unknown order.
                .setCxlRejReason(status == null ? "1" : "0")
                .setTransactTime(now)
                .build();
        outbox.send(TopicCatalogue.EXECUTIONS, cancel.getSymbol(), reject);
    }

    private void report(WorkingOrder order, ExecutionReport report) {
        outbox.send(TopicCatalogue.EXECUTIONS, order.order().getSymbol(), report);
        if (choice.below(100, "twice", report.getExecId()) < TWICE_OF_100) {
            outbox.send(TopicCatalogue.EXECUTIONS, order.order().getSymbol(), report);
        }
    }
}

package io.loanledger.local.demo;

import io.loanledger.events.Allocation;
import io.loanledger.events.Disburse;
import io.loanledger.events.ExecType;
import io.loanledger.events.ExecutionReport;
import io.loanledger.events.IndexPrice;
import io.loanledger.events.LiquidationDeclined;
import io.loanledger.events.LiquidationRequested;
import io.loanledger.events.LiquidationSettled;
import io.loanledger.events.MarginCallCured;
import io.loanledger.events.MarginCallIssued;
import io.loanledger.events.SellOrder;
import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.local.topic.TopicReader;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A read_committed consumer that follows the public topics while the demo runs: it tells the conductor when scenario time may go on,
 * the display what to show, and it notes when each order could first be read. It decides nothing about the ledger, and the report
 * takes nothing from it but those times of arrival.
 *
 * <p>Fed by one thread; the questions may be asked from any.
 */
final class LedgerWatch implements TopicReader {

    /** What has been seen so far. */
    record Counts(
            long disbursements,
            long marginCalls,
            long cures,
            long requests,
            long orders,
            long fills,
            long openCases,
            String lastPrice) {}

    private final Map<String, Instant> arrivals = new HashMap<>();
    private final Set<String> unansweredOrders = new HashSet<>();
    private final Set<String> unplacedCases = new HashSet<>();
    private final Set<String> openCases = new HashSet<>();
    private final Set<String> fillKeys = new HashSet<>();
    private Instant lastIndexTime = Instant.MIN;
    private String lastPrice = "";
    private long lastActivity = System.nanoTime();
    private long disbursements;
    private long marginCalls;
    private long cures;
    private long requests;

    @Override
    public String name() {
        return "demo-watch";
    }

    @Override
    public List<Topic> reads() {
        return List.of(
                TopicCatalogue.INDEX_PRICES,
                TopicCatalogue.PAYMENT_INSTRUCTIONS,
                TopicCatalogue.CUSTODY_INSTRUCTIONS,
                TopicCatalogue.MARGIN_CALLS,
                TopicCatalogue.LIQUIDATION_REQUESTS,
                TopicCatalogue.LIQUIDATION_REPLIES,
                TopicCatalogue.ORDERS,
                TopicCatalogue.EXECUTIONS);
    }

    @Override
    public synchronized void received(ConsumerRecord<String, SpecificRecord> read) {
        SpecificRecord record = read.value();
        if (record instanceof IndexPrice index) {
            noteIndex(index);
        } else {
            lastActivity = System.nanoTime();
            note(record);
        }
        notifyAll();
    }

    private void note(SpecificRecord record) {
        if (record instanceof Disburse) {
            disbursements++;
        } else if (record instanceof MarginCallIssued) {
            marginCalls++;
        } else if (record instanceof MarginCallCured) {
            cures++;
        } else if (record instanceof LiquidationRequested request) {
            requests++;
            openCases.add(request.getCaseId());
            unplacedCases.add(request.getCaseId());
        } else if (record instanceof LiquidationDeclined declined) {
            openCases.remove(declined.getCaseId());
            unplacedCases.remove(declined.getCaseId());
        } else if (record instanceof LiquidationSettled settled && settled.getFinalSettlement()) {
            openCases.remove(settled.getCaseId());
            unplacedCases.remove(settled.getCaseId());
        } else if (record instanceof SellOrder order) {
            noteOrder(order);
        } else if (record instanceof ExecutionReport report) {
            noteReport(report);
        }
    }

    private void noteIndex(IndexPrice index) {
        if (index.getPriceTime().isAfter(lastIndexTime)) {
            lastIndexTime = index.getPriceTime();
            lastPrice = index.getMarket() + " " + index.getPrice();
        }
    }

    private void noteOrder(SellOrder order) {
        if (arrivals.putIfAbsent(order.getClOrdId(), Instant.now()) == null) {
            unansweredOrders.add(order.getClOrdId());
        }
        for (Allocation allocation : order.getAllocations()) {
            unplacedCases.remove(allocation.getAllocAccount());
        }
    }

    private void noteReport(ExecutionReport report) {
        unansweredOrders.remove(report.getClOrdId());
        if (report.getExecType() == ExecType.TRADE) {
            fillKeys.add(report.getClOrdId() + "/" + report.getExecId());
        }
    }

    synchronized Counts counts() {
        return new Counts(
                disbursements,
                marginCalls,
                cures,
                requests,
                arrivals.size(),
                fillKeys.size(),
                openCases.size(),
                lastPrice);
    }

    /** When each order was first read, by its ClOrdID. */
    synchronized Map<String, Instant> orderArrivals() {
        return Map.copyOf(arrivals);
    }

    /** Whether the desk owes an answer, or the ledger's processor an order. */
    synchronized boolean isSomethingUnanswered() {
        return !unansweredOrders.isEmpty() || !unplacedCases.isEmpty();
    }

    synchronized boolean hasOpenCases() {
        return !openCases.isEmpty();
    }

    /** How long nothing but prices has been read. */
    synchronized Duration quietFor() {
        return Duration.ofNanos(System.nanoTime() - lastActivity);
    }

    /** Waits until an index price of this time or a later one was read; says whether it came in time. */
    boolean awaitIndexAt(Instant time, Duration deadline) throws InterruptedException {
        return await(() -> !lastIndexTime.isBefore(time), deadline);
    }

    /** Waits until nothing is unanswered; says whether that came in time. */
    boolean awaitAnswers(Duration deadline) throws InterruptedException {
        return await(() -> unansweredOrders.isEmpty() && unplacedCases.isEmpty(), deadline);
    }

    /** Waits until this many disbursements were instructed; says whether that came in time. */
    boolean awaitDisbursements(long count, Duration deadline) throws InterruptedException {
        return await(() -> disbursements >= count, deadline);
    }

    private synchronized boolean await(BooleanSupplier holds, Duration deadline) throws InterruptedException {
        long giveUpAt = System.nanoTime() + deadline.toNanos();
        while (!holds.getAsBoolean()) {
            long left = giveUpAt - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            // Rounded up: a wait of 0 ms would wait for ever.
            wait(Duration.ofNanos(left).toMillis() + 1);
        }
        return true;
    }
}

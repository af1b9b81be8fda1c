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
import io.loanledger.events.OrdStatus;
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

    private static final Set<OrdStatus> ENDED =
            Set.of(OrdStatus.FILLED, OrdStatus.CANCELED, OrdStatus.EXPIRED, OrdStatus.REJECTED);

    /** So long nothing but prices, and it counts as standing still. */
    private static final Duration STILL = Duration.ofMillis(60);

    private static final long LOOK_MILLIS = 20;

    private final Map<String, Instant> arrivals = new HashMap<>();
    private final Set<String> unansweredOrders = new HashSet<>();
    private final Set<String> workingOrders = new HashSet<>();
    private final Set<String> answeredOrders = new HashSet<>();
    private final Set<String> endedOrders = new HashSet<>();
    private final Set<String> placedCases = new HashSet<>();
    private final Set<String> endedCases = new HashSet<>();
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
            noteRequest(request.getCaseId());
        } else if (record instanceof LiquidationDeclined declined) {
            noteEnd(declined.getCaseId());
        } else if (record instanceof LiquidationSettled settled && settled.getFinalSettlement()) {
            noteEnd(settled.getCaseId());
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

    private void noteRequest(String caseId) {
        requests++;
        if (!endedCases.contains(caseId)) {
            openCases.add(caseId);
            if (!placedCases.contains(caseId)) {
                unplacedCases.add(caseId);
            }
        }
    }

    private void noteEnd(String caseId) {
        endedCases.add(caseId);
        openCases.remove(caseId);
        unplacedCases.remove(caseId);
    }

    private void noteOrder(SellOrder order) {
        if (arrivals.putIfAbsent(order.getClOrdId(), Instant.now()) == null) {
            // Topics are read side by side: the answer may have been read before the order.
            if (!answeredOrders.contains(order.getClOrdId())) {
                unansweredOrders.add(order.getClOrdId());
            }
            if (!endedOrders.contains(order.getClOrdId())) {
                workingOrders.add(order.getClOrdId());
            }
        }
        for (Allocation allocation : order.getAllocations()) {
            placedCases.add(allocation.getAllocAccount());
            unplacedCases.remove(allocation.getAllocAccount());
        }
    }

    private void noteReport(ExecutionReport report) {
        String order = report.getOrigClOrdId() == null ? report.getClOrdId() : report.getOrigClOrdId();
        answeredOrders.add(order);
        unansweredOrders.remove(order);
        if (ENDED.contains(report.getOrdStatus())) {
            endedOrders.add(order);
            workingOrders.remove(order);
        }
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

    /** What is under way, for a message. */
    synchronized String open() {
        return "%d sales open, %d without an order %s, %d orders without an answer, %d at work %s"
                .formatted(
                        openCases.size(),
                        unplacedCases.size(),
                        unplacedCases.stream().limit(2).toList(),
                        unansweredOrders.size(),
                        workingOrders.size(),
                        workingOrders.stream().limit(2).toList());
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

    /**
     * Waits until every order was answered and every case has an order, or waits for one that the desk still works on while nothing
     * moves: such a case can only wait for time to go on. Says whether that came in time.
     */
    boolean awaitAnswers(Duration deadline) throws InterruptedException {
        return await(
                () -> unansweredOrders.isEmpty()
                        && (unplacedCases.isEmpty()
                                || (!workingOrders.isEmpty() && quietFor().compareTo(STILL) > 0)),
                deadline);
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
            // Not for the whole time: some conditions come true because nothing happens.
            wait(Math.min(Duration.ofNanos(left).toMillis() + 1, LOOK_MILLIS));
        }
        return true;
    }
}

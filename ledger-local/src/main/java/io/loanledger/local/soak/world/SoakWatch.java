package io.loanledger.local.soak.world;

import io.loanledger.events.Disburse;
import io.loanledger.events.LiquidationDeclined;
import io.loanledger.events.LiquidationRequested;
import io.loanledger.events.LiquidationSettled;
import io.loanledger.events.MarginCallIssued;
import io.loanledger.events.SellOrder;
import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.local.topic.TopicReader;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Counts what the ledger and the processor say while a soak runs, for the line of progress and for knowing when all is drained. The verdict
 * takes nothing from it. Fed by one thread; may be asked by any.
 */
public final class SoakWatch implements TopicReader {

    /** What has been seen so far; each thing once, however often it was written. */
    public record Counts(long loans, long marginCalls, long cases, long openCases, long orders, long lastActivity) {}

    private final Set<String> loans = new HashSet<>();
    private final Set<String> calls = new HashSet<>();
    private final Set<String> cases = new HashSet<>();
    private final Set<String> ended = new HashSet<>();
    private final Set<String> orders = new HashSet<>();
    private long lastActivity = System.nanoTime();

    @Override
    public String name() {
        return "soak-watch";
    }

    @Override
    public List<Topic> reads() {
        return List.of(
                TopicCatalogue.PAYMENT_INSTRUCTIONS,
                TopicCatalogue.MARGIN_CALLS,
                TopicCatalogue.LIQUIDATION_REQUESTS,
                TopicCatalogue.LIQUIDATION_REPLIES,
                TopicCatalogue.ORDERS);
    }

    @Override
    public synchronized void received(ConsumerRecord<String, SpecificRecord> read) {
        lastActivity = System.nanoTime();
        SpecificRecord record = read.value();
        if (record instanceof Disburse disburse) {
            loans.add(disburse.getLoanId());
        } else if (record instanceof MarginCallIssued call) {
            calls.add(call.getCallId());
        } else if (record instanceof LiquidationRequested request) {
            cases.add(request.getCaseId());
        } else if (record instanceof LiquidationDeclined declined) {
            ended.add(declined.getCaseId());
        } else if (record instanceof LiquidationSettled settled && settled.getFinalSettlement()) {
            ended.add(settled.getCaseId());
        } else if (record instanceof SellOrder order) {
            orders.add(order.getClOrdId());
        }
    }

    public synchronized Counts counts() {
        // Replies may be read before the request that they answer.
        long openCases = cases.stream().filter(id -> !ended.contains(id)).count();
        return new Counts(loans.size(), calls.size(), cases.size(), openCases, orders.size(), lastActivity);
    }
}

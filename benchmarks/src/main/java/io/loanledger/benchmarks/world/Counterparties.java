package io.loanledger.benchmarks.world;

import io.loanledger.events.Disburse;
import io.loanledger.events.DisbursementConfirmed;
import io.loanledger.events.ExecType;
import io.loanledger.events.ExecutionReport;
import io.loanledger.events.OrdStatus;
import io.loanledger.events.SellOrder;
import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.local.topic.RecordSink;
import io.loanledger.local.topic.TopicReader;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A bank that pays out at once, and a desk that sells every order whole, at its limit, in the moment it reads it. */
public final class Counterparties implements TopicReader {

    private static final String BANK = "bench-bank";
    private static final String DESK = "bench-desk";

    private final RecordSink outbox;
    private final AtomicInteger paidOut = new AtomicInteger();

    public Counterparties(RecordSink outbox) {
        this.outbox = outbox;
    }

    /** Payouts that were confirmed so far. */
    public int paidOut() {
        return paidOut.get();
    }

    @Override
    public String name() {
        return "bench-counterparties";
    }

    @Override
    public List<Topic> reads() {
        return List.of(TopicCatalogue.PAYMENT_INSTRUCTIONS, TopicCatalogue.ORDERS);
    }

    @Override
    public void received(ConsumerRecord<String, SpecificRecord> read) {
        if (read.value() instanceof Disburse instruction) {
            confirm(instruction);
        } else if (read.value() instanceof SellOrder order) {
            sell(order);
        }
    }

    private void confirm(Disburse instruction) {
        outbox.send(
                TopicCatalogue.MOVEMENTS,
                instruction.getLoanId(),
                DisbursementConfirmed.newBuilder()
                        .setEventId("disbursed-" + instruction.getInstructionId())
                        .setOccurredAt(Instant.now())
                        .setProducer(BANK)
                        .setLoanId(instruction.getLoanId())
                        .setInstructionId(instruction.getInstructionId())
                        .setAmount(instruction.getAmount())
                        .setAsset(instruction.getAsset())
                        .build());
        paidOut.incrementAndGet();
    }

    private void sell(SellOrder order) {
        outbox.send(
                TopicCatalogue.EXECUTIONS,
                order.getSymbol(),
                ExecutionReport.newBuilder()
                        .setSenderCompId(DESK)
                        .setOrderId("desk-" + order.getClOrdId())
                        .setExecId("fill-" + order.getClOrdId())
                        .setClOrdId(order.getClOrdId())
                        .setExecType(ExecType.TRADE)
                        .setOrdStatus(OrdStatus.FILLED)
                        .setSymbol(order.getSymbol())
                        .setSide(order.getSide())
                        .setLastQty(order.getOrderQty())
                        .setLastPx(order.getPrice())
                        .setCommission("0")
                        .setCumQty(order.getOrderQty())
                        .setLeavesQty("0")
                        .setAvgPx(order.getPrice())
                        .setCurrency(order.getCurrency())
                        .setTransactTime(Instant.now())
                        .build());
    }
}

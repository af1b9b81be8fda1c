package io.loanledger.local.sim;

import io.loanledger.events.CancelDisbursement;
import io.loanledger.events.Disburse;
import io.loanledger.events.DisbursementConfirmed;
import io.loanledger.events.LiquidationSettled;
import io.loanledger.events.PaySurplus;
import io.loanledger.events.RepaymentReceived;
import io.loanledger.events.RepaymentReversed;
import io.loanledger.events.SaleProceedsReceived;
import io.loanledger.events.SurplusPaid;
import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.local.topic.RecordSink;
import io.loanledger.local.topic.TopicReader;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A simulated bank: pays out what the ledger instructs, reports what borrowers pay in, and receives the desk's money for each sale
 * that is final: gross less the desk's commission.
 *
 * <p>A disbursement is confirmed when its instruction is read, so that a cancellation always comes too late, as it may with an
 * instant payment; the ledger must cope. {@link #repay} is for any thread.
 */
public final class SimulatedPayments implements TopicReader {

    private static final String PRODUCER = "simulated-payments";

    private final RecordSink outbox;
    private final ScenarioClock clock;
    private final Map<String, BigDecimal> proceeds = new HashMap<>();

    public SimulatedPayments(RecordSink outbox, ScenarioClock clock) {
        this.outbox = outbox;
        this.clock = clock;
    }

    /** A borrower's money arrives. {@code occasion} tells two payments of a loan apart. */
    public void repay(String loanId, BigDecimal amount, String occasion) {
        RepaymentReceived received = RepaymentReceived.newBuilder()
                .setEventId("repaid-" + loanId + "-" + occasion)
                .setOccurredAt(clock.now())
                .setProducer(PRODUCER)
                .setLoanId(loanId)
                .setPaymentReference("payment-" + loanId + "-" + occasion)
                .setAmount(amount.toPlainString())
                .setAsset(DemoProducts.DEBT_ASSET)
                .build();
        outbox.send(TopicCatalogue.MOVEMENTS, loanId, received);
    }

    /** Money that had arrived is gone again, as a direct debit that is returned. The figures are those of {@link #repay}. */
    public void bounce(String loanId, BigDecimal amount, String occasion) {
        RepaymentReversed reversed = RepaymentReversed.newBuilder()
                .setEventId("bounced-" + loanId + "-" + occasion)
                .setOccurredAt(clock.now())
                .setProducer(PRODUCER)
                .setLoanId(loanId)
                .setPaymentReference("payment-" + loanId + "-" + occasion)
                .setAmount(amount.toPlainString())
                .setAsset(DemoProducts.DEBT_ASSET)
                .setReason("returned by the payer's bank")
                .build();
        outbox.send(TopicCatalogue.MOVEMENTS, loanId, reversed);
    }

    @Override
    public String name() {
        return PRODUCER;
    }

    @Override
    public List<Topic> reads() {
        return List.of(TopicCatalogue.PAYMENT_INSTRUCTIONS, TopicCatalogue.LIQUIDATION_REPLIES);
    }

    @Override
    public void received(ConsumerRecord<String, SpecificRecord> read) {
        SpecificRecord record = read.value();
        if (record instanceof Disburse disburse) {
            confirm(disburse);
        } else if (record instanceof PaySurplus surplus) {
            paySurplus(surplus);
        } else if (record instanceof LiquidationSettled settled && settled.getFinalSettlement()) {
            receiveProceeds(settled);
        } else if (record instanceof CancelDisbursement) {
            // The money has left: the confirmation is on its way.
            return;
        }
    }

    private void confirm(Disburse instruction) {
        DisbursementConfirmed confirmed = DisbursementConfirmed.newBuilder()
                .setEventId("disbursed-" + instruction.getInstructionId())
                .setOccurredAt(clock.now())
                .setProducer(PRODUCER)
                .setLoanId(instruction.getLoanId())
                .setInstructionId(instruction.getInstructionId())
                .setAmount(instruction.getAmount())
                .setAsset(instruction.getAsset())
                .build();
        outbox.send(TopicCatalogue.MOVEMENTS, instruction.getLoanId(), confirmed);
    }

    private void paySurplus(PaySurplus instruction) {
        SurplusPaid paid = SurplusPaid.newBuilder()
                .setEventId("surplus-" + instruction.getInstructionId())
                .setOccurredAt(clock.now())
                .setProducer(PRODUCER)
                .setLoanId(instruction.getLoanId())
                .setInstructionId(instruction.getInstructionId())
                .setAmount(instruction.getAmount())
                .setAsset(instruction.getAsset())
                .build();
        outbox.send(TopicCatalogue.MOVEMENTS, instruction.getLoanId(), paid);
    }

    /** The desk pays what its last word adds to what it has paid before; a repeated word adds nothing. */
    private void receiveProceeds(LiquidationSettled settled) {
        BigDecimal owed = new BigDecimal(settled.getCumGross()).subtract(new BigDecimal(settled.getCumFees()));
        BigDecimal amount = owed.subtract(proceeds.getOrDefault(settled.getCaseId(), BigDecimal.ZERO));
        if (amount.signum() <= 0) {
            return;
        }
        proceeds.put(settled.getCaseId(), owed);
        String reference = settled.getCaseId() + "-through-" + owed.toPlainString();
        SaleProceedsReceived received = SaleProceedsReceived.newBuilder()
                .setEventId("proceeds-" + reference)
                .setOccurredAt(clock.now())
                .setProducer(PRODUCER)
                .setLoanId(settled.getLoanId())
                .setCaseId(settled.getCaseId())
                .setPaymentReference(reference)
                .setAmount(amount.toPlainString())
                .setAsset(DemoProducts.DEBT_ASSET)
                .build();
        outbox.send(TopicCatalogue.MOVEMENTS, settled.getLoanId(), received);
    }
}

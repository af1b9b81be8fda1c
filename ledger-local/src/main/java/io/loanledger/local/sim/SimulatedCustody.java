package io.loanledger.local.sim;

import io.loanledger.events.BitcoinOutpoint;
import io.loanledger.events.CollateralDelivered;
import io.loanledger.events.CollateralDetected;
import io.loanledger.events.CollateralLocked;
import io.loanledger.events.CollateralProof;
import io.loanledger.events.CollateralProofKind;
import io.loanledger.events.CollateralReleased;
import io.loanledger.events.DeliverCollateral;
import io.loanledger.events.ReleaseCollateral;
import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.local.topic.RecordSink;
import io.loanledger.local.topic.TopicReader;
import java.math.BigDecimal;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A simulated bitcoin custodian: reports coin that borrowers send to it, and carries out every instruction of the ledger at once.
 * Its chain confirms a deposit in the moment it is seen. {@link #deposit} is for any thread.
 */
public final class SimulatedCustody implements TopicReader {

    private static final String PRODUCER = "simulated-custody";
    private static final int CONFIRMATIONS = 3;

    private final RecordSink outbox;
    private final ScenarioClock clock;
    private final SeededChoice choice;

    public SimulatedCustody(RecordSink outbox, ScenarioClock clock, SeededChoice choice) {
        this.outbox = outbox;
        this.clock = clock;
        this.choice = choice;
    }

    /** A borrower's coin arrives on the loan's address: seen, then locked. {@code occasion} tells two deposits of a loan apart. */
    public void deposit(String loanId, BigDecimal quantity, String occasion) {
        CollateralProof proof = CollateralProof.newBuilder()
                .setKind(CollateralProofKind.BITCOIN_OUTPOINT)
                .setBitcoinOutpoint(BitcoinOutpoint.newBuilder()
                        .setChain(DemoProducts.BITCOIN)
                        .setTxid(choice.transactionId("deposit", loanId + "/" + occasion))
                        .setVout(0)
                        .build())
                .build();
        CollateralDetected detected = CollateralDetected.newBuilder()
                .setEventId("detected-" + loanId + "-" + occasion)
                .setOccurredAt(clock.now())
                .setProducer(PRODUCER)
                .setLoanId(loanId)
                .setAsset(DemoProducts.COLLATERAL_ASSET)
                .setQuantity(quantity.toPlainString())
                .setProof(proof)
                .setConfirmations(0)
                .build();
        outbox.send(TopicCatalogue.COLLATERAL, loanId, detected);
        CollateralLocked locked = CollateralLocked.newBuilder()
                .setEventId("locked-" + loanId + "-" + occasion)
                .setOccurredAt(clock.now())
                .setProducer(PRODUCER)
                .setLoanId(loanId)
                .setAsset(DemoProducts.COLLATERAL_ASSET)
                .setQuantity(quantity.toPlainString())
                .setProof(proof)
                .setConfirmations(CONFIRMATIONS)
                .build();
        outbox.send(TopicCatalogue.COLLATERAL, loanId, locked);
    }

    @Override
    public String name() {
        return PRODUCER;
    }

    @Override
    public List<Topic> reads() {
        return List.of(TopicCatalogue.CUSTODY_INSTRUCTIONS);
    }

    @Override
    public void received(ConsumerRecord<String, SpecificRecord> read) {
        SpecificRecord record = read.value();
        if (record instanceof ReleaseCollateral release) {
            release(release);
        } else if (record instanceof DeliverCollateral deliver) {
            deliver(deliver);
        } else {
            throw new IllegalStateException(name() + " cannot carry out " + record.getClass());
        }
    }

    private void release(ReleaseCollateral instruction) {
        CollateralReleased released = CollateralReleased.newBuilder()
                .setEventId("released-" + instruction.getInstructionId())
                .setOccurredAt(clock.now())
                .setProducer(PRODUCER)
                .setLoanId(instruction.getLoanId())
                .setInstructionId(instruction.getInstructionId())
                .setAsset(instruction.getAsset())
                .setQuantity(instruction.getQuantity())
                .setTransactionReference(choice.transactionId("release", instruction.getInstructionId()))
                .build();
        outbox.send(TopicCatalogue.COLLATERAL, instruction.getLoanId(), released);
    }

    private void deliver(DeliverCollateral instruction) {
        CollateralDelivered delivered = CollateralDelivered.newBuilder()
                .setEventId("delivered-" + instruction.getInstructionId())
                .setOccurredAt(clock.now())
                .setProducer(PRODUCER)
                .setLoanId(instruction.getLoanId())
                .setCaseId(instruction.getCaseId())
                .setAsset(instruction.getAsset())
                .setQuantity(instruction.getQuantity())
                .setTransactionReference(choice.transactionId("delivery", instruction.getInstructionId()))
                .build();
        outbox.send(TopicCatalogue.COLLATERAL, instruction.getLoanId(), delivered);
    }
}

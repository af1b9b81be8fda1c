package io.loanledger.local.sim;

import io.loanledger.events.BitcoinOutpoint;
import io.loanledger.events.BuyBack;
import io.loanledger.events.CollateralDelivered;
import io.loanledger.events.CollateralDetected;
import io.loanledger.events.CollateralLocked;
import io.loanledger.events.CollateralProof;
import io.loanledger.events.CollateralProofKind;
import io.loanledger.events.CollateralReconverted;
import io.loanledger.events.CollateralReleased;
import io.loanledger.events.CustodyStatement;
import io.loanledger.events.DeliverCollateral;
import io.loanledger.events.Rejection;
import io.loanledger.events.ReleaseCollateral;
import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.local.topic.RecordSink;
import io.loanledger.local.topic.TopicReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A simulated bitcoin custodian: reports coin that borrowers send to it, and carries out every instruction of the ledger at once.
 * Its chain confirms a deposit in the moment it is seen; coin that the ledger refuses goes back where it came from. Once a day it
 * states for each loan what it holds, from its own books. {@link #deposit} and {@link #misplace} are for any thread.
 */
public final class SimulatedCustody implements TopicReader {

    private static final String PRODUCER = "simulated-custody";
    private static final int CONFIRMATIONS = 3;
    private static final int COIN_SCALE = 8;
    private static final Duration STATEMENT_EVERY = Duration.ofDays(1);
    private static final Duration LATER = Duration.ofMinutes(1);

    /** What lies here for one loan, and when that is stated next. */
    private static final class Holding {
        final String loanId;
        BigDecimal quantity = BigDecimal.ZERO;
        Instant lastMovedAt = Instant.EPOCH;
        Instant due;

        Holding(String loanId, Instant due) {
            this.loanId = loanId;
            this.due = due;
        }
    }

    private final RecordSink outbox;
    private final ScenarioClock clock;
    private final SeededChoice choice;
    private final Supplier<BigDecimal> price;
    private final Map<String, Holding> holdings = new HashMap<>();
    private final Map<String, BigDecimal> locks = new HashMap<>();
    private final PriorityQueue<Holding> statements = new PriorityQueue<>(
            Comparator.comparing((Holding holding) -> holding.due).thenComparing(holding -> holding.loanId));

    /**
     * The custodian of a lender.
     *
     * @param price what a coin costs where the treasury buys it back, in dollars
     */
    public SimulatedCustody(RecordSink outbox, ScenarioClock clock, SeededChoice choice, Supplier<BigDecimal> price) {
        this.outbox = outbox;
        this.clock = clock;
        this.choice = choice;
        this.price = price;
    }

    /** A borrower's coin arrives on the loan's address: seen, then locked. {@code occasion} tells two deposits of a loan apart. */
    public synchronized void deposit(String loanId, BigDecimal quantity, String occasion) {
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
        locks.put(locked.getEventId(), quantity);
        move(loanId, quantity);
    }

    /** Loses coin without saying so: the next statement shows it. */
    public synchronized void misplace(String loanId, BigDecimal quantity) {
        move(loanId, quantity.negate());
    }

    @Override
    public String name() {
        return PRODUCER;
    }

    @Override
    public List<Topic> reads() {
        return List.of(TopicCatalogue.CUSTODY_INSTRUCTIONS, TopicCatalogue.REJECTIONS);
    }

    @Override
    public synchronized void received(ConsumerRecord<String, SpecificRecord> read) {
        SpecificRecord record = read.value();
        if (record instanceof ReleaseCollateral release) {
            release(release);
        } else if (record instanceof DeliverCollateral deliver) {
            deliver(deliver);
        } else if (record instanceof BuyBack purchase) {
            buyBack(purchase);
        } else if (record instanceof Rejection rejection) {
            sendBack(rejection);
        } else {
            throw new IllegalStateException(name() + " cannot carry out " + record.getClass());
        }
    }

    @Override
    public synchronized void attend() {
        Instant now = clock.now();
        for (Holding next = statements.peek(); next != null && !next.due.isAfter(now); next = statements.peek()) {
            statements.remove();
            if (!next.lastMovedAt.isBefore(now)) {
                next.due = now.plus(LATER); // a statement counts only if it is later than the last movement
                statements.add(next);
            } else {
                state(next, now);
            }
        }
    }

    private void state(Holding holding, Instant now) {
        CustodyStatement statement = CustodyStatement.newBuilder()
                .setEventId("statement-" + holding.loanId + "-" + now)
                .setOccurredAt(now)
                .setProducer(PRODUCER)
                .setLoanId(holding.loanId)
                .setAsset(DemoProducts.COLLATERAL_ASSET)
                .setQuantity(holding.quantity.toPlainString())
                .build();
        outbox.send(TopicCatalogue.COLLATERAL, holding.loanId, statement);
        if (holding.quantity.signum() == 0) {
            holdings.remove(holding.loanId); // the account is closed; a later deposit opens another
        } else {
            holding.due = now.plus(STATEMENT_EVERY);
            statements.add(holding);
        }
    }

    private void move(String loanId, BigDecimal quantity) {
        Instant now = clock.now();
        Holding holding = holdings.computeIfAbsent(loanId, id -> {
            Holding opened = new Holding(
                    id,
                    now.plus(Duration.ofMinutes(
                            1 + choice.below((int) STATEMENT_EVERY.toMinutes(), "first statement", id))));
            statements.add(opened);
            return opened;
        });
        holding.quantity = holding.quantity.add(quantity);
        holding.lastMovedAt = now;
    }

    /** The ledger does not want this coin, for instance because the loan is closed. */
    private void sendBack(Rejection rejection) {
        String eventId = rejection.getEventId();
        BigDecimal refused = eventId == null ? null : locks.remove(eventId);
        if (refused != null) {
            move(rejection.getLoanId(), refused.negate());
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
        move(instruction.getLoanId(), new BigDecimal(instruction.getQuantity()).negate());
    }

    /** Buys as much as the money allows, rounded down to the coin's places; the books say that all of it was spent. */
    private void buyBack(BuyBack instruction) {
        BigDecimal quantity = new BigDecimal(instruction.getSpend()).divide(price.get(), COIN_SCALE, RoundingMode.DOWN);
        CollateralReconverted reconverted = CollateralReconverted.newBuilder()
                .setEventId("reconverted-" + instruction.getInstructionId())
                .setOccurredAt(clock.now())
                .setProducer(PRODUCER)
                .setLoanId(instruction.getLoanId())
                .setInstructionId(instruction.getInstructionId())
                .setAsset(instruction.getAsset())
                .setQuantity(quantity.toPlainString())
                .setSpent(instruction.getSpend())
                .setSpentAsset(instruction.getSpendAsset())
                .setTransactionReference(choice.transactionId("purchase", instruction.getInstructionId()))
                .build();
        outbox.send(TopicCatalogue.COLLATERAL, instruction.getLoanId(), reconverted);
        move(instruction.getLoanId(), quantity);
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
        move(instruction.getLoanId(), new BigDecimal(instruction.getQuantity()).negate());
    }
}

package io.loanledger.streams.task;

import io.loanledger.events.BorrowerLoanDefaulted;
import io.loanledger.events.BorrowerLoanLive;
import io.loanledger.events.BorrowerLoanOver;
import io.loanledger.events.ClaimDenied;
import io.loanledger.events.ClaimGranted;
import io.loanledger.events.ClaimRequested;
import io.loanledger.events.ClaimWithdrawn;
import io.loanledger.events.CrossDefaultDeclared;
import io.loanledger.events.OperatorSkip;
import io.loanledger.events.serde.Decoded;
import io.loanledger.events.serde.PatientReader;
import io.loanledger.events.serde.RecordReader;
import io.loanledger.events.serde.RecordWriter;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.streams.LedgerNames;
import java.time.Instant;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Grants each proof of collateral to at most one loan in the whole book (invariant OneOutpointOneLoan): every claim of a proof
 * comes to the one partition of its key, whatever loans ask. A loan that asks again is told the same; one that gives its proof
 * back frees it. The store holds the holder's id by proof. One stream thread.
 *
 * <p>It also knows the loans of each borrower whose default is that of all: loans live in partitions of their own, and the borrower's key
 * brings what is said of them to one place. What is said twice changes nothing.
 */
public final class ClaimTask implements Processor<byte[], byte[], Object, byte[]> {
    /** Before a borrower's id, in the store as in the topic; no proof begins like that. */
    private static final String BORROWER = "borrower:";

    private final TaskParts parts;
    private @Nullable Running running;

    public ClaimTask(TaskParts parts) {
        this.parts = parts;
    }

    private record Running(
            ProcessorContext<Object, byte[]> context,
            KeyValueStore<String, String> holders,
            PatientReader reader,
            Outbox outbox,
            DeadLetters deadLetters) {}

    @Override
    public void init(ProcessorContext<Object, byte[]> context) {
        Outbox outbox = new Outbox(context, new RecordWriter(parts.ids()), LedgerNames::claimSinkOf);
        running = new Running(
                context,
                context.getStateStore(LedgerNames.CLAIMS_STORE),
                new PatientReader(new RecordReader(parts.registry())),
                outbox,
                new DeadLetters(outbox, parts.meters()));
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Running task = Objects.requireNonNull(running, "init comes first");
        Arrival arrival = Arrival.of(record, task.context().recordMetadata().orElseThrow());
        task.outbox().at(arrival.appendedAtMillis());
        OperatorSkip order = parts.skips().at(arrival.topic(), arrival.partition(), arrival.offset());
        if (order != null) {
            // No loan and no journal here: the dead letter and the order itself are what remains.
            task.deadLetters().put(arrival, DeadLetters.Reason.OPERATOR_SKIP, "by order " + order.getEventId());
            return;
        }
        switch (task.reader().read(TopicCatalogue.CLAIM_REQUESTS, arrival.value())) {
            case Decoded.Readable readable -> answer(task, readable.value(), arrival.appendedAtMillis());
            case Decoded.Unreadable unreadable ->
                task.deadLetters().put(arrival, unreadable.reason(), unreadable.detail());
            case Decoded.Unavailable unavailable -> throw unavailable.cause();
        }
    }

    private static void answer(Running task, SpecificRecord request, long appendedAtMillis) {
        Instant at = Instant.ofEpochMilli(appendedAtMillis);
        switch (request) {
            case ClaimRequested asked -> {
                String loanId = asked.getLoanId();
                String proof = asked.getOutpoint();
                String holder = task.holders().putIfAbsent(proof, loanId);
                SpecificRecord result = holder == null || holder.equals(loanId)
                        ? new ClaimGranted(proof, loanId, at)
                        : new ClaimDenied(proof, loanId, at, "the proof backs another loan");
                task.outbox().send(TopicCatalogue.CLAIM_RESULTS, loanId, result);
            }
            case ClaimWithdrawn withdrawn -> {
                if (withdrawn.getLoanId().equals(task.holders().get(withdrawn.getOutpoint()))) {
                    task.holders().delete(withdrawn.getOutpoint());
                }
            }
            case BorrowerLoanLive live -> {
                BorrowersLoans loans = loansOf(task, live.getBorrowerId());
                String cause = loans.knows(live.getLoanId()) ? null : loans.defaultedBeside(live.getLoanId());
                put(task, live.getBorrowerId(), loans.with(live.getLoanId(), false));
                if (cause != null) {
                    declare(task, live.getBorrowerId(), live.getLoanId(), cause, at);
                }
            }
            case BorrowerLoanDefaulted defaulted -> {
                BorrowersLoans loans = loansOf(task, defaulted.getBorrowerId());
                put(task, defaulted.getBorrowerId(), loans.with(defaulted.getLoanId(), true));
                for (String other : loans.soundBeside(defaulted.getLoanId())) {
                    declare(task, defaulted.getBorrowerId(), other, defaulted.getLoanId(), at);
                }
            }
            case BorrowerLoanOver over ->
                put(
                        task,
                        over.getBorrowerId(),
                        loansOf(task, over.getBorrowerId()).without(over.getLoanId()));
            default ->
                throw new IllegalStateException(
                        "no such claim: " + request.getSchema().getName());
        }
    }

    private static BorrowersLoans loansOf(Running task, String borrowerId) {
        return BorrowersLoans.of(task.holders().get(BORROWER + borrowerId));
    }

    private static void put(Running task, String borrowerId, BorrowersLoans loans) {
        task.holders().put(BORROWER + borrowerId, loans.text());
    }

    private static void declare(Running task, String borrowerId, String loanId, String cause, Instant at) {
        task.outbox()
                .send(TopicCatalogue.CLAIM_RESULTS, loanId, new CrossDefaultDeclared(loanId, borrowerId, cause, at));
    }
}

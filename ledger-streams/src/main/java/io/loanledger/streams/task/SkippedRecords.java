package io.loanledger.streams.task;

import io.loanledger.core.loan.LoanEvent;
import io.loanledger.events.OperatorSkip;
import io.loanledger.events.service.Invariant;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.streams.wire.Cause;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows what operators ordered: sets a record aside in its turn instead of taking it, and lifts the quarantine that a record had
 * begun. Both are in the journal, in the chain of the loan concerned, else in that of the partition itself
 * ({@link PartitionSubject}). One thread.
 */
final class SkippedRecords {
    private static final Logger LOG = LoggerFactory.getLogger(SkippedRecords.class);

    private final OperatorSkips orders;
    private final FactIntake facts;
    private final LoanBook book;
    private final Sweep sweep;
    private final DeadLetters deadLetters;
    private final String subject;

    SkippedRecords(
            OperatorSkips orders,
            FactIntake facts,
            LoanBook book,
            Sweep sweep,
            DeadLetters deadLetters,
            String subject) {
        this.orders = orders;
        this.facts = facts;
        this.book = book;
        this.sweep = sweep;
        this.deadLetters = deadLetters;
        this.subject = subject;
    }

    /** Whether this record was to be set aside; then it has been. A strayed one is known by either of its places. */
    boolean setAside(Arrival arrival) {
        OperatorSkip order = orders.at(arrival.topic(), arrival.partition(), arrival.offset());
        Arrival origin = arrival;
        if (order == null && arrival.topic().equals(TopicCatalogue.STRAYED.name())) {
            Arrival first = arrival.fromOrigin();
            if (first != null) {
                origin = first;
                order = orders.at(first.topic(), first.partition(), first.offset());
            }
        }
        if (order == null) {
            return false;
        }
        deadLetters.put(
                origin, DeadLetters.Reason.OPERATOR_SKIP, "by order " + order.getEventId() + ": " + order.getReason());
        if (arrival.topic().equals(TopicCatalogue.CONTINUATIONS.name())) {
            sweep.end(arrival.keyText());
        }
        LoanEvent.RecordSkipped event = OperatorSkips.event(order);
        Cause cause = Cause.withoutEventId(arrival.topic(), arrival.partition(), arrival.offset());
        String loanId = facts.loanAtHome(origin);
        if ((loanId == null || !book.skip(loanId, event, cause)) && !book.skip(subject, event, cause)) {
            throw new IllegalStateException(Invariant.TASK_STATE.title() + ": " + subject
                    + " cannot be read, and nothing is skipped without a trace in the journal");
        }
        LOG.warn("{} is skipped by order {}", arrival.place(), order.getEventId());
        return true;
    }

    /** An order came with the fanned terms: it stands for records that are still to come, and lifts what the record had caused. */
    void ordered(OperatorSkip order, Arrival at) {
        Cause cause = Cause.withoutEventId(at.topic(), at.partition(), at.offset());
        List<String> quarantined = book.quarantinedAt(order.getTopic(), order.getPartition(), order.getOffset());
        for (String loanId : quarantined) {
            if (order.getLoanId() != null && !order.getLoanId().equals(loanId)) {
                continue;
            }
            if (book.skip(loanId, OperatorSkips.event(order), cause)) {
                LOG.warn("the quarantine of {} is lifted by order {}", loanId, order.getEventId());
            } else {
                LOG.error("loan {} cannot be read: its quarantine stands", loanId);
            }
        }
    }
}

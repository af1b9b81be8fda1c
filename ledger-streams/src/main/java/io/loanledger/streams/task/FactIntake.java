package io.loanledger.streams.task;

import io.loanledger.core.loan.Decision;
import io.loanledger.core.loan.FactHead;
import io.loanledger.core.loan.LoanEvent;
import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.loan.Refusal;
import io.loanledger.core.trigger.LoanSlots;
import io.loanledger.events.serde.Decoded;
import io.loanledger.events.serde.PatientReader;
import io.loanledger.events.service.Invariant;
import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.Topic.KeyKind;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.streams.LedgerMeters;
import io.loanledger.streams.wire.Cause;
import io.loanledger.streams.wire.InputMapping;
import io.loanledger.streams.wire.MappedInput;
import io.loanledger.streams.wire.OutputMapping;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes records that are keyed by a loan: checks that the key is one and lives here, reads the bytes, and has the input decided.
 * Nothing is lost on the way: bytes without a meaning become dead letters, records from elsewhere go home, what the business
 * refuses becomes a rejection with its reason, a repeat is counted, and what comes for a quarantined loan is set aside as it came.
 */
final class FactIntake {
    private static final Logger LOG = LoggerFactory.getLogger(FactIntake.class);

    /** What stands in a text for bytes that are no UTF-8, unless it was sent. */
    private static final char REPLACED = '\uFFFD';

    private final PatientReader reader;
    private final InputMapping mapping = new InputMapping();
    private final StrayRouter router;
    private final LoanBook book;
    private final Outbox outbox;
    private final DeadLetters deadLetters;
    private final LedgerMeters meters;

    FactIntake(
            PatientReader reader,
            StrayRouter router,
            LoanBook book,
            Outbox outbox,
            DeadLetters deadLetters,
            LedgerMeters meters) {
        this.reader = reader;
        this.router = router;
        this.book = book;
        this.outbox = outbox;
        this.deadLetters = deadLetters;
        this.meters = meters;
    }

    /** A record that another task sent home. */
    void takeStrayed(Arrival strayed) {
        Arrival origin = strayed.fromOrigin();
        if (origin == null || !isKeyedByLoan(origin.topic())) {
            deadLetters.put(strayed, DeadLetters.Reason.STRAY_WITHOUT_ORIGIN, "no topic of loans in its headers");
            return;
        }
        take(origin);
    }

    void take(Arrival arrival) {
        byte[] key = arrival.key();
        if (key == null || key.length == 0) {
            deadLetters.put(arrival, DeadLetters.Reason.NO_KEY, "a loan's record needs its id as key");
            return;
        }
        String loanId = text(key);
        if (loanId == null) {
            deadLetters.put(
                    arrival,
                    DeadLetters.Reason.MALFORMED_KEY,
                    "not UTF-8 of at most " + LoanSlots.MAX_ID_BYTES + " bytes");
            return;
        }
        if (loanId.startsWith(PartitionSubject.PREFIX)) {
            deadLetters.put(
                    arrival, DeadLetters.Reason.RESERVED_KEY, "no loan's id begins with " + PartitionSubject.PREFIX);
            return;
        }
        if (!router.isHome(arrival, key)) {
            return;
        }
        Topic topic = TopicCatalogue.byName(arrival.topic()).orElseThrow();
        switch (reader.read(topic, arrival.value())) {
            case Decoded.Readable readable -> map(arrival, loanId, readable.value());
            case Decoded.Unreadable unreadable -> deadLetters.put(arrival, unreadable.reason(), unreadable.detail());
            case Decoded.Unavailable unavailable -> throw unavailable.cause();
        }
    }

    /** The loan of a record that is not taken; null if its topic has none as key, its key is none, or belongs elsewhere. */
    @Nullable
    String loanAtHome(Arrival arrival) {
        byte[] key = arrival.key();
        if (!isKeyedByLoan(arrival.topic()) || key == null || key.length == 0 || !router.belongsHere(key)) {
            return null;
        }
        String loanId = text(key);
        return loanId == null || loanId.startsWith(PartitionSubject.PREFIX) ? null : loanId;
    }

    private void map(Arrival arrival, String loanId, SpecificRecord record) {
        Instant appendedAt = Instant.ofEpochMilli(arrival.appendedAtMillis());
        long digest = mapping.contentDigest(Objects.requireNonNull(arrival.value()));
        switch (mapping.map(loanId, record, digest, appendedAt)) {
            case MappedInput.Read read -> decide(arrival, loanId, record, read.input());
            case MappedInput.Refused refused -> reject(arrival, loanId, record, refused.refusal(), refused.detail());
            case MappedInput.Unreadable unreadable ->
                deadLetters.put(arrival, unreadable.reason(), unreadable.detail());
        }
    }

    private void decide(Arrival arrival, String loanId, SpecificRecord record, LoanInput input) {
        switch (book.decide(loanId, input, cause(arrival, input))) {
            case Decision.Accepted accepted -> noteReconciliation(loanId, input, accepted);
            case Decision.Repeated repeated -> meters.duplicate();
            case Decision.Refused refused -> {
                if (refused.refusal() == Refusal.LOAN_QUARANTINED) {
                    deadLetters.put(arrival, refused.refusal(), refused.detail());
                } else {
                    reject(arrival, loanId, record, refused.refusal(), refused.detail());
                }
            }
        }
    }

    /** A difference is for people: whoever runs the ledger hears of it at once. */
    private void noteReconciliation(String loanId, LoanInput input, Decision.Accepted accepted) {
        if (input instanceof LoanInput.CustodyStatement) {
            meters.custodyStatement();
        }
        for (Decision.Step step : accepted.steps()) {
            if (step.event() instanceof LoanEvent.ReconciliationDifferenceFound found) {
                LOG.error("loan {} differs from what others say: {}", loanId, found);
            }
        }
    }

    private void reject(Arrival arrival, String loanId, SpecificRecord record, Refusal refusal, String detail) {
        Cause cause = new Cause(arrival.topic(), arrival.partition(), arrival.offset(), eventId(record), 0, null);
        Instant appendedAt = Instant.ofEpochMilli(arrival.appendedAtMillis());
        outbox.send(OutputMapping.rejection(
                loanId, refusal, detail, record.getSchema().getName(), cause, appendedAt));
        meters.rejected(refusal.name());
        if (refusal == Refusal.CONFLICTING_DUPLICATE) {
            LOG.error("the event id of {} came before with other content, loan {}", arrival.place(), loanId);
        } else if (refusal == Refusal.SETTLEMENT_EXCEEDS_RESERVATION) {
            meters.invariantBroken(Invariant.SELL_BOUND);
            LOG.error("{} calls more irrevocable than was reserved, loan {}: {}", arrival.place(), loanId, detail);
        }
    }

    private static Cause cause(Arrival arrival, LoanInput input) {
        FactHead head = input.factHead();
        return head == null
                ? Cause.withoutEventId(arrival.topic(), arrival.partition(), arrival.offset())
                : new Cause(
                        arrival.topic(),
                        arrival.partition(),
                        arrival.offset(),
                        head.eventId(),
                        head.contentDigest(),
                        head.occurredAt());
    }

    private static @Nullable String eventId(SpecificRecord record) {
        Schema.Field field = record.getSchema().getField("eventId");
        return field == null ? null : (String) record.get(field.pos());
    }

    private static boolean isKeyedByLoan(String topic) {
        return TopicCatalogue.byName(topic)
                .filter(found -> found.key() == KeyKind.LOAN)
                .isPresent();
    }

    private static @Nullable String text(byte[] key) {
        if (key.length > LoanSlots.MAX_ID_BYTES) {
            return null;
        }
        String text = new String(key, StandardCharsets.UTF_8);
        return text.indexOf(REPLACED) < 0 ? text : strictly(key);
    }

    private static @Nullable String strictly(byte[] key) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(key))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return null;
        }
    }
}

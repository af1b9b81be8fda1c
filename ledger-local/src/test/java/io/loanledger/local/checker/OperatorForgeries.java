package io.loanledger.local.checker;

import java.util.List;
import org.apache.avro.generic.GenericRecord;

/** Histories in which a quarantine does not hold, or an order of operators is none. */
final class OperatorForgeries {
    private OperatorForgeries() {}

    static List<Forgery> all() {
        return List.of(
                new Forgery("a quarantine that nobody lifted", Check.QUARANTINE_HOLDS, forger -> {
                    forger.remove(
                            Topics.JOURNAL,
                            event -> Forger.loanOf(event).equals("Q3")
                                    && List.of("RecordSkipped", "QuarantineLifted")
                                            .contains(event.getSchema().getName()));
                    forger.mendJournal();
                }),
                new Forgery("a payment booked in quarantine", Check.QUARANTINE_HOLDS, forger -> {
                    forger.remove(
                            Topics.JOURNAL,
                            event -> Forger.loanOf(event).equals("Q1")
                                    && List.of("RecordSkipped", "QuarantineLifted")
                                            .contains(event.getSchema().getName()));
                    forger.mendJournal();
                }),
                new Forgery(
                        "an input in quarantine that is gone",
                        Check.INPUT_HAS_ONE_EFFECT,
                        forger -> forger.history.remove(
                                Topics.DEAD_LETTERS,
                                message -> Topics.MOVEMENTS.equals(message.header("dlq.topic"))
                                        && Quarantines.KEPT.equals(message.header("dlq.reason")))),
                new Forgery(
                        "what broke a loan, and is gone",
                        Check.QUARANTINE_HOLDS,
                        forger -> forger.history.remove(
                                Topics.DEAD_LETTERS,
                                message -> Topics.COLLATERAL.equals(message.header("dlq.topic"))
                                        && Quarantines.KEPT.equals(message.header("dlq.reason")))),
                new Forgery("a sale that goes on in quarantine", Check.QUARANTINE_HOLDS, forger -> {
                    forger.remove(Topics.JOURNAL, Forger.is("LiquidationAmended", "Q3"));
                    forger.mendJournal();
                }),
                new Forgery("an input kept for a quarantine that never was", Check.DEAD_LETTER_JUSTIFIED, forger -> {
                    forger.remove(
                            Topics.JOURNAL,
                            event -> Forger.loanOf(event).equals("Q1")
                                    && List.of("LoanQuarantined", "RecordSkipped", "QuarantineLifted")
                                            .contains(event.getSchema().getName()));
                    forger.mendJournal();
                }),
                new Forgery(
                        "an order of one operator",
                        Check.SKIP_ORDERED,
                        forger -> forger.alter(
                                Topics.TERMS,
                                "OperatorSkip",
                                order -> true,
                                order -> ((List<?>) order.get("approvals")).removeLast())),
                new Forgery(
                        "an order that one operator signed twice",
                        Check.SKIP_ORDERED,
                        forger -> forger.alter(Topics.TERMS, "OperatorSkip", order -> true, order -> {
                            @SuppressWarnings("unchecked")
                            List<Object> approvals = (List<Object>) order.get("approvals");
                            approvals.set(1, approvals.getFirst());
                        })),
                new Forgery(
                        "an order under another's key",
                        Check.SKIP_ORDERED,
                        forger -> forger.alter(
                                Topics.TERMS,
                                "OperatorSkip",
                                order -> true,
                                order -> ((GenericRecord) ((List<?>) order.get("approvals")).getLast())
                                        .put("keyId", "mallory-1"))),
                new Forgery(
                        "an order altered after it was signed",
                        Check.SKIP_ORDERED,
                        forger -> forger.alter(
                                Topics.TERMS,
                                "OperatorSkip",
                                order -> true,
                                order -> order.put("producer", "somebody-else"))),
                new Forgery(
                        "a record skipped by nobody",
                        Check.SKIP_ORDERED,
                        forger -> forger.remove(
                                Topics.TERMS,
                                order -> order.get("eventId").toString().equals("skip-6"))),
                new Forgery("a skip that the journal does not have", Check.SKIP_ORDERED, forger -> {
                    forger.remove(Topics.JOURNAL, Forger.is("RecordSkipped", "Q6"));
                    forger.mendJournal();
                }),
                new Forgery("a skipped stray that no journal has", Check.SKIP_ORDERED, forger -> {
                    forger.remove(Topics.JOURNAL, Forger.is("RecordSkipped", "S2"));
                    forger.mendJournal();
                }),
                new Forgery(
                        "a skipped record that is gone",
                        Check.SKIP_ORDERED,
                        forger -> forger.history.remove(
                                Topics.DEAD_LETTERS,
                                message -> Quarantines.SKIPPED.equals(message.header("dlq.reason")))));
    }
}

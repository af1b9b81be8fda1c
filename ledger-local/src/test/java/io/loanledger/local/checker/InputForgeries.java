package io.loanledger.local.checker;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;

/** Histories in which an input has no effect, or two, or the wrong one. */
final class InputForgeries {
    private InputForgeries() {}

    static List<Forgery> all() {
        return List.of(
                new Forgery("a payment without an effect", Check.INPUT_HAS_ONE_EFFECT, forger -> {
                    forger.remove(Topics.JOURNAL, forger.fromOn("RepaymentApplied", "L1"));
                    forger.mendJournal();
                }),
                new Forgery("a payment booked twice", Check.INPUT_HAS_ONE_EFFECT, forger -> {
                    forger.repeat(Topics.JOURNAL, Forger.is("RepaymentApplied", "L1"), event -> {});
                    forger.mendJournal();
                }),
                new Forgery("a price that must call and did not", Check.BREACH_IMPLIES_ACTION, forger -> {
                    forger.remove(Topics.JOURNAL, forger.fromOn("MarginCallIssued", "L2"));
                    forger.mendJournal();
                }),
                new Forgery("a breach that was not sold", Check.BREACH_IMPLIES_ACTION, forger -> {
                    forger.remove(Topics.JOURNAL, forger.fromOn("LiquidationRequested", "L3"));
                    forger.mendJournal();
                }),
                new Forgery("a deadline that did not act", Check.DEADLINE_ACTS, forger -> {
                    forger.remove(Topics.JOURNAL, forger.fromOn("MarginCallExpired", "L5"));
                    forger.mendJournal();
                }),
                new Forgery("a late cure accepted", Check.DECISION_RECOMPUTED, InputForgeries::cureLate),
                new Forgery(
                        "a rejection for another reason",
                        Check.REJECTION_JUSTIFIED,
                        forger -> forger.alter(
                                Topics.REJECTIONS,
                                "Rejection",
                                rejection -> true,
                                rejection -> rejection.put("reason", "LOAN_CLOSED"))),
                new Forgery(
                        "a rejection gone",
                        Check.INPUT_HAS_ONE_EFFECT,
                        forger -> forger.remove(Topics.REJECTIONS, rejection -> true)),
                new Forgery(
                        "a rejection of what was applied",
                        Check.INPUT_HAS_ONE_EFFECT,
                        forger -> forger.alter(
                                Topics.REJECTIONS,
                                "Rejection",
                                rejection -> true,
                                rejection -> rejection.put("offset", 1L))),
                new Forgery(
                        "a rejection of nothing",
                        Check.REJECTION_JUSTIFIED,
                        forger -> forger.alter(
                                Topics.REJECTIONS,
                                "Rejection",
                                rejection -> true,
                                rejection -> rejection.put("offset", 999L))),
                new Forgery(
                        "rubbish that went nowhere",
                        Check.INPUT_HAS_ONE_EFFECT,
                        forger -> forger.history.remove(Topics.DEAD_LETTERS, letter -> true)),
                new Forgery(
                        "a good record set aside",
                        Check.DEAD_LETTER_JUSTIFIED,
                        forger -> forger.history.replace(Topics.DEAD_LETTERS, letter -> true, letter -> at(letter, 2))),
                new Forgery("rubbish set aside twice", Check.DEAD_LETTER_JUSTIFIED, forger -> {
                    Message letter = forger.history.of(Topics.DEAD_LETTERS).getFirst();
                    forger.history.append(Topics.DEAD_LETTERS, 0, letter.key(), letter.value(), letter.headers());
                }));
    }

    /** The same letter, about another offset. */
    private static Message at(Message letter, long offset) {
        Map<String, byte[]> headers = new HashMap<>(letter.headers());
        headers.put("dlq.offset", Long.toString(offset).getBytes(StandardCharsets.UTF_8));
        return new Message(
                letter.topic(), 0, letter.offset(), letter.timestampMillis(), letter.key(), letter.value(), headers);
    }

    /** Instead of the expiry the journal says that the price of that moment cured the call, though its deadline was over. */
    private static void cureLate(Forger forger) {
        Message cured = forger.history.of(Topics.JOURNAL).stream()
                .filter(message -> Forger.is("MarginCallCured", "L2").test(forger.record(message)))
                .findFirst()
                .orElseThrow();
        Message expired = forger.history.of(Topics.JOURNAL).stream()
                .filter(message -> Forger.is("MarginCallExpired", "L5").test(forger.record(message)))
                .findFirst()
                .orElseThrow();
        GenericRecord forged = forger.record(cured);
        GenericRecord header = (GenericRecord) forger.record(expired).get("header");
        GenericRecord own = (GenericRecord) forged.get("header");
        for (var field : own.getSchema().getFields()) {
            own.put(field.pos(), header.get(field.name()));
        }
        forged.put("callId", "L5/call/1");
        byte[] value = Forger.encode(cured.value(), forged);
        forger.history.replace(
                Topics.JOURNAL,
                message -> message.offset() == expired.offset(),
                message -> new Message(
                        message.topic(),
                        0,
                        message.offset(),
                        message.timestampMillis(),
                        message.key(),
                        value,
                        Map.of()));
        forger.remove(Topics.JOURNAL, forger.fromOn("LiquidationRequested", "L5"));
        forger.mendJournal();
    }
}

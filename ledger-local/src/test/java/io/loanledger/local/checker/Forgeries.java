package io.loanledger.local.checker;

import java.util.function.Predicate;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** What is forged alike in many histories; numbers and hashes are made to fit again. */
final class Forgeries {
    private Forgeries() {}

    /** A field of the first event of a type, by its path. */
    static Forgery altered(String what, String type, String path, @Nullable Object value) {
        return altered(what, type, path, value, Check.DECISION_RECOMPUTED);
    }

    static Forgery altered(String what, String type, String path, @Nullable Object value, Check check) {
        return altered(what, event -> event.getSchema().getName().equals(type), path, value, check);
    }

    /** A field of the first event that fits. */
    static Forgery altered(
            String what, Predicate<GenericRecord> which, String path, @Nullable Object value, Check check) {
        return new Forgery(what, check, forger -> {
            forger.alter(Topics.JOURNAL, which, event -> put(event, path, value));
            forger.mendJournal();
        });
    }

    private static void put(GenericRecord event, String path, @Nullable Object value) {
        int slash = path.indexOf('/');
        if (slash >= 0) {
            put((GenericRecord) event.get(path.substring(0, slash)), path.substring(slash + 1), value);
        } else if (value != null && event.get(path) instanceof GenericData.EnumSymbol symbol) {
            event.put(path, new GenericData.EnumSymbol(symbol.getSchema(), value.toString()));
        } else {
            event.put(path, value);
        }
    }

    /** All events of a loan from one on are gone. */
    static Forgery goneFrom(String what, String loanId, Predicate<GenericRecord> from, Check check) {
        return new Forgery(what, check, forger -> {
            boolean[] begun = new boolean[1];
            forger.remove(Topics.JOURNAL, event -> {
                boolean ofLoan = Forger.loanOf(event).equals(loanId);
                begun[0] |= ofLoan && from.test(event);
                return begun[0] && ofLoan;
            });
            forger.mendJournal();
        });
    }

    static Forgery goneFrom(String what, String loanId, String type, Check check) {
        return goneFrom(what, loanId, event -> event.getSchema().getName().equals(type), check);
    }

    /** All events of a loan are gone from the decision on that has the first event of a type. */
    static Forgery decisionGoneFrom(String what, String loanId, String type, Check check) {
        return new Forgery(what, check, forger -> {
            GenericRecord first = forger.first(Topics.JOURNAL, Forger.is(type, loanId));
            boolean[] begun = new boolean[1];
            forger.remove(Topics.JOURNAL, event -> {
                boolean ofLoan = Forger.loanOf(event).equals(loanId);
                begun[0] |= ofLoan && cause(event).equals(cause(first));
                return begun[0] && ofLoan;
            });
            forger.mendJournal();
        });
    }

    private static String cause(GenericRecord event) {
        GenericRecord header = (GenericRecord) event.get("header");
        return header.get("causeTopic") + " " + header.get("causePartition") + " " + header.get("causeOffset");
    }

    /** A rejection under another reason. */
    static Forgery rejected(String what, String reason, String another) {
        return new Forgery(
                what,
                Check.REJECTION_JUSTIFIED,
                forger -> forger.alter(
                        Topics.REJECTIONS,
                        "Rejection",
                        rejection -> rejection.get("reason").toString().equals(reason),
                        rejection -> put(rejection, "reason", another)));
    }
}

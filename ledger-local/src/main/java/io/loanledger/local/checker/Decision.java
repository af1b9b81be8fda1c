package io.loanledger.local.checker;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** The events of one input for one loan, as the journal has them. */
final class Decision {
    static final String DIFFERENCE = "ReconciliationDifference";

    final Header header;
    final List<GenericRecord> events = new ArrayList<>();
    final List<Header> headers = new ArrayList<>();

    Decision(Header header) {
        this.header = header;
    }

    void add(Header next, GenericRecord event) {
        headers.add(next);
        events.add(event);
    }

    /** Whether a record goes on with this decision. */
    boolean goesOnWith(Header next) {
        return next.step() == headers.size() + 1
                && next.step() > 1
                && next.loanId().equals(header.loanId())
                && next.cause().equals(header.cause());
    }

    /**
     * Takes the differences of the reconciliation out: they move nothing and are not recomputed. Returns whether the custodian is
     * short of coin from here on, as the journal says; null when it says nothing of it.
     */
    @Nullable
    Boolean takeDifferencesOut(Tally tally) {
        Boolean custodianIsShort = null;
        for (Iterator<GenericRecord> each = events.iterator(); each.hasNext(); ) {
            GenericRecord event = each.next();
            String type = event.getSchema().getName();
            if (type.startsWith(DIFFERENCE)) {
                each.remove();
                tally.note("differences of the reconciliation, stated and not recomputed", 1);
                if (event.get("kind").toString().equals("HELD")) {
                    custodianIsShort =
                            type.endsWith("Found") && number(event, "theirs").compareTo(number(event, "ours")) < 0;
                }
            }
        }
        return custodianIsShort;
    }

    private static BigDecimal number(GenericRecord event, String field) {
        Object value = event.get(field);
        return new BigDecimal((value instanceof GenericRecord amount ? amount.get("amount") : value).toString());
    }

    String firstType() {
        return events.isEmpty() ? DIFFERENCE : events.getFirst().getSchema().getName();
    }

    String place() {
        return "journal-" + header.partition() + "#" + header.sequence() + " loan " + header.loanId();
    }

    String types() {
        return events.stream()
                .map(event -> event.getSchema().getName())
                .toList()
                .toString();
    }
}

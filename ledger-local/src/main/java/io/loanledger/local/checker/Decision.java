package io.loanledger.local.checker;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.generic.GenericRecord;

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

    /** Takes the differences with the desk out: they move nothing and are not recomputed. */
    void takeDeskDifferencesOut(Tally tally) {
        boolean any = events.removeIf(event -> isDifference(event.getSchema().getName())
                && !event.get("kind").toString().equals("HELD"));
        if (any) {
            tally.note("decisions with differences with the desk, stated and not recomputed", 1);
        }
    }

    static boolean isDifference(String type) {
        return type.startsWith(DIFFERENCE);
    }

    /** The same decision without any difference. */
    Decision withoutDifferences() {
        Decision rest = new Decision(header);
        events.stream()
                .filter(event -> !isDifference(event.getSchema().getName()))
                .forEach(event -> rest.add(header, event));
        return rest;
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

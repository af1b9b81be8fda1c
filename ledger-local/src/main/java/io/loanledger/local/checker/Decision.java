package io.loanledger.local.checker;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.generic.GenericRecord;

/** The events of one input for one loan, as the journal has them. */
final class Decision {
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
        return next.step() == events.size() + 1
                && next.step() > 1
                && next.loanId().equals(header.loanId())
                && next.cause().equals(header.cause());
    }

    String firstType() {
        return events.getFirst().getSchema().getName();
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

package io.loanledger.events.header;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;

/**
 * The attributes of CloudEvents 1.0 as plain headers, under the names of its Kafka binding. They are for routers and tracing; the
 * ledger itself decides by the record alone.
 *
 * @param id the record's event id
 * @param source who produced it, a URI reference such as {@code /custody/eu-1}
 * @param type full name of the record
 * @param time when it happened
 */
public record CloudEventHeaders(String id, URI source, String type, Instant time) {

    public static final String ID = "ce_id";
    public static final String SOURCE = "ce_source";
    public static final String TYPE = "ce_type";
    public static final String TIME = "ce_time";
    public static final String SPEC_VERSION = "ce_specversion";

    private static final String VERSION = "1.0";

    /** Writes them into headers, in place of those that are there. */
    public void writeTo(Headers headers) {
        HeaderText.set(headers, SPEC_VERSION, VERSION);
        HeaderText.set(headers, ID, id);
        HeaderText.set(headers, SOURCE, source.toString());
        HeaderText.set(headers, TYPE, type);
        HeaderText.set(headers, TIME, time.toString());
    }

    /** Reads them from headers; empty if one is missing or malformed, or of another version. */
    public static Optional<CloudEventHeaders> readFrom(Headers headers) {
        Optional<String> id = HeaderText.get(headers, ID);
        Optional<String> source = HeaderText.get(headers, SOURCE);
        Optional<String> type = HeaderText.get(headers, TYPE);
        Optional<String> time = HeaderText.get(headers, TIME);
        boolean version =
                HeaderText.get(headers, SPEC_VERSION).filter(VERSION::equals).isPresent();
        if (!version || id.isEmpty() || source.isEmpty() || type.isEmpty() || time.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new CloudEventHeaders(id.get(), URI.create(source.get()), type.get(), Instant.parse(time.get())));
        } catch (IllegalArgumentException | DateTimeException malformed) {
            return Optional.empty();
        }
    }
}

package io.loanledger.local.checker;

import io.loanledger.local.checker.Source.Place;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * What operators ordered to be set aside, as it stands in the lender's terms, and which of it is approved: at least two signatures, of
 * two different operators, and every one of them holds. Without keys the form alone can be judged.
 */
final class SkipOrders {
    private static final String SIGNED_AS = "io.loanledger operator skip 1";
    private static final int SIGNATURE_BYTES = 64;

    private final Map<String, OperatorKey> keys;
    private final Map<String, List<Order>> byId = new HashMap<>();
    /** Over all partitions: a stray may be set aside where it was written or where it came home. */
    private final Set<Place> carriedOut = new HashSet<>();

    private SkipOrders(Map<String, OperatorKey> keys) {
        this.keys = keys;
    }

    /**
     * An order.
     *
     * @param loanId whose quarantine it lifts; null for every loan that the record broke
     * @param second the first operator in the row that is another than the first; empty if there is none
     * @param flaw why it is not approved; empty if it is
     */
    record Order(
            String id, Place place, @Nullable String loanId, String reason, String first, String second, String flaw) {

        boolean isFor(String loan) {
            return loanId == null || loanId.equals(loan);
        }
    }

    static SkipOrders read(History history, WireReading reading, CheckSettings settings, Tally tally) {
        SkipOrders orders = new SkipOrders(settings.operatorKeys());
        for (int p = 0; p < history.partitions(Topics.TERMS); p++) {
            history.read(Topics.TERMS, p, message -> {
                GenericRecord record = reading.read(message.value()).record();
                if (record != null && record.getSchema().getName().equals("OperatorSkip")) {
                    Order order = orders.order(record);
                    orders.byId
                            .computeIfAbsent(order.id(), id -> new ArrayList<>())
                            .add(order);
                    if (settings.operatorKeys().isEmpty()) {
                        tally.note("skip orders judged by their form, without the operators' keys", 1);
                    }
                }
            });
        }
        return orders;
    }

    /** The orders under an id; producers may have said the same twice. */
    List<Order> under(String skipId) {
        return byId.getOrDefault(skipId, List.of());
    }

    /** A journal says that the record of this place was skipped. */
    void carriedOut(Place place) {
        carriedOut.add(place);
    }

    /** Once all journals are read: nothing was set aside by an order that none of them has. */
    void check(DeadLetters letters, String group, Tally tally) {
        for (Place place : letters.of(group, Quarantines.SKIPPED)) {
            tally.holds(
                    Check.SKIP_ORDERED,
                    carriedOut.contains(place) || place.topic().equals(Topics.CLAIM_REQUESTS),
                    place.toString(),
                    () -> "set aside by order of operators, and the journal does not say so");
        }
    }

    private Order order(GenericRecord record) {
        List<String> operators = new ArrayList<>();
        for (Object each : (List<?>) record.get("approvals")) {
            operators.add(((GenericRecord) each).get("operator").toString());
        }
        String first = operators.isEmpty() ? "" : operators.getFirst();
        String second = operators.stream()
                .filter(operator -> !operator.equals(first))
                .findFirst()
                .orElse("");
        Object loanId = record.get("loanId");
        return new Order(
                record.get("eventId").toString(),
                new Place(
                        record.get("topic").toString(), (Integer) record.get("partition"), (Long) record.get("offset")),
                loanId == null ? null : loanId.toString(),
                record.get("reason").toString(),
                first,
                second,
                flaw(record));
    }

    private String flaw(GenericRecord record) {
        List<?> approvals = (List<?>) record.get("approvals");
        if (approvals.size() < 2) {
            return approvals.size() + " approvals";
        }
        Set<String> operators = new HashSet<>();
        for (Object each : approvals) {
            GenericRecord approval = (GenericRecord) each;
            String operator = approval.get("operator").toString();
            String keyId = approval.get("keyId").toString();
            byte[] signature = signature(approval);
            if (operator.isBlank() || keyId.isBlank() || signature.length != SIGNATURE_BYTES) {
                return "an approval that is no signature";
            }
            if (!keys.isEmpty()) {
                OperatorKey key = keys.get(keyId);
                if (key == null || !key.operator().equals(operator)) {
                    return "the key " + keyId + " is not known as " + operator + "'s";
                }
                if (!key.hasSigned(signedText(record, operator, keyId), signature)) {
                    return "the signature of " + operator + " is another text's";
                }
            }
            operators.add(operator);
        }
        return operators.size() < 2 ? "one operator alone" : "";
    }

    private static byte[] signature(GenericRecord approval) {
        try {
            return Base64.getDecoder().decode(approval.get("signature").toString());
        } catch (IllegalArgumentException malformed) {
            return new byte[0];
        }
    }

    /** As {@code docs/wire.md} has it: texts with their lengths, then value time, offset and partition. */
    private static byte[] signedText(GenericRecord record, String operator, String keyId) {
        List<String> texts = new ArrayList<>(List.of(SIGNED_AS, operator, keyId));
        for (String field : List.of("eventId", "producer", "topic")) {
            texts.add(record.get(field).toString());
        }
        Object loanId = record.get("loanId");
        String reason = record.get("reason").toString();
        int most = 2 * Integer.BYTES + 2 * Long.BYTES + utf8(reason) + (loanId == null ? 0 : utf8(loanId.toString()));
        ByteBuffer text = ByteBuffer.allocate(most
                + Integer.BYTES
                + texts.stream().mapToInt(each -> Integer.BYTES + utf8(each)).sum());
        texts.forEach(each -> OperatorKey.putText(text, each));
        if (loanId == null) {
            text.putInt(-1);
        } else {
            OperatorKey.putText(text, loanId.toString());
        }
        OperatorKey.putText(text, reason);
        text.putLong((Long) record.get("occurredAt")).putLong((Long) record.get("offset"));
        text.putInt((Integer) record.get("partition"));
        return Arrays.copyOf(text.array(), text.position());
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}

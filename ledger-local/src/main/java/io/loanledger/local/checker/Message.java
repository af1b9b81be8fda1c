package io.loanledger.local.checker;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A committed record as it stands in a topic.
 *
 * @param timestampMillis the broker's time of it, milliseconds since 1970-01-01T00:00:00Z
 * @param headers the last of each name
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way through; no two messages are ever compared
public record Message(
        String topic,
        int partition,
        long offset,
        long timestampMillis,
        byte @Nullable [] key,
        byte @Nullable [] value,
        Map<String, byte[]> headers) {

    String place() {
        return topic + "-" + partition + "@" + offset;
    }

    String keyText() {
        return key == null ? "" : new String(key, StandardCharsets.UTF_8);
    }

    @Nullable
    String header(String name) {
        byte[] bytes = headers.get(name);
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }
}

package io.loanledger.events.serde;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/**
 * A registry inside this process, for tests: {@code mock://scope}. All who name the same scope share it. It gives ids from 1 in the
 * order of registration, the same id to equal schemas, and checks no compatibility. {@link #setAvailable} makes it fail as an
 * unreachable registry would; what was read before is then still known, as it is with the real client.
 */
public final class InProcessSchemaRegistry implements SchemaRegistry {

    private static final Map<String, InProcessSchemaRegistry> SCOPES = new ConcurrentHashMap<>();

    private final List<Schema> schemas = new ArrayList<>();
    private final Map<String, List<Integer>> idsOfSubject = new HashMap<>();
    private final Map<Integer, Schema> readBefore = new HashMap<>();
    private boolean available = true;
    private int unanswered;

    private InProcessSchemaRegistry() {}

    /** The registry of this scope, made at the first call. */
    public static InProcessSchemaRegistry ofScope(String scope) {
        return SCOPES.computeIfAbsent(scope, name -> new InProcessSchemaRegistry());
    }

    /** Whether it answers. */
    public synchronized void setAvailable(boolean available) {
        this.available = available;
    }

    /** How often it was asked and did not answer. */
    public synchronized int unanswered() {
        return unanswered;
    }

    @Override
    public synchronized Optional<Schema> schema(int id) {
        Schema known = readBefore.get(id);
        if (known != null) {
            return Optional.of(known);
        }
        requireAvailable();
        if (id < 1 || id > schemas.size()) {
            return Optional.empty();
        }
        readBefore.put(id, schemas.get(id - 1));
        return Optional.of(schemas.get(id - 1));
    }

    @Override
    public synchronized int register(String subject, Schema schema) {
        requireAvailable();
        int id = schemas.indexOf(schema) + 1;
        if (id == 0) {
            schemas.add(schema);
            id = schemas.size();
        }
        List<Integer> ids = idsOfSubject.computeIfAbsent(subject, name -> new ArrayList<>());
        if (!ids.contains(id)) {
            ids.add(id);
        }
        return id;
    }

    @Override
    public synchronized Optional<Integer> find(String subject, Schema schema) {
        requireAvailable();
        int id = schemas.indexOf(schema) + 1;
        return idsOfSubject.getOrDefault(subject, List.of()).contains(id) ? Optional.of(id) : Optional.empty();
    }

    @Override
    public synchronized Optional<Integer> latest(String subject) {
        requireAvailable();
        List<Integer> ids = idsOfSubject.getOrDefault(subject, List.of());
        return ids.isEmpty() ? Optional.empty() : Optional.of(ids.getLast());
    }

    @Override
    public synchronized void setCompatibility(String subject, Compatibility compatibility) {
        requireAvailable();
    }

    @Override
    public void close() {}

    private void requireAvailable() {
        if (!available) {
            unanswered++;
            throw new RegistryUnavailableException("the registry inside the process was told not to answer");
        }
    }
}

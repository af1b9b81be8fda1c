package io.loanledger.streams.wire;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** Ids in the order of asking. */
final class RegistryForTests {
    static final int FIRST_ID = 70_000;

    private final List<Schema> schemas = new ArrayList<>();

    JournalSchemas journal() {
        return new JournalSchemas(this::register, id -> schemas.get(id - FIRST_ID));
    }

    private int register(String subject, Schema schema) {
        if (!subject.equals("ledger.journal.v1-" + schema.getFullName())) {
            throw new AssertionError("asked under " + subject + " for " + schema.getFullName());
        }
        schemas.add(schema);
        return FIRST_ID + schemas.size() - 1;
    }

    /** Another ledger's, say an older one's. */
    int add(Schema schema) {
        schemas.add(schema);
        return FIRST_ID + schemas.size() - 1;
    }

    Schema schema(int id) {
        return schemas.get(id - FIRST_ID);
    }
}

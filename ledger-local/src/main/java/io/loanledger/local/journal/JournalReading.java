package io.loanledger.local.journal;

import io.loanledger.events.serde.SchemaIds;
import io.loanledger.events.serde.SchemaRegistrar;
import io.loanledger.events.serde.SchemaRegistry;
import io.loanledger.events.settings.KafkaConnectionSettings;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.local.topic.CommittedHistory;
import io.loanledger.streams.wire.JournalCodec;
import io.loanledger.streams.wire.JournalEntry;
import io.loanledger.streams.wire.JournalSchemas;
import java.util.List;
import java.util.function.Consumer;

/** The journal from its first record to its present end, committed records only. */
public final class JournalReading {

    private JournalReading() {}

    /** Hands on every record, in this thread, and says how many there were. It registers nothing. */
    public static long read(KafkaConnectionSettings connection, SchemaRegistry registry, Consumer<JournalEntry> each) {
        SchemaIds ids = new SchemaRegistrar(registry).verifyAll();
        var codec = new JournalCodec(JournalSchemas.of(ids, registry));
        return CommittedHistory.read(
                connection, List.of(TopicCatalogue.JOURNAL), record -> each.accept(codec.decode(record.value())));
    }
}

package io.loanledger.streams.service;

import io.loanledger.streams.LedgerNames;
import io.loanledger.streams.task.StoredTerms;
import io.loanledger.streams.wire.LoanCodec;
import io.loanledger.streams.wire.SealedLoan;
import io.loanledger.streams.wire.StoredLoan;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Reads the stores of a running instance; loans that cannot be read, and were sealed, are passed over. Throws Kafka's {@code InvalidStateStoreException} while they are not there. One thread.
 */
final class StoredLoans {
    private final ReadOnlyKeyValueStore<String, byte[]> loans;
    private final LoanCodec codec;

    private StoredLoans(ReadOnlyKeyValueStore<String, byte[]> loans, LoanCodec codec) {
        this.loans = loans;
        this.codec = codec;
    }

    static StoredLoans of(KafkaStreams streams) {
        return new StoredLoans(
                store(streams, LedgerNames.LOANS_STORE),
                new LoanCodec(new StoredTerms(store(streams, LedgerNames.TASK_STATE_STORE))));
    }

    Optional<StoredLoan> find(String loanId) {
        return Optional.ofNullable(loans.get(loanId))
                .filter(value -> !SealedLoan.isOne(value))
                .map(codec::decode);
    }

    void forEach(Consumer<StoredLoan> action) {
        try (KeyValueIterator<String, byte[]> all = loans.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> next = all.next();
                if (!SealedLoan.isOne(next.value)) {
                    action.accept(codec.decode(next.value));
                }
            }
        }
    }

    private static ReadOnlyKeyValueStore<String, byte[]> store(KafkaStreams streams, String name) {
        return streams.store(StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.keyValueStore()));
    }
}

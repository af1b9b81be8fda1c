package io.loanledger.streams.task;

import io.loanledger.core.terms.ProductTerms;
import io.loanledger.streams.wire.TermsResolver;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Terms as a task keeps them in {@code task-state}, for readers outside of the task. */
public final class StoredTerms implements TermsResolver {
    private final ReadOnlyKeyValueStore<String, byte[]> taskState;

    public StoredTerms(ReadOnlyKeyValueStore<String, byte[]> taskState) {
        this.taskState = taskState;
    }

    @Override
    public ProductTerms terms(String productId, int version) {
        byte[] bytes = taskState.get(TaskState.termsKey(productId, version));
        if (bytes == null) {
            throw new IllegalStateException("TaskState: a loan is bound to unknown terms " + productId + "/" + version);
        }
        return TaskStateCodec.terms(bytes);
    }
}

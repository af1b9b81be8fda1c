package io.loanledger.streams.terms;

import io.loanledger.events.broadcast.BroadcastAbortedException;
import io.loanledger.events.broadcast.BroadcastEndedException;
import io.loanledger.events.serde.RegistryRefusedException;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;

/** Which failures of the fan-out a further attempt may mend. */
final class Passing {
    private Passing() {}

    /**
     * Whether to wait and begin again by reading back: brokers or a registry that did not answer, an aborted transaction, another
     * writer or a new choice that came in between. What is left are missing rights and topics that are not what they were.
     */
    static boolean passes(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BroadcastEndedException ended) {
                return switch (ended.reason()) {
                    case FENCED, OUTCOME_UNKNOWN -> true;
                    case REFUSED -> false;
                };
            }
            if (cause instanceof BroadcastAbortedException
                    || cause instanceof RetriableException
                    || cause instanceof CommitFailedException
                    || cause instanceof RebalanceInProgressException
                    || cause instanceof ProducerFencedException
                    || cause instanceof InvalidProducerEpochException
                    || cause instanceof RegistryRefusedException) {
                return true;
            }
        }
        return false;
    }
}

package io.loanledger.events.service;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FinalizedVersionRange;

/**
 * Refuses brokers on which the ledger's exactly-once processing would be weaker than promised.
 *
 * <p>transaction.version 2 (Kafka 4.0 and newer) gives every transaction its own producer epoch, so that a record that arrives late
 * from an aborted transaction cannot end up in the next one. Below it such a record can become visible, and the journal would hold
 * an event that never happened.
 */
public final class TransactionVersionCheck {

    /** The lowest level that is accepted. */
    public static final short LOWEST = 2;

    private static final String FEATURE = "transaction.version";
    private static final long TIMEOUT_SECONDS = 30;

    private TransactionVersionCheck() {}

    /**
     * Returns when the brokers behind these client settings have the feature.
     *
     * @throws IllegalStateException when they have not, or do not answer within 30 s; the message says what to do
     */
    public static void require(Map<String, Object> clientSettings) {
        try (Admin admin = Admin.create(clientSettings)) {
            require(admin);
        }
    }

    /** As {@link #require(Map)}, with a client that is already there. */
    public static void require(Admin admin) {
        short level = finalisedLevel(admin);
        if (level < LOWEST) {
            throw new IllegalStateException(refusal(level));
        }
    }

    /** What is said of brokers with a lower level. */
    public static String refusal(short level) {
        return "the brokers have " + FEATURE + " " + level + ", the ledger needs " + LOWEST
                + ": run brokers of Kafka 4.0 or newer and raise it with kafka-features.sh upgrade --feature " + FEATURE
                + "=" + LOWEST;
    }

    private static short finalisedLevel(Admin admin) {
        try {
            FinalizedVersionRange range = admin.describeFeatures()
                    .featureMetadata()
                    .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .finalizedFeatures()
                    .get(FEATURE);
            return range == null ? 0 : range.maxVersionLevel();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the brokers did not say which features they have", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking the brokers for their features", e);
        }
    }
}

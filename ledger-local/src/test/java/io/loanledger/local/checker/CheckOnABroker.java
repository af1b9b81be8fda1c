package io.loanledger.local.checker;

import io.loanledger.events.serde.SchemaRegistry;
import io.loanledger.events.settings.KafkaConnectionSettings;
import java.time.Duration;

/** The checker over a cluster of a test, whose registry may be in process. */
public final class CheckOnABroker {
    private CheckOnABroker() {}

    /**
     * Checks what the topics hold now.
     *
     * @param priceAge what the liquidation processor was told
     */
    public static CheckReport check(KafkaConnectionSettings connection, Duration priceAge) {
        CheckSettings defaults = CheckSettings.defaults();
        CheckSettings settings = new CheckSettings(
                defaults.kafkaProperties(),
                defaults.ledgerGroup(),
                defaults.processorGroup(),
                false,
                priceAge,
                defaults.tickSizes(),
                defaults.operatorKeys(),
                defaults.mostViolations());
        try (SchemaRegistry registry = SchemaRegistry.open(connection.registryProperties())) {
            return Checker.check(
                    connection.bootstrapServers(), id -> registry.schema(id).orElse(null), settings);
        }
    }
}

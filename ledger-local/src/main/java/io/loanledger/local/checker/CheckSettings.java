package io.loanledger.local.checker;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;

/**
 * What the checker has to be told because no topic says it.
 *
 * @param kafkaProperties further properties of the consumers, as for an encrypted cluster
 * @param ledgerGroup consumer group of the ledger
 * @param processorGroup consumer group of the liquidation processor
 * @param everythingTaken whether the services stand still and must have taken every input; otherwise what is behind their committed
 *     offsets is only counted
 * @param priceAge the oldest index price that an order may rest on, the processor's LIQUIDATION_PRICE_MAX_AGE_MS
 * @param tickSizes by market, the step of limit prices
 * @param operatorKeys by key id, the operators whose signatures count; empty: the form of an order to skip is judged alone
 * @param mostViolations how many are kept with their words
 */
public record CheckSettings(
        Map<String, String> kafkaProperties,
        String ledgerGroup,
        String processorGroup,
        boolean everythingTaken,
        Duration priceAge,
        Map<String, BigDecimal> tickSizes,
        Map<String, OperatorKey> operatorKeys,
        int mostViolations) {

    public CheckSettings {
        kafkaProperties = Map.copyOf(kafkaProperties);
        tickSizes = Map.copyOf(tickSizes);
        operatorKeys = Map.copyOf(operatorKeys);
    }

    /** A plain cluster with the services' own defaults, which stands still. */
    public static CheckSettings defaults() {
        return new CheckSettings(
                Map.of(),
                "loan-ledger",
                "liquidation-processor",
                true,
                Duration.ofSeconds(5),
                Map.of("BTC-USD", new BigDecimal("0.01"), "ETH-USD", new BigDecimal("0.01")),
                Map.of(),
                1_000);
    }

    /** For a cluster that goes on working while it is read. */
    public CheckSettings ofARunningCluster() {
        return new CheckSettings(
                kafkaProperties, ledgerGroup, processorGroup, false, priceAge, tickSizes, operatorKeys, mostViolations);
    }

    /** With these operators' keys, see {@link OperatorKey#parse}. */
    public CheckSettings withOperatorKeys(Map<String, OperatorKey> keys) {
        return new CheckSettings(
                kafkaProperties,
                ledgerGroup,
                processorGroup,
                everythingTaken,
                priceAge,
                tickSizes,
                keys,
                mostViolations);
    }
}

package io.loanledger.liquidation;

import io.loanledger.core.liquidation.MarketRules;
import io.loanledger.events.serde.SchemaIds;
import io.loanledger.events.serde.SchemaRegistry;
import java.time.InstantSource;
import java.util.Map;

/**
 * What all tasks of an instance share; all of it may be used by many threads.
 *
 * @param partitions the count that all market-keyed topics share
 * @param markets the rules of every market by its name
 */
record TaskParts(
        int partitions,
        SchemaRegistry registry,
        SchemaIds schemaIds,
        LiquidationMeters meters,
        LiquidationSettings.LedgerClock clock,
        InstantSource wall,
        Map<String, MarketRules> markets) {
    TaskParts {
        markets = Map.copyOf(markets);
    }

    boolean knows(String market) {
        return markets.containsKey(market);
    }

    MarketRules rules(String market) {
        MarketRules rules = markets.get(market);
        if (rules == null) {
            throw new IllegalStateException("market " + market + " is not in " + LiquidationSettings.MARKETS.name());
        }
        return rules;
    }
}

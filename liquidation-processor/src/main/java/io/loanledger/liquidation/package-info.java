/**
 * The service that owns the order: carries requests, prices and reports into the liquidation book of {@code ledger-core}, and its
 * effects out, in one Kafka transaction. It decides nothing itself.
 */
package io.loanledger.liquidation;

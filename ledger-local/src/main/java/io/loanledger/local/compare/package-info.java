/**
 * {@code ./ledger compare}: one book of borrowers under the terms of seven lenders, through a stretch of market history. It runs on the
 * pure core alone, without Kafka; what it shows is recomputed by a witness that shares no rule with it.
 */
package io.loanledger.local.compare;

/**
 * What {@code ./ledger bench} measures, and how. Every measure has a floor in the same run: a simpler thing that does the least the job could
 * do, on the same broker and with the same settings. What is compared runs in turns, so that a slow moment of the machine meets both.
 */
package io.loanledger.benchmarks;

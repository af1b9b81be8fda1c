/** One task of the ledger without a broker, over more loans than a test would store, and what users would write instead of its index. */
package io.loanledger.benchmarks.task;

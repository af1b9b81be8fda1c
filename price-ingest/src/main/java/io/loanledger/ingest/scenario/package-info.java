/** Market histories and shapes as functions of time: for replays, for the demo, for tests of the index and of the whole ledger. */
package io.loanledger.ingest.scenario;

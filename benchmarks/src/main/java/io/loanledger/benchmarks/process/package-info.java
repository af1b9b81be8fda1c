/** Processes of a run, and how the command and they talk to one another. */
package io.loanledger.benchmarks.process;

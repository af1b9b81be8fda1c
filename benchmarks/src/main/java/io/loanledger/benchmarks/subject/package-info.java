/** The main classes of the processes that are measured, and of the broker. They take their settings as arguments from the command. */
package io.loanledger.benchmarks.subject;

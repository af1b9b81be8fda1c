/** What stands around the measured processes: the broker and its topics, a book of loans, the index, a desk and a bank. */
package io.loanledger.benchmarks.world;

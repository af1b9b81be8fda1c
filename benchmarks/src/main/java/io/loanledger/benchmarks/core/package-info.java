/** The pure core under JMH: what deciding, folding, writing, hashing and indexing cost without Kafka around them. */
package io.loanledger.benchmarks.core;

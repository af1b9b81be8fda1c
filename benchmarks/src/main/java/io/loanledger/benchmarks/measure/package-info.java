/** One class for each kind of measure: what is done, in which turns, and which finding comes of it. */
package io.loanledger.benchmarks.measure;

/** From figures to verdicts: medians, ratios, goals, and how they are told. */
package io.loanledger.benchmarks.report;

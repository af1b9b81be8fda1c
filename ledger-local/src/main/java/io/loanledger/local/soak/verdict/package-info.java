/** What the topics and the stores of a soak say in the end. */
package io.loanledger.local.soak.verdict;

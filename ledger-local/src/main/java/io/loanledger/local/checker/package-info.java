/**
 * The independent checker: reads what a cluster has committed and recomputes it. Nothing of the ledger is used here, not a class; what
 * the rules are, it knows from the documents.
 */
package io.loanledger.local.checker;

/** What lenders have published about their loans against bitcoin, as terms that the ledger can run. */
package io.loanledger.core.lender;

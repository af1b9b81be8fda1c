/** {@code ./ledger soak}: the ledger as processes under faults, and the verdict over what they wrote. */
package io.loanledger.local.soak;

/**
 * Which loans a price or an instant concerns, found without looking at the others: ordered sets of primitive arrays on the heap,
 * derived from the loans and rebuilt when a task starts.
 */
package io.loanledger.core.trigger;

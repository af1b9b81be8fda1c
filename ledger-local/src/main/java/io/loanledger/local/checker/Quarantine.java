package io.loanledger.local.checker;

import io.loanledger.local.checker.Source.Place;

/**
 * That nothing is decided for a loan any more.
 *
 * @param begunBy the place of the record at which it began
 * @param journalPlace where the journal says so
 */
record Quarantine(Place begunBy, String journalPlace) {}

package io.loanledger.local.checker;

/** A payment as it was spread. */
record Paid(Spread spread, int valueDay, boolean reversed) {}

package io.loanledger.local.checker;

/** A margin call that is open; times in microseconds since 1970. */
record Call(String id, long issuedAt, long deadline, long expiresAt, boolean expired) {}

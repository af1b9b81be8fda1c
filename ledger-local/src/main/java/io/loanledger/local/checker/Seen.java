package io.loanledger.local.checker;

/** An input that was applied, and since when it is remembered, in microseconds since 1970. */
record Seen(long digest, long rememberedFrom) {}

package io.loanledger.core.loan;

import java.time.Instant;

/**
 * A fact that already changed this loan, kept {@link LoanMemory#WINDOW} long.
 *
 * @param eventDigest first eight bytes of the SHA-256 of its event id
 * @param contentDigest the same of its content
 * @param seenAt task time when it was applied, or its value time if that is later: a repeat is as young as its value time
 */
public record SeenFact(long eventDigest, long contentDigest, Instant seenAt) {}

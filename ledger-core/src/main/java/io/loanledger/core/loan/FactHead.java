package io.loanledger.core.loan;

import java.time.Instant;

/**
 * What every fact from outside carries.
 *
 * @param eventId the producer's idempotency key: it changes a loan at most once
 * @param occurredAt value time: when it happened, says the producer
 * @param producer who says so
 * @param contentDigest first eight bytes of the SHA-256 of the fact's content, to tell a repeat from a contradiction
 * @param appendedAt the broker's time of the record
 */
public record FactHead(String eventId, Instant occurredAt, String producer, long contentDigest, Instant appendedAt) {}

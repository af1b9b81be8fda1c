package io.loanledger.streams.wire;

/** The last index price that a task has read of one market. */
public record IndexPosition(String market, long epoch, long sequence) {}

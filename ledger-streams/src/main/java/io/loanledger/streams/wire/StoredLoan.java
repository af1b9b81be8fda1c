package io.loanledger.streams.wire;

import io.loanledger.core.loan.Loan;

/**
 * What the store of loans keeps of one loan. The journal's head of a partition is the stored loan with the highest sequence, so
 * that it needs no record of its own.
 *
 * @param loan the loan
 * @param journalSequence of its last event in the partition's journal
 * @param journalHash own hash of that journal record
 */
public record StoredLoan(Loan loan, long journalSequence, ChainHash journalHash) {}

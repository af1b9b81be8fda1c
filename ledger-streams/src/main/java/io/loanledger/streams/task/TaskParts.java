package io.loanledger.streams.task;

import io.loanledger.events.serde.SchemaIds;
import io.loanledger.events.serde.SchemaRegistry;
import io.loanledger.streams.LedgerMeters;
import io.loanledger.streams.wire.JournalSchemas;

/**
 * What all tasks of an instance share; safe for many threads.
 *
 * @param partitions the count that all loan-keyed topics share
 * @param registry asked for the schema of an id that was not seen before
 * @param ids of the records that tasks write
 * @param journalSchemas of the journal
 * @param meters of the instance
 * @param skips records that operators ordered to be set aside
 * @param firstChunk the most loans that a falling price visits itself
 * @param chunk the most loans that one record visits
 */
public record TaskParts(
        int partitions,
        SchemaRegistry registry,
        SchemaIds ids,
        JournalSchemas journalSchemas,
        LedgerMeters meters,
        OperatorSkips skips,
        int firstChunk,
        int chunk) {
    /**
     * With chunks as they are outside of tests: the first as large as the others, since what holds the demo to its breaches does not yet
     * follow a loan to which a fact comes between its breach and its visit.
     */
    public TaskParts(
            int partitions,
            SchemaRegistry registry,
            SchemaIds ids,
            JournalSchemas journalSchemas,
            LedgerMeters meters,
            OperatorSkips skips) {
        this(partitions, registry, ids, journalSchemas, meters, skips, Sweep.CHUNK, Sweep.CHUNK);
    }
}

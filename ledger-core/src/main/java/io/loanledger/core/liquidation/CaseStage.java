package io.loanledger.core.liquidation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where a case stands. A round is one way through the queue: a case that did not fit into a block whole queues again. */
public sealed interface CaseStage {
    int round();

    Instant queuedAt();

    /** Waits for a slot. */
    record Queued(int round, Instant queuedAt) implements CaseStage {}

    /** Is part of an open block. */
    record Selling(int round, Instant queuedAt, Instant startedAt, String blockId) implements CaseStage {}

    /** Nothing more will be sold; {@code startedAt} is null when nothing ever was tried in the last round. */
    record Ended(int round, Instant queuedAt, @Nullable Instant startedAt, Instant endedAt, CaseEnd end)
            implements CaseStage {}
}

package io.loanledger.core.protocol;

import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.price.IndexState;
import java.math.BigDecimal;
import java.time.Instant;

/** One step of the whole. */
sealed interface Action {
    /**
     * A party reads a message.
     *
     * @param position 0 is the head; more is an overtaking
     * @param keep whether it will be read again: a duplicate
     */
    record Deliver(Channel channel, int position, boolean keep) implements Action {}

    /** The head of a channel is lost. */
    record Lose(Channel channel) implements Action {}

    /** What a service has read and sent since its last commit becomes visible at once. */
    record Commit(Channel.Party service) implements Action {}

    /** A service dies: all since its last commit never was. */
    record Crash(Channel.Party service) implements Action {}

    record Happen(Outside what, String loanId) implements Action {}

    /** An actor of the generator says something to a loan. */
    record Say(String loanId, LoanInput.Fact fact) implements Action {}

    /** The generator's market has a price. */
    record Quote(Instant at, BigDecimal price, IndexState state) implements Action {}

    record Act(DeskMove move, int order) implements Action {}
}

package io.loanledger.core.protocol;

import io.loanledger.core.liquidation.LiquidationBook;
import io.loanledger.core.liquidation.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * A book that lives from input to input beside the one that is restored at every step: both must answer alike. When the processor crashes
 * it is restored too.
 */
final class LivingBook implements Protocol.Watch {
    private @Nullable LiquidationBook book;
    private @Nullable ProcessorSide holds;

    @Override
    public void processor(State before, ProcessorSide.Taken taken) {
        LiquidationBook alive =
                book != null && holds == taken.before() ? book : taken.before().book();
        Outcome outcome = alive.apply(taken.input(), before.clock());
        Laws.require(
                outcome.effects().equals(taken.outcome().effects()),
                "ReplayEquality",
                "a book that lived on does otherwise",
                taken.input(),
                outcome.effects(),
                taken.outcome().effects());
        Laws.require(
                outcome.removed().equals(taken.outcome().removed())
                        && outcome.changed().equals(taken.outcome().changed()),
                "ReplayEquality",
                "a book that lived on stores otherwise",
                taken.input());
        book = alive;
        holds = taken.after();
    }
}

package io.loanledger.streams.task;

import java.time.Duration;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/** Something that is called by the wall clock, each time after a wait that it chooses itself. One thread. */
final class NextCall {
    private final ProcessorContext<?, ?> context;
    private final Punctuator call;
    private @Nullable Duration wait;
    private @Nullable Cancellable scheduled;

    NextCall(ProcessorContext<?, ?> context, Punctuator call) {
        this.context = context;
        this.call = call;
    }

    /** The next call comes after this time, and so do all others until another is said. */
    void after(Duration next) {
        if (!next.equals(wait)) {
            cancel();
            scheduled = context.schedule(next, PunctuationType.WALL_CLOCK_TIME, call);
            wait = next;
        }
    }

    void cancel() {
        if (scheduled != null) {
            scheduled.cancel();
            scheduled = null;
            wait = null;
        }
    }
}

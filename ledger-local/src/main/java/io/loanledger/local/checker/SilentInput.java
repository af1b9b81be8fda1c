package io.loanledger.local.checker;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An input without an event: it must be explained by a rule that says so on the state of its loan at some moment between the events
 * around it.
 *
 * @param loanId its loan
 * @param rejection the reason that was published; null when there is none
 * @param keptInQuarantine whether it is a dead letter because its loan was in quarantine
 * @param since the circumstances when it may first have been processed, as positions in the series of the markets
 */
record SilentInput(
        Message message,
        String loanId,
        Fact fact,
        @Nullable String rejection,
        boolean keptInQuarantine,
        Map<String, Integer> since) {}

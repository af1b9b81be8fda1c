package io.loanledger.local.soak;

import io.loanledger.local.soak.fault.FaultKind;
import java.time.Duration;
import java.util.Set;

/**
 * What a soak is asked to do.
 *
 * @param length how long faults may begin; draining and checking come after it
 * @param seed of the schedule and of the simulated world
 * @param instances of ledger-streams and of liquidation-processor
 * @param standbys copies of each store on other instances
 * @param loansPerSecond new loans each second while faults come
 * @param book loans that are paid out before the first wave of prices and the first fault
 * @param kinds the kinds of fault that may come; none means a run without faults
 */
public record SoakSettings(
        Duration length, long seed, int instances, int standbys, int loansPerSecond, int book, Set<FaultKind> kinds) {
    public SoakSettings {
        kinds = Set.copyOf(kinds);
    }
}

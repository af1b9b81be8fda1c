package io.loanledger.local.soak.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loanledger.local.soak.stack.ServiceKind;
import io.loanledger.local.soak.stack.ServiceProcess;
import io.loanledger.local.soak.stack.SoakStack;
import io.loanledger.local.testing.Await;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With instances that find no broker and wait. */
@Timeout(120)
class StateFaultsTest {

    @TempDir
    Path folder;

    @Test
    void anInstanceWithoutAStoreToDamageIsStartedAgain() {
        var fault = new PlannedFault(1, FaultKind.BIT_FLIPPED, 2, Duration.ZERO, Duration.ofSeconds(2), 0);
        try (var stack = new SoakStack(folder, 2, 0, line -> {})) {
            ServiceProcess second = stack.instance(ServiceKind.LEDGER, 2);
            assertThat(second.name()).isEqualTo("ledger-streams-2");
            stack.supervisor().want(second);
            stack.supervisor().tick();
            long before = second.process().orElseThrow().pid();
            assertThatThrownBy(() -> new StateFaults(stack).flipBit(fault)).isInstanceOf(RunningFault.Skipped.class);
            assertThat(second.isAlive()).isFalse();
            Await.until(
                    () -> {
                        stack.supervisor().tick();
                        return second.isAlive();
                    },
                    Duration.ofSeconds(60),
                    () -> second.name() + " stays away");
            assertThat(second.process().orElseThrow().pid()).isNotEqualTo(before);
        }
    }
}

package io.loanledger.local.soak.fault;

import io.loanledger.local.soak.stack.SoakStack;
import io.loanledger.local.soak.stack.TcpProxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What happens to the ways between processes. For one thread. */
final class WireFaults {

    private static final Duration SLOW = Duration.ofMillis(40);
    private static final Duration REGISTRY_START = Duration.ofMinutes(5);
    private static final int RESETS = 5;
    private static final Duration BETWEEN_RESETS = Duration.ofMillis(400);

    private final SoakStack stack;

    WireFaults(SoakStack stack) {
        this.stack = stack;
    }

    RunningFault stopRegistry() {
        stack.registry().processHandle().ifPresent(ProcessHandle::destroyForcibly);
        return () -> {
            stack.registry().start(REGISTRY_START);
            return RunningFault.Ended.asExpected("the registry is back");
        };
    }

    RunningFault cut() {
        proxies().forEach(TcpProxy::cut);
        return () -> {
            proxies().forEach(TcpProxy::mend);
            return RunningFault.Ended.asExpected("the second instances are connected again");
        };
    }

    RunningFault slow() {
        proxies().forEach(proxy -> proxy.slow(SLOW));
        return () -> {
            proxies().forEach(TcpProxy::mend);
            return RunningFault.Ended.asExpected("at full speed again");
        };
    }

    RunningFault reset() throws InterruptedException {
        for (int time = 0; time < RESETS; time++) {
            proxies().forEach(TcpProxy::reset);
            TimeUnit.NANOSECONDS.sleep(BETWEEN_RESETS.toNanos());
        }
        return RunningFault.over("all connections closed " + RESETS + " times");
    }

    private List<TcpProxy> proxies() {
        if (stack.instances() < 2) {
            throw new RunningFault.Skipped("there is no second instance behind the proxies");
        }
        return stack.cluster().proxies();
    }
}

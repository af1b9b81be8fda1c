package io.loanledger.local.soak.fault;

import io.loanledger.local.soak.stack.BrokerCluster;
import io.loanledger.local.soak.stack.ClusterState;
import io.loanledger.local.soak.stack.SoakStack;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** What happens to the brokers. For one thread. */
final class BrokerFaults {

    private static final Duration BACK = Duration.ofSeconds(90);

    private final SoakStack stack;

    BrokerFaults(SoakStack stack) {
        this.stack = stack;
    }

    RunningFault kill(PlannedFault fault) {
        return killAll(List.of(fault.target()));
    }

    RunningFault killTwo(PlannedFault fault) {
        return killAll(List.of(fault.target(), fault.target() % BrokerCluster.BROKERS + 1));
    }

    RunningFault moveCoordinators() throws InterruptedException {
        try (Admin admin = admin()) {
            int moved = new ClusterState(admin).turnCoordinators();
            return () -> new RunningFault.Ended(moved + " coordinators moved", moved > 0);
        }
    }

    private RunningFault killAll(List<Integer> brokers) {
        BrokerCluster cluster = stack.cluster();
        brokers.forEach(cluster::kill);
        return () -> {
            brokers.forEach(cluster::start);
            try (Admin admin = admin()) {
                ClusterState state = new ClusterState(admin);
                boolean back = state.awaitBrokers(BrokerCluster.BROKERS, BACK) && state.awaitInSync(BACK);
                return new RunningFault.Ended(
                        "killed broker " + brokers + (back ? "; all replicas in sync again" : "; NOT in sync again"),
                        back);
            }
        };
    }

    private Admin admin() {
        return Admin.create(Map.copyOf(stack.connection().clientProperties()));
    }
}

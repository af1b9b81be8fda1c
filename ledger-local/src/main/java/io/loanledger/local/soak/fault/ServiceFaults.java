package io.loanledger.local.soak.fault;

import io.loanledger.local.soak.stack.ChildProcess;
import io.loanledger.local.soak.stack.Freeze;
import io.loanledger.local.soak.stack.ServiceKind;
import io.loanledger.local.soak.stack.ServiceProcess;
import io.loanledger.local.soak.stack.SoakStack;
import io.loanledger.local.soak.stack.Supervisor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** What happens to the services' processes. For one thread. */
final class ServiceFaults {

    /** For a thawed process to find out that it was fenced. */
    private static final Duration SHOWS = Duration.ofSeconds(20);

    /** For a rival to start and to take over, while its connections may be closed again and again. */
    private static final Duration TAKES_OVER = Duration.ofSeconds(90);

    private static final Duration LOOK = Duration.ofMillis(100);

    /** How the services' logs tell that somebody else has taken over. */
    private static final List<String> FENCED = List.of(
            "ProducerFenced",
            "InvalidProducerEpoch",
            "TaskMigrated",
            "FencedInstanceId",
            "fenced",
            "has taken over",
            "Detected that the thread is being fenced",
            // It asked the group first and heard that it is no member any more: it drops its open transaction unasked.
            "lost due to missed rebalance",
            "InvalidPidMapping",
            // The coordinator has aborted its transaction meanwhile, and refuses to commit it.
            "InvalidTxnState");

    private final SoakStack stack;

    /** The instance that joins and leaves keeps its place, so that its second coming finds its folder. */
    private int joined;

    ServiceFaults(SoakStack stack) {
        this.stack = stack;
    }

    RunningFault kill(ServiceKind kind, PlannedFault fault) {
        ServiceProcess service = stack.instance(kind, fault.target());
        stack.supervisor().kill(service, "SIGKILL, fault " + fault.number());
        return RunningFault.over("killed " + service.name());
    }

    RunningFault lose(ServiceKind kind, PlannedFault fault) {
        if (stack.instances() < 2) {
            throw new RunningFault.Skipped("there is no other instance");
        }
        ServiceProcess service = stack.instance(kind, fault.target());
        stack.supervisor().killForGood(service, "SIGKILL, fault " + fault.number());
        return () -> {
            stack.supervisor().want(service);
            return RunningFault.Ended.asExpected("killed " + service.name() + ", which came back");
        };
    }

    RunningFault freeze(ServiceKind kind, PlannedFault fault) {
        ServiceProcess service = stack.instance(kind, fault.target());
        // Alone, it has nobody who could take over.
        return freeze(service, () -> stack.instances() > 1);
    }

    RunningFault killIngest(PlannedFault fault) {
        ServiceProcess active = stack.supervisor().activeIngest();
        stack.supervisor().kill(active, "SIGKILL, fault " + fault.number());
        return RunningFault.over("killed " + active.name());
    }

    RunningFault freezeIngest() {
        ServiceProcess active = stack.supervisor().activeIngest();
        return freeze(active, () -> stack.supervisor().activeIngest() != active);
    }

    RunningFault startRival() {
        Supervisor supervisor = stack.supervisor();
        ServiceProcess active = supervisor.activeIngest();
        ServiceProcess rival = supervisor.succeedIngest();
        return () -> {
            await(() -> !active.isAlive() || !rival.isAlive(), TAKES_OVER);
            boolean both = active.isAlive() && rival.isAlive();
            boolean neither = !active.isAlive() && !rival.isAlive();
            if (both || neither) {
                return new RunningFault.Ended(
                        active.name() + " and " + rival.name()
                                + (both ? " WRITE BESIDE EACH OTHER" : " HAVE BOTH ENDED"),
                        false);
            }
            // If the rival comes while the broker cannot tell how the first one's write has ended, the first begins
            // anew
            // after it, and the rival is the one that is fenced.
            return RunningFault.Ended.asExpected(
                    active.isAlive()
                            ? active.name() + " fenced " + rival.name()
                            : rival.name() + " fenced " + active.name());
        };
    }

    RunningFault joinAndLeave(PlannedFault fault) {
        int number = stack.instances() + 1;
        ServiceProcess third = joined == 0
                ? stack.another(ServiceKind.LEDGER, number)
                : stack.supervisor().named(ServiceKind.LEDGER.title() + "-" + number);
        joined++;
        stack.supervisor().want(third);
        return () -> {
            boolean ready = third.isReady();
            boolean orderly = stack.supervisor().stop(third, "SIGTERM, fault " + fault.number());
            return new RunningFault.Ended(
                    third.name() + (ready ? " joined" : " was not ready yet") + " and left"
                            + (orderly ? "" : " only when killed"),
                    orderly);
        };
    }

    private RunningFault freeze(ServiceProcess service, BooleanSupplier tookOver) {
        ChildProcess process =
                service.process().orElseThrow(() -> new RunningFault.Skipped(service.name() + " is not running"));
        long mark = service.logMark();
        Freeze freeze = Freeze.of(process.pid());
        return () -> {
            freeze.close();
            long giveUpAt = System.nanoTime() + SHOWS.toNanos();
            boolean mustBeFenced = tookOver.getAsBoolean();
            while (mustBeFenced && !service.hasSaid(mark, FENCED) && System.nanoTime() < giveUpAt) {
                TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
            }
            boolean fenced = service.hasSaid(mark, FENCED);
            return new RunningFault.Ended(
                    service.name()
                            + (fenced
                                    ? " was fenced"
                                    : mustBeFenced ? " WAS NOT FENCED" : " had nothing to be fenced from"),
                    fenced || !mustBeFenced);
        };
    }

    private static void await(BooleanSupplier condition, Duration patience) throws InterruptedException {
        long giveUpAt = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < giveUpAt) {
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        }
    }
}

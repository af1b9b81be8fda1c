package io.loanledger.benchmarks.subject;

import io.loanledger.benchmarks.process.ChildLink;
import io.loanledger.events.service.ServicePhase;
import io.loanledger.streams.service.LedgerService;
import io.loanledger.streams.service.LedgerSettings;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The real ledger-streams service in a process of its own, with its own settings. Arguments: {@link ServiceArguments}. It says how many
 * nanoseconds passed from the start of Kafka Streams until it processed: joining the group, restoring the stores, rebuilding the index.
 */
public final class LedgerSubject {

    private LedgerSubject() {}

    public static void main(String[] words) throws InterruptedException {
        ChildLink link = ChildLink.open();
        ServiceArguments arguments = ServiceArguments.of(words);
        Map<String, String> environment = arguments.environment();
        environment.put(LedgerSettings.STATE_DIRECTORY.name(), arguments.state().toString());
        environment.put(LedgerSettings.THREADS.name(), Integer.toString(arguments.threads()));
        environment.put(LedgerSettings.INSTANCE_ID.name(), arguments.instance());
        environment.put(LedgerSettings.STANDBYS.name(), Integer.toString(arguments.standbys()));
        try (LedgerService service = LedgerService.start(LedgerSettings.from(LedgerSettings.TABLE.read(environment)))) {
            long nanos = nanosUntilRunning(service::phase);
            endWith(service);
            link.serve(Long.toString(nanos), LedgerSubject::answer);
        }
        System.exit(0);
    }

    /** A ledger that ended by itself takes its process along, so that nobody waits for what it would have done. */
    private static void endWith(LedgerService service) {
        var waiting = new Thread(
                () -> {
                    try {
                        if (!service.awaitEnd()) {
                            Runtime.getRuntime().halt(1);
                        }
                    } catch (InterruptedException neverAsked) {
                        Thread.currentThread().interrupt();
                    }
                },
                "end-of-ledger");
        waiting.setDaemon(true);
        waiting.start();
    }

    /** To {@code copies}: how many changelog partitions its standbys read, and how many records they lack at most. */
    private static String answer(String command) {
        if (!command.equals("copies")) {
            throw new IllegalArgumentException(command);
        }
        RestoreLag lag = RestoreLag.now();
        return lag.partitions() + " " + lag.most();
    }

    static long nanosUntilRunning(Supplier<ServicePhase> phase) throws InterruptedException {
        long began = System.nanoTime();
        while (phase.get() != ServicePhase.RUNNING) {
            if (phase.get() == ServicePhase.FAILED) {
                throw new IllegalStateException("the service ended by itself");
            }
            Thread.sleep(2);
        }
        return System.nanoTime() - began;
    }
}

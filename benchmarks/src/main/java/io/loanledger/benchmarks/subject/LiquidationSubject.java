package io.loanledger.benchmarks.subject;

import io.loanledger.benchmarks.process.ChildLink;
import io.loanledger.liquidation.LiquidationService;
import io.loanledger.liquidation.LiquidationSettings;
import java.util.Map;

/** The real liquidation-processor in a process of its own, with its own settings. Arguments: {@link ServiceArguments}. */
public final class LiquidationSubject {

    private LiquidationSubject() {}

    public static void main(String[] words) throws InterruptedException {
        ChildLink link = ChildLink.open();
        ServiceArguments arguments = ServiceArguments.of(words);
        Map<String, String> environment = arguments.environment();
        environment.put(
                LiquidationSettings.STATE_DIRECTORY.name(), arguments.state().toString());
        environment.put(LiquidationSettings.THREADS.name(), Integer.toString(arguments.threads()));
        try (LiquidationService service =
                LiquidationService.start(LiquidationSettings.from(LiquidationSettings.TABLE.read(environment)))) {
            long nanos = LedgerSubject.nanosUntilRunning(service::phase);
            link.serve(Long.toString(nanos), command -> "unknown");
        }
        System.exit(0);
    }
}

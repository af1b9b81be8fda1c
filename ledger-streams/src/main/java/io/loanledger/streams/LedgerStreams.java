package io.loanledger.streams;

import io.loanledger.events.settings.SettingsRefused;
import io.loanledger.events.topic.TopicsRefused;
import io.loanledger.streams.service.LedgerService;
import io.loanledger.streams.service.LedgerSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ledger as a process: settings from the environment, one instance until it is told to end or ends by itself (exit code 1). */
public final class LedgerStreams {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerStreams.class);

    private LedgerStreams() {}

    public static void main(String[] arguments) throws InterruptedException {
        LedgerService service;
        try {
            var values = LedgerSettings.TABLE.readEnvironment();
            LOG.info("settings:\n{}", values);
            service = LedgerService.start(LedgerSettings.from(values));
        } catch (SettingsRefused | TopicsRefused refused) {
            System.err.println(refused.getMessage());
            System.exit(2);
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(service::close, "ledger-close"));
        if (!service.awaitEnd()) {
            System.exit(1);
        }
    }
}

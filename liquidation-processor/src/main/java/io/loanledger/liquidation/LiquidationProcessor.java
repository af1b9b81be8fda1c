package io.loanledger.liquidation;

import io.loanledger.events.service.ServicePhase;
import io.loanledger.events.settings.SettingValues;
import io.loanledger.events.settings.SettingsRefused;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one liquidation processor until the process is told to end. Exit code 1 when it ends by itself, 2 when its settings are wrong. */
public final class LiquidationProcessor {
    private static final Logger LOG = LoggerFactory.getLogger(LiquidationProcessor.class);
    private static final Duration WATCH = Duration.ofSeconds(1);

    private LiquidationProcessor() {}

    /** Reads the environment and runs. */
    public static void main(String[] arguments) throws InterruptedException {
        SettingValues values;
        try {
            values = LiquidationSettings.TABLE.readEnvironment();
        } catch (SettingsRefused refused) {
            System.err.println(refused.getMessage());
            System.exit(2);
            return;
        }
        LOG.info("settings:\n{}", values);
        LiquidationService service = LiquidationService.start(LiquidationSettings.from(values));
        CountDownLatch told = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            told.countDown();
                            service.close();
                            closed.countDown();
                        },
                        "shutdown"));
        while (service.phase() != ServicePhase.FAILED) {
            if (told.await(WATCH.toMillis(), TimeUnit.MILLISECONDS)) {
                closed.await();
                return;
            }
        }
        System.exit(1);
    }
}

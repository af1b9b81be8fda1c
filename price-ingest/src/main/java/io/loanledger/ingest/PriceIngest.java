package io.loanledger.ingest;

import io.loanledger.events.service.KafkaMeters;
import io.loanledger.events.service.ObservabilityServer;
import io.loanledger.events.service.ServiceMeters;
import io.loanledger.events.settings.SettingValues;
import io.loanledger.events.settings.SettingsRefused;
import io.loanledger.ingest.feed.FeedCommand;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process. Without arguments it makes index prices until it is told to end; with {@code --scenario} or {@code --csv} it only feeds
 * ticks, for a price-ingest that runs elsewhere.
 *
 * <p>Exit codes: 0 ended as told, 1 stopped by itself (a fence, a broker that refuses, a fault), 2 wrong arguments or settings.
 */
public final class PriceIngest {
    static final int ENDED = 0;
    static final int STOPPED = 1;
    static final int REFUSED = 2;

    private static final Logger LOG = LoggerFactory.getLogger(PriceIngest.class);

    private PriceIngest() {}

    public static void main(String[] arguments) throws InterruptedException {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    private static int run(List<String> arguments, PrintStream out, PrintStream err) throws InterruptedException {
        if (arguments.equals(List.of("--help"))) {
            out.print(FeedCommand.USAGE);
            out.print(PriceIngestSettings.TABLE.toMarkdown());
            return ENDED;
        }
        try {
            if (!arguments.isEmpty()) {
                return FeedCommand.parse(arguments).run();
            }
            SettingValues values = PriceIngestSettings.TABLE.readEnvironment();
            LOG.info("settings:\n{}", values);
            return serve(PriceIngestSettings.from(values));
        } catch (SettingsRefused | FeedCommand.Refused refused) {
            err.println(refused.getMessage());
            return REFUSED;
        } catch (IOException failed) {
            err.println(failed.getMessage());
            return STOPPED;
        }
    }

    private static int serve(PriceIngestSettings settings) throws IOException, InterruptedException {
        try (ServiceMeters meters = ServiceMeters.open()) {
            KafkaMeters kafkaMeters = KafkaMeters.in(meters.registry());
            PriceIngestService service = new PriceIngestService(settings, meters.registry(), kafkaMeters);
            try (ObservabilityServer server =
                    ObservabilityServer.start(settings.observability().address(), meters.registry(), service::phase)) {
                LOG.info("meters and health on port {}", server.port());
                Thread atExit = new Thread(service::close, "shutdown");
                Runtime.getRuntime().addShutdownHook(atExit);
                service.start();
                Optional<Throwable> failure = service.awaitEnd();
                return failure.isPresent() ? STOPPED : ENDED;
            }
        }
    }
}

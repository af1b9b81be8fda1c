package io.loanledger.ingest.feed;

import io.loanledger.events.settings.KafkaConnectionSettings;
import io.loanledger.ingest.scenario.Scenario;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The command that feeds ticks from a scenario or a file.
 *
 * @param scenario name of the scenario, if that is the source
 * @param csv the file, if that is the source
 * @param speed how many times faster than it was; 0 is as fast as it goes
 * @param step scenario time between two batches
 */
public record FeedCommand(Optional<String> scenario, Optional<Path> csv, int speed, Duration step) {
    public static final String USAGE = """
            price-ingest                                 make index prices until told to end
            price-ingest --scenario NAME [--speed N] [--step SECONDS]
                                                         feed the ticks of a built-in scenario
            price-ingest --csv FILE [--speed N]          feed the ticks of a file
            price-ingest --help                          this, and the settings

            NAME is one of %s.
            N times faster than it was: 60 (the default) makes an hour a minute, 0 goes as fast as it can.
            SECONDS of the scenario lie between two ticks of a venue: 1 by default.
            FILE has the columns %s.
            A replay needs INDEX_CLOCK=TICKS at the price-ingest that reads it.

            """.formatted(String.join(", ", Scenario.names()), CsvSource.HEADER);

    private static final Logger LOG = LoggerFactory.getLogger(FeedCommand.class);

    /** Arguments or a file that cannot be used; the message is for the user. */
    public static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String problem) {
            super(problem);
        }
    }

    public static FeedCommand parse(List<String> arguments) throws Refused {
        FeedCommand command = new FeedCommand(Optional.empty(), Optional.empty(), 60, Duration.ofSeconds(1));
        for (int i = 0; i < arguments.size(); i += 2) {
            if (i + 1 == arguments.size()) {
                throw new Refused(arguments.get(i) + " needs a value\n\n" + USAGE);
            }
            command = command.with(arguments.get(i), arguments.get(i + 1));
        }
        if (command.scenario.isPresent() == command.csv.isPresent()) {
            throw new Refused("give one of --scenario and --csv\n\n" + USAGE);
        }
        return command;
    }

    /** Feeds until the source ends; answers the exit code. */
    public int run() throws Refused, IOException, InterruptedException {
        KafkaConnectionSettings kafka = KafkaConnectionSettings.from(KafkaConnectionSettings.TABLE.readEnvironment());
        if (scenario.isPresent()) {
            return feed(kafka, new ScenarioSource(Scenario.named(scenario.get()), step));
        }
        Path file = csv.orElseThrow();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            return feed(kafka, new CsvSource(String.valueOf(file.getFileName()), lines));
        } catch (CsvSource.Refused wrongLine) {
            throw new Refused(String.valueOf(wrongLine.getMessage()));
        }
    }

    private int feed(KafkaConnectionSettings kafka, TickSource source) throws InterruptedException {
        try (TickPublisher publisher = new TickPublisher(kafka)) {
            long ticks = new TickReplay(source, speed).run(batch -> publisher.publish(batch.ticks()));
            publisher.flush();
            LOG.info("fed {} ticks", ticks);
        }
        return 0;
    }

    private FeedCommand with(String option, String value) throws Refused {
        return switch (option) {
            case "--scenario" -> {
                if (!Scenario.names().contains(value)) {
                    throw new Refused("no scenario " + value + "; there are " + Scenario.names());
                }
                yield new FeedCommand(Optional.of(value), csv, speed, step);
            }
            case "--csv" -> {
                Path file = Path.of(value);
                if (!Files.isReadable(file)) {
                    throw new Refused("cannot read " + value);
                }
                yield new FeedCommand(scenario, Optional.of(file), speed, step);
            }
            case "--speed" -> new FeedCommand(scenario, csv, whole(option, value, 0), step);
            case "--step" -> new FeedCommand(scenario, csv, speed, Duration.ofSeconds(whole(option, value, 1)));
            default -> throw new Refused("unknown option " + option + "\n\n" + USAGE);
        };
    }

    private static int whole(String option, String value, int least) throws Refused {
        if (!value.matches("[0-9]{1,6}") || Integer.parseInt(value) < least) {
            throw new Refused(option + " is a whole number from " + least + ", not " + value);
        }
        return Integer.parseInt(value);
    }
}

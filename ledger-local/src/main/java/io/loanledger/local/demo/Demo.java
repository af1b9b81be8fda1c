package io.loanledger.local.demo;

import io.loanledger.events.serde.SchemaRegistry;
import io.loanledger.events.settings.KafkaConnectionSettings;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.liquidation.LiquidationNames;
import io.loanledger.local.audit.Audit;
import io.loanledger.local.audit.Findings;
import io.loanledger.local.audit.PublicHistory;
import io.loanledger.local.journal.FoldProcess;
import io.loanledger.local.journal.JournalReading;
import io.loanledger.local.sim.DemoProducts;
import io.loanledger.local.sim.SimulatedWorld;
import io.loanledger.local.stack.LocalPlatform;
import io.loanledger.local.stack.LocalServices;
import io.loanledger.local.terminal.Display;
import io.loanledger.local.topic.CommittedHistory;
import io.loanledger.local.topic.TopicFeed;
import io.loanledger.streams.LedgerNames;
import io.loanledger.streams.LedgerTopology;
import io.loanledger.streams.wire.StateDigest;
import io.loanledger.streams.wire.StoredLoan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The simulated world around running services, and the conductor who leads it. {@link #close} ends its threads. */
public final class Demo implements AutoCloseable {

    private final LocalServices services;
    private final KafkaConnectionSettings connection;
    private final Display display;
    private final DemoPath path = new DemoPath();
    private final LedgerWatch watch = new LedgerWatch();
    private final TopicFeed watching;
    private final SimulatedWorld world;
    private final GroupProgress progress;
    private final int loans;
    private final long seed;

    /** A world for a book of so many loans; the same seed makes the same world. */
    public Demo(LocalServices services, KafkaConnectionSettings connection, Display display, int loans, long seed) {
        this.services = services;
        this.connection = connection;
        this.display = display;
        this.watching = new TopicFeed(watch, connection);
        this.world = new SimulatedWorld(connection, DemoPath.FIRST_DAY, seed, path.deskTroubles());
        this.loans = loans;
        this.seed = seed;
        this.progress = new GroupProgress(connection);
    }

    /** What the services are told beside their defaults. */
    public static Map<String, String> settingsOfServices() {
        return DemoSettings.ofServices();
    }

    /**
     * Plays everything to its end.
     *
     * @throws DemoFailed when something does not come in time or one of the parts has ended
     */
    public void play() throws InterruptedException {
        watching.start();
        world.start();
        new DemoConductor(
                        world,
                        watch,
                        progress,
                        List.of(
                                new GroupProgress.Readings(LedgerNames.APPLICATION_ID, LedgerTopology.SOURCES),
                                new GroupProgress.Readings(
                                        LiquidationNames.APPLICATION_ID,
                                        List.of(
                                                TopicCatalogue.INDEX_PRICES,
                                                TopicCatalogue.LIQUIDATION_REQUESTS,
                                                TopicCatalogue.EXECUTIONS))),
                        LocalPlatform.PARTITIONS,
                        path,
                        display,
                        this::trouble)
                .play(loans, seed);
    }

    /**
     * Reads everything back and tells what happened. Call it after {@link #play}, when everything is at rest.
     *
     * @param log where a process of its own, which folds the journal too, may write what it has to say
     * @return the lines; the last one begins with DEMO OK or DEMO FAILED
     */
    public List<String> report(Path log) throws InterruptedException {
        display.show(List.of("reading everything back"));
        try (SchemaRegistry schemas = SchemaRegistry.open(connection.registryProperties());
                FoldProcess elsewhere = FoldProcess.start(connection, log)) {
            PublicHistory history = PublicHistory.of(connection, schemas);
            var audit = new Audit(history, DemoProducts.MARKET, DemoSettings.PRICE_AGE);
            var ofJournal = new DemoFigures.OfJournal();
            long records = JournalReading.read(connection, schemas, entry -> {
                audit.follow(entry);
                ofJournal.follow(entry.event());
            });
            FoldProcess.Outcome outcome = elsewhere.await();
            if (outcome.records() != records) {
                throw new DemoFailed("the journal grew while it was read: " + records + ", then " + outcome.records());
            }
            long deadLetters = CommittedHistory.read(connection, List.of(TopicCatalogue.DEAD_LETTERS), letter -> {});
            var stored = new ArrayList<StoredLoan>();
            services.ledger().forEachLoan(stored::add);
            Findings findings = audit.verdict(StateDigest.of(stored), outcome.digest());
            var report = DemoReport.of(
                    DemoFigures.of(history, ofJournal, deadLetters),
                    audit,
                    TickToOrder.of(history, watch.orderArrivals()),
                    findings);
            var lines = new ArrayList<>(report.lines());
            lines.add(report.lastLine());
            return lines;
        }
    }

    @Override
    public void close() {
        world.close();
        watching.close();
        progress.close();
    }

    private Optional<String> trouble() {
        return services.failure()
                .or(() -> world.failure().or(watching::failure).map(problem -> "a simulated party ended: " + problem));
    }
}

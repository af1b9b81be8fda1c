package io.loanledger.ingest;

import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.price.IndexRules;
import io.loanledger.core.price.IndexState;
import io.loanledger.core.price.MarketIndex;
import io.loanledger.events.broadcast.BroadcastEndedException;
import io.loanledger.events.serde.RecordReader;
import io.loanledger.events.serde.RegistryWait;
import io.loanledger.events.serde.SchemaIds;
import io.loanledger.events.serde.SchemaRegistrar;
import io.loanledger.events.serde.SchemaRegistry;
import io.loanledger.events.service.KafkaMeters;
import io.loanledger.events.service.LagGauges;
import io.loanledger.events.service.ServicePhase;
import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.events.topic.TopicProvisioner;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what venues say, makes the index price of each market and writes it to every partition in one transaction.
 *
 * <p>(epoch, sequence) of a market rise strictly over restarts and replacements: starting a second service ends the first, which stops
 * with {@link ServicePhase#FAILED} and says who took over. A stale index is written as such, not left out.
 *
 * <p>Without a schema registry it stays {@link ServicePhase#STARTING}, asks it again and again and takes nothing over before it answers.
 *
 * <p>{@link #start} returns at once; one thread of the service's own does the work. {@link #close} ends it and waits. Both may be
 * called from any thread, once.
 */
public final class PriceIngestService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PriceIngestService.class);

    private static final List<Topic> TOPICS =
            List.of(TopicCatalogue.TICKS_OF_VENUES, TopicCatalogue.INDEX_PRICES, TopicCatalogue.DEAD_LETTERS);
    private static final Duration PATIENCE_WITH_TOPICS = Duration.ofSeconds(60);
    private static final Duration PATIENCE_WITH_CLOSE = Duration.ofSeconds(20);
    /** How much older than any age limit ticks are still read after a pause. */
    private static final Duration MARGIN = Duration.ofMinutes(1);
    /** Short, because an index by the ticks' time is made when nothing is left to read. */
    private static final Duration POLL = Duration.ofMillis(5);

    private final PriceIngestSettings settings;
    private final MeterRegistry registry;
    private final InstantSource clock;
    private final @Nullable KafkaMeters kafkaMeters;
    private final Thread thread;
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final CountDownLatch toldToEnd = new CountDownLatch(1);
    private final Map<String, IndexState> lastStates = new HashMap<>();
    private volatile ServicePhase phase = ServicePhase.STARTING;
    private volatile boolean stopping;
    private volatile @Nullable Throwable failure;

    /**
     * @param registry takes the service's meters
     * @param kafkaMeters takes those of its Kafka clients; null for none
     */
    public PriceIngestService(PriceIngestSettings settings, MeterRegistry registry, @Nullable KafkaMeters kafkaMeters) {
        this(settings, registry, kafkaMeters, InstantSource.system());
    }

    PriceIngestService(
            PriceIngestSettings settings,
            MeterRegistry registry,
            @Nullable KafkaMeters kafkaMeters,
            InstantSource clock) {
        this.settings = settings;
        this.registry = registry;
        this.kafkaMeters = kafkaMeters;
        // The wire counts microseconds: a finer clock would make a record differ from what it was made of.
        this.clock = () -> clock.instant().truncatedTo(ChronoUnit.MICROS);
        this.thread = new Thread(this::run, "price-ingest");
    }

    /** Begins; {@link #phase} tells when it runs. */
    public void start() {
        thread.start();
    }

    public ServicePhase phase() {
        return phase;
    }

    /** Waits until the service reads ticks, or has ended before; answers whether it reads. */
    public boolean awaitRunning() throws InterruptedException {
        running.await();
        return phase == ServicePhase.RUNNING;
    }

    /** Waits for the end; empty when it was told to end, otherwise why it stopped by itself. */
    public Optional<Throwable> awaitEnd() throws InterruptedException {
        ended.await();
        return Optional.ofNullable(failure);
    }

    /** Ends the service and waits for it. */
    @Override
    public void close() {
        stopping = true;
        toldToEnd.countDown();
        if (phase != ServicePhase.FAILED) {
            phase = ServicePhase.STOPPING;
        }
        try {
            thread.join(PATIENCE_WITH_CLOSE.toMillis());
            if (thread.isAlive()) {
                LOG.warn("price-ingest did not end within {}; interrupting it", PATIENCE_WITH_CLOSE);
                thread.interrupt();
                thread.join(PATIENCE_WITH_CLOSE.toMillis());
            }
        } catch (InterruptedException interrupted) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            work();
        } catch (RuntimeException | Error failed) {
            if (!(stopping && failed instanceof InterruptException)) {
                failure = failed;
                phase = ServicePhase.FAILED;
                LOG.error("price-ingest stopped: {}", sentence(failed), failed);
            }
        } finally {
            running.countDown();
            ended.countDown();
        }
    }

    private void work() {
        try (Admin admin = Admin.create(settings.kafka().clientProperties())) {
            new TopicProvisioner(admin, settings.topics(), PATIENCE_WITH_TOPICS).provision(TOPICS);
        }
        List<String> markets =
                settings.markets().stream().map(IndexRules::market).toList();
        IngestMeters meters = new IngestMeters(registry, clock, markets);
        try (SchemaRegistry schemas = SchemaRegistry.open(settings.kafka().registryProperties())) {
            Optional<TakenOver> takenOver = new RegistryWait(
                            pause -> {
                                var unused = toldToEnd.await(pause.toNanos(), TimeUnit.NANOSECONDS);
                            },
                            () -> !stopping)
                    .answer(() -> takeOver(schemas, markets));
            if (takenOver.isPresent()) {
                serve(takenOver.get(), schemas, meters);
            }
        }
    }

    /** The writers of all markets and what was written last: everything that a start needs the registry for. */
    private record TakenOver(IndexWriters writers, Map<String, IndexPrice> last) {}

    private TakenOver takeOver(SchemaRegistry schemas, List<String> markets) {
        SchemaIds schemaIds = new SchemaRegistrar(schemas).registerAll();
        IndexWriters writers = IndexWriters.open(settings.kafka(), schemas, schemaIds, markets, clock);
        try {
            return new TakenOver(writers, writers.lastWritten());
        } catch (RuntimeException failed) {
            writers.close();
            throw failed;
        }
    }

    private void serve(TakenOver takenOver, SchemaRegistry schemas, IngestMeters meters) {
        try (IndexWriters writers = takenOver.writers();
                TickFeed feed = new TickFeed(settings.kafka(), new RecordReader(schemas), meters)) {
            LagGauges lag = LagGauges.start(
                    registry,
                    settings.kafka().clientProperties(),
                    TickFeed.GROUP,
                    List.of(TopicCatalogue.TICKS_OF_VENUES.name()),
                    settings.observability().lagEvery());
            try {
                readAndWrite(writers, takenOver.last(), feed, meters);
            } finally {
                lag.close();
            }
        }
    }

    private void readAndWrite(IndexWriters writers, Map<String, IndexPrice> last, TickFeed feed, IngestMeters meters) {
        MarketIndices indices =
                new MarketIndices(settings.clock(), index -> publish(index, writers, meters), (market, ahead) -> {
                    meters.begunAnew(market);
                    LOG.error(
                            "the last index of {} lies {} ahead of this clock: one of the two clocks is wrong; it begins anew",
                            market,
                            ahead);
                });
        settings.markets().forEach(rules -> indices.add(rules, Optional.ofNullable(last.get(rules.market()))));
        feed.begin(settings.readBackTicks(), oldestOfUse(), appended -> indices.recall(appended.tick(), appended.at()));
        KafkaMeters.Registration shown = kafkaMeters == null ? () -> {} : kafkaMeters.add(feed::metrics);
        try {
            loop(indices, feed, meters);
        } finally {
            shown.close();
        }
    }

    private void loop(MarketIndices indices, TickFeed feed, IngestMeters meters) {
        if (!stopping) {
            phase = ServicePhase.RUNNING;
            running.countDown();
            LOG.info("price-ingest reads ticks for {} by the {} clock", indices.names(), settings.clock());
        }
        while (!stopping) {
            boolean caughtUp = feed.poll(
                    POLL,
                    appended -> indices.take(appended.tick(), appended.at())
                            .ifPresentOrElse(
                                    meters::refused,
                                    () -> meters.taken(appended.tick().getVenue())));
            indices.batchEnded(caughtUp, clock.instant());
        }
    }

    /** By the wall clock a quote of an hour ago counts nowhere: a long pause is not worked off. In a replay every tick is its time. */
    private Optional<Instant> oldestOfUse() {
        return switch (settings.clock()) {
            case WALL ->
                Optional.of(clock.instant()
                        .minus(settings.markets().stream()
                                .map(IndexRules::maxAge)
                                .max(Duration::compareTo)
                                .orElse(Duration.ZERO))
                        .minus(MARGIN));
            case TICKS -> Optional.empty();
        };
    }

    private void publish(MarketIndex index, IndexWriters writers, IngestMeters meters) {
        if (writers.publish(index)) {
            meters.published(index);
            IndexState before = lastStates.put(index.market(), index.state());
            if (before != index.state()) {
                LOG.info("{} is {} at {} {}", index.market(), index.state(), index.priceTime(), index.stateReason());
            }
        }
    }

    private static String sentence(Throwable failed) {
        if (failed instanceof BroadcastEndedException ended) {
            return switch (ended.reason()) {
                case FENCED -> "another price-ingest has taken over the index and this one may write no more";
                case OUTCOME_UNKNOWN -> "it is not known whether the last index was written";
                case REFUSED -> "the brokers refuse to take the index";
            };
        }
        return failed instanceof KafkaException ? "Kafka failed it" : "a fault of its own";
    }
}

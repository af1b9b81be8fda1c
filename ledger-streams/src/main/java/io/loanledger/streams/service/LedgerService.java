package io.loanledger.streams.service;

import io.loanledger.events.serde.SchemaIds;
import io.loanledger.events.serde.SchemaRegistrar;
import io.loanledger.events.serde.SchemaRegistry;
import io.loanledger.events.service.KafkaMeters;
import io.loanledger.events.service.LagGauges;
import io.loanledger.events.service.LedgerMeter;
import io.loanledger.events.service.ObservabilityServer;
import io.loanledger.events.service.ServiceMeters;
import io.loanledger.events.service.ServicePhase;
import io.loanledger.events.service.TransactionVersionCheck;
import io.loanledger.events.streams.StreamsProperties;
import io.loanledger.events.streams.ThreadEnd;
import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.events.topic.TopicProvisioner;
import io.loanledger.streams.LedgerMeters;
import io.loanledger.streams.LedgerNames;
import io.loanledger.streams.LedgerTopology;
import io.loanledger.streams.task.OperatorSkips;
import io.loanledger.streams.task.TaskParts;
import io.loanledger.streams.terms.CommittedSkips;
import io.loanledger.streams.terms.TermsFanOut;
import io.loanledger.streams.wire.JournalSchemas;
import io.loanledger.streams.wire.StoredLoan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One instance of the ledger: checks brokers, topics and schemas, then runs the topology until it is closed.
 *
 * <p>{@link #start} returns once Streams has been told to start; {@link #phase} says when it processes. A broken invariant, a fence
 * that does not heal or a registry that stays away end it by itself in phase FAILED: nothing is committed beyond the last good
 * record, and a new start goes on from there. Thread-safe.
 */
public final class LedgerService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerService.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Every topic that the topology and the fan-out of the terms read or write. */
    public static final List<Topic> TOPICS = List.of(
            TopicCatalogue.TERMS,
            TopicCatalogue.INDEX_PRICES,
            TopicCatalogue.TERMS_FANNED,
            TopicCatalogue.LOANS,
            TopicCatalogue.COLLATERAL,
            TopicCatalogue.MOVEMENTS,
            TopicCatalogue.LIQUIDATION_REPLIES,
            TopicCatalogue.CLAIM_RESULTS,
            TopicCatalogue.STRAYED,
            TopicCatalogue.CONTINUATIONS,
            TopicCatalogue.CLAIM_REQUESTS,
            TopicCatalogue.JOURNAL,
            TopicCatalogue.MARGIN_CALLS,
            TopicCatalogue.REJECTIONS,
            TopicCatalogue.CUSTODY_INSTRUCTIONS,
            TopicCatalogue.PAYMENT_INSTRUCTIONS,
            TopicCatalogue.LIQUIDATION_REQUESTS,
            TopicCatalogue.DEAD_LETTERS);

    private final KafkaStreams streams;
    private final List<AutoCloseable> resources;
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
    private volatile boolean closing;

    private LedgerService(KafkaStreams streams, List<AutoCloseable> resources) {
        this.streams = streams;
        this.resources = resources;
    }

    /**
     * Checks and starts.
     *
     * @throws RuntimeException if brokers, topics or schemas are not as promised; nothing is left running then
     */
    public static LedgerService start(LedgerSettings settings) {
        List<AutoCloseable> resources = new ArrayList<>();
        try {
            checkBrokers(settings);
            SchemaRegistry registry =
                    opened(resources, SchemaRegistry.open(settings.kafka().registryProperties()));
            SchemaIds ids = schemas(settings, registry);
            ServiceMeters meters = opened(resources, ServiceMeters.open());
            OperatorSkips skips = new OperatorSkips(settings.operatorKeys());
            CommittedSkips.read(settings.kafka(), registry, skips);
            TaskParts parts = new TaskParts(
                    settings.topics().sharedPartitions(),
                    registry,
                    ids,
                    JournalSchemas.of(ids, registry),
                    new LedgerMeters(meters.registry(), InstantSource.system()),
                    skips);
            StreamsConfig config = StreamsProperties.of(settings.streamsInstance());
            KafkaStreams streams = new KafkaStreams(LedgerTopology.build(parts, config), config);
            resources.add(() -> streams.close(PATIENCE)); // for a start that fails from here on
            LedgerService service = new LedgerService(streams, resources);
            service.observe(settings, meters);
            streams.setUncaughtExceptionHandler(
                    new ThreadEnd(settings.instanceId(), meters.registry(), InstantSource.system()));
            streams.setStateListener((next, former) -> {
                LOG.info("{}: {} -> {}", settings.instanceId(), former, next);
                if (next == KafkaStreams.State.ERROR) {
                    service.failed();
                }
            });
            streams.start();
            resources.add(TermsFanOut.start(
                    settings.kafka(), registry, ids, meters.registry(), settings.operatorKeys(), service::failed));
            return service;
        } catch (RuntimeException refused) {
            closeAll(resources);
            throw refused;
        }
    }

    private static void checkBrokers(LedgerSettings settings) {
        try (Admin admin = Admin.create(settings.kafka().clientProperties())) {
            TransactionVersionCheck.require(admin);
            new TopicProvisioner(admin, settings.topics(), PATIENCE).provision(TOPICS);
        }
    }

    private static SchemaIds schemas(LedgerSettings settings, SchemaRegistry registry) {
        SchemaRegistrar registrar = new SchemaRegistrar(registry);
        return switch (settings.schemas()) {
            case REGISTER -> registrar.registerAll();
            case CHECK -> registrar.verifyAll();
        };
    }

    private void observe(LedgerSettings settings, ServiceMeters meters) {
        LedgerMeter.RESTORING.gauge(meters.registry(), () -> phase() == ServicePhase.RESTORING ? 1 : 0);
        resources.add(KafkaMeters.in(meters.registry()).add(streams::metrics));
        try {
            resources.add(
                    ObservabilityServer.start(settings.observability().address(), meters.registry(), this::phase));
        } catch (IOException unbound) {
            throw new UncheckedIOException(unbound);
        }
        resources.add(LagGauges.start(
                meters.registry(),
                settings.kafka().clientProperties(),
                LedgerNames.APPLICATION_ID,
                LedgerTopology.SOURCES.stream().map(Topic::name).toList(),
                settings.observability().lagEvery()));
    }

    /** Waits until the instance ends: true after {@link #close}, false when it ended by itself. */
    public boolean awaitEnd() throws InterruptedException {
        try {
            return ended.get();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("the end was never completed with an exception", impossible);
        }
    }

    private void failed() {
        ended.complete(false);
    }

    /** Where the instance stands. Restoring counts as alive, not as ready. */
    public ServicePhase phase() {
        if (ended.isDone() && !ended.join()) {
            return ServicePhase.FAILED;
        }
        if (closing) {
            return ServicePhase.STOPPING;
        }
        return switch (streams.state()) {
            case CREATED -> ServicePhase.STARTING;
            case REBALANCING -> ServicePhase.RESTORING;
            case RUNNING -> ServicePhase.RUNNING;
            case PENDING_SHUTDOWN, NOT_RUNNING -> ServicePhase.STOPPING;
            case PENDING_ERROR, ERROR -> ServicePhase.FAILED;
        };
    }

    /** A loan of this instance's tasks, as it stands now, uncommitted changes included; empty if it is not here. */
    public Optional<StoredLoan> loan(String loanId) {
        return StoredLoans.of(streams).find(loanId);
    }

    /** Every loan of this instance's tasks, in no order; for operators and tests, it reads the whole store. */
    public void forEachLoan(Consumer<StoredLoan> action) {
        StoredLoans.of(streams).forEach(action);
    }

    /** Finishes what is in hand, commits it and ends. */
    @Override
    public void close() {
        closing = true;
        if (!streams.close(PATIENCE)) {
            LOG.warn("the stream threads did not end within {}", PATIENCE);
        }
        closeAll(resources);
        ended.complete(true);
    }

    private static <T extends AutoCloseable> T opened(List<AutoCloseable> resources, T resource) {
        resources.add(resource);
        return resource;
    }

    /** Last opened, first closed; one that fails does not keep the others open. */
    private static void closeAll(List<AutoCloseable> resources) {
        for (AutoCloseable resource : resources.reversed()) {
            try {
                resource.close();
            } catch (Exception failed) {
                LOG.warn("closing {} failed", resource.getClass().getSimpleName(), failed);
            }
        }
        resources.clear();
    }
}

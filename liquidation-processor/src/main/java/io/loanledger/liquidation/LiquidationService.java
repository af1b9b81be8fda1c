package io.loanledger.liquidation;

import io.loanledger.core.liquidation.MarketRules;
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
import io.loanledger.events.topic.TopicProvisioner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One instance of the liquidation processor: checks brokers, topics and schemas, then runs the topology until it is closed.
 *
 * <p>{@link #start} returns once Streams has been told to start; {@link #phase} says when it processes. A broken invariant, a fence
 * that does not heal or a registry that stays away end it by itself in phase FAILED: nothing is committed beyond the last good
 * record, and a new start goes on from there. Thread-safe.
 */
public final class LiquidationService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiquidationService.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Every topic that the topology reads or writes, once. */
    public static final List<Topic> TOPICS = Stream.concat(
                    LiquidationTopology.SOURCES.stream(), LiquidationTopology.SINKS.stream())
            .distinct()
            .toList();

    private final KafkaStreams streams;
    private final List<AutoCloseable> resources;
    private volatile boolean closing;

    private LiquidationService(KafkaStreams streams, List<AutoCloseable> resources) {
        this.streams = streams;
        this.resources = resources;
    }

    /**
     * Checks and starts.
     *
     * @throws RuntimeException if brokers, topics or schemas are not as promised; nothing is left running then
     */
    public static LiquidationService start(LiquidationSettings settings) {
        List<AutoCloseable> resources = new ArrayList<>();
        KafkaStreams streams = null;
        try {
            checkBrokers(settings);
            SchemaRegistry registry =
                    opened(resources, SchemaRegistry.open(settings.kafka().registryProperties()));
            SchemaIds ids = schemas(settings, registry);
            ServiceMeters meters = opened(resources, ServiceMeters.open());
            TaskParts parts = new TaskParts(
                    settings.topics().sharedPartitions(),
                    registry,
                    ids,
                    new LiquidationMeters(meters.registry()),
                    settings.clock(),
                    InstantSource.system(),
                    settings.markets().stream().collect(Collectors.toMap(MarketRules::market, Function.identity())));
            StreamsConfig config = StreamsProperties.of(settings.streamsInstance());
            streams = new KafkaStreams(LiquidationTopology.build(parts, config), config);
            LiquidationService service = new LiquidationService(streams, resources);
            service.observe(settings, meters);
            streams.setUncaughtExceptionHandler(
                    new ThreadEnd(settings.instanceId(), meters.registry(), InstantSource.system()));
            streams.setStateListener((next, former) -> LOG.info("{}: {} -> {}", settings.instanceId(), former, next));
            streams.start();
            return service;
        } catch (RuntimeException refused) {
            // Not started, it has clients and their threads all the same, and holds the lock of its folder.
            if (streams != null) {
                streams.close(PATIENCE);
            }
            closeAll(resources);
            throw refused;
        }
    }

    private static void checkBrokers(LiquidationSettings settings) {
        try (Admin admin = Admin.create(settings.kafka().clientProperties())) {
            TransactionVersionCheck.require(admin);
            new TopicProvisioner(admin, settings.topics(), PATIENCE).provision(TOPICS);
        }
    }

    private static SchemaIds schemas(LiquidationSettings settings, SchemaRegistry registry) {
        SchemaRegistrar registrar = new SchemaRegistrar(registry);
        return switch (settings.schemas()) {
            case REGISTER -> registrar.registerAll();
            case CHECK -> registrar.verifyAll();
        };
    }

    private void observe(LiquidationSettings settings, ServiceMeters meters) {
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
                LiquidationNames.APPLICATION_ID,
                LiquidationTopology.SOURCES.stream().map(Topic::name).toList(),
                settings.observability().lagEvery()));
    }

    /** Where the instance stands. Restoring counts as alive, not as ready. */
    public ServicePhase phase() {
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

    /** Finishes what is in hand, commits it and ends. */
    @Override
    public void close() {
        closing = phase() != ServicePhase.FAILED;
        if (!streams.close(PATIENCE)) {
            LOG.warn("the stream threads did not end within {}", PATIENCE);
        }
        closeAll(resources);
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

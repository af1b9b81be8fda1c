package io.loanledger.local.testing;

import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.events.topic.TopicProvisioner;
import io.loanledger.events.topic.TopicSettings;
import io.loanledger.local.kafka.EmbeddedKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One broker for all test classes of a JVM, started by the first that asks and closed at the JVM's end. A class asks
 * with {@code ExtendWith(BrokerForTests.class)}, its test methods with a parameter of type {@link Broker}.
 *
 * <p>Tests share it, so each names its topics, groups and transactional ids by {@link Broker#unique}.
 */
public final class BrokerForTests implements BeforeAllCallback, ParameterResolver {

    /** Partitions of every topic that tasks share. */
    public static final int PARTITIONS = 4;

    private static final String KEY = "broker";

    @Override
    public void beforeAll(ExtensionContext context) {
        broker(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Broker.class;
    }

    @Override
    public Broker resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return broker(context);
    }

    private static Broker broker(ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(BrokerForTests.class))
                .computeIfAbsent(KEY, key -> new Broker(), Broker.class);
    }

    /** The broker that all tests of this JVM share. */
    public static final class Broker implements AutoCloseable {

        private static final AtomicLong NEXT = new AtomicLong();

        private final Path folder = temporaryFolder();
        private final EmbeddedKafka kafka = EmbeddedKafka.onFreePort(folder.resolve("kafka"));

        Broker() {
            kafka.start();
        }

        public String bootstrapServers() {
            return kafka.bootstrapServers();
        }

        /** A name that no other test of this run has, with a beginning that says whose it is. */
        public String unique(String beginning) {
            return beginning + "-" + NEXT.incrementAndGet();
        }

        /** Makes every topic of the catalogue that is not there yet, and returns when a producer may begin. */
        public void createLedgerTopics() {
            var settings = new TopicSettings(PARTITIONS, (short) 1, TopicSettings.Startup.CREATE);
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
                new TopicProvisioner(admin, settings, Duration.ofSeconds(60)).provision(TopicCatalogue.ALL);
            }
        }

        /** A fresh folder that goes away with the broker. */
        public Path freshFolder(String beginning) {
            try {
                return Files.createDirectories(folder.resolve(unique(beginning)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            kafka.close();
            delete(folder);
        }

        private static Path temporaryFolder() {
            try {
                return Files.createTempDirectory("loan-ledger-test-");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void delete(Path folder) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

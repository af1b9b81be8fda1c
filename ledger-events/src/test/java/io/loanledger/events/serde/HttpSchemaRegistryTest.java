package io.loanledger.events.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loanledger.events.CollateralLocked;
import io.loanledger.events.CollateralReleased;
import io.loanledger.events.serde.Decoded.Reason;
import io.loanledger.events.serde.SchemaRegistry.Compatibility;
import io.loanledger.events.topic.TopicCatalogue;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The registry's client against a server that speaks Confluent's REST API and fails when told to. */
final class HttpSchemaRegistryTest {

    private static final Schema LOCKED =
            ContractTypes.of(CollateralLocked.class).registered();
    private static final String SUBJECT = "custody.collateral.v1-io.loanledger.events.CollateralLocked";

    private final RegistryServer server = new RegistryServer();
    private final SchemaRegistry registry = open(server.url());

    @AfterEach
    void close() {
        registry.close();
        server.close();
    }

    @Test
    void registersOnceAndThenRemembers() {
        int id = registry.register(SUBJECT, LOCKED);

        assertThat(registry.register(SUBJECT, LOCKED)).isEqualTo(id);
        assertThat(registry.find(SUBJECT, LOCKED)).contains(id);
        assertThat(server.requests()).containsExactly("POST /subjects/" + SUBJECT + "/versions");
    }

    @Test
    void readsASchemaOnceAndThenRemembersItWhenTheRegistryIsDown() {
        int id = server.put(LOCKED.toString());
        assertThat(registry.schema(id)).contains(LOCKED);
        server.stop();

        assertThat(registry.schema(id)).contains(LOCKED);
        assertThatThrownBy(() -> registry.schema(id + 1)).isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void asksTwiceBeforeItBelievesThatAnIdIsUnknownAndNeverRemembersIt() {
        assertThat(registry.schema(1)).isEmpty();
        assertThat(server.requests()).containsExactly("GET /schemas/ids/1", "GET /schemas/ids/1");

        server.put(LOCKED.toString());
        assertThat(registry.schema(1)).contains(LOCKED);
    }

    @Test
    void findsNothingUnderASubjectThatDoesNotExist() {
        assertThat(registry.find(SUBJECT, LOCKED)).isEmpty();
        assertThat(registry.latest(SUBJECT)).isEmpty();
    }

    @Test
    void findsTheNewestSchemaOfASubject() {
        registry.register(SUBJECT, Schema.create(Schema.Type.STRING));
        int id = registry.register(SUBJECT, LOCKED);

        assertThat(registry.latest(SUBJECT)).contains(id);
    }

    @Test
    void triesAgainAfterServerErrorsAndTooManyRequests() {
        server.fail(503, 429, 500);

        assertThat(registry.register(SUBJECT, LOCKED)).isEqualTo(1);
        assertThat(server.requests()).hasSize(4);
    }

    @Test
    void givesUpAfterItsRoundsWithoutAWordAboutTheData() {
        server.fail(503, 503, 503, 503);

        assertThatThrownBy(() -> registry.register(SUBJECT, LOCKED))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("4 rounds")
                .hasMessageContaining("503");
    }

    @Test
    void givesUpWhenTheAnswerIsTooLate() {
        server.holdBack();

        try (SchemaRegistry impatient = open(server.url(), "http.read.timeout.ms", "50", "max.retries", "0")) {
            assertThatThrownBy(() -> impatient.schema(1)).isInstanceOf(RegistryUnavailableException.class);
        }
    }

    @Test
    void goesOnToTheNextAddress() {
        int id = server.put(LOCKED.toString());
        try (RegistryServer dead = new RegistryServer();
                SchemaRegistry both = open(dead.url() + "," + server.url())) {
            dead.stop();

            assertThat(both.schema(id)).contains(LOCKED);
        }
    }

    @Test
    void sendsTheConfiguredCredentialsAndCallsAnotherAnswerARefusal() {
        server.requireAuthorization("Basic bGVkZ2VyOnM6ZWNyZXQ="); // ledger:s:ecret

        try (SchemaRegistry known = open(
                server.url(), "basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "ledger:s:ecret")) {
            assertThat(known.register(SUBJECT, LOCKED)).isEqualTo(1);
        }
        assertThatThrownBy(() -> registry.register(SUBJECT, LOCKED))
                .isInstanceOfSatisfying(RegistryRefusedException.class, refused -> {
                    assertThat(refused.status()).isEqualTo(401);
                    assertThat(refused.errorCode()).isEqualTo(40101);
                });
    }

    @Test
    void setsTheCompatibilityOfASubject() {
        registry.setCompatibility(SUBJECT, Compatibility.FULL_TRANSITIVE);

        assertThat(server.requests()).containsExactly("PUT /config/" + SUBJECT);
    }

    @Test
    void aWrongPathIsARefusalAndNotAnUnknownId() {
        try (SchemaRegistry astray = open(server.url() + "/elsewhere")) {
            assertThatThrownBy(() -> astray.schema(1)).isInstanceOf(RegistryRefusedException.class);
        }
    }

    @Test
    void registersTheWholeContractAndVerifiesItAfterwards() {
        SchemaIds written = new SchemaRegistrar(registry).registerAll();

        try (SchemaRegistry other = open(server.url())) {
            SchemaIds verified = new SchemaRegistrar(other).verifyAll();
            TopicCatalogue.ALL.stream()
                    .flatMap(topic -> topic.values().stream())
                    .forEach(type -> assertThat(verified.of(type)).isEqualTo(written.of(type)));
        }
        assertThat(server.requests()).contains("PUT /config/" + SUBJECT, "POST /subjects/" + SUBJECT + "/versions");
    }

    @Test
    void namesEverySchemaThatIsMissing() {
        SchemaRegistrar registrar = new SchemaRegistrar(registry);

        assertThatThrownBy(registrar::verifyAll)
                .hasMessageContaining(SUBJECT)
                .hasMessageContaining("prices.index.v1-io.loanledger.events.IndexPrice");
    }

    @Test
    void readsKnownIdsAndHoldsBackNewOnesWhileTheRegistryIsDown() {
        RecordWriter writer = new RecordWriter(new SchemaRegistrar(registry).registerAll());
        byte[] known = writer.bytes(TopicCatalogue.COLLATERAL, RecordSamples.full(CollateralLocked.class));
        byte[] fresh = writer.bytes(TopicCatalogue.COLLATERAL, RecordSamples.full(CollateralReleased.class));
        try (SchemaRegistry ofAnother = open(server.url())) {
            RecordReader reader = new RecordReader(ofAnother);
            assertThat(reader.read(TopicCatalogue.COLLATERAL, known)).isInstanceOf(Decoded.Readable.class);
            server.stop();

            assertThat(reader.read(TopicCatalogue.COLLATERAL, known)).isInstanceOf(Decoded.Readable.class);
            assertThat(reader.read(TopicCatalogue.COLLATERAL, fresh)).isInstanceOf(Decoded.Unavailable.class);

            server.start();
            assertThat(reader.read(TopicCatalogue.COLLATERAL, fresh)).isInstanceOf(Decoded.Readable.class);
        }
    }

    @Test
    void readsEveryRecordOfItsOwnVersionWithoutAskingAgain() {
        RecordWriter writer = new RecordWriter(new SchemaRegistrar(registry).registerAll());
        server.stop();
        RecordReader reader = new RecordReader(registry);

        TopicCatalogue.ALL.forEach(topic -> topic.values()
                .forEach(type -> assertThat(reader.read(topic, writer.bytes(topic, RecordSamples.full(type))))
                        .isInstanceOf(Decoded.Readable.class)));
    }

    @Test
    void wrongCredentialsNeverMakeARecordUnreadable() {
        int id = server.put(LOCKED.toString());
        server.requireAuthorization("Basic none");
        byte[] value = Arrays.copyOf(new byte[] {0, 0, 0, 0, (byte) id}, 20);

        assertThat(new RecordReader(registry).read(TopicCatalogue.COLLATERAL, value))
                .isInstanceOf(Decoded.Unavailable.class);
    }

    @Test
    void whatIsRegisteredAsSomethingElseThanAvroIsUnreadable() {
        int id = server.put("syntax = \"proto3\";");
        byte[] value = Arrays.copyOf(new byte[] {0, 0, 0, 0, (byte) id}, 20);

        assertThat(new RecordReader(registry).read(TopicCatalogue.COLLATERAL, value))
                .isInstanceOfSatisfying(
                        Decoded.Unreadable.class,
                        unreadable -> assertThat(unreadable.reason()).isEqualTo(Reason.NOT_AVRO));
    }

    private static SchemaRegistry open(String url, String... more) {
        Map<String, String> configuration =
                new HashMap<>(Map.of("schema.registry.url", url, "retries.wait.ms", "1", "retries.max.wait.ms", "2"));
        List<String> pairs = List.of(more);
        for (int index = 0; index < pairs.size(); index += 2) {
            configuration.put(pairs.get(index), pairs.get(index + 1));
        }
        return SchemaRegistry.open(configuration);
    }
}

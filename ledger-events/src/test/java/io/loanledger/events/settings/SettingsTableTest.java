package io.loanledger.events.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SettingsTableTest {

    private enum Colour {
        RED,
        GREEN
    }

    private static final Setting<String> NAME = Setting.requiredText("NAME", "Name of the thing.");
    private static final Setting<Integer> PORT = Setting.integer("PORT", "port", 8080, 1, 65_535, "Port to listen on.");
    private static final Setting<Duration> PAUSE = Setting.milliseconds(
            "PAUSE_MS", Duration.ofMillis(20), Duration.ofMillis(1), Duration.ofSeconds(1), "Pause between two.");
    private static final Setting<Boolean> LOUD = Setting.flag("LOUD", false, "Whether it is loud.");
    private static final Setting<Colour> COLOUR = Setting.choice("COLOUR", Colour.class, Colour.RED, "Its colour.");
    private static final Setting<List<String>> PARTS = Setting.list("PARTS", "", "Its parts.");
    private static final Setting<String> PASSWORD = Setting.secret("PASSWORD", "Its password.");
    private static final Setting<Path> FOLDER = Setting.path("FOLDER", "/var/lib/thing", "Where it keeps things.");
    private static final SettingsTable TABLE =
            SettingsTable.of(NAME, PORT, PAUSE, LOUD, COLOUR, PARTS, PASSWORD, FOLDER);

    @Test
    void takesDefaultsForWhatIsNotSetOrBlank() {
        SettingValues values = TABLE.read(Map.of("NAME", "x", "PORT", "  "));

        assertThat(values.get(PORT)).isEqualTo(8080);
        assertThat(values.get(PAUSE)).isEqualTo(Duration.ofMillis(20));
        assertThat(values.get(LOUD)).isFalse();
        assertThat(values.get(COLOUR)).isEqualTo(Colour.RED);
        assertThat(values.get(PARTS)).isEmpty();
        assertThat(values.get(PASSWORD)).isEmpty();
        assertThat(values.get(FOLDER)).isEqualTo(Path.of("/var/lib/thing"));
    }

    @Test
    void takesWhatIsSet() {
        SettingValues values = TABLE.read(Map.of(
                "NAME", " x ", "PORT", "1", "PAUSE_MS", "1000", "LOUD", "true", "COLOUR", "green", "PARTS", "a, b"));

        assertThat(values.get(NAME)).isEqualTo("x");
        assertThat(values.get(PORT)).isEqualTo(1);
        assertThat(values.get(PAUSE)).isEqualTo(Duration.ofSeconds(1));
        assertThat(values.get(LOUD)).isTrue();
        assertThat(values.get(COLOUR)).isEqualTo(Colour.GREEN);
        assertThat(values.get(PARTS)).containsExactly("a", "b");
    }

    @Test
    void reportsAllProblemsTogether() {
        SettingsRefused refused = catchThrowableOfType(
                SettingsRefused.class,
                () -> TABLE.read(
                        Map.of("PORT", "65536", "PAUSE_MS", "soon", "LOUD", "yes", "COLOUR", "blue", "PARTS", "a,,b")));

        assertThat(refused.problems())
                .containsExactly(
                        "NAME is not set: Name of the thing.",
                        "PORT is \"65536\": expected a whole number from 1 to 65535",
                        "PAUSE_MS is \"soon\": expected a whole number from 1 to 1000",
                        "LOUD is \"yes\": expected true or false",
                        "COLOUR is \"blue\": expected one of RED, GREEN",
                        "PARTS is \"a,,b\": expected parts separated by single commas");
    }

    @Test
    void asksForConditionsBetweenSettingsOnceEachCanBeRead() {
        SettingsTable table = TABLE.check(in -> in.get(LOUD) && in.get(COLOUR) == Colour.RED
                ? Optional.of("a red one cannot be loud")
                : Optional.empty());

        assertThatThrownBy(() -> table.read(Map.of("NAME", "x", "LOUD", "true")))
                .isInstanceOf(SettingsRefused.class)
                .hasMessage("a red one cannot be loud");
        assertThat(table.read(Map.of("NAME", "x")).get(LOUD)).isFalse();
    }

    @Test
    void neverShowsASecret() {
        SettingValues values = TABLE.read(Map.of("NAME", "x", "PASSWORD", "hunter2"));
        Setting<String> strict = new Setting<>("KEY", "secret", "", true, "A key.", text -> {
            throw new IllegalArgumentException("expected 32 bytes");
        });

        assertThat(values.get(PASSWORD)).isEqualTo("hunter2");
        assertThat(values.toString()).contains("PASSWORD=***").doesNotContain("hunter2");
        assertThatThrownBy(() -> SettingsTable.of(strict).read(Map.of("KEY", "hunter2")))
                .hasMessage("KEY is ***: expected 32 bytes");
    }

    @Test
    void writesItsDocumentation() {
        assertThat(SettingsTable.of(NAME, PORT, PASSWORD).toMarkdown()).isEqualTo("""
                | variable | unit | default | what it does |
                |---|---|---|---|
                | `NAME` | text | **required** | Name of the thing. |
                | `PORT` | port | `8080` | Port to listen on. |
                | `PASSWORD` | secret | not set | Its password. |
                """);
    }

    @Test
    void refusesATableThatNamesAVariableTwice() {
        assertThatThrownBy(() -> TABLE.and(SettingsTable.of(PORT)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("PORT stands twice in the table");
    }

    @Test
    void aConnectionWithoutSettingsIsThatOfTheLocalRun() {
        KafkaConnectionSettings kafka = KafkaConnectionSettings.from(KafkaConnectionSettings.TABLE.read(Map.of()));

        assertThat(kafka.clientProperties())
                .containsOnly(
                        Map.entry("bootstrap.servers", "127.0.0.1:9092"), Map.entry("security.protocol", "PLAINTEXT"));
        assertThat(kafka.registryProperties())
                .containsOnly(Map.entry("schema.registry.url", "http://127.0.0.1:8081/apis/ccompat/v7"));
    }

    @Test
    void aConnectionPassesKafkasAndConfluentsOwnKeysOnAndShowsNoSecret() {
        Map<String, String> environment = new HashMap<>();
        environment.put("KAFKA_BOOTSTRAP_SERVERS", "a:1,b:2");
        environment.put("KAFKA_SECURITY_PROTOCOL", "SASL_SSL");
        environment.put("KAFKA_SASL_MECHANISM", "SCRAM-SHA-512");
        environment.put("KAFKA_SASL_JAAS_CONFIG", "jaas hunter2");
        environment.put("KAFKA_SSL_TRUSTSTORE_LOCATION", "/trust.p12");
        environment.put("KAFKA_SSL_TRUSTSTORE_PASSWORD", "hunter2");
        environment.put("SCHEMA_REGISTRY_URL", "https://one, https://two");
        environment.put("SCHEMA_REGISTRY_BASIC_AUTH_USER_INFO", "ledger:hunter2");

        SettingValues values = KafkaConnectionSettings.TABLE.read(environment);
        KafkaConnectionSettings kafka = KafkaConnectionSettings.from(values);

        assertThat(kafka.clientProperties())
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("sasl.mechanism", "SCRAM-SHA-512")
                .containsEntry("sasl.jaas.config", "jaas hunter2")
                .containsEntry("ssl.truststore.location", "/trust.p12")
                .containsEntry("ssl.truststore.password", "hunter2")
                .containsEntry("ssl.truststore.type", "PKCS12");
        assertThat(kafka.registryProperties())
                .containsEntry("schema.registry.url", "https://one,https://two")
                .containsEntry("basic.auth.credentials.source", "USER_INFO")
                .containsEntry("basic.auth.user.info", "ledger:hunter2");
        assertThat(kafka + "\n" + values).doesNotContain("hunter2");
    }

    @Test
    void saslWithoutCredentialsIsRefused() {
        assertThatThrownBy(() -> KafkaConnectionSettings.TABLE.read(Map.of("KAFKA_SECURITY_PROTOCOL", "SASL_SSL")))
                .isInstanceOf(SettingsRefused.class)
                .hasMessageContaining("KAFKA_SASL_MECHANISM and KAFKA_SASL_JAAS_CONFIG");
    }
}

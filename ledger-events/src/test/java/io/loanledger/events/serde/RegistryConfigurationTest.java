package io.loanledger.events.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Confluent's keys as they stand in people's files. */
final class RegistryConfigurationTest {

    @TempDir
    Path folder;

    @Test
    void takesAddressesAsTextOrListWithoutBlanksAndClosingSlashes() {
        assertThat(RegistryConfiguration.from(Map.of("schema.registry.url", "http://a:1/apis/ccompat/v7/ , https://b"))
                        .urls())
                .containsExactly("http://a:1/apis/ccompat/v7", "https://b");
        assertThat(RegistryConfiguration.from(Map.of("schema.registry.url", List.of("http://a:1", "http://b:2")))
                        .urls())
                .containsExactly("http://a:1", "http://b:2");
    }

    @Test
    void takesCredentialsFromTheirKeyOrFromTheAddressAndShowsNone() {
        RegistryConfiguration byKey = RegistryConfiguration.from(Map.of(
                "schema.registry.url",
                "http://a",
                "basic.auth.credentials.source",
                "USER_INFO",
                "basic.auth.user.info",
                new Password("ledger:hunter2")));
        RegistryConfiguration byAddress =
                RegistryConfiguration.from(Map.of("schema.registry.url", "http://ledger:hunter2@a:8081/x"));

        assertThat(byKey.userInfo()).isEqualTo("ledger:hunter2");
        assertThat(byAddress.userInfo()).isEqualTo("ledger:hunter2");
        assertThat(byAddress.urls()).containsExactly("http://a:8081/x");
        assertThat(byKey + " " + byAddress).doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    schema.registry.url           | ''
                    schema.registry.url           | ftp://a
                    schema.registry.url           | not an address
                    schema.registry.url           | mock://a,http://b
                    basic.auth.credentials.source | SASL_INHERIT
                    basic.auth.credentials.source | USER_INFO
                    http.read.timeout.ms          | soon
                    max.retries                   | -1
                    schema.registry.ssl.truststore.location | /nowhere/trust.p12
                    """)
    void refusesWhatCannotBeUsed(String key, String value) {
        Map<String, String> configuration = new HashMap<>(Map.of("schema.registry.url", "http://a"));
        configuration.put(key, value);

        assertThatThrownBy(() -> SchemaRegistry.open(configuration).close()).isInstanceOf(ConfigException.class);
    }

    @Test
    void refusesToBeASerializerOfKeys() {
        Map<String, String> configuration = Map.of("schema.registry.url", "mock://keys");

        assertThatThrownBy(() -> new LedgerAvroSerializer().configure(configuration, true))
                .isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> new LedgerAvroDeserializer().configure(configuration, true))
                .isInstanceOf(ConfigException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    io.confluent.kafka.serializers.subject.TopicNameStrategy       | t-value
                    io.confluent.kafka.serializers.subject.RecordNameStrategy      | n.R
                    io.confluent.kafka.serializers.subject.TopicRecordNameStrategy | t-n.R
                    TOPIC_RECORD                                                   | t-n.R
                                                                                   | t-n.R
                    """)
    void namesSubjectsByConfluentsStrategies(String configured, String subject) {
        assertThat(SubjectNaming.of(configured).subject("t", "n.R")).isEqualTo(subject);
    }

    @Test
    void refusesAnUnknownStrategy() {
        assertThatThrownBy(() -> SubjectNaming.of("org.example.Own")).isInstanceOf(ConfigException.class);
    }

    /** A server with a certificate that only the configured store trusts. */
    @Test
    void trustsTheRegistryThatTheTrustStoreNamesAndNoOther() throws Exception {
        Path store = folder.resolve("registry.p12");
        keytool(store);
        HttpsServer server = httpsServer(store);
        try {
            String url = "https://localhost:" + server.getAddress().getPort();
            Map<String, String> trusting = Map.of(
                    "schema.registry.url",
                    url,
                    "schema.registry.ssl.truststore.location",
                    store.toString(),
                    "schema.registry.ssl.truststore.password",
                    "hunter2",
                    "max.retries",
                    "0");
            Map<String, String> ignorant = Map.of("schema.registry.url", url, "max.retries", "0");

            try (SchemaRegistry registry = SchemaRegistry.open(trusting)) {
                assertThat(registry.latest("s")).contains(7);
            }
            try (SchemaRegistry registry = SchemaRegistry.open(ignorant)) {
                assertThatThrownBy(() -> registry.latest("s")).isInstanceOf(RegistryUnavailableException.class);
            }
        } finally {
            server.stop(0);
        }
    }

    private static void keytool(Path store) throws IOException, InterruptedException {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "registry",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "hunter2")
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
    }

    private static HttpsServer httpsServer(Path store) throws IOException {
        RegistryConfiguration own = RegistryConfiguration.from(Map.of(
                "schema.registry.url", "https://localhost",
                "schema.registry.ssl.keystore.location", store.toString(),
                "schema.registry.ssl.keystore.password", "hunter2"));
        HttpsServer server = null;
        for (int attempt = 0; server == null; attempt++) {
            int port = 20_000 + ThreadLocalRandom.current().nextInt(10_000);
            try {
                server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            } catch (BindException taken) {
                if (attempt == 100) {
                    throw taken;
                }
            }
        }
        server.setHttpsConfigurator(
                new HttpsConfigurator(RegistryTls.context(own).orElseThrow()));
        server.createContext("/", exchange -> {
            byte[] answer = "{\"id\": 7}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        return server;
    }
}

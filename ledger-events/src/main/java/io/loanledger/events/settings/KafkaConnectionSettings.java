package io.loanledger.events.settings;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How to reach the brokers and the schema registry. Every service puts {@link #TABLE} at the head of its own.
 *
 * <p>Shown as text it masks what is secret. Immutable.
 *
 * @param bootstrapServers brokers to ask first, {@code host:port} separated by commas
 * @param registryUrls base addresses of the schema registry, tried in order
 * @param clientProperties Kafka's own keys for every producer, consumer, admin client and Streams application
 * @param registryProperties Confluent's own keys for every serializer and deserializer
 */
public record KafkaConnectionSettings(
        String bootstrapServers,
        List<String> registryUrls,
        Map<String, Object> clientProperties,
        Map<String, Object> registryProperties) {

    /** Kafka's protocols to the brokers. */
    public enum SecurityProtocol {
        PLAINTEXT,
        SSL,
        SASL_PLAINTEXT,
        SASL_SSL
    }

    public static final Setting<String> BOOTSTRAP_SERVERS = Setting.text(
            "KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:9092", "Brokers to ask first, host:port separated by commas.");
    public static final Setting<SecurityProtocol> SECURITY_PROTOCOL = Setting.choice(
            "KAFKA_SECURITY_PROTOCOL", SecurityProtocol.class, SecurityProtocol.PLAINTEXT, "Protocol to the brokers.");
    public static final Setting<String> SASL_MECHANISM = Setting.text(
            "KAFKA_SASL_MECHANISM", "", "SASL mechanism, for example SCRAM-SHA-512; needed by the SASL protocols.");
    public static final Setting<String> SASL_JAAS_CONFIG =
            Setting.secret("KAFKA_SASL_JAAS_CONFIG", "JAAS line with the credentials; needed by the SASL protocols.");
    public static final Setting<String> SSL_TRUSTSTORE_LOCATION =
            Setting.text("KAFKA_SSL_TRUSTSTORE_LOCATION", "", "File with the certificates to trust.");
    public static final Setting<String> SSL_TRUSTSTORE_PASSWORD =
            Setting.secret("KAFKA_SSL_TRUSTSTORE_PASSWORD", "Password of that file.");
    public static final Setting<String> SSL_TRUSTSTORE_TYPE =
            Setting.text("KAFKA_SSL_TRUSTSTORE_TYPE", "PKCS12", "Format of that file: PKCS12, JKS or PEM.");
    public static final Setting<String> SSL_KEYSTORE_LOCATION =
            Setting.text("KAFKA_SSL_KEYSTORE_LOCATION", "", "File with the own key and certificate, for mutual TLS.");
    public static final Setting<String> SSL_KEYSTORE_PASSWORD =
            Setting.secret("KAFKA_SSL_KEYSTORE_PASSWORD", "Password of that file.");
    public static final Setting<String> SSL_KEYSTORE_TYPE =
            Setting.text("KAFKA_SSL_KEYSTORE_TYPE", "PKCS12", "Format of that file: PKCS12, JKS or PEM.");
    public static final Setting<String> SSL_KEY_PASSWORD =
            Setting.secret("KAFKA_SSL_KEY_PASSWORD", "Password of the key in that file, if it has its own.");
    public static final Setting<List<String>> REGISTRY_URL = Setting.list(
            "SCHEMA_REGISTRY_URL",
            "http://127.0.0.1:8081/apis/ccompat/v7",
            "Base addresses of the schema registry's Confluent API, tried in order.");
    public static final Setting<String> REGISTRY_USER_INFO = Setting.secret(
            "SCHEMA_REGISTRY_BASIC_AUTH_USER_INFO", "user:password for the schema registry; none if not set.");
    public static final Setting<String> REGISTRY_TRUSTSTORE_LOCATION = Setting.text(
            "SCHEMA_REGISTRY_SSL_TRUSTSTORE_LOCATION", "", "File with the certificates to trust for the registry.");
    public static final Setting<String> REGISTRY_TRUSTSTORE_PASSWORD =
            Setting.secret("SCHEMA_REGISTRY_SSL_TRUSTSTORE_PASSWORD", "Password of that file.");
    public static final Setting<String> REGISTRY_KEYSTORE_LOCATION = Setting.text(
            "SCHEMA_REGISTRY_SSL_KEYSTORE_LOCATION", "", "File with the own key and certificate for the registry.");
    public static final Setting<String> REGISTRY_KEYSTORE_PASSWORD =
            Setting.secret("SCHEMA_REGISTRY_SSL_KEYSTORE_PASSWORD", "Password of that file.");

    public static final SettingsTable TABLE = SettingsTable.of(
                    BOOTSTRAP_SERVERS,
                    SECURITY_PROTOCOL,
                    SASL_MECHANISM,
                    SASL_JAAS_CONFIG,
                    SSL_TRUSTSTORE_LOCATION,
                    SSL_TRUSTSTORE_PASSWORD,
                    SSL_TRUSTSTORE_TYPE,
                    SSL_KEYSTORE_LOCATION,
                    SSL_KEYSTORE_PASSWORD,
                    SSL_KEYSTORE_TYPE,
                    SSL_KEY_PASSWORD,
                    REGISTRY_URL,
                    REGISTRY_USER_INFO,
                    REGISTRY_TRUSTSTORE_LOCATION,
                    REGISTRY_TRUSTSTORE_PASSWORD,
                    REGISTRY_KEYSTORE_LOCATION,
                    REGISTRY_KEYSTORE_PASSWORD)
            .check(KafkaConnectionSettings::saslNeedsCredentials);

    public KafkaConnectionSettings {
        registryUrls = List.copyOf(registryUrls);
        clientProperties = Map.copyOf(clientProperties);
        registryProperties = Map.copyOf(registryProperties);
    }

    /** Takes its rows from a table that was read and that holds {@link #TABLE}. */
    public static KafkaConnectionSettings from(SettingValues in) {
        Map<String, Object> client = new HashMap<>();
        client.put("bootstrap.servers", in.get(BOOTSTRAP_SERVERS));
        client.put("security.protocol", in.get(SECURITY_PROTOCOL).name());
        put(client, "sasl.mechanism", in.get(SASL_MECHANISM));
        put(client, "sasl.jaas.config", in.get(SASL_JAAS_CONFIG));
        if (put(client, "ssl.truststore.location", in.get(SSL_TRUSTSTORE_LOCATION))) {
            put(client, "ssl.truststore.password", in.get(SSL_TRUSTSTORE_PASSWORD));
            client.put("ssl.truststore.type", in.get(SSL_TRUSTSTORE_TYPE));
        }
        if (put(client, "ssl.keystore.location", in.get(SSL_KEYSTORE_LOCATION))) {
            put(client, "ssl.keystore.password", in.get(SSL_KEYSTORE_PASSWORD));
            put(client, "ssl.key.password", in.get(SSL_KEY_PASSWORD));
            client.put("ssl.keystore.type", in.get(SSL_KEYSTORE_TYPE));
        }
        Map<String, Object> registry = new HashMap<>();
        registry.put("schema.registry.url", String.join(",", in.get(REGISTRY_URL)));
        if (put(registry, "basic.auth.user.info", in.get(REGISTRY_USER_INFO))) {
            registry.put("basic.auth.credentials.source", "USER_INFO");
        }
        put(registry, "schema.registry.ssl.truststore.location", in.get(REGISTRY_TRUSTSTORE_LOCATION));
        put(registry, "schema.registry.ssl.truststore.password", in.get(REGISTRY_TRUSTSTORE_PASSWORD));
        put(registry, "schema.registry.ssl.keystore.location", in.get(REGISTRY_KEYSTORE_LOCATION));
        put(registry, "schema.registry.ssl.keystore.password", in.get(REGISTRY_KEYSTORE_PASSWORD));
        return new KafkaConnectionSettings(in.get(BOOTSTRAP_SERVERS), in.get(REGISTRY_URL), client, registry);
    }

    /** For tests and the local run: brokers and registry without security. */
    public static KafkaConnectionSettings plain(String bootstrapServers, String registryUrl) {
        return from(TABLE.read(Map.of(BOOTSTRAP_SERVERS.name(), bootstrapServers, REGISTRY_URL.name(), registryUrl)));
    }

    @Override
    public String toString() {
        return "KafkaConnectionSettings[bootstrapServers=%s, registryUrls=%s, protocol=%s]"
                .formatted(bootstrapServers, registryUrls, clientProperties.get("security.protocol"));
    }

    private static boolean put(Map<String, Object> properties, String key, String value) {
        if (value.isEmpty()) {
            return false;
        }
        properties.put(key, value);
        return true;
    }

    private static Optional<String> saslNeedsCredentials(SettingValues in) {
        boolean sasl = in.get(SECURITY_PROTOCOL).name().startsWith("SASL");
        boolean incomplete =
                in.get(SASL_MECHANISM).isEmpty() || in.get(SASL_JAAS_CONFIG).isEmpty();
        return sasl && incomplete
                ? Optional.of(SECURITY_PROTOCOL.name() + " is " + in.get(SECURITY_PROTOCOL) + ": it needs "
                        + SASL_MECHANISM.name() + " and " + SASL_JAAS_CONFIG.name())
                : Optional.empty();
    }
}

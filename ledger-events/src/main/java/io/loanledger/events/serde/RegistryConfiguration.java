package io.loanledger.events.serde;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * Confluent's configuration keys for its registry client, read and checked. Unknown keys are ignored, as Kafka does with the keys of
 * its plug-ins. Shown as text it leaves out what is secret.
 *
 * @param urls base addresses, tried in order; without a slash at the end
 * @param userInfo {@code user:password}; null if none is sent
 * @param trustStore certificates to trust; null for those of the JDK
 * @param keyStore own key and certificate; null for none
 * @param connectTimeout for each connection
 * @param readTimeout for each whole exchange
 * @param rounds how often the list of addresses is gone through before giving up
 * @param backOff pause before the second round; doubles with each further round
 * @param backOffLimit longest pause
 */
record RegistryConfiguration(
        List<String> urls,
        @Nullable String userInfo,
        @Nullable Store trustStore,
        @Nullable Store keyStore,
        Duration connectTimeout,
        Duration readTimeout,
        int rounds,
        Duration backOff,
        Duration backOffLimit) {

    static final String URL = "schema.registry.url";
    static final String CREDENTIALS_SOURCE = "basic.auth.credentials.source";
    static final String USER_INFO = "basic.auth.user.info";
    static final String TLS_PREFIX = "schema.registry.ssl.";
    static final String CONNECT_TIMEOUT = "http.connect.timeout.ms";
    static final String READ_TIMEOUT = "http.read.timeout.ms";
    static final String RETRIES = "max.retries";
    static final String RETRY_WAIT = "retries.wait.ms";
    static final String RETRY_WAIT_LIMIT = "retries.max.wait.ms";

    /** A file with keys or certificates. */
    record Store(
            String location,
            String type,
            @Nullable String password,
            @Nullable String keyPassword) {
        @Override
        public String toString() {
            return location;
        }
    }

    static RegistryConfiguration from(Map<String, ?> configuration) {
        List<String> urls = new ArrayList<>();
        List<String> userInfos = new ArrayList<>();
        for (String url : urlsOf(configuration.get(URL))) {
            if (url.startsWith(SchemaRegistry.IN_PROCESS_PREFIX)) {
                urls.add(url);
                continue;
            }
            URI address = httpAddress(url);
            if (address.getUserInfo() != null) {
                userInfos.add(address.getUserInfo());
            }
            String host = address.getPort() < 0 ? address.getHost() : address.getHost() + ":" + address.getPort();
            String path =
                    address.getRawPath() == null ? "" : address.getRawPath().replaceAll("/+$", "");
            urls.add(address.getScheme() + "://" + host + path);
        }
        if (urls.stream().anyMatch(url -> url.startsWith(SchemaRegistry.IN_PROCESS_PREFIX)) && urls.size() > 1) {
            throw new ConfigException(URL, urls, "a registry inside the process stands alone");
        }
        return new RegistryConfiguration(
                List.copyOf(urls),
                userInfo(configuration, userInfos),
                store(configuration, "truststore"),
                store(configuration, "keystore"),
                milliseconds(configuration, CONNECT_TIMEOUT, 2_000),
                milliseconds(configuration, READ_TIMEOUT, 5_000),
                1 + Math.toIntExact(whole(configuration, RETRIES, 3)),
                milliseconds(configuration, RETRY_WAIT, 100),
                milliseconds(configuration, RETRY_WAIT_LIMIT, 2_000));
    }

    @Override
    public String toString() {
        return "RegistryConfiguration[urls=%s, authenticated=%b]".formatted(urls, userInfo != null);
    }

    private static List<String> urlsOf(@Nullable Object value) {
        List<String> urls = value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : Arrays.asList(value == null ? new String[0] : value.toString().split(",", -1));
        List<String> stripped =
                urls.stream().map(String::strip).filter(url -> !url.isEmpty()).toList();
        if (stripped.isEmpty()) {
            throw new ConfigException(URL, value, "needs at least one address");
        }
        return stripped;
    }

    private static URI httpAddress(String url) {
        URI address;
        try {
            address = URI.create(url);
        } catch (IllegalArgumentException malformed) {
            throw new ConfigException(URL, "***", "is not an address: " + malformed.getMessage());
        }
        boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
        if (!http || address.getHost() == null) {
            throw new ConfigException(URL, "***", "expects http://, https:// or mock:// addresses");
        }
        return address;
    }

    private static @Nullable String userInfo(Map<String, ?> configuration, List<String> inUrls) {
        String source = text(configuration, CREDENTIALS_SOURCE);
        if (source == null || source.equals("URL")) {
            return inUrls.isEmpty() ? null : inUrls.getFirst();
        }
        if (!source.equals("USER_INFO")) {
            throw new ConfigException(CREDENTIALS_SOURCE, source, "expects URL or USER_INFO");
        }
        String info = text(configuration, USER_INFO);
        if (info == null || info.indexOf(':') < 1) {
            throw new ConfigException(USER_INFO, "***", "expects user:password");
        }
        return info;
    }

    private static @Nullable Store store(Map<String, ?> configuration, String kind) {
        String location = text(configuration, TLS_PREFIX + kind + ".location");
        if (location == null) {
            return null;
        }
        String type = text(configuration, TLS_PREFIX + kind + ".type");
        return new Store(
                location,
                type == null ? "PKCS12" : type,
                text(configuration, TLS_PREFIX + kind + ".password"),
                text(configuration, TLS_PREFIX + "key.password"));
    }

    private static Duration milliseconds(Map<String, ?> configuration, String key, long byDefault) {
        return Duration.ofMillis(whole(configuration, key, byDefault));
    }

    private static long whole(Map<String, ?> configuration, String key, long byDefault) {
        String text = text(configuration, key);
        if (text == null) {
            return byDefault;
        }
        try {
            long value = Long.parseLong(text);
            if (value >= 0 && value <= Integer.MAX_VALUE - 1) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            throw new ConfigException(key, text, "expects a whole number");
        }
        throw new ConfigException(key, text, "is out of range");
    }

    private static @Nullable String text(Map<String, ?> configuration, String key) {
        Object value = configuration.get(key);
        if (value == null) {
            return null;
        }
        String text = value instanceof Password password ? password.value() : value.toString();
        return text.isBlank() ? null : text.strip();
    }
}

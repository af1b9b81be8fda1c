package io.loanledger.events.serde;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.jspecify.annotations.Nullable;

/**
 * Confluent's REST API of a schema registry, over the JDK's HTTP client.
 *
 * <p>A request goes to the addresses in order until one answers. No connection, no answer in time, a status of 500 and above and 429
 * are tried again, round after round with a doubling pause, then end in {@link RegistryUnavailableException}. What cannot change is
 * remembered for good: the schema of an id, the id of a schema in a subject.
 *
 * <p>That an id is unknown is believed only when the registry says so twice, {@link #SECOND_OPINION} apart, and is never remembered:
 * a replica that lags behind its leader must not send a valid record to the dead letters.
 */
final class HttpSchemaRegistry implements SchemaRegistry {

    static final Duration SECOND_OPINION = Duration.ofMillis(100);

    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int UNKNOWN_SUBJECT = 40401;
    private static final int UNKNOWN_VERSION = 40402;
    private static final int UNKNOWN_SCHEMA = 40403;

    private final RegistryConfiguration configuration;
    private final HttpClient client;
    private final @Nullable String authorization;
    private final ObjectMapper json = new ObjectMapper();
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
    private final Map<InSubject, Integer> ids = new ConcurrentHashMap<>();

    private record InSubject(String subject, Schema schema) {}

    /** What the registry answered: a body, or that it does not know the thing asked for. */
    private sealed interface Answer {
        record Known(JsonNode body) implements Answer {}

        record Unknown() implements Answer {}
    }

    HttpSchemaRegistry(RegistryConfiguration configuration) {
        this.configuration = configuration;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(configuration.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER);
        RegistryTls.context(configuration).ifPresent(builder::sslContext);
        this.client = builder.build();
        String userInfo = configuration.userInfo();
        this.authorization = userInfo == null
                ? null
                : "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Optional<Schema> schema(int id) {
        Schema known = schemas.get(id);
        if (known != null) {
            return Optional.of(known);
        }
        String path = "/schemas/ids/" + id;
        Answer answer = ask("GET", path, null);
        if (answer instanceof Answer.Unknown) {
            pause(SECOND_OPINION);
            answer = ask("GET", path, null);
        }
        return switch (answer) {
            case Answer.Unknown unknown -> Optional.empty();
            case Answer.Known found -> {
                Schema schema = parse(path, found.body());
                schemas.put(id, schema);
                yield Optional.of(schema);
            }
        };
    }

    @Override
    public int register(String subject, Schema schema) {
        InSubject wanted = new InSubject(subject, schema);
        Integer known = ids.get(wanted);
        if (known != null) {
            return known;
        }
        String path = "/subjects/" + encoded(subject) + "/versions";
        int id = idIn(path, required(path, ask("POST", path, body(schema))));
        remember(wanted, id);
        return id;
    }

    @Override
    public Optional<Integer> find(String subject, Schema schema) {
        InSubject wanted = new InSubject(subject, schema);
        Integer known = ids.get(wanted);
        if (known != null) {
            return Optional.of(known);
        }
        String path = "/subjects/" + encoded(subject);
        return switch (ask("POST", path, body(schema))) {
            case Answer.Unknown unknown -> Optional.empty();
            case Answer.Known found -> {
                int id = idIn(path, found.body());
                remember(wanted, id);
                yield Optional.of(id);
            }
        };
    }

    /** Both ways: what is written under the service's own schemas is read while the registry is away. */
    private void remember(InSubject registered, int id) {
        ids.put(registered, id);
        schemas.putIfAbsent(id, registered.schema());
    }

    @Override
    public Optional<Integer> latest(String subject) {
        String path = "/subjects/" + encoded(subject) + "/versions/latest";
        return switch (ask("GET", path, null)) {
            case Answer.Unknown unknown -> Optional.empty();
            case Answer.Known found -> Optional.of(idIn(path, found.body()));
        };
    }

    @Override
    public void setCompatibility(String subject, Compatibility compatibility) {
        String path = "/config/" + encoded(subject);
        required(path, ask("PUT", path, text(json.createObjectNode().put("compatibility", compatibility.name()))));
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private Answer ask(String method, String path, @Nullable String body) {
        Duration pause = configuration.backOff();
        String problem = "";
        for (int round = 1; round <= configuration.rounds(); round++) {
            if (round > 1) {
                pause(pause);
                pause = min(pause.multipliedBy(2), configuration.backOffLimit());
            }
            for (String url : configuration.urls()) {
                try {
                    HttpResponse<String> response = exchange(method, URI.create(url + path), body);
                    if (response.statusCode() < 500 && response.statusCode() != 429) {
                        return understand(method + " " + path, response);
                    }
                    problem = url + " answered with HTTP status " + response.statusCode();
                } catch (IOException noAnswer) {
                    problem = url + " did not answer: " + noAnswer;
                }
            }
        }
        throw new RegistryUnavailableException(
                "%s %s: no answer in %d rounds; at last %s".formatted(method, path, configuration.rounds(), problem));
    }

    private HttpResponse<String> exchange(String method, URI address, @Nullable String body) throws IOException {
        HttpRequest.BodyPublisher content =
                body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .method(method, content)
                .header("Accept", MEDIA_TYPE + ", application/json")
                .header("Content-Type", MEDIA_TYPE);
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        CompletableFuture<HttpResponse<String>> answer =
                client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
        try {
            return answer.get(configuration.readTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException tooLate) {
            answer.cancel(true);
            throw new IOException("no answer in " + configuration.readTimeout(), tooLate);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException noAnswer) {
                throw noAnswer;
            }
            throw new IllegalStateException("the HTTP client failed", failed.getCause());
        } catch (InterruptedException interrupted) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new RegistryUnavailableException("interrupted while asking the registry", interrupted);
        }
    }

    private Answer understand(String request, HttpResponse<String> response) {
        int status = response.statusCode();
        JsonNode body;
        try {
            body = json.readTree(response.body());
        } catch (JsonProcessingException notJson) {
            body = json.missingNode();
        }
        if (status == 200) {
            return new Answer.Known(body);
        }
        int code = body.path("error_code").asInt(0);
        // A 404 that carries no code of the registry comes from something else in between, such as a wrong path behind
        // a proxy.
        if (status == 404 && (code == UNKNOWN_SUBJECT || code == UNKNOWN_VERSION || code == UNKNOWN_SCHEMA)) {
            return new Answer.Unknown();
        }
        throw new RegistryRefusedException(
                request, status, code, body.path("message").asText(""));
    }

    private static JsonNode required(String request, Answer answer) {
        return switch (answer) {
            case Answer.Known known -> known.body();
            case Answer.Unknown unknown ->
                throw new RegistryRefusedException(request, 404, 0, "unknown to the registry");
        };
    }

    private static int idIn(String request, JsonNode body) {
        JsonNode id = body.path("id");
        if (!id.canConvertToInt() || !id.isIntegralNumber()) {
            throw new RegistryUnavailableException(request + ": the answer holds no id");
        }
        return id.intValue();
    }

    private static Schema parse(String request, JsonNode body) {
        String type = body.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw new SchemaParseException(request + ": the schema is of type " + type + ", not AVRO");
        }
        JsonNode schema = body.path("schema");
        if (!schema.isTextual()) {
            throw new RegistryUnavailableException(request + ": the answer holds no schema");
        }
        return new Schema.Parser().parse(schema.textValue());
    }

    private String body(Schema schema) {
        return text(json.createObjectNode().put("schema", schema.toString()));
    }

    private String text(JsonNode node) {
        try {
            return json.writeValueAsString(node);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree that was just built cannot be written", impossible);
        }
    }

    private static String encoded(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new RegistryUnavailableException("interrupted between two requests to the registry", interrupted);
        }
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}

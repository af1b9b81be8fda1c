package io.loanledger.local.checker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.jspecify.annotations.Nullable;

/** Schemas by id over plain HTTP, {@code GET <base>/schemas/ids/<id>}, each asked for once. One thread. */
final class Registry implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final String base;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final ObjectMapper json = new ObjectMapper();
    private final Map<Integer, Optional<Schema>> known = new HashMap<>();

    Registry(String base) {
        this.base = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    }

    @Nullable
    Schema schema(int id) {
        return known.computeIfAbsent(id, this::fetch).orElse(null);
    }

    private Optional<Schema> fetch(int id) {
        if (id < 0) {
            return Optional.empty();
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/schemas/ids/" + id))
                .timeout(PATIENCE)
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == NOT_FOUND) {
                return Optional.empty();
            }
            if (answer.statusCode() != OK) {
                throw new IllegalStateException("the registry answers " + answer.statusCode() + " to " + request.uri());
            }
            JsonNode text = json.readTree(answer.body()).path("schema");
            return Optional.of(new Schema.Parser().parse(text.asText()));
        } catch (SchemaParseException notAvro) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("the registry at " + base + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking the registry", e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}

package io.loanledger.events.serde;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * As much of Confluent's REST API as its clients use, with faults to order: statuses that the next requests get, an answer that is
 * held back, an end and a new start on the same port.
 */
final class RegistryServer implements AutoCloseable {

    private static final int FIRST_PORT = 20_000;
    private static final int PORTS = 10_000;

    private final ObjectMapper json = new ObjectMapper();
    private final List<String> schemas = new ArrayList<>();
    private final Map<String, List<Integer>> subjects = new HashMap<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final Deque<Integer> faults = new ArrayDeque<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "registry-server");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable HttpServer server;
    private @Nullable String requiredAuthorization;
    private volatile CountDownLatch answering = new CountDownLatch(0);
    private int port;

    RegistryServer() {
        start();
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Method and path of each request, in order. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    /** The next requests get these statuses in place of an answer. */
    synchronized void fail(Integer... statuses) {
        Collections.addAll(faults, statuses);
    }

    /** Takes requests from now on and answers none, until the server ends. */
    void holdBack() {
        answering = new CountDownLatch(1);
    }

    synchronized void requireAuthorization(String header) {
        requiredAuthorization = header;
    }

    /** Registers text as it is, even if it is no Avro schema. */
    synchronized int put(String schema) {
        schemas.add(schema);
        return schemas.size();
    }

    synchronized void start() {
        for (int attempt = 0; server == null; attempt++) {
            int candidate =
                    port != 0 ? port : FIRST_PORT + ThreadLocalRandom.current().nextInt(PORTS);
            try {
                server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), candidate), 0);
                port = candidate;
            } catch (BindException taken) {
                if (attempt == 100) {
                    throw new UncheckedIOException(taken);
                }
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    synchronized void stop() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
    }

    @Override
    public void close() {
        stop();
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try {
            answering.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return;
        }
        requests.add(
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath());
        byte[] answer;
        int status = 200;
        try {
            answer = json.writeValueAsBytes(answer(exchange));
        } catch (Refusal refusal) {
            status = refusal.status;
            answer = json.writeValueAsBytes(
                    json.createObjectNode().put("error_code", refusal.code).put("message", "no"));
        }
        exchange.getResponseHeaders().add("Content-Type", "application/vnd.schemaregistry.v1+json");
        exchange.sendResponseHeaders(status, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private synchronized JsonNode answer(HttpExchange exchange) throws IOException {
        Integer fault = faults.poll();
        if (fault != null) {
            throw new Refusal(fault, 0);
        }
        if (requiredAuthorization != null
                && !requiredAuthorization.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            throw new Refusal(401, 40101);
        }
        String[] path = exchange.getRequestURI().getPath().substring(1).split("/", -1);
        JsonNode body = json.readTree(exchange.getRequestBody());
        String request = exchange.getRequestMethod() + " " + path[0] + " " + path.length;
        return switch (request) {
            case "GET schemas 3" -> byId(Integer.parseInt(path[2]));
            case "POST subjects 3" -> json.createObjectNode().put("id", register(path[1], body));
            case "POST subjects 2" -> find(path[1], body);
            case "GET subjects 4" -> latest(path[1]);
            case "PUT config 2" -> body;
            default -> throw new Refusal(404, 404);
        };
    }

    private ObjectNode byId(int id) {
        if (id < 1 || id > schemas.size()) {
            throw new Refusal(404, 40403);
        }
        return json.createObjectNode().put("schema", schemas.get(id - 1));
    }

    private int register(String subject, JsonNode body) {
        String schema = canonical(body);
        int id = schemas.indexOf(schema) + 1;
        if (id == 0) {
            id = put(schema);
        }
        List<Integer> versions = subjects.computeIfAbsent(subject, name -> new ArrayList<>());
        if (!versions.contains(id)) {
            versions.add(id);
        }
        return id;
    }

    private ObjectNode find(String subject, JsonNode body) {
        List<Integer> versions = subjects.get(subject);
        if (versions == null) {
            throw new Refusal(404, 40401);
        }
        int id = schemas.indexOf(canonical(body)) + 1;
        if (!versions.contains(id)) {
            throw new Refusal(404, 40403);
        }
        return version(subject, id);
    }

    private ObjectNode latest(String subject) {
        List<Integer> versions = subjects.get(subject);
        if (versions == null) {
            throw new Refusal(404, 40401);
        }
        return version(subject, versions.getLast());
    }

    private ObjectNode version(String subject, int id) {
        return json.createObjectNode()
                .put("subject", subject)
                .put("id", id)
                .put("version", subjects.getOrDefault(subject, List.of()).indexOf(id) + 1)
                .put("schema", schemas.get(id - 1));
    }

    private static String canonical(JsonNode body) {
        return new Schema.Parser().parse(body.path("schema").asText()).toString();
    }

    private static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int status;
        private final int code;

        private Refusal(int status, int code) {
            this.status = status;
            this.code = code;
        }
    }
}

package io.loanledger.events.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator's window into one service, over plain HTTP: {@code /metrics} in Prometheus' text format, {@code /health/live} and
 * {@code /health/ready}.
 *
 * <p>Live answers 200 as long as the process should be left running, also while stores are restored; ready answers 200 only while
 * records are processed; both otherwise 503, with the phase in the body. Nothing here changes the service and nothing is secret, but
 * there is no authentication either: bind it to loopback or to a network of the operators.
 *
 * <p>Thread-safe. Requests are served by two daemon threads, so that a slow scrape does not hold up a health check.
 */
public final class ObservabilityServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ObservabilityServer.class);
    private static final String TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String JSON = "application/json";

    private final HttpServer server;
    private final ExecutorService threads;

    private ObservabilityServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Starts to listen.
     *
     * @param phase asked at each request, on a thread of the server
     * @throws IOException when the address cannot be bound, with the address in its message
     */
    public static ObservabilityServer start(
            InetSocketAddress address, PrometheusMeterRegistry registry, Supplier<ServicePhase> phase)
            throws IOException {
        HttpServer server;
        try {
            server = HttpServer.create(address, 0);
        } catch (IOException unbound) {
            throw new IOException("cannot listen on " + address + ": " + unbound.getMessage(), unbound);
        }
        ExecutorService threads = Executors.newFixedThreadPool(2, task -> {
            Thread thread = new Thread(task, "observability");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext(
                "/metrics", guarded(() -> new Answer(200, TEXT_FORMAT, registry.scrape(TEXT_FORMAT)), "/metrics"));
        server.createContext("/health/live", guarded(() -> health(phase.get(), ServicePhase::alive), "/health/live"));
        server.createContext("/health/ready", guarded(() -> health(phase.get(), ServicePhase::ready), "/health/ready"));
        server.start();
        return new ObservabilityServer(server, threads);
    }

    /** The port that is listened on. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Stops listening at once; a request under way is cut. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private record Answer(int status, String contentType, String body) {}

    private static Answer health(ServicePhase phase, Predicate<ServicePhase> good) {
        return new Answer(good.test(phase) ? 200 : 503, JSON, "{\"phase\":\"" + phase + "\"}\n");
    }

    private static HttpHandler guarded(Supplier<Answer> answer, String path) {
        return exchange -> {
            try (exchange) {
                // A context also serves every path below it.
                if (!exchange.getRequestURI().getPath().equals(path)) {
                    send(exchange, new Answer(404, JSON, "{\"error\":\"no such path\"}\n"));
                } else if (!isRead(exchange.getRequestMethod())) {
                    exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                    send(exchange, new Answer(405, JSON, "{\"error\":\"only GET and HEAD\"}\n"));
                } else {
                    send(exchange, answered(answer, path));
                }
            }
        };
    }

    private static boolean isRead(String method) {
        return method.equals("GET") || method.equals("HEAD");
    }

    /** The JDK's server drops the connection and says nothing when a handler throws: a fault of ours must not be silent. */
    private static Answer answered(Supplier<Answer> answer, String path) {
        try {
            return answer.get();
        } catch (RuntimeException bug) {
            LOG.error("{} failed", path, bug);
            return new Answer(500, JSON, "{\"error\":\"" + bug.getClass().getSimpleName() + "\"}\n");
        }
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.contentType());
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(answer.status(), body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}

package io.loanledger.events.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObservabilityServerTest {

    private final ServiceMeters meters = ServiceMeters.open();
    private final HttpClient client = HttpClient.newHttpClient();
    private volatile ServicePhase phase = ServicePhase.RUNNING;
    private ObservabilityServer server;

    @BeforeEach
    void start() throws IOException {
        server = ObservabilityServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), meters.registry(), () -> phase);
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
        meters.close();
    }

    @ParameterizedTest
    @CsvSource({
        "STARTING,  200, 503",
        "RESTORING, 200, 503",
        "RUNNING,   200, 200",
        "STOPPING,  200, 503",
        "FAILED,    503, 503"
    })
    void staysAliveUntilItFailsAndIsReadyOnlyWhileItRuns(ServicePhase given, int live, int ready) throws Exception {
        phase = given;

        assertThat(get("/health/live").statusCode()).isEqualTo(live);
        assertThat(get("/health/ready").statusCode()).isEqualTo(ready);
        assertThat(get("/health/ready").body()).isEqualTo("{\"phase\":\"" + given + "\"}\n");
    }

    @Test
    void showsTheMetersOfTheServiceAndOfItsJvm() throws Exception {
        LedgerMeter.RESTORING.gauge(meters.registry(), () -> 1);

        HttpResponse<String> answer = get("/metrics");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.body()).contains("ledger_restoring 1.0", "jvm_memory_used_bytes{", "process_uptime_seconds");
    }

    @Test
    void knowsNoOtherPath() throws Exception {
        assertThat(get("/metrics/all").statusCode()).isEqualTo(404);
        assertThat(get("/").statusCode()).isEqualTo(404);
    }

    @Test
    void takesNoOrders() throws Exception {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(uri("/health/live"))
                        .POST(BodyPublishers.ofString("stop"))
                        .build(),
                BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD");
    }

    @Test
    void answersAHeadRequestWithoutABody() throws Exception {
        HttpResponse<String> answer =
                client.send(HttpRequest.newBuilder(uri("/health/live")).HEAD().build(), BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void namesTheAddressThatIsTaken() {
        InetSocketAddress taken = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());

        assertThatThrownBy(() -> ObservabilityServer.start(taken, meters.registry(), () -> phase))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(Integer.toString(server.port()));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }
}

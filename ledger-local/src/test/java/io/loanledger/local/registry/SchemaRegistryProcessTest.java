package io.loanledger.local.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loanledger.local.net.FreePorts;
import io.loanledger.local.testing.Await;
import io.loanledger.local.testing.SeparateJvm;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaRegistryProcessTest {

    private static final Duration READY = Duration.ofSeconds(60);
    private static final String PRICE =
            "{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"Price\\\",\\\"fields\\\":[{\\\"name\\\":\\\"price\\\",\\\"type\\\":\\\"string\\\"}]}";
    private static final String PRICE_WITHOUT_DEFAULT =
            PRICE.replace("}]}", "},{\\\"name\\\":\\\"venue\\\",\\\"type\\\":\\\"string\\\"}]}");

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    @Test
    void keepsSchemasOverARestartAndRefusesAnIncompatibleOne() throws Exception {
        String registered;
        try (var first = new SchemaRegistryProcess(RegistryHome.find(), folder, FreePorts.one())) {
            first.start(READY);
            first.start(READY);
            registered = register(first, PRICE).body();
            assertThat(registered).matches("\\{\"id\":\\d+.*}");
        }
        try (var second = new SchemaRegistryProcess(RegistryHome.find(), folder, FreePorts.one())) {
            second.start(READY);
            assertThat(register(second, PRICE).body()).isEqualTo(registered);
            assertThat(register(second, PRICE_WITHOUT_DEFAULT).statusCode()).isEqualTo(409);
        }
    }

    @Test
    void endsWhenItsParentIsKilled() {
        try (var parent = SeparateJvm.start(RegistryParent.class, folder.toString())) {
            String line = parent.awaitLine(printed -> printed.startsWith("registry "), READY);
            ProcessHandle registry = ProcessHandle.of(Long.parseLong(line.substring("registry ".length())))
                    .orElseThrow();
            assertThat(registry.isAlive()).isTrue();

            parent.kill();

            Await.until(
                    () -> !registry.isAlive(),
                    Duration.ofSeconds(30),
                    () -> "process " + registry.pid() + " outlives its parent");
        }
    }

    @Test
    void saysWhyItDidNotStart() throws Exception {
        int port = FreePorts.one();
        try (var taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                var registry = new SchemaRegistryProcess(RegistryHome.find(), folder, port)) {
            assertThat(taken.isBound()).isTrue();
            assertThatThrownBy(() -> registry.start(READY))
                    .isInstanceOf(SchemaRegistryProcess.RegistryNotReady.class)
                    .hasMessageContaining("registry.log")
                    .hasMessageContaining("Port")
                    .hasMessageContaining("" + port);
            assertThat(registry.processHandle()).isEmpty();
        }
    }

    private HttpResponse<String> register(SchemaRegistryProcess registry, String schema) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(registry.url() + "/subjects/prices-Price/versions"))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .timeout(Duration.ofSeconds(20))
                .POST(BodyPublishers.ofString("{\"schema\":\"" + schema + "\"}"))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }
}

package io.loanledger.local.soak.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.local.net.FreePorts;
import io.loanledger.local.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With real processes: instances whose settings are refused, which end at once with exit code 2, and such as find no broker and wait. */
@Timeout(120)
class SupervisorTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final List<String> log = new CopyOnWriteArrayList<>();
    private Supervisor supervisor;

    @AfterEach
    void stop() {
        supervisor.close();
    }

    @Test
    void startsAgainWhatEndsLaterAndLaterAndWritesDownWhy() {
        ServiceProcess refused = service(ServiceKind.LEDGER, 1, Map.of("LEDGER_PARTITIONS", "none"));
        supervisor = new Supervisor(List.of(refused), log::add);
        supervisor.want(refused);
        until(() -> supervisor.exits().size() == 2);
        assertThat(supervisor.exits()).allSatisfy(exit -> {
            assertThat(exit.service()).isEqualTo("ledger-streams-1");
            assertThat(exit.code()).isEqualTo(2);
            assertThat(exit.expected()).isFalse();
            assertThat(exit.cause()).contains("LEDGER_PARTITIONS");
        });
        Duration between = Duration.between(
                supervisor.exits().get(0).at(), supervisor.exits().get(1).at());
        assertThat(between).isGreaterThan(Supervisor.FIRST_PAUSE);
    }

    @Test
    void aKillIsWrittenDownAsWhatItIsAndUndone() {
        ServiceProcess waiting = service(ServiceKind.LEDGER, 1, Map.of());
        supervisor = new Supervisor(List.of(waiting), log::add);
        supervisor.want(waiting);
        until(waiting::isAlive);
        long first = waiting.process().orElseThrow().pid();
        supervisor.kill(waiting, "SIGKILL, fault 1");
        until(() -> waiting.process().filter(next -> next.pid() != first).isPresent());
        assertThat(supervisor.exits()).singleElement().satisfies(exit -> {
            assertThat(exit.code()).isEqualTo(137);
            assertThat(exit.expected()).isTrue();
            assertThat(exit.cause()).isEqualTo("SIGKILL, fault 1");
        });
    }

    @Test
    void aDamagedFolderIsDeletedWhenTheProcessThatEndsNamesTheDamageAndNotBefore() throws IOException {
        ServiceProcess refused = service(ServiceKind.LEDGER, 1, Map.of("LEDGER_PARTITIONS", "none"));
        Path kept = Files.createDirectories(refused.state()).resolve("000010.sst");
        Files.writeString(kept, "rows");
        supervisor = new Supervisor(List.of(refused), log::add);
        supervisor.expectDamage(refused, List.of("Corruption"));
        supervisor.want(refused);
        until(() -> supervisor.exits().size() == 1);
        assertThat(kept).exists();
        assertThat(supervisor.damaged()).containsExactly(refused);
        supervisor.expectDamage(refused, List.of("Corruption", "LEDGER_PARTITIONS"));
        until(() -> supervisor.exits().size() == 2);
        assertThat(refused.state()).doesNotExist();
        assertThat(supervisor.damaged()).isEmpty();
    }

    @Test
    void whatIsKilledForGoodStaysAwayUntilItIsWanted() {
        ServiceProcess waiting = service(ServiceKind.LEDGER, 1, Map.of());
        supervisor = new Supervisor(List.of(waiting), log::add);
        supervisor.want(waiting);
        until(waiting::isAlive);
        supervisor.killForGood(waiting, "SIGKILL, fault 1");
        until(() -> supervisor.exits().size() == 1);
        supervisor.tick();
        assertThat(waiting.isAlive()).isFalse();
        supervisor.want(waiting);
        until(waiting::isAlive);
    }

    @Test
    void ofPriceIngestTheStandByIsStartedWhenTheActiveOneEnds() {
        ServiceProcess active = service(ServiceKind.INGEST, 1, Map.of());
        ServiceProcess standby = service(ServiceKind.INGEST, 2, Map.of());
        supervisor = new Supervisor(List.of(active, standby), log::add);
        supervisor.want(active);
        until(active::isAlive);
        assertThat(supervisor.activeIngest()).isSameAs(active);
        supervisor.kill(active, "SIGKILL, fault 1");
        until(standby::isAlive);
        assertThat(supervisor.activeIngest()).isSameAs(standby);
        assertThat(active.isAlive()).isFalse();
    }

    private void until(BooleanSupplier holds) {
        Await.until(
                () -> {
                    supervisor.tick();
                    return holds.getAsBoolean();
                },
                PATIENCE,
                () -> log + " " + supervisor.exits());
    }

    /** Its brokers are a port where nobody listens. */
    private ServiceProcess service(ServiceKind kind, int number, Map<String, String> changes) {
        var settings = new HashMap<String, String>();
        settings.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + FreePorts.one());
        settings.putAll(changes);
        return new ServiceProcess(kind, number, folder, FreePorts.one(), 0, settings);
    }
}

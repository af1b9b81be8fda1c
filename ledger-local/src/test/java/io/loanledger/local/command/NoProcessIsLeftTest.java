package io.loanledger.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.local.LedgerCommand;
import io.loanledger.local.net.FreePorts;
import io.loanledger.local.registry.RegistryHome;
import io.loanledger.local.testing.Await;
import io.loanledger.local.testing.SeparateJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * However a command is ended, nothing that it started stays behind. Each run has a folder of its own: a lone broker that was killed
 * with the services can leave transactions open for longer than a start waits (docs/operate.md).
 */
class NoProcessIsLeftTest {

    private static final Duration READY = Duration.ofSeconds(150);
    private static final Duration GONE = Duration.ofSeconds(90);
    private static final List<String> OPTIONS = List.of(
            "-Xmx768m", "-D" + RegistryHome.PROPERTY + "=" + RegistryHome.find().folder());

    @TempDir
    Path folder;

    @Test
    void upIsKilledAndUpIsToldToEnd() throws Exception {
        try (SeparateJvm first = up("first")) {
            first.awaitLine(line -> line.equals("running until Ctrl-C"), READY);
            List<ProcessHandle> children = childrenOf(first);
            first.kill();
            assertGone(children);
        }
        try (SeparateJvm second = up("second")) {
            second.awaitLine(line -> line.equals("running until Ctrl-C"), READY);
            List<ProcessHandle> children = childrenOf(second);
            // Not SIGINT, which takes the same way: a JVM below a build in a shell's background would ignore it.
            signal(second, "TERM");
            assertThat(second.awaitExit(GONE)).as("128 + SIGTERM").isEqualTo(143);
            assertGone(children);
        }
    }

    @Test
    void demoIsToldToEndWhileItStarts() throws Exception {
        try (SeparateJvm demo = SeparateJvm.start(OPTIONS, LedgerCommand.class, "demo", "--loans", "500")) {
            Await.until(() -> !childrenOf(demo).isEmpty(), READY, () -> "no registry; " + demo.output());
            List<ProcessHandle> children = childrenOf(demo);
            signal(demo, "TERM");
            assertThat(demo.awaitExit(GONE)).as("128 + SIGTERM").isEqualTo(143);
            assertGone(children);
        }
    }

    private SeparateJvm up(String name) {
        List<Integer> ports = FreePorts.several(2);
        return SeparateJvm.start(
                OPTIONS,
                LedgerCommand.class,
                "up",
                "--data",
                folder.resolve(name).toString(),
                "--kafka-port",
                ports.get(0).toString(),
                "--registry-port",
                ports.get(1).toString(),
                "--metrics-port",
                Integer.toString(FreePorts.inARow(3)));
    }

    private static List<ProcessHandle> childrenOf(SeparateJvm parent) {
        return ProcessHandle.of(parent.pid()).stream()
                .flatMap(ProcessHandle::descendants)
                .toList();
    }

    private static void signal(SeparateJvm process, String name) throws IOException, InterruptedException {
        int exitCode = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
        assertThat(exitCode).isZero();
    }

    private static void assertGone(List<ProcessHandle> children) {
        assertThat(children).as("the registry at least").isNotEmpty();
        Await.until(
                () -> children.stream().noneMatch(ProcessHandle::isAlive),
                Duration.ofSeconds(40),
                () -> "still there: "
                        + children.stream().filter(ProcessHandle::isAlive).toList());
    }
}

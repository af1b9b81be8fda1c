package io.loanledger.local.soak.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.local.testing.Await;
import io.loanledger.local.testing.SeparateJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class FreezeTest {

    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration GONE = Duration.ofSeconds(40);
    private static final String STOPPED = "T";
    private static final String ENDED = "Z";

    @TempDir
    Path folder;

    @Test
    void aStoppedProcessAndItsShellEndWhenTheSoakIsKilled() {
        try (SeparateJvm parent = SeparateJvm.start(FreezingParent.class, folder.toString())) {
            String line = parent.awaitLine(printed -> printed.startsWith("freezes "), START);
            long child = Long.parseLong(line.substring("freezes ".length()));
            Await.until(() -> state(child).startsWith(STOPPED), START, () -> child + " is " + state(child));
            List<Long> descendants = ProcessHandle.of(parent.pid())
                    .orElseThrow()
                    .descendants()
                    .map(ProcessHandle::pid)
                    .toList();
            assertThat(descendants).contains(child).hasSizeGreaterThanOrEqualTo(2);
            parent.kill();
            Await.until(
                    () -> descendants.stream().allMatch(FreezeTest::isGone),
                    GONE,
                    () -> "left of " + descendants + ": "
                            + descendants.stream().filter(pid -> !isGone(pid)).toList());
        }
    }

    /** One that has ended and that nobody has asked for its exit code yet is gone too. */
    private static boolean isGone(long pid) {
        String state = state(pid);
        return state.isEmpty() || state.startsWith(ENDED);
    }

    /** The state of a process in the letters of ps; empty when there is none. */
    private static String state(long pid) {
        try {
            Process ps = new ProcessBuilder("ps", "-o", "state=", "-p", Long.toString(pid)).start();
            return new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

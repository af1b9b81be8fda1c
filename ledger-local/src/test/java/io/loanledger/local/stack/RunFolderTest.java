package io.loanledger.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {

    @TempDir
    Path parent;

    @Test
    void refusesAFolderInUse() {
        try (RunFolder first = RunFolder.kept(parent.resolve("data"))) {
            assertThatThrownBy(() -> RunFolder.kept(first.path()))
                    .isInstanceOf(RunFolder.FolderInUse.class)
                    .hasMessageContaining(first.path().toString());
        }
        RunFolder.kept(parent.resolve("data")).close();
        assertThat(parent.resolve("data")).isDirectory();
    }

    @Test
    void removesAThrowAwayFolderAndTheOneOfARunThatWasKilled() throws Exception {
        Process gone = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-version")
                .start();
        gone.waitFor();
        Path leftBehind = Path.of(System.getProperty("java.io.tmpdir"), "loan-ledger-demo-" + gone.pid());
        Files.createDirectories(leftBehind.resolve("kafka"));
        Path own;
        try (RunFolder folder = RunFolder.throwAway()) {
            own = folder.path();
            Files.createDirectories(folder.of("kafka"));
            assertThat(leftBehind).doesNotExist();
        }
        assertThat(own).doesNotExist();
    }
}

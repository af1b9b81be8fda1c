package io.loanledger.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.local.net.FreePorts;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @Test
    void saysTheUsageWithoutACommand() throws Exception {
        assertThat(run()).isZero();
        assertThat(said(out)).startsWith("Usage: ./ledger COMMAND").contains("up", "--help");
    }

    @Test
    void saysItsVersion() throws Exception {
        assertThat(run("--version")).isZero();
        assertThat(said(out)).matches("loan ledger \\d+\\.\\d+\\.\\d+.*\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    dance                     | unknown command: dance
                    up --speed 3              | unknown option: --speed
                    up --data                 | --data needs a value
                    up --data --kafka-port 1  | --data needs a value
                    up --data a --data b      | --data stands twice
                    up --kafka-port nine      | --kafka-port needs a whole number and got nine
                    up --kafka-port 0         | --kafka-port lies between 1 and 65535, not at 0
                    compare --loans 0         | --loans lies between 1 and 100000, not at 0
                    """)
    void endsWithTwoAndTheUsageWhenItIsMisused(String words, String message) throws Exception {
        assertThat(run(words.split(" ", -1))).isEqualTo(2);
        assertThat(said(err)).startsWith(message + "\nUsage: ./ledger");
        assertThat(said(out)).isEmpty();
    }

    @Test
    void saysWhoseThePortIs() throws Exception {
        int port = FreePorts.one();
        try (var taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(taken.isBound()).isTrue();
            assertThat(run("up", "--data", folder.toString(), "--kafka-port", Integer.toString(port)))
                    .isEqualTo(1);
            assertThat(said(err))
                    .startsWith("port " + port + ", wanted for Kafka, is taken")
                    .contains("--kafka-port");
        }
    }

    @Test
    void listsTheTopics() throws Exception {
        assertThat(run("topics")).isZero();
        assertThat(said(out)).contains("ledger.journal.v1", "    keeps    for ever");
    }

    private int run(String... words) throws InterruptedException {
        return new CommandLine(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(words);
    }

    private static String said(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}

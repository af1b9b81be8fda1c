package io.loanledger.benchmarks.subject;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ServiceArgumentsTest {

    private static final ServiceArguments ARGUMENTS = new ServiceArguments(
            "127.0.0.1:9092", "http://127.0.0.1:8081", Path.of("/state"), 4, 2, 9_400, "ledger-2", 1);

    @Test
    void comeOutOfTheWordsOfACommandLineAsTheyWentIn() {
        assertThat(ServiceArguments.of(ARGUMENTS.words().toArray(String[]::new)))
                .isEqualTo(ARGUMENTS);
    }

    @Test
    void theLedgerKeepsItsDefaultsBesideThem() {
        assertThat(ARGUMENTS.ofLedger().kafka().bootstrapServers()).isEqualTo("127.0.0.1:9092");
        assertThat(ARGUMENTS.ofLedger().rocksDbMegabytes()).isEqualTo(256);
    }
}

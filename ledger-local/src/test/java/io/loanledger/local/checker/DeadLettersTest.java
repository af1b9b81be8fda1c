package io.loanledger.local.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A record is set aside once by a service; one that works at least once may say the same again, and nothing else. */
class DeadLettersTest {

    @ParameterizedTest(name = "{0}: {1}, then {2}: {3}")
    @CsvSource({
        "price-ingest, EMPTY, price-ingest, EMPTY, true",
        "terms-fan-out, EMPTY, terms-fan-out, EMPTY, true",
        "price-ingest, EMPTY, price-ingest, WRONG_MAGIC, false",
        "loan-ledger, EMPTY, loan-ledger, EMPTY, false",
        "liquidation-processor, EMPTY, liquidation-processor, EMPTY, false",
        "loan-ledger, EMPTY, liquidation-processor, WRONG_TYPE, true"
    })
    void repeatsOnlyWhatAServiceThatWorksAtLeastOnceSaidBefore(
            String service, String reason, String next, String nextReason, boolean right) {
        DeadLetters letters = new DeadLetters();
        Tally tally = new Tally(10);
        letters.add(letter(0, service, reason), tally);
        letters.add(letter(1, next, nextReason), tally);

        letters.checkOnce(tally);

        assertThat(tally.report(0, 0, 0, 0).violations())
                .extracting(CheckReport.Violation::check)
                .isEqualTo(right ? List.of() : List.of(Check.DEAD_LETTER_JUSTIFIED));
    }

    private static Message letter(long offset, String service, String reason) {
        Map<String, byte[]> headers = new HashMap<>();
        Map.of("dlq.topic", "T", "dlq.partition", "0", "dlq.offset", "7", "dlq.service", service, "dlq.reason", reason)
                .forEach((name, value) -> headers.put(name, value.getBytes(StandardCharsets.UTF_8)));
        return new Message(Topics.DEAD_LETTERS, 0, offset, 0, null, new byte[0], headers);
    }
}

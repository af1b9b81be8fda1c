package io.loanledger.streams.terms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loanledger.events.KillSwitch;
import io.loanledger.events.ProductTerms;
import io.loanledger.streams.Facts;
import io.loanledger.streams.terms.FannedSoFar.Matching;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class FannedSoFarTest {
    private static final ProductTerms FIRST = Facts.product(1, "0.10");
    private static final ProductTerms SECOND = Facts.product(2, "0.11");
    private static final KillSwitch KILL = new KillSwitch("k", Instant.EPOCH, "test", true, "drill");

    @Test
    void beginsAtTheBeginningWhenNothingWasFannedOut() {
        assertThat(nextOffset(List.of(), FIRST, SECOND)).isZero();
    }

    @Test
    void goesOnBehindTheLastThatWasFannedOut() {
        assertThat(nextOffset(List.of(FIRST, KILL), FIRST, KILL, SECOND)).isEqualTo(2);
    }

    @Test
    void takesTheSameTermsWrittenTwiceAsTwoRecords() {
        assertThat(nextOffset(List.of(FIRST), FIRST, FIRST)).isEqualTo(1);
        assertThat(nextOffset(List.of(FIRST, FIRST), FIRST, FIRST)).isEqualTo(2);
    }

    @Test
    void stepsOverWhatCouldNotBeReadAtTheTime() {
        assertThat(nextOffset(List.of(FIRST, SECOND), FIRST, KILL, SECOND)).isEqualTo(3);
    }

    @Test
    void refusesASourceThatLacksWhatWasFannedOut() {
        assertThatThrownBy(() -> nextOffset(List.of(FIRST, SECOND), FIRST))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("record 2 of 2");
    }

    private static long nextOffset(List<SpecificRecord> fanned, SpecificRecord... source) {
        Matching matching = new Matching(fanned);
        for (int offset = 0; offset < source.length; offset++) {
            matching.next(offset, source[offset]);
        }
        return matching.nextOffset();
    }
}

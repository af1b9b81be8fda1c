package io.loanledger.streams.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.loan.LoanStatus;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the core decides survives the journal and the store, event by event and loan by loan. */
class DecidedHistoriesTest {
    private static final int SEEDS = 40;

    private final JournalCodec journal = new JournalCodec(new RegistryForTests().journal());
    private final LoanCodec loans = new LoanCodec((productId, version) -> SampleLoan.TERMS);

    @Test
    void foldsEveryHistoryToTheLoansThatWereDecided() {
        Set<String> kinds = new HashSet<>();
        Map<LoanStatus, Integer> ends = new EnumMap<>(LoanStatus.class);
        for (long seed = 1; seed <= SEEDS; seed++) {
            DecidedHistories history = new DecidedHistories(seed, journal);
            history.live(4, 250);

            JournalFold fold = new JournalFold();
            for (byte[] value : history.journal) {
                JournalEntry entry = journal.decode(value);
                kinds.add(entry.event().getClass().getSimpleName());
                fold.accept(entry);
            }

            assertThat(fold.findings()).as("seed %d", seed).isEmpty();
            assertThat(fold.loans()).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(history.loans.values());
            assertThat(fold.digest()).as("seed %d", seed).isEqualTo(StateDigest.of(history.loans.values()));
            history.loans.values().forEach(stored -> {
                assertThat(loans.decode(loans.encode(stored))).isEqualTo(stored);
                ends.merge(stored.loan().status(), 1, Integer::sum);
            });
        }
        assertThat(kinds).as("kinds of events lived through").hasSizeGreaterThan(25);
        assertThat(ends).as("where loans ended").containsKeys(LoanStatus.ACTIVE, LoanStatus.CLOSED);
    }
}

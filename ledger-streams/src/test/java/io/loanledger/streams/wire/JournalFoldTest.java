package io.loanledger.streams.wire;

import static io.loanledger.streams.wire.SampleLoan.TERMS;
import static io.loanledger.streams.wire.SampleLoan.coin;
import static io.loanledger.streams.wire.SampleLoan.money;
import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.loan.Allocation;
import io.loanledger.core.loan.Digests;
import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanEvent;
import io.loanledger.core.loan.LoanEvolution;
import io.loanledger.core.loan.LoanPostings;
import io.loanledger.core.loan.Position;
import io.loanledger.core.posting.Posting;
import io.loanledger.streams.wire.JournalFinding.Broken;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JournalFoldTest {
    private static final Instant NOON = Instant.parse("2020-03-12T12:00:00Z");
    private static final LocalDate DAY = LocalDate.parse("2020-03-12");
    private static final List<LoanEvent> LIFE = List.of(
            new LoanEvent.LoanRequested("borrower", "btc-24h", new BigDecimal("1000.0"), "USD", "BTC", NOON),
            new LoanEvent.TermsBound(TERMS, money("1000.00"), RandomCore.BTC),
            new LoanEvent.CollateralLocked("proof", new BigDecimal("0.5"), "BTC", NOON),
            new LoanEvent.ClaimGranted("proof"),
            new LoanEvent.CollateralCredited("proof", coin("0.50000000")),
            new LoanEvent.LoanIssued("pay/1", money("1000.00"), new RandomCore(3).evidence()),
            new LoanEvent.DisbursementConfirmed("pay/1", money("1000.00"), DAY),
            new LoanEvent.InterestPosted(money("7.81"), DAY.plusDays(30)),
            new LoanEvent.RepaymentApplied(
                    "ref-1",
                    new Allocation(money("0.00"), money("7.81"), money("92.19"), money("0.00")),
                    DAY.plusDays(30)));

    private final JournalCodec codec = new JournalCodec(new RegistryForTests().journal());
    private final Writer writer = new Writer();

    /** Keeps a journal as a task does, with its loans. */
    private final class Writer {
        final Map<Integer, List<byte[]>> partitions = new HashMap<>();
        final Map<String, StoredLoan> loans = new HashMap<>();
        private long offset;

        void life(int partition, String loanId) {
            for (LoanEvent event : LIFE) {
                append(partition, loanId, event, "fact-" + loanId + "-" + offset, 1);
            }
        }

        void append(int partition, String loanId, LoanEvent event, String eventId, int step) {
            Loan before = loan(loanId);
            if (step == 1) {
                before = before.remembering(Digests.of(eventId), offset, NOON, NOON);
            }
            Loan after = LoanEvolution.evolve(before, event);
            write(partition, after.version(), after, event, LoanPostings.of(event), after.position(), eventId, step);
        }

        Loan loan(String loanId) {
            StoredLoan stored = loans.get(loanId);
            return stored == null ? Loan.unknown(loanId) : stored.loan();
        }

        void write(
                int partition,
                long version,
                Loan after,
                LoanEvent event,
                Posting posting,
                Position balances,
                String eventId,
                int step) {
            List<byte[]> records = partitions.computeIfAbsent(partition, p -> new ArrayList<>());
            JournalHeader header = new JournalHeader(
                    records.size() + 1,
                    partition,
                    after.loanId(),
                    version,
                    new Cause("payments.movements.v1", partition, offset, eventId, offset, NOON),
                    NOON,
                    List.of(new IndexPosition("BTC-USD", 1, 9)),
                    1,
                    1,
                    step,
                    records.isEmpty() ? ChainHash.GENESIS : ChainHash.endOf(records.getLast()));
            byte[] value = codec.encode(header, event, posting, balances);
            records.add(value);
            loans.put(after.loanId(), new StoredLoan(after, header.sequence(), ChainHash.endOf(value)));
            offset++;
        }
    }

    private JournalFold fold(List<byte[]> records) {
        JournalFold fold = new JournalFold();
        records.forEach(value -> fold.accept(codec.decode(value)));
        return fold;
    }

    @Test
    void givesTheLoansThatTheTaskHolds() {
        writer.life(0, "loan-a");
        writer.life(1, "loan-b");
        writer.life(0, "loan-c");
        JournalFold fold = new JournalFold();
        for (int i = 0; i < LIFE.size() * 2; i++) {
            for (int partition : List.of(1, 0)) {
                List<byte[]> records = writer.partitions.get(partition);
                if (i < records.size()) {
                    fold.accept(codec.decode(records.get(i)));
                }
            }
        }

        assertThat(fold.findings()).isEmpty();
        assertThat(fold.holds()).isTrue();
        assertThat(fold.records()).isEqualTo(27);
        assertThat(fold.sequence(0)).isEqualTo(18);
        assertThat(fold.loans()).containsExactlyInAnyOrderElementsOf(writer.loans.values());
        assertThat(fold.digest()).isEqualTo(StateDigest.of(writer.loans.values()));
        assertThat(fold.loan("loan-a").loan().memory().facts()).hasSize(LIFE.size());
    }

    @Test
    void remembersAFactOnceForAllItsEvents() {
        writer.append(0, "loan-a", LIFE.get(0), "fact-1", 1);
        writer.append(0, "loan-a", LIFE.get(1), "fact-1", 2);

        JournalFold fold = fold(writer.partitions.get(0));

        assertThat(fold.findings()).isEmpty();
        assertThat(fold.loan("loan-a")).isEqualTo(writer.loans.get("loan-a"));
        assertThat(fold.loan("loan-a").loan().memory().facts()).hasSize(1);
    }

    @Test
    void tellsStatesApartThatDifferInOneCent() {
        writer.life(0, "loan-a");
        StateDigest before = StateDigest.of(writer.loans.values());
        writer.append(0, "loan-a", new LoanEvent.InterestPosted(money("0.01"), DAY.plusDays(30)), "one more", 1);

        assertThat(StateDigest.of(writer.loans.values())).isNotEqualTo(before);
    }

    @Test
    void findsARecordThatIsMissing() {
        writer.life(0, "loan-a");
        List<byte[]> records = new ArrayList<>(writer.partitions.get(0));
        records.remove(4);

        assertThat(fold(records).findings().stream().map(JournalFinding::broken))
                .containsExactly(Broken.SEQUENCE, Broken.PREVIOUS_HASH, Broken.LOAN_VERSION);
    }

    @Test
    void findsTwoRecordsInTheWrongOrder() {
        writer.life(0, "loan-a");
        List<byte[]> records = new ArrayList<>(writer.partitions.get(0));
        records.add(5, records.remove(6));

        assertThat(fold(records).findings().stream().map(JournalFinding::broken))
                .contains(Broken.SEQUENCE, Broken.PREVIOUS_HASH, Broken.LOAN_VERSION);
    }

    @Test
    void findsAnAlteredRecord() {
        writer.life(0, "loan-a");
        List<byte[]> records = writer.partitions.get(0);
        JournalEntry honest = codec.decode(records.getLast());
        // Altered with a valid hash of its own: the record itself holds, and the next one no longer follows.
        records.set(
                records.size() - 1,
                codec.encode(
                        honest.header(),
                        new LoanEvent.LoanCancelled("tampered"),
                        new Posting(honest.entries()),
                        honest.balances()));
        writer.partitions
                .get(0)
                .add(codec.encode(
                        next(honest),
                        new LoanEvent.LoanRepaid(),
                        Posting.NONE,
                        writer.loan("loan-a").position()));

        assertThat(fold(records).findings().stream().map(JournalFinding::broken))
                .contains(Broken.PREVIOUS_HASH, Broken.POSTINGS);
    }

    @Test
    void findsAByteThatChanged() {
        writer.life(0, "loan-a");
        List<byte[]> records = writer.partitions.get(0);
        byte[] last = records.getLast();
        int digit = last.length - ChainHash.BYTES - 1;
        while (last[digit] == 0) {
            digit--; // what the balances leave out
        }
        last[digit] ^= 1;

        assertThat(fold(records).findings().stream().map(JournalFinding::broken))
                .contains(Broken.OWN_HASH);
    }

    @Test
    void findsPostingsAndBalancesThatAreNotTheEvents() {
        writer.life(0, "loan-a");
        Loan before = writer.loan("loan-a");
        LoanEvent event = new LoanEvent.InterestPosted(money("0.01"), DAY.plusDays(31));
        Loan after = LoanEvolution.evolve(before.remembering(Digests.of("f"), writer.offset, NOON, NOON), event);
        writer.write(0, after.version(), after, event, Posting.NONE, before.position(), "f", 1);

        assertThat(fold(writer.partitions.get(0)).findings().stream().map(JournalFinding::broken))
                .containsExactly(Broken.POSTINGS, Broken.BALANCES);
    }

    @Test
    void findsAnEventThatCannotFollowAndFoldsItsLoanNoFurther() {
        writer.life(0, "loan-a");
        Loan before = writer.loan("loan-a");
        writer.write(
                0,
                before.version() + 1,
                before,
                new LoanEvent.MarginCallExpired("no such call", NOON, NOON),
                Posting.NONE,
                before.position(),
                "f",
                1);
        writer.life(0, "loan-b");

        JournalFold fold = fold(writer.partitions.get(0));

        assertThat(fold.findings().stream().map(JournalFinding::broken)).containsExactly(Broken.EVENT);
        assertThat(fold.loan("loan-a").loan().version()).isEqualTo(LIFE.size());
        assertThat(fold.loan("loan-b")).isEqualTo(writer.loans.get("loan-b"));
    }

    @Test
    void findsALoanInTwoPartitions() {
        writer.append(0, "loan-a", LIFE.get(0), "f1", 1);
        writer.append(1, "loan-a", LIFE.get(1), "f2", 1);
        JournalFold fold = fold(writer.partitions.get(0));
        fold.accept(codec.decode(writer.partitions.get(1).getFirst()));

        assertThat(fold.findings().stream().map(JournalFinding::broken)).containsExactly(Broken.LOAN_PARTITION);
    }

    private static JournalHeader next(JournalEntry former) {
        JournalHeader h = former.header();
        return new JournalHeader(
                h.sequence() + 1,
                h.partition(),
                h.loanId(),
                h.loanVersion() + 1,
                Cause.withoutEventId("prices.index.v1", 0, 1),
                NOON,
                List.of(),
                1,
                1,
                1,
                former.hash());
    }
}

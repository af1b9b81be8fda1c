package io.loanledger.benchmarks.core;

import io.loanledger.core.loan.Decision;
import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanEvolution;
import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.loan.LoanPostings;
import io.loanledger.core.posting.Posting;
import io.loanledger.events.serde.SchemaIds;
import io.loanledger.events.serde.SchemaRegistrar;
import io.loanledger.events.serde.SchemaRegistry;
import io.loanledger.streams.wire.Cause;
import io.loanledger.streams.wire.ChainHash;
import io.loanledger.streams.wire.IndexPosition;
import io.loanledger.streams.wire.JournalCodec;
import io.loanledger.streams.wire.JournalEntry;
import io.loanledger.streams.wire.JournalHeader;
import io.loanledger.streams.wire.JournalSchemas;
import io.loanledger.streams.wire.LoanCodec;
import io.loanledger.streams.wire.StoredLoan;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One event of a loan, step by step: decided, folded, stored, written to the journal, hashed. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LoanBenchmark {

    private final CoreLoan world = new CoreLoan();
    private final LoanInput repayment = CoreLoan.repayment();
    private final LoanInput breach = CoreLoan.breach();
    private final Decision.Step step = world.decide(repayment).steps().getLast();
    private final Posting posting = LoanPostings.of(step.event());
    private final StoredLoan stored = new StoredLoan(step.after(), 1, ChainHash.GENESIS);
    private final LoanCodec loans = new LoanCodec(world);
    private final byte[] storedBytes = loans.encode(stored);
    private final JournalCodec journal = journal();
    private final JournalHeader header = new JournalHeader(
            2,
            0,
            step.after().loanId(),
            step.after().version(),
            new Cause("payments.movements.v1", 0, 1, "repaid", 1, CoreLoan.NOW),
            CoreLoan.NOW,
            List.of(new IndexPosition("BTC-USD", 1, 1)),
            1,
            1,
            1,
            ChainHash.GENESIS);
    private final byte[] journalBytes =
            journal.encode(header, step.event(), posting, step.after().position());
    private final MessageDigest sha256 = sha256();

    /** Says that what is measured does what it should before it is measured. */
    @Setup
    public void check() {
        if (world.decide(breach).steps().isEmpty() || !loans.decode(storedBytes).equals(stored)) {
            throw new IllegalStateException("the sample is not what it should be");
        }
    }

    @Benchmark
    public Decision decideRepayment() {
        return world.decide(repayment);
    }

    @Benchmark
    public Decision decideBreach() {
        return world.decide(breach);
    }

    @Benchmark
    public Loan evolve() {
        return LoanEvolution.evolve(world.active(), step.event());
    }

    @Benchmark
    public Posting postings() {
        return LoanPostings.of(step.event());
    }

    @Benchmark
    public byte[] encodeLoan() {
        return loans.encode(stored);
    }

    @Benchmark
    public StoredLoan decodeLoan() {
        return loans.decode(storedBytes);
    }

    /** Its hash with it. */
    @Benchmark
    public byte[] encodeJournal() {
        return journal.encode(header, step.event(), posting, step.after().position());
    }

    /** Its hash checked. */
    @Benchmark
    public JournalEntry decodeJournal() {
        return journal.decode(journalBytes);
    }

    /** The hash of one journal record alone. */
    @Benchmark
    public byte[] hashJournal() {
        return sha256.digest(journalBytes);
    }

    private static JournalCodec journal() {
        SchemaRegistry registry =
                SchemaRegistry.open(Map.of("schema.registry.url", SchemaRegistry.IN_PROCESS_PREFIX + "core"));
        SchemaIds ids = new SchemaRegistrar(registry).registerAll();
        return new JournalCodec(JournalSchemas.of(ids, registry));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

package io.loanledger.streams.wire;

import io.loanledger.core.loan.Digests;
import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanEvent;
import io.loanledger.core.loan.LoanEvolution;
import io.loanledger.core.loan.LoanPostings;
import io.loanledger.core.loan.Position;
import io.loanledger.core.posting.Entry;
import io.loanledger.streams.wire.JournalFinding.Broken;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The journal told again from its first record: the loans that follow from it (invariant ReplayEquality), and everything in it that
 * cannot be (invariant HashChain and the promises of {@link Broken}).
 *
 * <p>Records of one partition come in their order; partitions may be mixed. A loan with an event that cannot follow is not folded
 * further: what its later records say cannot be checked any more, and the chain still is. One thread.
 */
public final class JournalFold {
    /** A corrupt journal has more faults than anyone reads; all are counted, this many are kept. */
    private static final int KEPT_FINDINGS = 1_000;

    private record Head(long sequence, ChainHash hash) {}

    private static final Head BEFORE_FIRST = new Head(0, ChainHash.GENESIS);

    private final Map<Integer, Head> heads = new HashMap<>();
    private final Map<String, StoredLoan> loans = new HashMap<>();
    private final Map<String, Integer> homes = new HashMap<>();
    private final Set<String> abandoned = new HashSet<>();
    private final List<JournalFinding> findings = new ArrayList<>();
    private long records;
    private long faults;

    /** Takes the next record of its partition. */
    public void accept(JournalEntry entry) {
        records++;
        chain(entry);
        JournalHeader header = entry.header();
        String loanId = header.loanId();
        Integer home = homes.putIfAbsent(loanId, header.partition());
        if (home != null && home != header.partition()) {
            find(Broken.LOAN_PARTITION, header, "had been in partition " + home);
        }
        if (!abandoned.contains(loanId)) {
            fold(entry);
        }
    }

    private void chain(JournalEntry entry) {
        JournalHeader header = entry.header();
        Head former = heads.getOrDefault(header.partition(), BEFORE_FIRST);
        if (header.sequence() != former.sequence() + 1) {
            find(Broken.SEQUENCE, header, "follows on " + former.sequence());
        }
        if (!header.previousHash().equals(former.hash())) {
            find(Broken.PREVIOUS_HASH, header, "names " + header.previousHash() + " but follows on " + former.hash());
        }
        if (!entry.hashHolds()) {
            find(Broken.OWN_HASH, header, "its bytes do not give " + entry.hash());
        }
        heads.put(header.partition(), new Head(header.sequence(), entry.hash()));
    }

    private void fold(JournalEntry entry) {
        JournalHeader header = entry.header();
        StoredLoan stored = loans.get(header.loanId());
        Loan before = stored == null ? Loan.unknown(header.loanId()) : stored.loan();
        if (header.loanVersion() != before.version() + 1) {
            find(Broken.LOAN_VERSION, header, header.loanVersion() + " follows on " + before.version());
            abandoned.add(header.loanId());
            return;
        }
        Loan after;
        List<Entry> postings;
        try {
            after = LoanEvolution.evolve(remembering(before, header), entry.event());
            postings = LoanPostings.of(entry.event()).entries();
        } catch (IllegalStateException
                | IllegalArgumentException
                | ArithmeticException
                | NoSuchElementException
                | NullPointerException e) {
            // An event that contradicts its loan breaks a rule of the core, each in its own way: that is the finding.
            find(Broken.EVENT, header, e.toString());
            abandoned.add(header.loanId());
            return;
        }
        if (!postings.equals(entry.entries())) {
            find(Broken.POSTINGS, header, "recorded " + entry.entries() + ", the event gives " + postings);
        }
        Position balances = after.position();
        // The quarantine of a loan that could not be read says nothing of its balances.
        boolean unread = entry.event() instanceof LoanEvent.LoanQuarantined && entry.balances() == null;
        if (!unread && !Objects.equals(balances, entry.balances())) {
            find(Broken.BALANCES, header, "recorded " + entry.balances() + ", the fold gives " + balances);
        }
        loans.put(header.loanId(), new StoredLoan(after, header.sequence(), entry.hash()));
    }

    /** As the decider does: a fact is remembered before the first event that it causes. */
    private static Loan remembering(Loan loan, JournalHeader header) {
        Cause cause = header.cause();
        String eventId = cause.eventId();
        return eventId == null || header.step() != 1
                ? loan
                : loan.remembering(
                        Digests.of(eventId),
                        cause.contentDigest(),
                        Objects.requireNonNull(cause.occurredAt(), "a fact has a value time"),
                        header.taskTime());
    }

    private void find(Broken broken, JournalHeader header, String detail) {
        faults++;
        if (findings.size() < KEPT_FINDINGS) {
            findings.add(new JournalFinding(broken, header.partition(), header.sequence(), header.loanId(), detail));
        }
    }

    /** Records taken so far. */
    public long records() {
        return records;
    }

    /** Whether the journal keeps its promises so far. */
    public boolean holds() {
        return faults == 0;
    }

    /** How often it does not. */
    public long faults() {
        return faults;
    }

    /** Where it does not, in the order of reading; the first {@value #KEPT_FINDINGS}. */
    public List<JournalFinding> findings() {
        return Collections.unmodifiableList(findings);
    }

    /** Sequence of the last record read of a partition; 0 before the first. */
    public long sequence(int partition) {
        return heads.getOrDefault(partition, BEFORE_FIRST).sequence();
    }

    /** The loan as it is now, or null if the journal does not know it. */
    public @Nullable StoredLoan loan(String loanId) {
        return loans.get(loanId);
    }

    /** Every loan as it is now, in no order. */
    public Collection<StoredLoan> loans() {
        return Collections.unmodifiableCollection(loans.values());
    }

    /** To compare with a store's. */
    public StateDigest digest() {
        return StateDigest.of(loans.values());
    }
}

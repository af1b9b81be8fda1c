package io.loanledger.local.audit;

import io.loanledger.streams.wire.JournalEntry;
import io.loanledger.streams.wire.JournalFold;
import io.loanledger.streams.wire.StateDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Checks a whole run from its topics: give it every journal record, then ask. It knows neither the services nor the simulators.
 *
 * <p>One thread. Journal records of a partition come in their order, partitions may be mixed.
 */
public final class Audit {

    private final PublicHistory history;
    private final String market;
    private final Duration mostPriceAge;
    private final Findings findings = new Findings();
    private final JournalAudit journal;
    private final JournalFold fold = new JournalFold();
    private final Reconciliation reconciliation = new Reconciliation();

    /**
     * @param market the market whose prices decide about the loans
     * @param mostPriceAge how old an index price may be when an order is formed at it
     */
    public Audit(PublicHistory history, String market, Duration mostPriceAge) {
        this.history = history;
        this.market = market;
        this.mostPriceAge = mostPriceAge;
        this.journal = new JournalAudit(history, market, findings);
    }

    /** The next record of its partition. */
    public void follow(JournalEntry entry) {
        fold.accept(entry);
        journal.follow(entry);
        reconciliation.follow(entry.header().loanId(), entry.event());
    }

    /**
     * Ends the reading and gives the verdict.
     *
     * @param stores the state of the running ledger's stores
     * @param elsewhere the state that another process has folded from the same journal
     */
    public Findings verdict(StateDigest stores, StateDigest elsewhere) {
        journal.end();
        new MarketAudit(history, journal::sawDefault, findings).check();
        new OrderAudit(history, market, mostPriceAge, findings).check();
        atomicity();
        reconciliation.check(history, findings);
        findings.check(
                Invariant.HASH_CHAIN,
                fold.holds(),
                () -> fold.faults() + " faults, the first: " + fold.findings().getFirst());
        StateDigest folded = fold.digest();
        findings.check(
                Invariant.REPLAY_EQUALITY,
                folded.equals(stores) && folded.equals(elsewhere),
                () -> "stores " + stores + ", folded here " + folded + ", folded elsewhere " + elsewhere);
        return findings;
    }

    /** The journal and the topics beside it name the same, equally often. */
    private void atomicity() {
        Map<String, Integer> difference = new HashMap<>();
        journal.announced().forEach(line -> difference.merge(line, 1, Integer::sum));
        Announcements.in(history).forEach(line -> difference.merge(line, -1, Integer::sum));
        difference.forEach((line, count) -> findings.check(
                Invariant.TRANSACTION_ATOMICITY,
                count == 0,
                () -> line + ": " + Math.abs(count) + " too " + (count > 0 ? "few" : "many") + " in the topics"));
    }

    /** The journal told again. */
    public JournalFold fold() {
        return fold;
    }

    public Reconciliation.Totals sales() {
        return reconciliation.totals();
    }
}

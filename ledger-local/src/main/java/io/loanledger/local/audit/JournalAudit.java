package io.loanledger.local.audit;

import static io.loanledger.local.audit.Invariant.BOOK_EQUALS_SUM;
import static io.loanledger.local.audit.Invariant.CAUSALITY;
import static io.loanledger.local.audit.Invariant.POSTINGS_BALANCE;

import io.loanledger.core.loan.Collateral;
import io.loanledger.core.loan.LoanEvent;
import io.loanledger.core.loan.Position;
import io.loanledger.core.money.Asset;
import io.loanledger.core.posting.Account;
import io.loanledger.core.posting.Entry;
import io.loanledger.streams.wire.Cause;
import io.loanledger.streams.wire.JournalEntry;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Follows the journal record by record: every loan by itself ({@link LoanTrail}), the prices between two records of a loan ({@link
 * BreachWatch}), the book as a whole, and what the records of one cause did. Partitions may be mixed, each in its order. One thread.
 */
public final class JournalAudit {

    private record Followed(LoanTrail trail, BreachWatch breaches, Map<String, Long> offsets) {}

    private record Effect(String kind, String cause) {}

    private final Findings findings;
    private final IndexSeries prices;
    private final FixingsRead fixings;
    private final AddOnsRead addOns;
    private final String market;
    private final Map<String, Followed> loans = new HashMap<>();
    private final Map<Account, BigDecimal> book = new EnumMap<>(Account.class);
    private final Map<String, Set<Effect>> lastEffects = new HashMap<>();
    private final List<String> announced = new ArrayList<>();
    private final Set<String> defaults = new HashSet<>();

    /** Of loans whose price is that of one market. */
    public JournalAudit(PublicHistory history, String market, Findings findings) {
        this.findings = findings;
        this.market = market;
        this.fixings = FixingsRead.of(history);
        this.addOns = AddOnsRead.of(history);
        this.prices = MarketAudit.seriesOf(history, market);
    }

    /** The next record of its partition. */
    public void follow(JournalEntry entry) {
        String loanId = entry.header().loanId();
        Followed loan = loans.computeIfAbsent(
                loanId,
                id -> new Followed(
                        new LoanTrail(id, fixings, findings),
                        new BreachWatch(id, market, prices, addOns, findings),
                        new HashMap<>()));
        balance(entry);
        cause(entry, loan.offsets());
        loan.breaches().before(entry);
        loan.trail().follow(entry);
        loan.breaches().after(entry, loan.trail());
        if (entry.event() instanceof LoanEvent.LoanDefaulted e) {
            defaults.add(defaultOf(loanId, e.reason().name()));
        }
        String output = Announcements.of(entry.event(), loan.trail().terms());
        if (output != null) {
            announced.add(output);
        }
    }

    /** To be called once, after the last record. */
    public void end() {
        loans.values().forEach(loan -> loan.breaches().end());
        Map<Account, Function<Position, BigDecimal>> recorded = Map.of(
                Account.PRINCIPAL_RECEIVABLE,
                position -> position.debt().principal().amount(),
                Account.INTEREST_RECEIVABLE,
                position -> position.debt().interest().amount(),
                Account.FEES_RECEIVABLE,
                position -> position.debt().fees().amount(),
                Account.COLLATERAL_PLEDGED,
                position -> LoanTrail.sum(position, Collateral::held).negate(),
                Account.DESK_RECEIVABLE,
                position -> position.settlement().clearing().amount());
        recorded.forEach((account, balance) -> {
            BigDecimal sum = loans.values().stream()
                    .map(loan -> loan.trail().balances())
                    .map(position -> position == null ? BigDecimal.ZERO : balance.apply(position))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            BigDecimal posted = book.getOrDefault(account, BigDecimal.ZERO);
            findings.check(
                    BOOK_EQUALS_SUM,
                    sum.compareTo(posted) == 0,
                    () -> account + ": loans have " + sum + ", the book " + posted);
        });
    }

    /** Whether a loan was in default for a reason, ever. */
    public boolean sawDefault(String loanId, String reason) {
        return defaults.contains(defaultOf(loanId, reason));
    }

    private static String defaultOf(String loanId, String reason) {
        return loanId + " " + reason;
    }

    /** What the journal says was told to others, one line each; see {@link Announcements}. */
    public List<String> announced() {
        return announced;
    }

    private void balance(JournalEntry entry) {
        Map<Asset, BigDecimal> sums = new HashMap<>();
        for (Entry line : entry.entries()) {
            sums.merge(line.asset(), line.amount(), BigDecimal::add);
            book.merge(line.account(), line.amount(), BigDecimal::add);
        }
        findings.check(
                POSTINGS_BALANCE,
                sums.values().stream().allMatch(sum -> sum.signum() == 0),
                () -> entry.header() + " posts " + entry.entries());
    }

    /** A loan's causes of one partition come in their order, and one cause has at most one effect of a kind that moves value. */
    private void cause(JournalEntry entry, Map<String, Long> offsets) {
        Cause cause = entry.header().cause();
        String place = cause.topic() + "-" + cause.partition();
        @Nullable Long former = offsets.put(place, cause.offset());
        findings.check(
                CAUSALITY,
                former == null || former <= cause.offset(),
                () -> entry.header().loanId() + ": " + place + " offset " + cause.offset() + " after " + former);
        if (former == null || former != cause.offset()) {
            lastEffects.remove(entry.header().loanId());
        }
        if (movesValue(entry.event())) {
            var effect = new Effect(kind(entry.event()), place + "@" + cause.offset());
            findings.check(
                    CAUSALITY,
                    lastEffects
                            .computeIfAbsent(entry.header().loanId(), id -> new HashSet<>())
                            .add(effect),
                    () -> entry.header().loanId() + ": twice " + effect);
        }
    }

    /** A reversal may let several payments be applied again, each once. */
    private static String kind(LoanEvent event) {
        String type = event.getClass().getSimpleName();
        return event instanceof LoanEvent.RepaymentApplied e ? type + " " + e.paymentReference() : type;
    }

    private static boolean movesValue(LoanEvent event) {
        return event instanceof LoanEvent.LoanIssued
                || event instanceof LoanEvent.DisbursementConfirmed
                || event instanceof LoanEvent.CollateralCredited
                || event instanceof LoanEvent.RepaymentApplied
                || event instanceof LoanEvent.LiquidationRequested
                || event instanceof LoanEvent.SaleSettled
                || event instanceof LoanEvent.SurplusPaid
                || event instanceof LoanEvent.MarginCallIssued;
    }
}

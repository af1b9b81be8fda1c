package io.loanledger.core.protocol;

import io.loanledger.core.liquidation.BookEffect;
import io.loanledger.core.liquidation.BookEntry;
import io.loanledger.core.liquidation.BookInput;
import io.loanledger.core.liquidation.CaseEntry;
import io.loanledger.core.liquidation.EntryKey;
import io.loanledger.core.liquidation.LiquidationBook;
import io.loanledger.core.liquidation.MarketEntry;
import io.loanledger.core.liquidation.MarketRules;
import io.loanledger.core.liquidation.OrderEntry;
import io.loanledger.core.liquidation.Outcome;
import io.loanledger.core.loan.LoanInput;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The processor as a state machine: the entries that a restart would read back, and nothing else. Every step restores the book from them,
 * so every step is a step after a crash; that the book then held is exactly the entries it asked to store is checked each time.
 */
final class ProcessorSide extends Side {
    private static final Comparator<EntryKey> BY_KEY =
            Comparator.comparing(EntryKey::kind).thenComparing(EntryKey::id);

    final MarketRules rules;
    final NavigableMap<EntryKey, BookEntry> entries;
    private final NavigableMap<EntryKey, String> digests;

    /** What an input did. */
    record Taken(ProcessorSide before, BookInput input, Outcome outcome, ProcessorSide after, List<Sent> sent) {}

    private ProcessorSide(
            MarketRules rules, NavigableMap<EntryKey, BookEntry> entries, NavigableMap<EntryKey, String> digests) {
        this.rules = rules;
        this.entries = entries;
        this.digests = digests;
    }

    static ProcessorSide empty(MarketRules rules) {
        return new ProcessorSide(rules, new TreeMap<>(BY_KEY), new TreeMap<>(BY_KEY));
    }

    @Override
    String content() {
        return digests.values().toString();
    }

    LiquidationBook book() {
        return LiquidationBook.restore(rules, entries.values());
    }

    Taken take(Message message, Instant now) {
        return take(message, now, book());
    }

    /** As {@link #take(Message, Instant)} with a book that lived on, which must be the one that these entries are. */
    Taken take(Message message, Instant now, LiquidationBook book) {
        BookInput input = inputOf(message);
        Outcome outcome = book.apply(input, now);
        NavigableMap<EntryKey, BookEntry> next = new TreeMap<>(entries);
        NavigableMap<EntryKey, String> nextDigests = new TreeMap<>(digests);
        outcome.removed().forEach(next::remove);
        outcome.removed().forEach(nextDigests::remove);
        outcome.changed().forEach(entry -> next.put(entry.key(), entry));
        outcome.changed().forEach(entry -> nextDigests.put(entry.key(), digestOf(entry.toString())));
        checkStored(book, next, input);
        List<Sent> sent = new ArrayList<>();
        outcome.effects().forEach(effect -> tell(effect, sent));
        return new Taken(this, input, outcome, new ProcessorSide(rules, next, nextDigests), List.copyOf(sent));
    }

    /** A book has a market entry from its first moment, and stores it when it first changes. */
    private static void checkStored(LiquidationBook book, NavigableMap<EntryKey, BookEntry> stored, BookInput input) {
        List<BookEntry> held = book.entries();
        boolean unsaid = !stored.containsKey(new EntryKey(EntryKey.Kind.MARKET, ""));
        boolean same = held.size() == stored.size() + (unsaid ? 1 : 0)
                && held.stream().allMatch(entry -> entry.equals(stored.get(entry.key())) || (unsaid && isNew(entry)));
        if (!same) {
            throw new IllegalStateException("ReplayEquality: the book is not what it asked to store, after " + input);
        }
    }

    private static boolean isNew(BookEntry entry) {
        return entry instanceof MarketEntry market
                && market.newest() == null
                && !market.killed()
                && !market.paused()
                && market.blocksFormed() == 0;
    }

    private static BookInput inputOf(Message message) {
        return switch (message) {
            case Message.Price m -> new BookInput.ObserveIndex(m.index());
            case Message.Request m -> new BookInput.RequestSale(m.request());
            case Message.Amend m -> new BookInput.AmendSale(m.amendment());
            case Message.Report m -> new BookInput.Report(m.report());
            case Message.CancelRefused m -> new BookInput.CancelRefused(Shop.DESK, m.orderId());
            case Message.Kill m -> new BookInput.SwitchKill(m.engaged());
            case Message.Pause m -> new BookInput.PauseMarket(m.paused());
            case Message.ForLoan m -> throw new IllegalStateException("not for the processor: " + m);
            case Message.Order m -> throw new IllegalStateException("not for the processor: " + m);
            case Message.Cancel m -> throw new IllegalStateException("not for the processor: " + m);
        };
    }

    private static void tell(BookEffect effect, List<Sent> sent) {
        switch (effect) {
            case BookEffect.DeclineCase e ->
                reply(
                        sent,
                        e.loanId(),
                        new LoanInput.LiquidationDeclined(
                                e.caseId(), e.version(), e.reason().name(), e.indexEpoch(), e.indexSequence()));
            case BookEffect.AckAmend e ->
                reply(
                        sent,
                        e.loanId(),
                        new LoanInput.AmendmentAcknowledged(
                                e.caseId(), e.version(), e.irrevocable().amount()));
            case BookEffect.Settle e ->
                reply(
                        sent,
                        e.loanId(),
                        new LoanInput.LiquidationSettled(
                                e.caseId(),
                                e.version(),
                                e.settlement().cumQty().amount(),
                                e.settlement().cumGross().amount(),
                                e.settlement().cumFees().amount(),
                                e.settlement().complete()));
            case BookEffect.PlaceOrder e -> sent.add(new Sent(Channel.ORDERS, new Message.Order(e.order())));
            case BookEffect.CancelOrder e ->
                sent.add(new Sent(Channel.ORDERS, new Message.Cancel(e.order().orderId(), e.cancelId())));
            case BookEffect.AskStatus e -> {} // the desk may say how an order stands at any time
            case BookEffect.FormBlock e -> {}
            case BookEffect.RecordExecution e -> {}
            case BookEffect.Suspend e -> {}
            case BookEffect.RaiseAlarm e -> {}
        }
    }

    private static void reply(List<Sent> sent, String loanId, LoanInput input) {
        sent.add(new Sent(Channel.REPLIES, new Message.ForLoan(loanId, input)));
    }

    // --- reading

    @Nullable
    CaseEntry caseOf(String caseId) {
        return (CaseEntry) entries.get(new EntryKey(EntryKey.Kind.CASE, caseId));
    }

    List<CaseEntry> cases() {
        return all(CaseEntry.class);
    }

    List<OrderEntry> orders() {
        return all(OrderEntry.class);
    }

    <T extends BookEntry> List<T> all(Class<T> kind) {
        return entries.values().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    @Nullable
    MarketEntry market() {
        return (MarketEntry) entries.get(new EntryKey(EntryKey.Kind.MARKET, ""));
    }
}

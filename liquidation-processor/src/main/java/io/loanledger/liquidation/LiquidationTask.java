package io.loanledger.liquidation;

import io.loanledger.core.liquidation.BookEffect;
import io.loanledger.core.liquidation.BookInput;
import io.loanledger.core.liquidation.FillEntry;
import io.loanledger.core.liquidation.LiquidationBook;
import io.loanledger.core.liquidation.MarketRules;
import io.loanledger.core.liquidation.Outcome;
import io.loanledger.events.ExecutionReport;
import io.loanledger.events.FannedTerms;
import io.loanledger.events.IndexPrice;
import io.loanledger.events.LiquidationAmended;
import io.loanledger.events.LiquidationDeclined;
import io.loanledger.events.LiquidationRequested;
import io.loanledger.events.OrderCancelReject;
import io.loanledger.events.serde.Decoded;
import io.loanledger.events.serde.PatientReader;
import io.loanledger.events.serde.RecordReader;
import io.loanledger.events.serde.RecordWriter;
import io.loanledger.events.service.Invariant;
import io.loanledger.events.streams.CommitPacer;
import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Carries records into the books of its partition's markets and their effects out: decode, apply, store, forward. It thinks nothing.
 *
 * <p>Index prices and terms come to every partition; a task takes those of the markets that live in its own (murmur2 of the market's
 * name) and the kill switch. A request or report whose key lives elsewhere was written with another partitioner: it is sent home
 * through a topic of the processor's own, never applied here, and never sent on twice.
 *
 * <p>{@link #init} builds every piece of heap state from the store afresh, because Streams calls it again on the same object. An {@link
 * IllegalStateException} of a book is a broken invariant: it leaves {@link #process} and ends the application uncommitted.
 */
final class LiquidationTask implements Processor<byte[], byte[], byte[], byte[]> {
    /** The reason given for a market that is not in the settings, beside those of the book. */
    static final String MARKET_UNKNOWN = "MARKET_UNKNOWN";

    private final TaskParts parts;

    private @Nullable Open open;

    /** Everything that lives from one {@link #init} to the next. */
    private record Open(
            ProcessorContext<byte[], byte[]> context,
            int partition,
            BookStore store,
            Outbox outbox,
            PatientReader reader,
            TaskClock clock,
            TickTimes ticks,
            Map<String, LiquidationBook> books) {}

    private TaskEntry task = TaskEntry.NEW;

    LiquidationTask(TaskParts parts) {
        this.parts = parts;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        BookStore store = new BookStore(context.getStateStore(LiquidationNames.BOOK_STORE), parts.markets());
        TaskClock clock = new TaskClock(parts.clock(), parts.wall());
        Map<String, LiquidationBook> books = new HashMap<>();
        store.load().forEach((market, entries) -> {
            LiquidationBook book = LiquidationBook.restore(parts.rules(market), entries);
            Instant newest = book.newestPriceTime();
            if (newest != null) {
                clock.observe(newest);
            }
            books.put(market, book);
        });
        task = store.loadTask();
        open = new Open(
                context,
                context.taskId().partition(),
                store,
                new Outbox(context, new RecordWriter(parts.schemaIds()), parts.meters()),
                new PatientReader(new RecordReader(parts.registry())),
                clock,
                new TickTimes(),
                books);
        books.forEach((market, book) -> parts.meters().show(market, book, clock.now()));
    }

    @Override
    public void close() {
        if (open != null) {
            open.books().keySet().forEach(parts.meters()::hide);
        }
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Open now = opened();
        CommitPacer.ofThread().see(now.context());
        RecordMetadata place =
                now.context().recordMetadata().orElseThrow(() -> new IllegalStateException("a record without a place"));
        Topic topic = TopicCatalogue.byName(place.topic())
                .orElseThrow(() -> new IllegalStateException("no topic of ours: " + place.topic()));
        Arrival arrival = new Arrival(topic, place.partition(), place.offset(), false, record);
        if (!topic.equals(TopicCatalogue.LIQUIDATION_STRAYED)) {
            read(now, arrival);
            return;
        }
        arrival.fromOrigin()
                .ifPresentOrElse(
                        origin -> read(now, origin),
                        () -> now.outbox()
                                .setAside(arrival, "STRAY_WITHOUT_ORIGIN", "no topic of markets in its headers"));
    }

    private void read(Open now, Arrival arrival) {
        switch (now.reader().read(arrival.topic(), arrival.record().value())) {
            case Decoded.Readable readable -> take(now, arrival, readable.value());
            case Decoded.Unreadable unreadable ->
                now.outbox().setAside(arrival, unreadable.reason().name(), unreadable.detail());
            case Decoded.Unavailable unavailable -> throw unavailable.cause();
        }
    }

    private void take(Open now, Arrival arrival, SpecificRecord value) {
        // Avro's records are not sealed; the topic catalogue says which types come in.
        switch (value) {
            case IndexPrice index -> takeIndex(now, arrival, index);
            case FannedTerms terms -> takeTerms(now, arrival, terms);
            case LiquidationRequested request -> {
                if (isAtHome(now, arrival, request.getMarket())) {
                    takeRequest(now, arrival, request);
                }
            }
            case LiquidationAmended amended ->
                takeKeyed(now, arrival, amended.getMarket(), reader -> reader.amendment(amended));
            case ExecutionReport report -> takeKeyed(now, arrival, report.getSymbol(), reader -> reader.report(report));
            case OrderCancelReject reject ->
                takeKeyed(now, arrival, marketOf(arrival), reader -> reader.cancelRefused(reject));
            default -> throw new IllegalStateException("the contract carries no " + value.getClass() + " here");
        }
    }

    private void takeRequest(Open now, Arrival arrival, LiquidationRequested request) {
        now.clock().observe(request.getEvidence().getPriceTime());
        if (parts.knows(request.getMarket())) {
            map(now, arrival, request.getMarket(), reader -> reader.request(request));
            return;
        }
        now.outbox()
                .reply(
                        request.getLoanId(),
                        LiquidationDeclined.newBuilder()
                                .setCaseId(request.getCaseId())
                                .setLoanId(request.getLoanId())
                                .setVersion(request.getVersion())
                                .setReason(MARKET_UNKNOWN)
                                .setIndexEpoch(request.getEvidence().getEpoch())
                                .setIndexSequence(request.getEvidence().getSequence())
                                .setDeclinedAt(now.clock().now())
                                .build(),
                        arrival);
        parts.meters().declined(MARKET_UNKNOWN);
    }

    /** A record that says which market it is about, for the one task that holds it. */
    private void takeKeyed(Open now, Arrival arrival, String market, Mapping mapping) {
        if (!isAtHome(now, arrival, market)) {
            return;
        }
        if (parts.knows(market)) {
            map(now, arrival, market, mapping);
        } else {
            now.outbox().setAside(arrival, MARKET_UNKNOWN, market);
        }
    }

    private void takeIndex(Open now, Arrival arrival, IndexPrice index) {
        if (!parts.knows(index.getMarket()) || !isMine(now, index.getMarket())) {
            return;
        }
        now.clock().observe(index.getPriceTime());
        parts.meters()
                .priceRead(index.getMarket(), index.getPriceTime(), now.clock().now());
        now.ticks().put(index.getEpoch(), index.getSequence(), arrival.record().timestamp());
        map(now, arrival, index.getMarket(), reader -> reader.index(index));
    }

    private void takeTerms(Open now, Arrival arrival, FannedTerms terms) {
        if (!task.isBefore(terms.getEpoch(), terms.getSequence())) {
            return;
        }
        boolean killed = task.killed();
        switch (terms.getKind()) {
            case PRODUCT_TERMS, RATE_FIXING, CONCENTRATION_ADD_ON, OPERATOR_SKIP, UNKNOWN -> {}
            case KILL_SWITCH -> {
                if (terms.getKillSwitch() != null) {
                    killed = terms.getKillSwitch().getEngaged();
                    BookInput input = new BookInput.SwitchKill(killed);
                    for (String market : now.books().keySet().stream().sorted().toList()) {
                        apply(now, arrival, market, input);
                    }
                }
            }
            case MARKET_PAUSE -> {
                if (terms.getMarketPause() != null) {
                    String market = terms.getMarketPause().getMarket();
                    if (parts.knows(market) && isMine(now, market)) {
                        apply(
                                now,
                                arrival,
                                market,
                                new BookInput.PauseMarket(terms.getMarketPause().getPaused()));
                    }
                }
            }
        }
        task = new TaskEntry(terms.getEpoch(), terms.getSequence(), killed);
        now.store().save(task);
    }

    private void map(Open now, Arrival arrival, String market, Mapping mapping) {
        switch (mapping.by(new WireReader(parts.rules(market)))) {
            case Mapped.Input input -> apply(now, arrival, market, input.input());
            case Mapped.Impossible impossible -> now.outbox().setAside(arrival, "IMPOSSIBLE", impossible.detail());
        }
    }

    private void apply(Open now, Arrival arrival, String market, BookInput input) {
        MarketRules rules = parts.rules(market);
        Instant time = now.clock().now();
        LiquidationBook book = now.books().get(market);
        Outcome outcome;
        try {
            if (book == null) {
                book = new LiquidationBook(rules);
                now.books().put(market, book);
                if (task.killed()) {
                    now.store().save(market, book.apply(new BookInput.SwitchKill(true), time));
                }
            }
            outcome = book.apply(input, time);
        } catch (IllegalStateException broken) {
            parts.meters().invariantBroken(Invariant.in(broken));
            throw broken;
        }
        now.store().save(market, outcome);
        boolean ordered = false;
        for (BookEffect effect : outcome.effects()) {
            now.outbox().send(effect, market, rules.quote(), time, arrival);
            if (effect instanceof BookEffect.PlaceOrder placed) {
                ordered = true;
                now.ticks()
                        .sinceCause(placed.order(), outcome, parts.wall().instant())
                        .ifPresent(latency -> parts.meters().tickToOrder(market, latency));
            }
        }
        outcome.changed().stream()
                .filter(entry -> entry instanceof FillEntry fill && fill.traded() != null && !fill.reversed())
                .forEach(fill -> parts.meters().fillBooked());
        parts.meters().show(market, book, time);
        if (ordered) {
            CommitPacer.ofThread().ask(now.context(), arrival.record().timestamp());
        }
    }

    /** Sets aside what has no key or another key than its market; sends home what lives in another partition. */
    private boolean isAtHome(Open now, Arrival arrival, String market) {
        if (arrival.record().key() == null || arrival.record().key().length == 0) {
            now.outbox().setAside(arrival, "NO_KEY", "the key is the market");
            return false;
        }
        if (!market.equals(marketOf(arrival))) {
            now.outbox().setAside(arrival, "KEY_MISMATCH", "the key is not the market " + market);
            return false;
        }
        if (isMine(now, market)) {
            return true;
        }
        if (arrival.strayed()) {
            now.outbox().setAside(arrival, "STRAYED_AGAIN", market + " does not live in partition " + now.partition());
        } else {
            now.outbox().sendHome(arrival);
        }
        return false;
    }

    private boolean isMine(Open now, String market) {
        int home = Utils.toPositive(Utils.murmur2(market.getBytes(StandardCharsets.UTF_8))) % parts.partitions();
        return home == now.partition();
    }

    private static String marketOf(Arrival arrival) {
        byte[] key = arrival.record().key();
        return key == null ? "" : new String(key, StandardCharsets.UTF_8);
    }

    private Open opened() {
        if (open == null) {
            throw new IllegalStateException("process before init");
        }
        return open;
    }

    /** From a record to what it means to its market's book. */
    @FunctionalInterface
    private interface Mapping {
        Mapped by(WireReader reader);
    }
}

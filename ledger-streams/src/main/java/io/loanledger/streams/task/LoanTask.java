package io.loanledger.streams.task;

import io.loanledger.events.IndexPrice;
import io.loanledger.events.serde.PatientReader;
import io.loanledger.events.serde.RecordReader;
import io.loanledger.events.serde.RecordWriter;
import io.loanledger.events.service.Invariant;
import io.loanledger.events.streams.CommitPacer;
import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.streams.LedgerMeters;
import io.loanledger.streams.LedgerNames;
import io.loanledger.streams.wire.JournalCodec;
import io.loanledger.streams.wire.LoanCodec;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * One partition of the ledger: reads its partition of every loan-keyed input and of the two broadcast topics, and carries each
 * record to those who know what it means. It decides nothing.
 *
 * <p>{@link #init} makes every piece of heap state afresh from the stores, because Streams calls it again on the same object after
 * a revival and after a standby became active. No domain exception leaves {@link #process}; what does is a broken invariant, or a
 * registry that stayed away too long, and stops the application before it commits.
 *
 * <p>One stream thread.
 */
public final class LoanTask implements Processor<byte[], byte[], Object, byte[]> {
    /** Topics whose records belong to a loan by their key; a record in the wrong partition is sent home. */
    public static final List<Topic> KEYED_BY_LOAN = List.of(
            TopicCatalogue.COLLATERAL,
            TopicCatalogue.LOANS,
            TopicCatalogue.MOVEMENTS,
            TopicCatalogue.LIQUIDATION_REPLIES,
            TopicCatalogue.CLAIM_RESULTS);

    private final TaskParts parts;
    private @Nullable Running running;

    public LoanTask(TaskParts parts) {
        this.parts = parts;
    }

    /** What a started task consists of. */
    private record Running(
            ProcessorContext<Object, byte[]> context,
            TaskCircumstances circumstances,
            TaskIndex index,
            LoanBook book,
            Outbox outbox,
            TaskGauges gauges,
            SkippedRecords skipped,
            BookWatch watch,
            NextCall recount,
            Map<String, Consumer<Arrival>> intakes) {}

    @Override
    public void init(ProcessorContext<Object, byte[]> context) {
        close();
        try {
            start(context);
        } catch (IllegalStateException broken) {
            parts.meters().invariantBroken(Invariant.in(broken));
            throw broken;
        }
    }

    private void start(ProcessorContext<Object, byte[]> context) {
        int partition = context.taskId().partition();
        LedgerMeters meters = parts.meters();
        KeyValueStore<String, byte[]> loans = context.getStateStore(LedgerNames.LOANS_STORE);
        TaskState state = new TaskState(context.getStateStore(LedgerNames.TASK_STATE_STORE));
        TaskGauges gauges = new TaskGauges(partition);
        TaskCircumstances circumstances = new TaskCircumstances(state);
        TaskIndex index = new TaskIndex((int) Math.min(1 << 24, loans.approximateNumEntries()), circumstances);
        Outbox outbox = new Outbox(context, new RecordWriter(parts.ids()), LedgerNames::sinkOf);
        Journal journal = new Journal(partition, new JournalCodec(parts.journalSchemas()), outbox, circumstances);
        LoanCodec codec = new LoanCodec(circumstances);
        BookWatch watch = new BookWatch(loans, codec, state, journal, outbox, meters, gauges);
        SweptLoans swept = new SweptLoans(state);
        LoanBook book = new LoanBook(loans, codec, circumstances, index, swept, journal, outbox, gauges, meters, watch);
        book.rebuild();
        circumstances.products().forEach(index::termsArrived);
        for (LastIndex last : circumstances.indexes().values()) {
            gauges.priceSeen(last.index().market(), last.index().priceTime(), last.appendedAtMillis());
        }

        Sweep sweep = new Sweep(
                circumstances,
                state,
                index,
                swept,
                book,
                outbox,
                meters,
                gauges,
                partition,
                parts.firstChunk(),
                parts.chunk());
        DeadLetters deadLetters = new DeadLetters(outbox, meters);
        StrayRouter router = new StrayRouter(new KeyHome(parts.partitions()), partition, outbox, deadLetters, meters);
        PatientReader reader = new PatientReader(new RecordReader(parts.registry()));
        FactIntake facts = new FactIntake(reader, router, book, outbox, deadLetters, meters);
        PriceIntake prices = new PriceIntake(
                reader, parts.ids().of(IndexPrice.class), circumstances, sweep, deadLetters, meters, gauges);
        String subject = PartitionSubject.of(partition, new KeyHome(parts.partitions()));
        SkippedRecords skipped = new SkippedRecords(parts.skips(), facts, book, sweep, deadLetters, subject);
        TermsIntake terms = new TermsIntake(reader, circumstances, index, deadLetters, meters, parts.skips(), skipped);
        NextCall recount = new NextCall(context, this::recount);
        recount.after(BookWatch.EVERY);
        running = new Running(
                context,
                circumstances,
                index,
                book,
                outbox,
                gauges,
                skipped,
                watch,
                recount,
                intakes(facts, prices, terms));
        circumstances.indexes().keySet().forEach(meters::priceSeen);
        meters.joined(gauges);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Running task = Objects.requireNonNull(running, "init comes first");
        Arrival arrival = Arrival.of(record, task.context().recordMetadata().orElseThrow());
        CommitPacer.ofThread().see(task.context());
        task.circumstances().at(arrival.appendedAtMillis());
        task.outbox().at(arrival.appendedAtMillis());
        try {
            if (!task.skipped().setAside(arrival)) {
                Objects.requireNonNull(task.intakes().get(arrival.topic())).accept(arrival);
            }
        } catch (IllegalStateException broken) {
            parts.meters().invariantBroken(Invariant.in(broken));
            throw broken;
        }
        if (task.book().takeUrgent()) {
            CommitPacer.ofThread().ask(task.context(), arrival.appendedAtMillis());
        }
    }

    private void recount(long nowMillis) {
        Running task = Objects.requireNonNull(running, "init comes first");
        task.outbox().at(nowMillis);
        try {
            task.recount().after(task.watch().recountSlice(Instant.ofEpochMilli(nowMillis)));
        } catch (IllegalStateException broken) {
            parts.meters().invariantBroken(Invariant.in(broken));
            throw broken;
        }
    }

    @Override
    public void close() {
        if (running != null) {
            running.recount().cancel();
            parts.meters().left(running.gauges());
            running = null;
        }
    }

    /** The index's content, for tests. */
    List<String> describeIndex(Iterable<String> loanIds) {
        return Objects.requireNonNull(running).index().describe(loanIds);
    }

    private static Map<String, Consumer<Arrival>> intakes(FactIntake facts, PriceIntake prices, TermsIntake terms) {
        Map<String, Consumer<Arrival>> intakes = new HashMap<>();
        KEYED_BY_LOAN.forEach(topic -> intakes.put(topic.name(), facts::take));
        intakes.put(TopicCatalogue.STRAYED.name(), facts::takeStrayed);
        intakes.put(TopicCatalogue.INDEX_PRICES.name(), prices::takeIndex);
        intakes.put(TopicCatalogue.CONTINUATIONS.name(), prices::takeContinuation);
        intakes.put(TopicCatalogue.TERMS_FANNED.name(), terms::take);
        return Map.copyOf(intakes);
    }
}

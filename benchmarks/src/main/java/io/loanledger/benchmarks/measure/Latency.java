package io.loanledger.benchmarks.measure;

import io.loanledger.benchmarks.BenchPlan;
import io.loanledger.benchmarks.report.Finding;
import io.loanledger.benchmarks.report.Goal;
import io.loanledger.benchmarks.report.Series;
import io.loanledger.benchmarks.subject.Floor;
import io.loanledger.benchmarks.world.BenchBook;
import io.loanledger.benchmarks.world.BenchCluster;
import io.loanledger.benchmarks.world.IndexFeed;
import io.loanledger.benchmarks.world.Sightings;
import io.loanledger.events.Allocation;
import io.loanledger.events.IndexPrice;
import io.loanledger.events.LiquidationRequested;
import io.loanledger.events.SellOrder;
import io.loanledger.events.broadcast.BroadcastStream;
import io.loanledger.events.broadcast.Position;
import io.loanledger.events.serde.Decoded;
import io.loanledger.events.serde.RecordReader;
import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * From an index price to the breach that it causes, and on to the sell order, both as a consumer with {@code read_committed} sees them; beside
 * the same prices through an exactly-once pass-through. Each price of a round forces the sale of exactly one loan.
 *
 * <p>A tick counts from the moment at which it was due: the transaction that writes the price to every partition is part of it, here and there.
 */
public final class Latency {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The price before the ladder calls margin of many loans; nothing is measured before that is over. */
    private static final Duration SETTLING = Duration.ofSeconds(2);

    private final BenchPlan plan;
    private final BenchCluster cluster;
    private final IndexFeed index;
    private final RecordReader reader;
    private final OpenLoop loop;
    private volatile Optional<Watched> watched = Optional.empty();

    private final Measured breach = new Measured("tick to breach");
    private final Measured order = new Measured("tick to sell order");
    private final Measured passed = new Measured("exactly-once pass-through");

    public Latency(BenchPlan plan, BenchCluster cluster, IndexFeed index) {
        this.plan = plan;
        this.cluster = cluster;
        this.index = index;
        this.reader = new RecordReader(cluster.registry());
        this.loop = new OpenLoop(plan.broker().ticksPerSecond());
    }

    /** The rounds' percentiles of one thing. */
    private record Measured(String what, List<Double> p50, List<Double> p99) {
        Measured(String what) {
            this(what, new ArrayList<>(), new ArrayList<>());
        }

        void add(LatencyRound round, long start, OpenLoop loop) {
            p50.add(round.millisAt(50, start, loop));
            p99.add(round.millisAt(99, start, loop));
        }

        Series median() {
            return new Series(what + ", p50", "ms", p50);
        }

        Series tail() {
            return new Series(what + ", p99", "ms", p99);
        }
    }

    /** What is going on; {@code first} is the number of its first loan, or of the sequence before its first price. */
    private record Watched(long first, LatencyRound breaches, LatencyRound orders) {}

    /** What was found, and what a quiet book's tick to order takes. */
    public record Result(List<Finding> findings, Series tickToOrder) {}

    @SuppressWarnings("try") // floor and sightings work by being there
    public Result measure() throws InterruptedException {
        Topic input = new Topic(
                Floor.PASS_THROUGH.input(),
                Topic.KeyKind.MARKET,
                List.of(IndexPrice.class),
                Topic.Partitions.SHARED,
                new Topic.Retention.AtLeast(Duration.ofDays(1)),
                Topic.Time.APPENDED,
                Topic.Party.PRICE_INGEST,
                "index prices for the pass-through");
        var stream = new BroadcastStream(
                input,
                Floor.PASS_THROUGH.applicationId() + "-feed",
                record -> record instanceof IndexPrice price
                        ? Optional.of(new Position(price.getEpoch(), price.getSequence()))
                        : Optional.empty());
        try (BenchCluster.Started floor = cluster.floor(Floor.PASS_THROUGH, plan.threads());
                IndexFeed other = IndexFeed.open(cluster, stream);
                Sightings sightings = new Sightings(cluster, watchedTopics(), this::seen)) {
            other.beQuiet(true);
            index.publish(BenchBook.BEFORE_LADDER);
            Thread.sleep(SETTLING.toMillis());
            index.beQuiet(true);
            int next = 0;
            for (int round = 0; round <= plan.rounds(); round++) {
                boolean counts = round > 0;
                ofLedger(next, counts);
                ofFloor(other, next, counts);
                next += plan.broker().ticksPerRound();
            }
            index.beQuiet(false);
        }
        return new Result(findings(), order.median());
    }

    private List<Finding> findings() {
        return List.of(
                Finding.Compared.of("tick-to-breach-p50", breach.median(), passed.median(), Goal.atMost(1.2)),
                Finding.Compared.of("tick-to-breach-p99", breach.tail(), passed.tail(), Goal.atMost(1.5)),
                Finding.Compared.of("tick-to-order-p50", order.median(), passed.median(), Goal.atMost(1.8)),
                Finding.Compared.of("tick-to-order-p99", order.tail(), passed.tail(), Goal.atMost(1.5)));
    }

    private void ofLedger(int first, boolean counts) throws InterruptedException {
        var breaches = new LatencyRound(breach.what(), plan.broker().ticksPerRound());
        var orders = new LatencyRound(order.what(), plan.broker().ticksPerRound());
        watched = Optional.of(new Watched(first, breaches, orders));
        long start = loop.run(plan.broker().ticksPerRound(), n -> index.publish(BenchBook.ladderPrice(first + n)));
        breaches.await(PATIENCE);
        orders.await(PATIENCE);
        if (counts) {
            breach.add(breaches, start, loop);
            order.add(orders, start, loop);
        }
    }

    private void ofFloor(IndexFeed other, int first, boolean counts) throws InterruptedException {
        var arrivals = new LatencyRound(passed.what(), plan.broker().ticksPerRound());
        watched = Optional.of(new Watched(first + 1L, arrivals, arrivals));
        long start = loop.run(plan.broker().ticksPerRound(), n -> {
            BigDecimal price = BenchBook.ladderPrice(first + n);
            Position at = other.publish(price);
            if (at.sequence() != first + 1L + n) {
                throw new IllegalStateException("the pass-through's feed was at " + at + " and not at " + (first + n));
            }
        });
        arrivals.await(PATIENCE);
        if (counts) {
            passed.add(arrivals, start, loop);
        }
    }

    private static List<String> watchedTopics() {
        return List.of(
                TopicCatalogue.LIQUIDATION_REQUESTS.name(), TopicCatalogue.ORDERS.name(), Floor.PASS_THROUGH.output());
    }

    private void seen(ConsumerRecord<byte[], byte[]> record, long nanos) {
        Optional<Watched> now = watched;
        if (now.isEmpty()) {
            return;
        }
        Watched round = now.get();
        if (record.topic().equals(Floor.PASS_THROUGH.output())) {
            IndexPrice price = (IndexPrice) read(TopicCatalogue.INDEX_PRICES, record);
            // Every partition has it; a breach stands in one, so one of them counts, another each time.
            int partition = Integer.parseInt(new String(record.key(), StandardCharsets.UTF_8));
            if (price.getSequence() % BenchCluster.PARTITIONS == partition) {
                round.breaches().arrived((int) (price.getSequence() - round.first()), nanos);
            }
        } else if (record.topic().equals(TopicCatalogue.ORDERS.name())) {
            if (read(TopicCatalogue.ORDERS, record) instanceof SellOrder sold) {
                for (Allocation allocation : sold.getAllocations()) {
                    round.orders().arrived(tick(round, allocation.getAllocAccount()), nanos);
                }
            }
        } else if (read(TopicCatalogue.LIQUIDATION_REQUESTS, record) instanceof LiquidationRequested request) {
            round.breaches().arrived(tick(round, request.getLoanId()), nanos);
        }
    }

    private static int tick(Watched round, String id) {
        return (int) (BenchBook.numberOf(id) - round.first());
    }

    private SpecificRecord read(Topic topic, ConsumerRecord<byte[], byte[]> record) {
        return switch (reader.read(topic, record.value())) {
            case Decoded.Readable readable -> readable.value();
            case Decoded.Unreadable unreadable -> throw new IllegalStateException(unreadable.detail());
            case Decoded.Unavailable unavailable -> throw unavailable.cause();
        };
    }
}

package io.loanledger.benchmarks.world;

import io.loanledger.events.IndexPrice;
import io.loanledger.events.IndexSource;
import io.loanledger.events.IndexSourceStatus;
import io.loanledger.events.IndexState;
import io.loanledger.events.broadcast.BroadcastStream;
import io.loanledger.events.broadcast.PartitionBroadcast;
import io.loanledger.events.broadcast.Position;
import io.loanledger.events.serde.RecordReader;
import io.loanledger.events.serde.RecordWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes index prices as price-ingest does: one transaction for each, to every partition, with five venues as its sources. While nothing
 * else is said it repeats the last price twice a second, as a market that does not move. Safe for any thread.
 */
public final class IndexFeed implements AutoCloseable {

    public static final String MARKET = "BTC-USD";

    private static final long BEAT_MILLIS = 500;
    private static final List<String> VENUES = List.of("alpha", "bravo", "charlie", "delta", "echo");

    private final PartitionBroadcast broadcast;
    private final Thread beating;
    private Optional<BigDecimal> last = Optional.empty();
    private boolean quiet;
    private volatile boolean closing;
    private volatile @Nullable RuntimeException failure;

    private IndexFeed(PartitionBroadcast broadcast) {
        this.broadcast = broadcast;
        this.beating = new Thread(this::beat, "index-feed");
        beating.setDaemon(true);
        beating.start();
    }

    /** The feed of the ledger's own index topic, or of another whose records are index prices. */
    public static IndexFeed open(BenchCluster cluster, BroadcastStream stream) {
        return new IndexFeed(PartitionBroadcast.open(
                cluster.connection(),
                stream,
                new RecordReader(cluster.registry()),
                new RecordWriter(cluster.ids()),
                PartitionBroadcast.Start.AFTER_LAST));
    }

    /** Writes a price and returns when it is committed. */
    public synchronized Position publish(BigDecimal price) {
        requireSound();
        last = Optional.of(price);
        return broadcast.publish(MARKET, (epoch, sequence) -> record(epoch, sequence, Instant.now(), price));
    }

    /** Throws what ended the feed, if anything did. */
    public void requireSound() {
        RuntimeException broken = failure;
        if (broken != null) {
            throw new IllegalStateException("the index could not be written", broken);
        }
    }

    /** While quiet, only what is published is written. */
    public synchronized void beQuiet(boolean isQuiet) {
        quiet = isQuiet;
    }

    /** An index price of five venues. */
    public static IndexPrice record(long epoch, long sequence, Instant priceTime, BigDecimal price) {
        List<IndexSource> sources = VENUES.stream()
                .map(venue -> IndexSource.newBuilder()
                        .setVenue(venue)
                        .setPrice(price.toPlainString())
                        .setWeight("0.2")
                        .setStatus(IndexSourceStatus.USED)
                        .setObservedAt(priceTime)
                        .build())
                .toList();
        return IndexPrice.newBuilder()
                .setMarket(MARKET)
                .setEpoch(epoch)
                .setSequence(sequence)
                .setPriceTime(priceTime)
                .setPrice(price.toPlainString())
                .setState(IndexState.LIVE)
                .setQuorum(3)
                .setSources(sources)
                .build();
    }

    private void beat() {
        while (!closing) {
            try {
                Thread.sleep(BEAT_MILLIS);
            } catch (InterruptedException end) {
                return;
            }
            synchronized (this) {
                if (!quiet && !closing) {
                    repeat();
                }
            }
        }
    }

    /** What it throws ends the feed, and is thrown to whoever publishes next. */
    private void repeat() {
        try {
            last.ifPresent(this::publish);
        } catch (RuntimeException broken) {
            failure = broken;
            closing = true;
        }
    }

    @Override
    public void close() {
        closing = true;
        synchronized (this) {
            broadcast.close();
        }
    }
}

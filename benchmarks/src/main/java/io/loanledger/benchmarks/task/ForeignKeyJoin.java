package io.loanledger.benchmarks.task;

import io.loanledger.benchmarks.world.BenchBook;
import io.loanledger.benchmarks.world.IndexFeed;
import java.io.File;
import java.nio.ByteBuffer;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;

/**
 * What one writes first: a table of loans joined by foreign key to a table of prices, and a filter for those past their threshold. Every price
 * visits every loan of its market. It runs in the topology's test driver, so without a broker, through which every one of those visits would
 * travel; RocksDB stores, as by default. For one thread.
 */
public final class ForeignKeyJoin implements AutoCloseable {

    private static final String LOANS = "loans";
    private static final String PRICES = "prices";
    private static final String BREACHES = "breaches";
    private static final long SATOSHIS = 100_000_000;
    private static final long LTV_NUMERATOR = 8;
    private static final long LTV_DENOMINATOR = 10;

    private final TopologyTestDriver driver;
    private final TestInputTopic<String, Long> prices;
    private final TestOutputTopic<String, Boolean> breaches;

    /**
     * A loan as the join needs it.
     *
     * @param debtCents what is owed
     * @param satoshis its coin
     */
    private record Row(long debtCents, long satoshis) {}

    /** So many loans, sold at the prices of the task that it is compared with. */
    public ForeignKeyJoin(int count) {
        var builder = new StreamsBuilder();
        Serde<Row> rows = Serdes.serdeFrom(
                (topic, row) -> row == null
                        ? null
                        : ByteBuffer.allocate(16)
                                .putLong(row.debtCents())
                                .putLong(row.satoshis())
                                .array(),
                (topic, bytes) -> {
                    if (bytes == null) {
                        return null;
                    }
                    ByteBuffer read = ByteBuffer.wrap(bytes);
                    return new Row(read.getLong(), read.getLong());
                });
        KTable<String, Row> loans =
                builder.table(LOANS, Consumed.with(Serdes.String(), rows), Materialized.with(Serdes.String(), rows));
        KTable<String, Long> index = builder.table(
                PRICES,
                Consumed.with(Serdes.String(), Serdes.Long()),
                Materialized.with(Serdes.String(), Serdes.Long()));
        loans.join(
                        index,
                        row -> IndexFeed.MARKET,
                        ForeignKeyJoin::isBreached,
                        Materialized.with(Serdes.String(), Serdes.Boolean()))
                .toStream()
                .filter((loanId, breached) -> Boolean.TRUE.equals(breached))
                .to(BREACHES, Produced.with(Serdes.String(), Serdes.Boolean()));
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "bench-join");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1"); // never asked
        settings.put(
                StreamsConfig.STATE_DIR_CONFIG,
                new File(
                                System.getProperty("java.io.tmpdir"),
                                "bench-join-" + ProcessHandle.current().pid())
                        .toString());
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        driver = new TopologyTestDriver(builder.build(), settings);
        prices = driver.createInputTopic(
                PRICES, Serdes.String().serializer(), Serdes.Long().serializer());
        breaches = driver.createOutputTopic(
                BREACHES, Serdes.String().deserializer(), Serdes.Boolean().deserializer());
        TestInputTopic<String, Row> opened =
                driver.createInputTopic(LOANS, Serdes.String().serializer(), rows.serializer());
        long cents = BenchBook.PRINCIPAL.movePointRight(2).longValueExact();
        for (int number = 0; number < count; number++) {
            long salePrice = 2_500 + 25L * (number % 100);
            opened.pipeInput(BenchBook.idOf(number), new Row(cents, 500 * SATOSHIS / salePrice));
        }
    }

    /** Takes one price, in whole dollars. */
    public void price(long dollars) {
        prices.pipeInput(IndexFeed.MARKET, dollars * 100);
    }

    /** Breaches so far that nobody asked for. */
    public long breaches() {
        return breaches.getQueueSize();
    }

    private static Boolean isBreached(Row loan, Long priceCents) {
        // cents >= 8/10 * price * coin, all in whole numbers
        return Math.multiplyExact(loan.debtCents(), LTV_DENOMINATOR * SATOSHIS)
                >= Math.multiplyExact(LTV_NUMERATOR * priceCents, loan.satoshis());
    }

    @Override
    public void close() {
        driver.close();
    }
}

package io.loanledger.local.soak.world;

import io.loanledger.events.serde.SchemaIds;
import io.loanledger.events.serde.SchemaRegistry;
import io.loanledger.events.settings.KafkaConnectionSettings;
import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.local.sim.DemoProducts;
import io.loanledger.local.sim.DeskTroubles;
import io.loanledger.local.sim.LoanPlan;
import io.loanledger.local.sim.ScenarioClock;
import io.loanledger.local.sim.SeededChoice;
import io.loanledger.local.sim.SimulatedCustody;
import io.loanledger.local.sim.SimulatedDesk;
import io.loanledger.local.sim.SimulatedOrigination;
import io.loanledger.local.sim.SimulatedPayments;
import io.loanledger.local.sim.SimulatedVenues;
import io.loanledger.local.topic.TopicReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * Everybody outside the ledger, on the clock on the wall: five venues that trade four times a second along {@link PriceWaves}, borrowers who
 * take out so many loans a second, their custodian, their bank, a desk. They meet the ledger in its public topics alone.
 *
 * <p>{@link #close} ends their threads; everything else is for one thread.
 */
public final class SoakWorld implements AutoCloseable {

    private static final Duration STEP = Duration.ofMillis(250);
    private static final long LOWEST_PRINCIPAL = 2_000;
    private static final long HIGHEST_PRINCIPAL = 80_000;
    private static final int LOWEST_LTV = 2_000;
    private static final int HIGHEST_LTV = 4_900;
    private static final long MILLIS = 1_000;
    private static final int LOT_SCALE = 4;
    private static final int COIN_SCALE = 8;
    private static final BigDecimal LTV_UNIT = BigDecimal.valueOf(10_000);

    /** One loan of so many is opened at the highest LTV: even the shallowest wave takes it over the threshold of a sale. */
    private static final int DARING_OF = 10;

    private static final DeskTroubles NONE =
            new DeskTroubles(Instant.EPOCH, Instant.EPOCH, 0, Instant.EPOCH, Instant.EPOCH);

    private final ScenarioClock clock = new ScenarioClock(now());
    private final SeededChoice choice;
    private final PriceWaves prices;
    private final SplittableRandom random;
    private final SoakOutbox outbox;
    private final JournalProgress progress;
    private final SoakWatch watch = new SoakWatch();
    private final SimulatedOrigination origination;
    private final SimulatedCustody custody;
    private final SimulatedVenues venues;
    private final List<SoakFeed> feeds;
    private final Thread traffic;
    private volatile int loansPerSecond;
    private volatile long wavesFrom;
    private volatile boolean waves;
    private volatile int ticksTimes = 1;
    private volatile boolean closing;
    private volatile @Nullable Throwable failure;
    private volatile long opened;
    private long openingCredit;

    public SoakWorld(
            KafkaConnectionSettings connection, SchemaRegistry registry, SchemaIds ids, int partitions, long seed) {
        this.choice = new SeededChoice(seed);
        this.prices = new PriceWaves(choice);
        this.random = new SplittableRandom(seed);
        this.outbox = new SoakOutbox(connection, ids, partitions, seed);
        this.progress = new JournalProgress(partitions);
        this.origination = new SimulatedOrigination(outbox, clock);
        this.venues = new SimulatedVenues(outbox, choice);
        this.custody = new SimulatedCustody(outbox, clock, choice, venues::lastPrice);
        SimulatedPayments payments = new SimulatedPayments(outbox, clock);
        Stream<TopicReader> readers = Stream.of(
                watch,
                new JournalReader(progress),
                custody,
                payments,
                new SoakBorrowers(origination, custody, payments, clock, choice),
                new SimulatedDesk(outbox, clock, choice, NONE));
        this.feeds = readers.map(reader -> new SoakFeed(reader, connection, registry))
                .toList();
        this.traffic = new Thread(this::run, "traffic");
        traffic.setDaemon(true);
    }

    /** Publishes the products, starts prices, which stay high, and parties; loans come with {@link #openLoans}. */
    public void start() {
        SoakProducts.all(clock.now()).forEach(terms -> outbox.send(TopicCatalogue.TERMS, terms.getProductId(), terms));
        SoakProducts.fixings(clock.now())
                .forEach(fixing -> outbox.send(TopicCatalogue.TERMS, fixing.getRateId(), fixing));
        feeds.forEach(SoakFeed::start);
        traffic.start();
    }

    /** From now on so many new loans are asked for each second. */
    public void openLoans(int perSecond) {
        loansPerSecond = perSecond;
    }

    /** The first wave of prices begins now. */
    public void startWaves() {
        wavesFrom = System.nanoTime();
        waves = true;
    }

    /** From now on the price stays high, so that sales end and calls are cured. */
    public void becomeCalm() {
        waves = false;
    }

    /** From now on venues trade so many times as often. */
    public void tickTimes(int times) {
        ticksTimes = times;
    }

    /** Ends the trades; the other parties go on. Returns when everything is written. */
    public void stopTrading() throws InterruptedException {
        closing = true;
        traffic.interrupt();
        traffic.join();
        outbox.flush();
    }

    public SoakOutbox outbox() {
        return outbox;
    }

    public JournalProgress progress() {
        return progress;
    }

    public SoakWatch.Counts counts() {
        return watch.counts();
    }

    /** Loans that were asked for. */
    public long loansAsked() {
        return opened;
    }

    /** What ended one of the simulated parties too early, if anything did. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure)
                .or(() -> Optional.ofNullable(outbox.failure()))
                .or(() ->
                        feeds.stream().flatMap(feed -> feed.failure().stream()).findFirst());
    }

    @Override
    public void close() {
        closing = true;
        traffic.interrupt();
        feeds.forEach(SoakFeed::close);
        outbox.close();
    }

    private void run() {
        try {
            long next = System.nanoTime();
            while (!closing) {
                step();
                next += STEP.toNanos();
                long rest = next - System.nanoTime();
                if (rest > 0) {
                    TimeUnit.NANOSECONDS.sleep(rest);
                } else {
                    next = System.nanoTime();
                }
            }
        } catch (InterruptedException | InterruptException ended) {
            if (!closing) {
                failure = ended;
            }
        } catch (RuntimeException | Error e) {
            failure = e;
        }
    }

    private void step() {
        clock.moveTo(later(now(), clock.now()));
        BigDecimal price = price();
        for (int time = 0; time < ticksTimes; time++) {
            // An id of its own for each of several trades in one step.
            venues.trade(DemoProducts.MARKET, price, clock.now().plusNanos(1_000L * time));
        }
        // What is a whole loan now is opened now; the rest counts for the next step.
        openingCredit += loansPerSecond * STEP.toMillis();
        for (; openingCredit >= MILLIS; openingCredit -= MILLIS) {
            borrow(price);
        }
    }

    private BigDecimal price() {
        return waves ? prices.at(Duration.ofNanos(System.nanoTime() - wavesFrom)) : PriceWaves.high();
    }

    private void borrow(BigDecimal price) {
        long number = opened + 1;
        opened = number;
        String loanId = String.format(Locale.ROOT, SoakBorrowers.LOAN_ID, number);
        BigDecimal principal = BigDecimal.valueOf(random.nextLong(LOWEST_PRINCIPAL, HIGHEST_PRINCIPAL + 1))
                .setScale(2);
        int ltv = random.nextInt(DARING_OF) == 0 ? HIGHEST_LTV : random.nextInt(LOWEST_LTV, HIGHEST_LTV + 1);
        BigDecimal collateral = principal
                .multiply(LTV_UNIT)
                .divide(price.multiply(BigDecimal.valueOf(ltv)), LOT_SCALE, RoundingMode.UP)
                .setScale(COIN_SCALE);
        String productId = SoakProducts.of(number);
        progress.offered(outbox.partitionOf(loanId), System.nanoTime());
        origination.request(new LoanPlan(loanId, "borrower-" + number, productId, principal, collateral, ltv));
        custody.deposit(loanId, collateral, "opening");
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    /** The wire counts microseconds. */
    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    /** Tells the progress of every journal record, whatever it says. */
    private record JournalReader(JournalProgress progress) implements TopicReader {
        @Override
        public String name() {
            return "journal-progress";
        }

        @Override
        public List<Topic> reads() {
            return List.of(TopicCatalogue.JOURNAL);
        }

        @Override
        public void received(ConsumerRecord<String, SpecificRecord> read) {
            progress.decided(read.partition(), System.nanoTime());
        }
    }
}

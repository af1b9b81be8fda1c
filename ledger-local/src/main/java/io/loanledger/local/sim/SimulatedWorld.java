package io.loanledger.local.sim;

import io.loanledger.events.settings.KafkaConnectionSettings;
import io.loanledger.local.topic.TopicFeed;
import io.loanledger.local.topic.TopicOutbox;
import io.loanledger.local.topic.TopicReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everybody outside the ledger, simulated: the lender's front office, custody, bank, borrowers, venues and desk. They meet the ledger
 * in its public topics alone. {@link #close} ends their threads; the other methods are for the conductor's thread.
 */
public final class SimulatedWorld implements AutoCloseable {

    /** Of 100 borrowers whom no crash can reach, so many pay everything back when it is over. */
    private static final int EARLY_REPAYERS_OF_100 = 5;

    /** Up to here, in hundredths of a per cent, a loan never comes near a call: 30 % at the opening is 62 % at 48.5 % of it. */
    private static final int SAFE_LTV = 3_000;

    /** More than any interest of the demo's days; the ledger pays back what is too much. */
    private static final BigDecimal WITH_INTEREST = new BigDecimal("1.01");

    /** All venues' trades of a minute travel together, so that the index is made of all of them. */
    private static final Duration TOGETHER = Duration.ofMillis(200);

    private final TopicOutbox outbox;
    private final TopicOutbox trades;
    private final ScenarioClock clock;
    private final SeededChoice choice;
    private final SimulatedOrigination origination;
    private final SimulatedCustody custody;
    private final SimulatedPayments payments;
    private final SimulatedVenues venues;
    private final List<TopicFeed> feeds;

    /** {@code start} is its first moment, {@code troubles} what the desk will have. */
    public SimulatedWorld(KafkaConnectionSettings connection, Instant start, long seed, DeskTroubles troubles) {
        this.outbox = new TopicOutbox(connection);
        this.clock = new ScenarioClock(start);
        this.choice = new SeededChoice(seed);
        this.origination = new SimulatedOrigination(outbox, clock);
        this.trades = new TopicOutbox(connection, TOGETHER);
        this.venues = new SimulatedVenues(trades, choice);
        this.custody = new SimulatedCustody(outbox, clock, choice, venues::lastPrice);
        this.payments = new SimulatedPayments(outbox, clock);
        Stream<TopicReader> readers = Stream.of(
                custody,
                payments,
                new SimulatedBorrowers(custody, payments, clock, choice),
                new SimulatedDesk(outbox, clock, choice, troubles));
        this.feeds = readers.map(reader -> new TopicFeed(reader, connection)).toList();
    }

    public void start() {
        feeds.forEach(TopicFeed::start);
    }

    public void publishProducts() {
        origination.publishProducts();
        outbox.flush();
    }

    /** Asks for a loan and brings its collateral. */
    public void borrow(LoanPlan plan) {
        origination.request(plan);
        custody.deposit(plan.loanId(), plan.collateral(), "opening");
    }

    /** Moves time on and lets every venue trade around the price; returns when the trades are written. */
    public void tradeAt(Instant time, BigDecimal price) {
        clock.moveTo(time);
        outbox.flush();
        venues.trade(DemoProducts.MARKET, price, time);
        trades.flush();
    }

    /** Some of those who were never in danger pay back everything, with a little too much. */
    public void repayEarly(List<LoanPlan> book) {
        for (LoanPlan plan : book) {
            if (plan.ltvAtOpening() < SAFE_LTV
                    && choice.below(100, "repays early", plan.loanId()) < EARLY_REPAYERS_OF_100) {
                payments.repay(
                        plan.loanId(),
                        plan.principal().multiply(WITH_INTEREST).setScale(2, RoundingMode.UP),
                        "in-full");
            }
        }
        outbox.flush();
    }

    /** What ended one of the simulators too early, if anything did. */
    public Optional<Throwable> failure() {
        return feeds.stream().flatMap(feed -> feed.failure().stream()).findFirst();
    }

    @Override
    public void close() {
        feeds.forEach(TopicFeed::close);
        outbox.close();
        trades.close();
    }
}

package io.loanledger.local.demo;

import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.local.sim.DeskTroubles;
import io.loanledger.local.sim.LoanPlan;
import io.loanledger.local.sim.SimulatedBook;
import io.loanledger.local.sim.SimulatedWorld;
import io.loanledger.local.terminal.Display;
import io.loanledger.local.terminal.ProgressBar;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Plays the demo: opens the book, walks the price down to the opening of 12 March 2020, then lets the 34 hours pass two minutes at a step
 * and waits until the ledger has finished with them.
 *
 * <p>Scenario time stands still while a sell order or a request for one is unanswered, so that the speed of this machine does not
 * decide at which prices coin is sold; while the desk is silent it goes on, as it would. The ledger may lag some minutes of scenario
 * time behind the prices, not more. Whatever does not come within its deadline ends the demo with {@link DemoFailed}.
 */
final class DemoConductor {

    private static final Duration STEP = Duration.ofMinutes(2);
    private static final int BATCH = 250;
    /** Loans that may be under way from request to disbursement at once. */
    private static final int OPENING_AHEAD = 2_000;

    private static final int STEPS_DOWN = 60;
    /** Prices that the ledger may be behind; a price is one record and one marker in each partition. */
    private static final long LAG_OFFSETS = 8;

    private static final int STEPS_BETWEEN_LAG_CHECKS = 4;
    private static final int STEPS_TOGETHER_WHEN_CALM = 4;
    private static final Duration CALM = Duration.ofMillis(100);
    private static final int MOST_STEPS_AFTER_THE_END = 240;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration QUIET = Duration.ofMillis(700);

    private final SimulatedWorld world;
    private final LedgerWatch watch;
    private final GroupProgress progress;
    private final List<GroupProgress.Readings> services;
    private final int partitions;
    private final DemoPath path;
    private final Display display;
    private final Supplier<Optional<String>> trouble;
    private Instant now = DemoPath.FIRST_DAY;

    /** {@code trouble} says what has gone wrong elsewhere, in a service or a simulator; it is asked at every step. */
    DemoConductor(
            SimulatedWorld world,
            LedgerWatch watch,
            GroupProgress progress,
            List<GroupProgress.Readings> services,
            int partitions,
            DemoPath path,
            Display display,
            Supplier<Optional<String>> trouble) {
        this.world = world;
        this.watch = watch;
        this.progress = progress;
        this.services = List.copyOf(services);
        this.partitions = partitions;
        this.path = path;
        this.display = display;
        this.trouble = trouble;
    }

    void play(int loans, long seed) throws InterruptedException {
        List<LoanPlan> book = SimulatedBook.of(loans, path.openingPrice(), seed);
        openBook(book);
        walkDown();
        crash();
        world.repayEarly(book);
        drain();
    }

    private void openBook(List<LoanPlan> book) throws InterruptedException {
        world.publishProducts();
        step(path.seasoningPrice());
        // The first price after nothing is doubted; the second is believed.
        step(path.seasoningPrice());
        awaitServices();
        for (int first = 0; first < book.size(); first += BATCH) {
            step(path.seasoningPrice());
            book.subList(first, Math.min(first + BATCH, book.size())).forEach(world::borrow);
            int soFar = first;
            await("loans are disbursed", () -> {
                if (watch.awaitDisbursements(soFar - OPENING_AHEAD, Duration.ofMillis(200))) {
                    return true;
                }
                step(path.seasoningPrice());
                return false;
            });
            show("opening " + book.size() + " loans at 1.4 times the opening price", first, book.size());
        }
        await("all loans are disbursed", () -> {
            step(path.seasoningPrice());
            show("opening " + book.size() + " loans", watch.counts().disbursements(), book.size());
            return watch.awaitDisbursements(book.size(), Duration.ofMillis(200));
        });
        awaitServices();
    }

    /** Two days pass at once; then the price falls evenly, step by step, so that the index never takes it for a gap. */
    private void walkDown() throws InterruptedException {
        stepTo(path.start().minus(STEP.multipliedBy(STEPS_DOWN + 2L)), path.seasoningPrice());
        for (int step = 0; step <= STEPS_DOWN; step++) {
            step(path.walkingDown(step, STEPS_DOWN));
            show("two days later, the price walks down to " + path.openingPrice(), step, STEPS_DOWN);
        }
        awaitServices();
    }

    private void crash() throws InterruptedException {
        DeskTroubles troubles = path.deskTroubles();
        long steps = Duration.between(path.start(), path.end()).dividedBy(STEP);
        for (long step = 0; step <= steps; step++) {
            Instant at = path.start().plus(STEP.multipliedBy(step));
            boolean silent = !at.isBefore(troubles.silentFrom()) && at.isBefore(troubles.silentUntil());
            boolean calm = !watch.hasOpenCases() && watch.quietFor().compareTo(CALM) > 0;
            if (calm && step % STEPS_TOGETHER_WHEN_CALM != 0) {
                // Nothing is under way: the next minutes may come in one go.
                now = at;
                world.tradeAt(at, path.priceAt(at));
                continue;
            }
            stepTo(at, path.priceAt(at));
            if (step % STEPS_BETWEEN_LAG_CHECKS == 0) {
                awaitLedgerWithin(LAG_OFFSETS);
            }
            if (!silent) {
                await(
                        "every case has an order and every order an answer",
                        () -> watch.awaitAnswers(Duration.ofSeconds(1)));
            }
            show(silent ? "12 and 13 March 2020; the desk is silent" : "12 and 13 March 2020", step, steps);
        }
    }

    /** Time goes on at the last price until no sale is open, then until nothing moves any more. */
    private void drain() throws InterruptedException {
        BigDecimal last = path.priceAt(path.end());
        for (int step = 0; step < MOST_STEPS_AFTER_THE_END && watch.hasOpenCases(); step++) {
            step(last);
            Duration wait = Duration.ofMillis(200);
            if (!watch.awaitAnswers(wait)) {
                show("the ledger finishes what is open", step, MOST_STEPS_AFTER_THE_END);
            }
        }
        if (watch.hasOpenCases()) {
            throw new DemoFailed(watch.counts().openCases() + " sales did not end");
        }
        await("the ledger comes to rest", () -> {
            Thread.sleep(Duration.ofMillis(50));
            return watch.quietFor().compareTo(QUIET) > 0;
        });
        awaitServices();
    }

    private void step(BigDecimal price) throws InterruptedException {
        stepTo(now.plus(STEP), price);
    }

    private void stepTo(Instant next, BigDecimal price) throws InterruptedException {
        now = next;
        world.tradeAt(next, price);
        await("the index price of " + next + " comes", () -> watch.awaitIndexAt(next, Duration.ofSeconds(1)));
    }

    private void awaitLedgerWithin(long offsets) throws InterruptedException {
        GroupProgress.Readings ledger = services.getFirst();
        await(
                ledger.group() + " keeps up with the prices",
                () -> progress.await(
                        ledger.group(), TopicCatalogue.INDEX_PRICES, partitions, offsets, Duration.ofSeconds(1)));
    }

    private void awaitServices() throws InterruptedException {
        for (GroupProgress.Readings service : services) {
            for (var topic : service.topics()) {
                await(
                        service.group() + " has read " + topic.name(),
                        () -> progress.await(service.group(), topic, partitions, 0, Duration.ofSeconds(1)));
            }
        }
    }

    private interface Condition {
        boolean comesInTime() throws InterruptedException;
    }

    private void await(String what, Condition condition) throws InterruptedException {
        long giveUpAt = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.comesInTime()) {
            trouble.get().ifPresent(reason -> {
                throw new DemoFailed(reason);
            });
            // However slow the machine: as long as something moves, it may still come.
            if (System.nanoTime() > giveUpAt && watch.quietFor().compareTo(PATIENCE) > 0) {
                throw new DemoFailed("waited " + PATIENCE.toSeconds() + " s in vain until " + what + "; at " + now + " "
                        + watch.open());
            }
        }
    }

    private void show(String phase, long done, long total) {
        LedgerWatch.Counts counts = watch.counts();
        display.show(List.of(
                phase,
                ProgressBar.of(done, total, 40) + "  " + now.toString().substring(0, 16) + "Z  " + counts.lastPrice(),
                String.format(
                        Locale.ROOT,
                        "loans %,d  margin calls %,d  cured %,d  sales %,d (%,d open)  orders %,d  fills %,d",
                        counts.disbursements(),
                        counts.marginCalls(),
                        counts.cures(),
                        counts.requests(),
                        counts.openCases(),
                        counts.orders(),
                        counts.fills())));
    }
}

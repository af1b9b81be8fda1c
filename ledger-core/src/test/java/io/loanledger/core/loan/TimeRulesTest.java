package io.loanledger.core.loan;

import static io.loanledger.core.loan.LoanStory.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.price.IndexState;
import io.loanledger.core.terms.MarginCallTerms.ClockStopper;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table of ties of {@code docs/time.md}, a row each: 1 BTC against 5,000 USD; called at 7,000 (71.4 %); healed at 8,400 or by 800 USD
 * at 7,000 (or 0.2 BTC); deadline 24 h after the call, fact lag 1 h.
 */
class TimeRulesTest {
    private static final Instant CALLED = START.plus(Duration.ofHours(1));
    private static final Instant DEADLINE = CALLED.plus(Duration.ofHours(24));
    private static final Instant EXPIRES = DEADLINE.plus(Duration.ofHours(1));
    private static final Duration TICK = Duration.ofNanos(1_000);

    /** A row: what is told after the call, and the names of the events that decide the call's fate, in order. */
    @FunctionalInterface
    interface Telling {
        void to(LoanStory story);
    }

    private static final List<String> FATE = List.of(
            "MarginCallCured",
            "MarginCallCancelled",
            "MarginCallExpired",
            "LiquidationRequested",
            "LiquidationAmended",
            "RescissionOpened");

    static Stream<Arguments> ties() {
        return Stream.of(
                row("price at the deadline, at the cure level", s -> s.price(DEADLINE, "8400"), "MarginCallCured"),
                row("price a tick after the deadline, at the cure level", s -> s.price(DEADLINE.plus(TICK), "8400")),
                row("price at deadline + fact lag: nothing expires yet", s -> s.price(EXPIRES, "7000")),
                row(
                        "price a tick later: the call expires, and the former price decides",
                        s -> s.price(EXPIRES.plus(TICK), "7000"),
                        "MarginCallExpired",
                        "LiquidationRequested"),
                row(
                        "healing price a tick too late: sold at the former price all the same",
                        s -> s.price(EXPIRES.plus(TICK), "8400"),
                        "MarginCallExpired",
                        "LiquidationRequested"),
                row(
                        "former price healed after the deadline: expired, then cancelled",
                        s -> s.price(DEADLINE.plus(TICK), "8400").price(EXPIRES.plus(TICK), "7000"),
                        "MarginCallExpired",
                        "MarginCallCancelled",
                        "MarginCallIssued"),
                row("payment valued at the deadline, read in time", s -> s.repaid(DEADLINE, "800"), "MarginCallCured"),
                row(
                        "payment valued at the deadline, read within the fact lag",
                        s -> s.price(DEADLINE.plus(TICK), "7000").repaid(DEADLINE, "820"),
                        "MarginCallCured"),
                row(
                        "payment valued a tick after the deadline",
                        s -> s.price(DEADLINE.plus(TICK), "7000").repaid(DEADLINE.plus(TICK), "820")),
                row(
                        "payment valued in time, read after the expiry, nothing sold",
                        s -> s.price(EXPIRES.plus(TICK), "7000").repaid(DEADLINE, "820"),
                        "MarginCallExpired",
                        "LiquidationRequested",
                        "MarginCallCured",
                        "LiquidationAmended"),
                row(
                        "payment valued in time, read after a fill",
                        s -> s.price(EXPIRES.plus(TICK), "7000")
                                .settled(1, "0.10000000", "700.00", "0.00", false)
                                .repaid(DEADLINE, "820"),
                        "MarginCallExpired",
                        "LiquidationRequested",
                        "MarginCallCured",
                        "LiquidationAmended",
                        "RescissionOpened"),
                row(
                        "the hard threshold pre-empts a running call",
                        s -> s.price(CALLED.plus(TICK), "6250"),
                        "LiquidationRequested"),
                row(
                        "one instant, breach first: sold, and the payment shrinks the case",
                        s -> s.price(CALLED.plus(TICK), "6250").repaid(CALLED.plus(TICK), "1250"),
                        "LiquidationRequested",
                        "MarginCallCured",
                        "LiquidationAmended"),
                row(
                        "one instant, payment first: cured, and 6,250 is no breach any more",
                        s -> s.repaid(CALLED.plus(TICK), "1250").price(CALLED.plus(TICK), "6250"),
                        "MarginCallCured"),
                row(
                        "the market is closed at the deadline: expired, not sold until it opens",
                        s -> s.price(EXPIRES, "7000", IndexState.STALE)
                                .price(EXPIRES.plus(TICK), "7000", IndexState.STALE),
                        "MarginCallExpired"),
                row(
                        "and the first open price sells",
                        s -> s.price(EXPIRES, "7000", IndexState.STALE)
                                .price(EXPIRES.plus(TICK), "7000", IndexState.STALE)
                                .price(EXPIRES.plus(TICK).plus(TICK), "7000"),
                        "MarginCallExpired",
                        "LiquidationRequested"),
                row(
                        "or heals",
                        s -> s.price(EXPIRES, "7000", IndexState.STALE)
                                .price(EXPIRES.plus(TICK), "7000", IndexState.STALE)
                                .price(EXPIRES.plus(TICK).plus(TICK), "8500"),
                        "MarginCallExpired",
                        "MarginCallCancelled"));
    }

    private static Arguments row(String what, Telling telling, String... fate) {
        return Arguments.of(what, telling, List.of(fate));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ties")
    void decidesTheTie(String what, Telling telling, List<String> fate) {
        LoanStory story = LoanStory.disbursed();
        story.price(CALLED, "7000");
        assertThat(story.loan().marginCall().deadline()).isEqualTo(DEADLINE);
        story.forgetEvents();
        telling.to(story);
        assertThat(story.names().stream().filter(n -> FATE.contains(n) || n.equals("MarginCallIssued")))
                .as(what)
                .containsExactlyElementsOf(fate);
    }

    static Stream<Arguments> stoppers() {
        return Stream.of(
                Arguments.of(ClockStopper.DETECTED, true), Arguments.of(ClockStopper.LOCKED_AND_CLAIMED, false));
    }

    @ParameterizedTest(name = "detected inside, locked after the deadline: {0}")
    @MethodSource("stoppers")
    void letsTheTermsSayWhatStopsTheClockForATopUp(ClockStopper stopper, boolean cured) {
        LoanStory story = LoanStory.disbursed(stopper);
        story.price(CALLED, "7000");
        story.tell(new LoanInput.CollateralDetected(
                story.head(DEADLINE), "tx:1", new LoanInput.Stated(new BigDecimal("0.25"), "BTC"), 0));
        story.price(DEADLINE.plus(TICK), "7000");
        story.lockedAt("tx:1", "0.25000000", DEADLINE.plus(TICK)).granted("tx:1");
        assertThat(story.all(LoanEvent.MarginCallCured.class)).hasSize(cured ? 1 : 0);
    }

    static Stream<Arguments> ages() {
        Duration window = LoanMemory.WINDOW;
        return Stream.of(Arguments.of(window, true), Arguments.of(window.plus(TICK), false));
    }

    @ParameterizedTest(name = "a payment {0} old is credited: {1}")
    @MethodSource("ages")
    void keepsMoneyApartThatIsOlderThanTheMemoryOfEventIds(Duration age, boolean credited) {
        LoanStory story = LoanStory.disbursed();
        Instant now = START.plus(Duration.ofDays(60));
        story.price(now, "10000");
        story.repaid(now.minus(age), "100.00");
        assertThat(story.all(LoanEvent.RepaymentApplied.class)).hasSize(credited ? 1 : 0);
        assertThat(story.all(LoanEvent.MoneySuspended.class)).hasSize(credited ? 0 : 1);
    }
}

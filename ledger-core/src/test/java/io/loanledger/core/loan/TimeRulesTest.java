package io.loanledger.core.loan;

import static io.loanledger.core.loan.LoanStory.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.money.Fraction;
import io.loanledger.core.price.IndexState;
import io.loanledger.core.terms.Ladder.ClockStopper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table of ties of {@code docs/time.md}, row by row under its ids: 1 BTC against 5,000 USD; called at 7,000 (71.4 %); healed at 8,400,
 * or at 7,000 by 800 USD (820 on the next day, with interest) or 0.2 BTC; sold at 6,250 (80 %); deadline 24 h after the call, fact lag
 * 1 h. The rows that need a task, with append times and event ids, are in TiesOfTheTaskTest.
 */
class TimeRulesTest {
    private static final Instant CALLED = START.plus(Duration.ofHours(1));
    private static final Instant SOON = CALLED.plus(Duration.ofMinutes(1));
    private static final Instant DEADLINE = CALLED.plus(Duration.ofHours(24));
    private static final Instant EXPIRES = DEADLINE.plus(Duration.ofHours(1));
    private static final Duration TICK = Duration.ofNanos(1_000);
    private static final Instant EXPIRED = EXPIRES.plus(TICK);
    private static final Path TABLE = Path.of("..", "docs", "time.md");

    /** Short names of the events that decide a call's fate; a story's row is their order. */
    private static final Map<String, String> FATE = Map.of(
            "MarginCallIssued", "called",
            "MarginCallCured", "cured",
            "MarginCallCancelled", "cancelled",
            "MarginCallExpired", "expired",
            "LiquidationRequested", "sale",
            "LiquidationAmended", "amended",
            "LiquidationDeclined", "declined",
            "LiquidationClosed", "closed",
            "RescissionOpened", "rescission");

    /** A row: what is told after the call. */
    @FunctionalInterface
    interface Telling {
        void to(LoanStory story);
    }

    private record Row(Telling telling, String fate) {}

    private static final Map<String, Row> ROWS = new LinkedHashMap<>();

    private static void row(String id, String fate, Telling telling) {
        assertThat(ROWS.put(id, new Row(telling, fate))).as(id).isNull();
    }

    private static LoanStory toppedUp(LoanStory story, Instant at) {
        return story.lockedAt("tx:1", "0.20000000", at).granted("tx:1");
    }

    static {
        priceAndDeadline();
        priceAndTheRest();
        deadlineAndTheRest();
        factsAmongThemselves();
        repliesAndTheRest();
    }

    private static void priceAndDeadline() {
        row("PD1", "cured", s -> s.price(DEADLINE, "8400"));
        row("PD2", "", s -> s.price(DEADLINE.plus(TICK), "8400"));
        row("PD3", "", s -> s.price(EXPIRES, "7000"));
        row("PD4", "expired sale", s -> s.price(EXPIRED, "7000"));
        row("PD5", "expired sale", s -> s.price(EXPIRED, "8400"));
        row(
                "PD6",
                "expired cancelled called",
                s -> s.price(DEADLINE.plus(TICK), "8400").price(EXPIRED, "7000"));
        row("PD7", "expired", s -> stale(s));
        row("PD8", "expired sale", s -> stale(s).price(EXPIRED.plus(TICK), "7000"));
        row("PD9", "expired cancelled", s -> stale(s).price(EXPIRED.plus(TICK), "8500"));
        row("PD10", "sale", s -> s.price(SOON, "6250"));
        row("PD11", "sale expired", s -> s.price(SOON, "6250").price(EXPIRED, "7000"));
    }

    private static LoanStory stale(LoanStory story) {
        return story.price(EXPIRES, "7000", IndexState.STALE).price(EXPIRED, "7000", IndexState.STALE);
    }

    private static void priceAndTheRest() {
        row("PP1", "cured", s -> s.price(SOON, "7000").price(SOON, "8400"));
        row("PP2", "sale", s -> s.price(SOON, "6250").price(SOON, "8400"));
        row("PP3", "cured", s -> s.price(SOON, "8400").price(SOON.minus(TICK), "7200"));
        row("PY1", "sale cured amended", s -> s.price(SOON, "6250").repaid(SOON, "1250"));
        row("PY2", "cured", s -> s.repaid(SOON, "1250").price(SOON, "6250"));
        row("PY3", "cured", s -> s.price(SOON, "8400").repaid(SOON, "800"));
        row("PT1", "sale amended", s -> toppedUp(s.price(SOON, "6250"), SOON));
        row("PT2", "cured", s -> toppedUp(s, SOON).price(SOON, "6250"));
        row(
                "PT3",
                "sale cured amended",
                s -> s.detected(SOON, "tx:1", "0.40000000")
                        .price(SOON, "6250")
                        .lockedAt("tx:1", "0.40000000", SOON)
                        .granted("tx:1"));
        row("PR1", "cured called", s -> toppedUp(s, SOON).reverted(SOON, "tx:1").price(SOON, "7000"));
        row(
                "PR2",
                "cured sale",
                s -> toppedUp(s, SOON).price(SOON.plus(TICK), "6250").reverted(SOON.plus(TICK), "tx:1"));
        row("PF1", "", s -> s.frozen(SOON, true).price(SOON, "6250"));
        row("PF2", "sale amended", s -> s.price(SOON, "6250").frozen(SOON, true));
        row("PF3", "sale", s -> s.frozen(SOON, true).price(SOON, "6250").frozen(SOON, false));
        row(
                "PS1",
                "sale declined",
                s -> s.price(SOON, "6250").declined("INDEX_TOO_OLD").price(SOON, "6200"));
        row(
                "PS2",
                "sale amended declined",
                s -> s.price(SOON, "6250").price(SOON, "6200").declined("INDEX_TOO_OLD"));
        row(
                "PS3",
                "sale closed cancelled",
                s -> s.price(SOON, "6250")
                        .settled(1, "0.60000000", "3750.00", "0.00", true)
                        .price(SOON, "6250"));
        row(
                "PS4",
                "sale declined sale",
                s -> s.price(SOON, "6250").declined("BREACH_IS_OVER").price(SOON, "6250"));
        row("PM1", "", s -> s.newTerms(2, Fraction.percent(65)).price(SOON, "7700"));
        row("PM2", "cured", s -> s.price(SOON, "8400").newTerms(2, Fraction.percent(65)));
    }

    /** Locked a moment after the deadline, and credited. */
    private static LoanStory toppedUpLate(LoanStory story) {
        return story.price(DEADLINE.plus(TICK), "7000")
                .lockedAt("tx:1", "0.25000000", DEADLINE.plus(TICK).plus(TICK))
                .granted("tx:1");
    }

    private static void deadlineAndTheRest() {
        row("DY1", "cured", s -> s.repaid(DEADLINE, "820"));
        row("DY2", "cured", s -> s.price(DEADLINE.plus(TICK), "7000").repaid(DEADLINE, "820"));
        row("DY3", "", s -> s.price(DEADLINE.plus(TICK), "7000").repaid(DEADLINE.plus(TICK), "820"));
        row("DY4", "expired sale cured amended", s -> s.price(EXPIRED, "7000").repaid(DEADLINE, "820"));
        row(
                "DY5",
                "expired sale cured amended rescission",
                s -> s.price(EXPIRED, "7000")
                        .settled(1, "0.10000000", "700.00", "0.00", false)
                        .repaid(DEADLINE, "820"));
        row("DY6", "expired sale amended", s -> s.price(EXPIRED, "7000").repaid(DEADLINE.plus(TICK), "820"));
        row(
                "DY7",
                "",
                s -> s.repaid(DEADLINE, "400")
                        .price(DEADLINE.plus(TICK), "7000")
                        .repaid(DEADLINE.plus(TICK), "420"));
        row(
                "DT1",
                "cured",
                s -> s.detected(DEADLINE, "tx:1", "0.25000000")
                        .price(DEADLINE.plus(TICK), "7000")
                        .lockedAt("tx:1", "0.25000000", DEADLINE.plus(TICK))
                        .granted("tx:1"));
        row(
                "DT5",
                "cured",
                s -> s.price(DEADLINE.plus(TICK), "7000")
                        .lockedAt("tx:1", "0.25000000", DEADLINE.plus(TICK))
                        .detected(DEADLINE, "tx:1", "0.25000000")
                        .granted("tx:1"));
        row("DT6", "cured", s -> toppedUpLate(s).detected(DEADLINE, "tx:1", "0.25000000"));
        row("DT7", "", s -> toppedUpLate(s).detected(DEADLINE.plus(TICK), "tx:1", "0.25000000"));
        row(
                "DT8",
                "",
                s -> s.lockedAt("tx:1", "0.10000000", DEADLINE)
                        .granted("tx:1")
                        .price(DEADLINE.plus(TICK), "8400")
                        .detected(SOON, "tx:1", "0.10000000"));
        row(
                "DT2",
                "expired sale cured amended",
                s -> s.lockedAt("tx:1", "0.25000000", DEADLINE)
                        .price(EXPIRED, "7000")
                        .granted("tx:1"));
        row(
                "DT3",
                "",
                s -> s.price(DEADLINE.plus(TICK), "7000")
                        .lockedAt("tx:1", "0.25000000", DEADLINE.plus(TICK))
                        .granted("tx:1"));
        row(
                "DR1",
                "cured called",
                s -> toppedUp(s, SOON).price(DEADLINE, "7000").reverted(DEADLINE, "tx:1"));
        row("DF1", "expired", s -> s.frozen(SOON, true).price(EXPIRED, "7000"));
        row(
                "DF2",
                "expired sale",
                s -> s.frozen(SOON, true).price(EXPIRED, "7000").frozen(EXPIRED, false));
        row(
                "DF3",
                "expired sale amended cured",
                s -> s.price(EXPIRED, "7000").frozen(EXPIRED, true).repaid(DEADLINE, "820"));
        row(
                "DS1",
                "sale expired declined sale",
                s -> s.price(SOON, "6250")
                        .price(EXPIRED, "7000")
                        .declined("BREACH_IS_OVER")
                        .price(EXPIRED.plus(TICK), "7000"));
        row(
                "DS2",
                "sale declined expired",
                s -> s.price(EXPIRES, "6250").declined("INDEX_TOO_OLD").price(EXPIRED, "7000"));
        row(
                "DS3",
                "sale declined expired sale",
                s -> s.price(EXPIRES, "6250").declined("INDEX_TOO_OLD").price(EXPIRES.plusSeconds(2), "7000"));
        row("DM1", "expired sale", s -> s.newTerms(2, Fraction.percent(65)).price(EXPIRED, "7000"));
    }

    private static void factsAmongThemselves() {
        row("YY1", "cured", s -> s.repaid(SOON, "400").repaid(SOON, "400"));
        row("YY2", "", s -> s.repaid(SOON, "400").repaid(SOON, "399.99"));
        row("YT1", "cured", s -> toppedUp(s.repaid(SOON, "800"), SOON));
        row("YT2", "cured", s -> toppedUp(s, SOON).repaid(SOON, "800"));
        row(
                "YT3",
                "cured",
                s -> s.repaid(SOON, "400").lockedAt("tx:1", "0.10000000", SOON).granted("tx:1"));
        row(
                "YR1",
                "cured called",
                s -> toppedUp(s.repaid(SOON, "800"), SOON)
                        .reverted(SOON, "tx:1")
                        .reverted(SOON, "tx:0"));
        row("YR2", "cured called", s -> toppedUp(s, SOON).reverted(SOON, "tx:1").repaid(SOON, "100"));
        row("YF1", "cured", s -> s.frozen(SOON, true).repaid(SOON, "800"));
        row("YF2", "cured", s -> s.repaid(SOON, "800").frozen(SOON, true));
        row("YM1", "cured", s -> s.newTerms(2, Fraction.percent(50)).repaid(SOON, "800"));
        row(
                "TR1",
                "",
                s -> s.lockedAt("tx:1", "0.20000000", SOON)
                        .reverted(SOON, "tx:1")
                        .granted("tx:1"));
        row("TR2", "cured called", s -> toppedUp(s, SOON).reverted(SOON, "tx:1"));
        row("TF1", "cured", s -> toppedUp(s.frozen(SOON, true), SOON));
        row("TM1", "cured", s -> toppedUp(s.newTerms(2, Fraction.percent(50)), SOON));
        row("RF1", "", s -> s.frozen(SOON, true).reverted(SOON, "tx:0"));
        row(
                "RM1",
                "cured called",
                s -> toppedUp(s, SOON).newTerms(2, Fraction.percent(65)).reverted(SOON, "tx:1"));
        row("FF1", "", s -> s.frozen(SOON, true).frozen(SOON, false));
        row("FM1", "", s -> s.newTerms(2, Fraction.percent(65)).frozen(SOON, true));
    }

    private static void repliesAndTheRest() {
        row(
                "SY1",
                "sale cured amended declined",
                s -> s.price(SOON, "6250").repaid(SOON, "1250").declined("BREACH_IS_OVER"));
        row(
                "SY2",
                "sale declined cured",
                s -> s.price(SOON, "6250").declined("INDEX_TOO_OLD").repaid(SOON, "1250"));
        row(
                "SY3",
                "sale cured amended",
                s -> s.price(SOON, "6250")
                        .settled(1, "0.10000000", "625.00", "0.00", false)
                        .repaid(SOON, "1250"));
        row(
                "SY4",
                "sale cured amended closed",
                s -> s.price(SOON, "6250").repaid(SOON, "1250").settled(2, "0.10000000", "625.00", "0.00", true));
        row(
                "ST1",
                "sale amended declined",
                s -> toppedUp(s.price(SOON, "6250"), SOON).declined("INDEX_TOO_OLD"));
        row("ST2", "sale declined", s -> toppedUp(s.price(SOON, "6250").declined("INDEX_TOO_OLD"), SOON));
        row(
                "SR1",
                "sale declined",
                s -> s.price(SOON, "6250").declined("INDEX_TOO_OLD").reverted(SOON, "tx:0"));
        row(
                "SF1",
                "sale amended declined",
                s -> s.price(SOON, "6250").frozen(SOON, true).declined("INDEX_NOT_OPEN"));
        row(
                "SF2",
                "sale declined",
                s -> s.price(SOON, "6250").declined("INDEX_NOT_OPEN").frozen(SOON, true));
        row(
                "SM1",
                "sale declined sale",
                s -> s.price(SOON, "6250")
                        .newTerms(2, Fraction.percent(65))
                        .declined("BREACH_IS_OVER")
                        .price(SOON.plus(TICK), "6250"));
        row(
                "SS1",
                "sale declined",
                s -> s.price(SOON, "6250").declined("INDEX_TOO_OLD").declined("INDEX_TOO_OLD"));
        row(
                "SS2",
                "sale closed cancelled",
                s -> s.price(SOON, "6250")
                        .settled(1, "0.60000000", "3750.00", "0.00", true)
                        .acknowledged(1, "0"));
        row(
                "SS3",
                "sale amended closed cancelled",
                s -> s.price(SOON, "6250")
                        .repaid(SOON, "100")
                        .settled(1, "0.10000000", "625.00", "0.00", true)
                        .settled(2, "0.10000000", "625.00", "0.00", true));
    }

    static Stream<Arguments> ties() {
        return ROWS.entrySet().stream().map(e -> Arguments.of(e.getKey(), e.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ties")
    void decidesTheTie(String id, Row row) {
        LoanStory story = LoanStory.disbursed();
        story.price(CALLED, "7000");
        assertThat(story.loan().marginCall().deadline()).isEqualTo(DEADLINE);
        story.forgetEvents();
        row.telling().to(story);
        String fate =
                story.names().stream().filter(FATE::containsKey).map(FATE::get).collect(Collectors.joining(" "));
        assertThat(fate).as(id).isEqualTo(row.fate());
    }

    /** The document has a row for each row here and none besides, but those of the task. */
    @Test
    void isTheTableOfTheDocument() throws IOException {
        Matcher rows = Pattern.compile("(?m)^\\| ([A-Z]{2}\\d+) \\|").matcher(Files.readString(TABLE));
        List<String> documented = rows.results().map(r -> r.group(1)).toList();
        Set<String> shown = new TreeSet<>(ROWS.keySet());
        shown.addAll(Arrays.asList("DT4", "AW1", "AW2", "AW3"));
        assertThat(documented).doesNotHaveDuplicates();
        assertThat(documented.stream().filter(id -> !id.startsWith("K"))).containsExactlyInAnyOrderElementsOf(shown);
    }

    static Stream<Arguments> stoppers() {
        return Stream.of(
                Arguments.of("DT1", ClockStopper.DETECTED, true),
                Arguments.of("DT4", ClockStopper.LOCKED_AND_CLAIMED, false));
    }

    @ParameterizedTest(name = "{0}: detected inside, locked after the deadline: {1}")
    @MethodSource("stoppers")
    void letsTheTermsSayWhatStopsTheClockForATopUp(String id, ClockStopper stopper, boolean cured) {
        LoanStory story = LoanStory.disbursed(stopper);
        story.price(CALLED, "7000");
        ROWS.get("DT1").telling().to(story);
        assertThat(story.all(LoanEvent.MarginCallCured.class)).as(id).hasSize(cured ? 1 : 0);
    }

    static Stream<Arguments> ages() {
        Duration window = LoanMemory.WINDOW;
        return Stream.of(
                Arguments.of("AW1", window, true),
                Arguments.of("AW1", window.plus(TICK), false),
                Arguments.of("AW2", window.negated(), true),
                Arguments.of("AW2", window.plus(TICK).negated(), false));
    }

    @ParameterizedTest(name = "{0}: a payment {1} old is credited: {2}")
    @MethodSource("ages")
    void keepsMoneyApartWhoseIdCannotBeKept(String id, Duration age, boolean credited) {
        LoanStory story = LoanStory.disbursed();
        Instant now = START.plus(Duration.ofDays(60));
        story.price(now, "10000");
        story.repaid(now.minus(age), "100.00");
        assertThat(story.all(LoanEvent.RepaymentApplied.class)).as(id).hasSize(credited ? 1 : 0);
        assertThat(story.all(LoanEvent.MoneySuspended.class)).as(id).hasSize(credited ? 0 : 1);
    }

    @Test
    void refusesAnythingElseThatLiesTooFarAhead() {
        LoanStory story = LoanStory.disbursed();
        story.frozen(START.plus(LoanMemory.WINDOW).plus(TICK), true).refusedWith(Refusal.AHEAD_OF_WINDOW);
        story.frozen(START.plus(LoanMemory.WINDOW), true);
        assertThat(story.loan().frozen()).as("AW3").isTrue();
    }
}

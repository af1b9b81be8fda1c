package io.loanledger.streams.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.loan.LoanEvent;
import io.loanledger.core.loan.LoanEvent.LiquidationRequested;
import io.loanledger.core.loan.LoanStatus;
import io.loanledger.events.ClaimGranted;
import io.loanledger.events.ClaimRequested;
import io.loanledger.events.IndexState;
import io.loanledger.events.LiquidationDeclined;
import io.loanledger.events.SweepContinuation;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.streams.Facts;
import io.loanledger.streams.wire.JournalEntry;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A tick that fires very many loans, and what may come between two of its chunks: a lower price, a recovery, a pause, a closed market, a
 * restart. Loans of 1 BTC against 4,820 to 5,000 USD: 80 % is reached between 6,025 and 6,250.
 */
class SweepTest {
    /** More with {@code -Dledger.test.loans=100000}. */
    private static final int MANY = Integer.getInteger("ledger.test.loans", 40_000);

    private static final int SOME = 7_000;
    private static final String FALL = "6000";
    private static final String DEEPER_FALL = "5800";
    /** 70 % is reached between 6,885 and 7,142, counting the interest that keys look ahead for. */
    private static final String CALLS = "6880";

    private static final Instant T1 = TaskUnderTest.START.plusSeconds(1);
    private static final Instant T2 = TaskUnderTest.START.plusSeconds(2);
    private static final Instant T3 = TaskUnderTest.START.plusSeconds(3);
    private static final Instant T4 = TaskUnderTest.START.plusSeconds(4);

    @TempDir
    Path folder;

    TaskUnderTest task;
    private double visitsBefore;
    private final List<String> requested = new ArrayList<>();
    private final List<String> pricesNamed = new ArrayList<>();
    private final List<String> lastCalled = new ArrayList<>();
    private final Set<String> changes = new HashSet<>();
    private int largestRecord;

    @BeforeEach
    void open() {
        task = new TaskUnderTest(folder);
    }

    @AfterEach
    void close() {
        task.close();
    }

    @Test
    void worksOffVeryManyLoansDeepestFirstWithinABoundOverOneChain() {
        begin(MANY);
        task.price(1, T1, FALL);
        int chunks = 1;
        for (SweepContinuation next = took(); next != null; next = took()) {
            goOn(next);
            chunks++;
        }

        assertThat(requested).hasSize(MANY).doesNotHaveDuplicates();
        assertThat(requested.stream().map(TaskUnderTest::depthOf)).isSorted();
        assertThat(largestRecord).isEqualTo(Sweep.CHUNK);
        assertThat(chunks).isEqualTo((MANY + Sweep.CHUNK - 1) / Sweep.CHUNK + (MANY % Sweep.CHUNK == 0 ? 1 : 0));
        everyVisitChangedItsLoan();

        task.price(2, T2, FALL);
        assertThat(took()).isNull();
        assertThat(requested).as("an equal price").hasSize(MANY);
        everyVisitChangedItsLoan();
    }

    /** The worst of all are for sale with the transaction of the price itself. */
    @Test
    void aPriceItselfSellsTheDeepestFewAndLeavesTheOthersToItsContinuations() {
        task.close();
        task = new TaskUnderTest(folder, Sweep.FIRST_CHUNK);
        begin(SOME);
        task.price(1, T1, FALL);
        SweepContinuation next = Objects.requireNonNull(took());
        assertThat(requested).hasSize(Sweep.FIRST_CHUNK);
        assertThat(requested.stream().map(TaskUnderTest::depthOf)).containsOnly(0);

        goOn(next);
        next = Objects.requireNonNull(took());
        assertThat(requested).hasSize(5 * Sweep.FIRST_CHUNK);
        goOn(next);
        next = Objects.requireNonNull(took());
        assertThat(requested).hasSize(21 * Sweep.FIRST_CHUNK);
        goOn(next);
        next = Objects.requireNonNull(took());
        assertThat(requested).hasSize(21 * Sweep.FIRST_CHUNK + Sweep.CHUNK);
        drain(next);
        assertThat(requested).hasSize(SOME).doesNotHaveDuplicates();
        assertThat(requested.stream().map(TaskUnderTest::depthOf)).isSorted();
        everyVisitChangedItsLoan();
    }

    @Test
    void aLowerPriceBeforeTheLastChunkVisitsNobodyInVainAndMeasuresEverybody() {
        begin(SOME);
        task.price(1, T1, FALL);
        goOn(Objects.requireNonNull(took()));
        SweepContinuation third = Objects.requireNonNull(took());
        task.price(2, T2, DEEPER_FALL);
        assertThat(took()).as("no second chain").isNull();
        drain(third);

        assertThat(requested).hasSize(SOME).doesNotHaveDuplicates();
        assertThat(pricesNamed).contains(FALL, DEEPER_FALL);
        everyVisitChangedItsLoan();
        assertThat(reserved()).isEqualTo(reservedAfterTheDeeperFallAlone());
    }

    @Test
    void aRecoveryBeforeTheLastChunkLetsNobodyEscape() {
        begin(SOME);
        task.price(1, T1, FALL);
        SweepContinuation second = Objects.requireNonNull(took());
        task.price(2, T2, "9000");
        assertThat(took()).isNull();
        drain(second);

        assertThat(requested).hasSize(SOME).doesNotHaveDuplicates();
        assertThat(pricesNamed).containsOnly(FALL);
    }

    @Test
    void aPauseBeforeTheLastChunkEndsTheSweepAndTheFirstPriceAfterItFiresByLevel() {
        begin(SOME);
        task.price(1, T1, FALL);
        SweepContinuation second = Objects.requireNonNull(took());
        task.process(TopicCatalogue.TERMS_FANNED, Facts.MARKET, Facts.pause(5, true), T1);
        goOn(second);
        assertThat(took()).isNull();
        task.price(2, T2, DEEPER_FALL);
        assertThat(took()).isNull();
        assertThat(requested).hasSize(Sweep.CHUNK);

        task.process(TopicCatalogue.TERMS_FANNED, Facts.MARKET, Facts.pause(6, false), T2);
        task.price(3, T3, FALL);
        drain(took());
        assertThat(requested).hasSize(SOME).doesNotHaveDuplicates();
        assertThat(pricesNamed).containsOnly(FALL);
        everyVisitChangedItsLoan();
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.INCLUDE,
            names = {"STALE", "SUSPECT", "HALTED"})
    void aClosedMarketEndsTheSweepAndTheFirstOpenPriceFiresByLevel(IndexState closed) {
        begin(SOME);
        task.price(1, T1, FALL);
        SweepContinuation second = Objects.requireNonNull(took());
        task.price(2, T2, FALL, closed);
        goOn(second);
        assertThat(took()).isNull();
        assertThat(requested)
                .as("no loan is visited while the market is closed")
                .hasSize(Sweep.CHUNK);

        task.price(3, T3, "6010");
        drain(took());
        assertThat(requested).hasSize(SOME).doesNotHaveDuplicates();
        assertThat(requested.stream().map(TaskUnderTest::depthOf)).isSorted();
        assertThat(pricesNamed.subList(Sweep.CHUNK, SOME)).containsOnly("6010");
        everyVisitChangedItsLoan();
    }

    @Test
    void aPriceFromBeforeTheMarketClosedJudgesNobodyOnceItIsOpenAgain() {
        begin(SOME);
        task.price(1, T1, FALL);
        SweepContinuation second = Objects.requireNonNull(took());
        task.price(2, T2, FALL, IndexState.STALE);
        task.price(3, T3, "9000"); // before the continuation was read
        assertThat(took()).isNull();
        goOn(second);

        assertThat(took()).isNull();
        assertThat(requested).hasSize(Sweep.CHUNK);
    }

    @Test
    void aTaskThatStartsBetweenChunksGoesOnAsOneThatDidNot() {
        begin(SOME);
        task.price(1, T1, FALL);
        goOn(Objects.requireNonNull(took()));
        SweepContinuation third = Objects.requireNonNull(took());
        task.price(2, T2, DEEPER_FALL);
        assertThat(took()).isNull();
        task.start();
        drain(third);

        assertThat(requested).hasSize(SOME).doesNotHaveDuplicates();
        everyVisitChangedItsLoan();
        assertThat(reserved()).isEqualTo(reservedAfterTheDeeperFallAlone());
    }

    /** Called at 6,880 by the second chunk, after a recovery that is over: the only price that heals it comes while the sweep is open. */
    @Test
    void aCallThatTheSweepMakesIsCuredByThePriceThatHealsIt() {
        begin(SOME);
        task.price(1, T1, CALLS);
        SweepContinuation second = Objects.requireNonNull(took());
        task.price(2, T2, "9000");
        task.price(3, T3, "7500");
        assertThat(took()).isNull();
        goOn(second); // at 6,880, and later than 9,000
        SweepContinuation third = Objects.requireNonNull(took());
        List<String> called = List.copyOf(lastCalled);
        assertThat(called).hasSize(Sweep.CHUNK);
        task.price(4, T4, "8900"); // not the highest of the sweep, which is from before these calls
        assertThat(task.loansOf(LoanEvent.MarginCallCured.class)).containsAll(called);
        task.price(5, T4.plusSeconds(1), "7500");
        took();
        drain(third);
        assertThat(called)
                .allSatisfy(id -> assertThat(task.loan(id).marginCall()).isNull());
    }

    /** "The next price decides": not the one that the sweep carries on from before. */
    @Test
    void aDeclinedLoanIsNotAskedForAgainAtThePriceOfTheSweep() {
        begin(SOME);
        task.price(1, T1, FALL);
        SweepContinuation second = Objects.requireNonNull(took());
        String declined = requested.getFirst();
        task.price(2, T2, "9000");
        decline(declined);
        assertThat(took()).isNull();
        drain(second);
        assertThat(requested).hasSize(SOME).doesNotHaveDuplicates();

        task.price(3, T3, "6010");
        drain(took());
        assertThat(requested).hasSize(SOME + 1).endsWith(declined);
        assertThat(pricesNamed.getLast()).isEqualTo("6010");
    }

    /** Its breach is at a price that is not the sweep's, and over when the sweep is. */
    @Test
    void aDeclinedLoanIsAskedForAtEachPriceWhileTheSweepIsOpen() {
        begin(SOME);
        task.price(1, T1, FALL);
        SweepContinuation second = Objects.requireNonNull(took());
        String declined = requested.getFirst();
        decline(declined);
        assertThat(took()).isNull();
        task.price(2, T2, "6010");
        assertThat(took()).isNull();
        assertThat(requested).endsWith(declined);
        assertThat(pricesNamed.getLast()).isEqualTo("6010");
        task.price(3, T3, "9000");
        drain(second);
        assertThat(requested).hasSize(SOME + 1);
    }

    /** What was lent at 10,000 is not sold at 6,000, a price from before. */
    @ParameterizedTest(name = "started anew: {0}")
    @ValueSource(booleans = {false, true})
    void aLoanThatIsPaidOutDuringTheSweepIsNotJudgedByIt(boolean startedAnew) {
        begin(SOME);
        task.price(1, T1, FALL);
        SweepContinuation second = Objects.requireNonNull(took());
        task.price(2, T2, "10000");
        lend("N", "1.00000000", T2);
        goOnWithout("N", second, startedAnew);
    }

    /** 41.7 % at the price of the sweep, 83.3 % with half of its coin: which was let go at 10,000. */
    @ParameterizedTest(name = "started anew: {0}")
    @ValueSource(booleans = {false, true})
    void aLoanThatCoinIsReleasedOfDuringTheSweepIsNotJudgedByIt(boolean startedAnew) {
        begin(SOME);
        task.price(1, T1, "10000");
        lend("N", "2.00000000", T1);
        task.price(2, T2, FALL);
        SweepContinuation second = Objects.requireNonNull(took());
        task.price(3, T3, "10000");
        task.process(TopicCatalogue.LOANS, "N", Facts.releaseRequested("n4", T3, "N", "1.00000000"), T3);
        assertThat(task.loansOf(LoanEvent.CollateralReleaseInstructed.class)).containsExactly("N");
        goOnWithout("N", second, startedAnew);
    }

    private void lend(String loanId, String coin, Instant at) {
        task.process(TopicCatalogue.LOANS, loanId, Facts.requested("n1", at, loanId, "5000.00"), at);
        task.process(TopicCatalogue.COLLATERAL, loanId, Facts.locked("n2", at, loanId, "coin-of-n", coin), at);
        ClaimRequested asked = (ClaimRequested) task.read(
                TopicCatalogue.CLAIM_REQUESTS,
                task.sent(TopicCatalogue.CLAIM_REQUESTS).getFirst());
        task.process(
                TopicCatalogue.CLAIM_RESULTS, loanId, new ClaimGranted(asked.getOutpoint(), asked.getLoanId(), at), at);
        task.process(
                TopicCatalogue.MOVEMENTS,
                loanId,
                Facts.disbursed("n3", at, loanId, loanId + "/disbursement", "5000.00"),
                at);
        assertThat(task.loan(loanId).status()).isEqualTo(LoanStatus.ACTIVE);
    }

    private void goOnWithout(String loanId, SweepContinuation next, boolean startedAnew) {
        took();
        if (startedAnew) {
            task.start();
        }
        drain(next);
        assertThat(requested).hasSize(SOME).doesNotContain(loanId);
        assertThat(task.loan(loanId).marginCall()).isNull();
        assertThat(task.stateKeys()).noneMatch(key -> key.startsWith("swe"));
    }

    /** Called by the sweep at 6,880 and cured by 9,000: a task that starts anew shows them 6,880 no more. */
    @Test
    void aCallThatAPriceHasCuredIsNotMadeAnewAfterAStart() {
        begin(SOME);
        task.price(1, T1, CALLS);
        SweepContinuation second = Objects.requireNonNull(took());
        List<String> called = List.copyOf(lastCalled);
        assertThat(called).hasSize(Sweep.CHUNK);
        task.price(2, T2, "9000");
        assertThat(task.loansOf(LoanEvent.MarginCallCured.class)).containsAll(called);
        assertThat(took()).isNull();
        task.start();
        goOn(second);
        SweepContinuation third = took();
        assertThat(lastCalled).isNotEmpty().doesNotContainAnyElementsOf(called);
        drain(third);
        assertThat(called)
                .allSatisfy(id -> assertThat(task.loan(id).marginCall()).isNull());
        assertThat(task.stateKeys()).noneMatch(key -> key.startsWith("swe"));
    }

    // --- parts -------------------------------------------------------------------------------------------------------

    private void begin(int loans) {
        task.fillWithDepths(loans);
        task.start();
    }

    private void goOn(SweepContinuation next) {
        task.process(TopicCatalogue.CONTINUATIONS, Facts.MARKET, next, T1);
    }

    private void decline(String loanId) {
        task.process(
                TopicCatalogue.LIQUIDATION_REPLIES,
                loanId,
                new LiquidationDeclined(loanId + "/case/1", loanId, 1, "BREACH_IS_OVER", 1L, 2L, T2),
                T2);
    }

    private void drain(SweepContinuation first) {
        for (SweepContinuation next = first; next != null; next = took()) {
            goOn(next);
        }
    }

    /** Notes what the last record led to; the continuation that it sent, or null. */
    private SweepContinuation took() {
        lastCalled.clear();
        for (JournalEntry entry : task.journal()) {
            if (entry.event() instanceof LoanEvent.MarginCallIssued) {
                lastCalled.add(entry.header().loanId());
            }
            changes.add(
                    entry.header().loanId() + " by " + entry.header().cause().offset());
            if (entry.event() instanceof LiquidationRequested) {
                requested.add(entry.header().loanId());
            }
        }
        task.requests().forEach(request -> pricesNamed.add(request.getEvidence().getPrice()));
        largestRecord = Math.max(largestRecord, (int) (task.visits() - visitsBefore));
        visitsBefore = task.visits();
        List<Record<?, byte[]>> sent = task.sent(TopicCatalogue.CONTINUATIONS);
        assertThat(sent).hasSizeLessThanOrEqualTo(1);
        SweepContinuation next =
                sent.isEmpty() ? null : (SweepContinuation) task.read(TopicCatalogue.CONTINUATIONS, sent.getFirst());
        task.forget();
        return next;
    }

    private void everyVisitChangedItsLoan() {
        assertThat(task.visits()).isEqualTo(changes.size());
    }

    private Map<String, BigDecimal> reserved() {
        return reservedIn(task);
    }

    private static Map<String, BigDecimal> reservedIn(TaskUnderTest task) {
        Map<String, BigDecimal> reserved = new TreeMap<>();
        IntStream.range(0, SOME)
                .mapToObj(TaskUnderTest::loanId)
                .forEach(id -> reserved.put(
                        id,
                        Objects.requireNonNull(task.loan(id).position())
                                .collateral()
                                .reserved()
                                .amount()));
        return reserved;
    }

    private Map<String, BigDecimal> reservedAfterTheDeeperFallAlone() {
        try (TaskUnderTest other = new TaskUnderTest(folder.resolve("other"))) {
            other.fillWithDepths(SOME);
            other.start();
            other.price(1, T1, DEEPER_FALL);
            List<Record<?, byte[]>> next = other.sent(TopicCatalogue.CONTINUATIONS);
            while (!next.isEmpty()) {
                var continuation = other.read(TopicCatalogue.CONTINUATIONS, next.getFirst());
                other.forget();
                other.process(TopicCatalogue.CONTINUATIONS, Facts.MARKET, continuation, T1);
                next = other.sent(TopicCatalogue.CONTINUATIONS);
            }
            assertThat(other.loansOf(LoanEvent.MarginCallIssued.class)).isEmpty();
            return reservedIn(other);
        }
    }
}

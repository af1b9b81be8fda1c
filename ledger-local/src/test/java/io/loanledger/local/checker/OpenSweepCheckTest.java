package io.loanledger.local.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.events.ClaimGranted;
import io.loanledger.events.ClockStopper;
import io.loanledger.events.LiquidationDeclined;
import io.loanledger.events.MarginCallTerms;
import io.loanledger.events.topic.TopicCatalogue;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Ledger and checker agree on sweeps that stay open while prices go on: five loans a record, continuations that come some prices late,
 * requests that are declined, short calls, payments. More with {@code -Dledger.histories=100}, others with {@code -Dledger.seed=7}.
 */
class OpenSweepCheckTest {
    private static final int LOANS = 24;
    private static final int CHUNK = 5;
    private static final int STEPS = 300;
    private static final List<String> IDS = IntStream.range(0, 10 * LOANS)
            .mapToObj(number -> "L" + number)
            .filter(id -> Intake.home(id.getBytes(StandardCharsets.UTF_8), RecordedHistory.PARTITIONS) == 0)
            .limit(LOANS)
            .toList();

    @TempDir
    Path folder;

    private final Deque<GenericRecord> asked = new ArrayDeque<>();
    private int continuations;
    private int pricesSince;
    private int claims;
    private int requests;
    /** In cents. */
    private int price = 800_000;

    private int drift = -8_000;

    static LongStream seeds() {
        long first = Long.getLong("ledger.seed", 1);
        return LongStream.range(first, first + Integer.getInteger("ledger.histories", 6));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void findsNothingWrongWithSweepsThatStayOpen(long seed) {
        Random random = new Random(seed);
        try (RecordedLedger ledger = new RecordedLedger(CHUNK, (parts, scope) -> new TaskDriven(parts, folder))) {
            begin(ledger, random);
            for (int step = 0; step < STEPS; step++) {
                act(ledger, random);
            }
            while (goOn(ledger)) {}
            CheckReport report = Checker.check(ledger.history, CheckSettings.defaults());
            assertThat(continuations).as("chunks").isPositive();
            assertThat(report.violations()).isEmpty();
        }
    }

    private void begin(RecordedLedger ledger, Random random) {
        ledger.terms(SceneTerms.product()
                .setMarginCall(new MarginCallTerms(
                        SceneTerms.reaches(70), SceneTerms.percent(60), 120L, 30L, ClockStopper.DETECTED))
                .build());
        ledger.price(RecordedLedger.START, "10000");
        for (String id : IDS) {
            String principal = 5_000 - random.nextInt(1_500) + ".00";
            ledger.requested(id, principal);
            ledger.locked(id, "coin-of-" + id, "1.00000000");
            grant(ledger);
            ledger.disbursed(id, principal);
        }
    }

    private void act(RecordedLedger ledger, Random random) {
        int what = random.nextInt(100);
        if (pricesSince >= 4 || (what >= 60 && what < 75)) {
            goOn(ledger);
        } else if (what < 60) {
            ledger.priceAfter(1 + random.nextInt(14), nextPrice(random));
            pricesSince +=
                    continuations < ledger.history.of(Topics.CONTINUATIONS).size() ? 1 : 0;
        } else if (what < 95) {
            decline(ledger, random.nextBoolean() ? "BREACH_IS_OVER" : "REQUEST_TOO_OLD");
        } else {
            ledger.repaid(ledger.nextId(), IDS.get(random.nextInt(LOANS)), "20.00");
        }
    }

    /** Between 4,700 and 9,600 dollars, in waves. */
    private String nextPrice(Random random) {
        if (random.nextInt(20) == 0) {
            drift = random.nextInt(40_000) - 20_000;
        }
        drift = price < 500_000 ? 8_000 : price > 930_000 ? -8_000 : drift;
        price = Math.clamp(price + drift + random.nextInt(10_000) - 5_000, 470_000, 960_000);
        return BigDecimal.valueOf(price, 2).toPlainString();
    }

    private boolean goOn(RecordedLedger ledger) {
        List<Message> written = ledger.history.of(Topics.CONTINUATIONS);
        pricesSince = 0;
        if (continuations == written.size()) {
            return false;
        }
        ledger.giveBack(TopicCatalogue.CONTINUATIONS, written.get(continuations++));
        return true;
    }

    private void grant(RecordedLedger ledger) {
        List<Message> written = ledger.history.of(Topics.CLAIM_REQUESTS);
        while (claims < written.size()) {
            GenericRecord claim = read(ledger, written.get(claims++));
            String loanId = claim.get("loanId").toString();
            ledger.send(
                    TopicCatalogue.CLAIM_RESULTS,
                    loanId,
                    new ClaimGranted(claim.get("outpoint").toString(), loanId, ledger.now));
        }
    }

    /** The oldest request that was not declined yet. */
    private void decline(RecordedLedger ledger, String reason) {
        List<Message> written = ledger.history.of(Topics.REQUESTS);
        while (requests < written.size()) {
            GenericRecord request = read(ledger, written.get(requests++));
            if (request.getSchema().getName().equals("LiquidationRequested")) {
                asked.add(request);
            }
        }
        GenericRecord oldest = asked.poll();
        if (oldest != null) {
            String loanId = oldest.get("loanId").toString();
            ledger.send(
                    TopicCatalogue.LIQUIDATION_REPLIES,
                    loanId,
                    new LiquidationDeclined(
                            oldest.get("caseId").toString(),
                            loanId,
                            1,
                            reason,
                            1L,
                            ledger.indexSequence(),
                            ledger.now));
        }
    }

    private static GenericRecord read(RecordedLedger ledger, Message message) {
        return Objects.requireNonNull(
                new WireReading(ledger.history).read(message.value()).record());
    }
}

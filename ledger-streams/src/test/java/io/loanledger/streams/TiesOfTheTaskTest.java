package io.loanledger.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.loan.Refusal;
import io.loanledger.events.IndexPrice;
import io.loanledger.events.IndexState;
import io.loanledger.events.Rejection;
import io.loanledger.events.topic.TopicCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rows of {@code docs/time.md} that only a task can decide, under their ids: price time against append time, the order of index
 * records, event ids, terms and pauses. The loan L1 is active at 10,000 and is sold at 6,250 or less.
 */
class TiesOfTheTaskTest {
    private static final Instant NOW = LedgerUnderTest.START.plusSeconds(60);
    private static final Map<String, Consumer<LedgerUnderTest>> ROWS = new LinkedHashMap<>();

    static {
        ROWS.put("KP1", l -> {
            index(l, 1, 5, l.appendedAt, "9000");
            index(l, 1, 4, l.appendedAt, "5000");
            assertThat(isSold(l)).isFalse();
            assertThat(refused(l, "NOT_RISING")).isEqualTo(1);
        });
        ROWS.put("KP2", l -> {
            index(l, 1, 5, l.appendedAt.plusSeconds(5), "5000");
            assertThat(isSold(l)).isTrue();
        });
        ROWS.put("KP3", l -> {
            index(l, 1, 5, l.appendedAt.plus(Duration.ofMillis(5_001)), "5000");
            assertThat(isSold(l)).isFalse();
            assertThat(refused(l, "AHEAD_OF_CLOCK")).isEqualTo(1);
        });
        ROWS.put("KP4", l -> {
            l.price(NOW, "7000");
            l.appendedAt = NOW.plus(Duration.ofHours(1));
            l.requested("L2", "100.00");
            l.locked("L2", "custody-2", "1.00000000");
            assertThat(l.journalOf("L2")).doesNotContain("LoanIssued");
            l.repaid("L1", "800.00");
            assertThat(l.journalOf("L1")).endsWith("MarginCallIssued", "RepaymentApplied", "MarginCallCured");
        });
        ROWS.put("KP5", l -> {
            index(l, 1, 5, l.appendedAt, "9000");
            index(l, 2, 1, l.appendedAt, "5000");
            assertThat(isSold(l)).isTrue();
        });
        ROWS.put("KE1", l -> {
            pay(l, "e-1", "10.00");
            pay(l, "e-1", "10.00");
            assertThat(l.journalOf("L1")).containsOnlyOnce("RepaymentApplied");
            assertThat(l.counted("ledger_duplicates")).isEqualTo(1);
        });
        ROWS.put("KE2", l -> {
            pay(l, "e-1", "10.00");
            pay(l, "e-1", "11.00");
            assertThat(l.journalOf("L1")).containsOnlyOnce("RepaymentApplied");
            assertThat(l.read(TopicCatalogue.REJECTIONS, Rejection.class))
                    .extracting(Rejection::getReason)
                    .containsExactly(Refusal.CONFLICTING_DUPLICATE.name());
        });
        ROWS.put("KM1", l -> {
            l.terms(2, Facts.product(2, "0.10"));
            l.requested("L2", "100.00");
            l.requested("L3", "100.00");
            l.terms(3, Facts.product(3, "0.10"));
            assertThat(l.loan("L2").terms().terms().version()).isEqualTo(2);
            assertThat(l.loan("L3").terms().terms().version()).isEqualTo(2);
        });
        ROWS.put("KM2", l -> {
            l.send(TopicCatalogue.TERMS_FANNED, Facts.MARKET, Facts.pause(2, true));
            l.price(NOW, "5000");
            assertThat(isSold(l)).isFalse();
            l.send(TopicCatalogue.TERMS_FANNED, Facts.MARKET, Facts.pause(3, false));
            l.price(NOW, "5000");
            assertThat(isSold(l)).isTrue();
        });
        ROWS.put("KM3", l -> {
            l.terms(2, Facts.floating(2));
            l.requested("L2", "100.00");
            l.locked("L2", "custody-2", "1.00000000");
            l.price(NOW, "10000");
            assertThat(l.journalOf("L2")).doesNotContain("LoanIssued");
            l.send(TopicCatalogue.TERMS_FANNED, "REF", Facts.fixing(3, 1, "0.043"));
            l.price(NOW.plusSeconds(1), "10000");
            assertThat(l.journalOf("L2")).contains("LoanIssued");
        });
        ROWS.put("KM4", l -> {
            l.terms(2, Facts.floating(2));
            l.send(TopicCatalogue.TERMS_FANNED, "REF", Facts.fixing(3, 1, "0.043"));
            l.requested("L2", "100.00");
            l.locked("L2", "custody-2", "1.00000000");
            l.disbursed("L2", "100.00");
            byte[] before = l.stored("L2");
            l.send(TopicCatalogue.TERMS_FANNED, "REF", Facts.fixing(4, 2, "0.0405"));
            l.price(NOW, "10001");
            assertThat(l.stored("L2")).isEqualTo(before);
            l.price(NOW.plus(Duration.ofDays(40)), "10001");
            // 100 x (7.3 % of the first day, 7.05 % of the others) by 360, through its own posting day
            assertThat(l.journalOf("L2")).contains("InterestPosted");
        });
        ROWS.put("KM5", l -> {
            l.send(TopicCatalogue.TERMS_FANNED, "REF", Facts.fixing(2, 1, "0.043"));
            l.send(TopicCatalogue.TERMS_FANNED, "REF", Facts.fixing(3, 1, "0.0430"));
            assertThat(l.deadLetters()).isEmpty();
            l.send(TopicCatalogue.TERMS_FANNED, "REF", Facts.fixing(4, 1, "0.044"));
            assertThat(l.deadLetters()).hasSize(1);
        });
        ROWS.put("KM6", l -> {
            byte[] before = l.stored("L1");
            l.send(TopicCatalogue.TERMS_FANNED, Facts.MARKET, Facts.addOn(2, 1, "0.5"));
            assertThat(l.stored("L1")).isEqualTo(before);
            l.price(NOW, "10000");
            assertThat(isSold(l)).isTrue();
        });
        ROWS.put("KM7", l -> {
            l.send(TopicCatalogue.TERMS_FANNED, Facts.MARKET, Facts.addOn(2, 3, "0"));
            l.send(TopicCatalogue.TERMS_FANNED, Facts.MARKET, Facts.addOn(3, 3, "0.0"));
            l.send(TopicCatalogue.TERMS_FANNED, Facts.MARKET, Facts.addOn(4, 2, "0.5"));
            assertThat(l.deadLetters()).isEmpty();
            l.send(TopicCatalogue.TERMS_FANNED, Facts.MARKET, Facts.addOn(5, 3, "0.5"));
            assertThat(l.deadLetters()).hasSize(1);
            l.price(NOW, "10000");
            assertThat(isSold(l)).isFalse();
        });
    }

    @TempDir
    Path folder;

    private static void index(LedgerUnderTest ledger, long epoch, long sequence, Instant time, String price) {
        ledger.send(
                TopicCatalogue.INDEX_PRICES,
                Facts.MARKET,
                new IndexPrice(Facts.MARKET, epoch, sequence, time, price, IndexState.LIVE, "", 3, List.of()));
    }

    private static void pay(LedgerUnderTest ledger, String eventId, String amount) {
        ledger.send(TopicCatalogue.MOVEMENTS, "L1", Facts.repaid(eventId, ledger.appendedAt, "L1", amount));
    }

    private static boolean isSold(LedgerUnderTest ledger) {
        return ledger.journalOf("L1").contains("LiquidationRequested");
    }

    private static double refused(LedgerUnderTest ledger, String reason) {
        return ledger.counted(
                "ledger_broadcast_refused", "topic", TopicCatalogue.INDEX_PRICES.name(), "reason", reason);
    }

    static Stream<String> ties() {
        return ROWS.keySet().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ties")
    void decidesTheTie(String id) {
        try (LedgerUnderTest ledger = LedgerUnderTest.open(folder)) {
            ledger.active("L1");
            ROWS.get(id).accept(ledger);
        }
    }

    @Test
    void hasTheRowsOfTheDocument() throws IOException {
        List<String> documented = Pattern.compile("(?m)^\\| (K[A-Z]\\d+) \\|")
                .matcher(Files.readString(Path.of("..", "docs", "time.md")))
                .results()
                .map(row -> row.group(1))
                .toList();
        assertThat(documented).containsExactlyInAnyOrderElementsOf(ROWS.keySet());
    }
}

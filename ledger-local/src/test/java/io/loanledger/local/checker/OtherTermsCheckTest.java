package io.loanledger.local.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.events.DayCount;
import io.loanledger.events.ExposureBasis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Ledger and checker agree on every day count under every exposure basis, through a call, a sale and past the maturity. */
class OtherTermsCheckTest {
    static Stream<Arguments> everyPair() {
        return Arrays.stream(DayCount.values())
                .filter(dayCount -> dayCount != DayCount.UNKNOWN && dayCount != DayCount.IN_AGREEMENT)
                .flatMap(dayCount -> Arrays.stream(ExposureBasis.values())
                        .filter(basis -> basis != ExposureBasis.UNKNOWN)
                        .map(basis -> Arguments.of(dayCount, basis)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("everyPair")
    void findsNothingWrongWithOtherTerms(DayCount dayCount, ExposureBasis basis, @TempDir Path folder) {
        try (RecordedLedger ledger = new RecordedLedger(folder)) {
            ledger.terms("0.12", dayCount, basis, 100);
            ledger.price(RecordedLedger.START, "10000");
            ledger.requested("L1", "4000.00");
            ledger.locked("L1", "coin-of-L1", "1.00000000");
            ledger.disbursed("L1", "4000.00");
            ledger.priceAfter(Duration.ofDays(31).toSeconds(), "7000");
            ledger.repaid("p1", "L1", "100.00", ledger.now.minus(Duration.ofDays(1)));
            ledger.repaid("p2", "L1", "50.00");
            ledger.priceAfter(Duration.ofDays(30).toSeconds(), "5560");
            ledger.priceAfter(1, "5430");
            ledger.repaid("p3", "L1", "300.00");
            ledger.priceAfter(1, "4400");
            LedgerScenes.settle(ledger, "L1", "L1/case/1", "4400");
            ledger.priceAfter(Duration.ofDays(60).toSeconds(), "4300");
            ledger.priceAfter(Duration.ofDays(60).toSeconds(), "6000");
            CheckReport report = Checker.check(ledger.history, CheckSettings.defaults());
            assertThat(report.violations()).isEmpty();
            assertThat(report.holds()).isTrue();
        }
    }
}

package io.loanledger.liquidation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loanledger.core.liquidation.BlockEntry;
import io.loanledger.core.liquidation.BookEntry;
import io.loanledger.core.liquidation.CaseEnd;
import io.loanledger.core.liquidation.CaseEntry;
import io.loanledger.core.liquidation.CaseStage;
import io.loanledger.core.liquidation.DeskReport;
import io.loanledger.core.liquidation.FillEntry;
import io.loanledger.core.liquidation.MarketEntry;
import io.loanledger.core.liquidation.MarketHalt;
import io.loanledger.core.liquidation.OrderEntry;
import io.loanledger.core.liquidation.SaleAmendment;
import io.loanledger.core.liquidation.SaleEvidence;
import io.loanledger.core.liquidation.SaleReason;
import io.loanledger.core.liquidation.SaleRequest;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.money.Threshold;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EntryCodecTest {
    private static final Instant TIME = Instant.parse("2020-03-12T20:00:00.123456Z");
    private static final SaleEvidence EVIDENCE = new SaleEvidence(
            7,
            1_234_567,
            TIME,
            new BigDecimal("7934.57"),
            Money.of("6347.66", ProcessorDriver.USD),
            bitcoin("1"),
            new BigDecimal("0.05"),
            Threshold.reaches(Fraction.of(2, 3)));
    private static final SaleRequest REQUEST = new SaleRequest(
            "loan-1/case/1",
            "loan-1",
            1,
            SaleReason.CALL_EXPIRED,
            bitcoin("0.5"),
            bitcoin("0.0001"),
            new BigDecimal("0.025"),
            TIME,
            EVIDENCE);

    private final EntryCodec codec = new EntryCodec(ProcessorDriver.RULES);

    static Stream<BookEntry> entries() {
        SaleEvidence newer = new SaleEvidence(
                8,
                1,
                TIME.plusSeconds(1),
                new BigDecimal("7000"),
                Money.of("6347.66", ProcessorDriver.USD),
                bitcoin("1"),
                BigDecimal.ZERO,
                new Threshold(Fraction.percent(80), Threshold.Comparator.EXCEEDS));
        SaleAmendment amendment = new SaleAmendment("loan-1/case/1", "loan-1", 3, bitcoin("0.2"), newer);
        SaleAmendment plain = new SaleAmendment("loan-1/case/1", "loan-1", 3, bitcoin("0.2"), null);
        MarketEntry.Quote quote = new MarketEntry.Quote(7, -1, TIME, new BigDecimal("7934.57"), true);
        return Stream.of(
                new MarketEntry(null, false, true, 0, MarketHalt.SEEN, null),
                new MarketEntry(
                        quote,
                        true,
                        false,
                        Long.MAX_VALUE,
                        MarketHalt.NONE,
                        new MarketEntry.Told(
                                BigInteger.TEN.pow(30), new BigInteger("3700000"), new BigInteger("-1850"))),
                new MarketEntry(
                        new MarketEntry.Quote(7, 2, TIME, null, false), false, false, 3, MarketHalt.HALTED, null),
                new CaseEntry(REQUEST, 1, bitcoin("0.5"), EVIDENCE, null, new CaseStage.Queued(1, TIME)),
                new CaseEntry(REQUEST, 2, bitcoin("0.4"), newer, amendment, new CaseStage.Selling(2, TIME, TIME, "b")),
                new CaseEntry(
                        REQUEST,
                        2,
                        bitcoin("0.4"),
                        newer,
                        plain,
                        new CaseStage.Ended(3, TIME, null, TIME.plusSeconds(9), CaseEnd.BREACH_IS_OVER)),
                new BlockEntry(
                        "b",
                        4,
                        TIME,
                        List.of(
                                new BlockEntry.Member("c1", "l1", 1, bitcoin("0.1")),
                                new BlockEntry.Member("c2", "l2", 2, bitcoin("0.2"))),
                        new BigDecimal("7934.57"),
                        2,
                        3,
                        "o",
                        TIME,
                        false),
                new BlockEntry("b", 4, TIME, List.of(), BigDecimal.ONE, 1, 0, null, null, true),
                order(null),
                order(new DeskReport(TIME, true, bitcoin("0.05"), true, false)),
                new FillEntry("o", "DESK", "E/1", null, true),
                fill());
    }

    private static OrderEntry order(@Nullable DeskReport report) {
        return new OrderEntry(
                "o",
                "b",
                1,
                2,
                List.of(new OrderEntry.Allocation("c1", bitcoin("0.1"))),
                bitcoin("0.1"),
                new BigDecimal("7736.21"),
                7,
                1_234_567,
                TIME,
                TIME.plusSeconds(30),
                report,
                1,
                true,
                1);
    }

    private static FillEntry fill() {
        return new FillEntry(
                "o",
                "DESK",
                "E1",
                new FillEntry.Traded(bitcoin("0.05"), new BigDecimal("7740.005"), new BigDecimal("-0.10")),
                false);
    }

    private static Quantity bitcoin(String amount) {
        return Quantity.of(amount, ProcessorDriver.BTC);
    }

    @ParameterizedTest
    @MethodSource("entries")
    void readsWhatItWrote(BookEntry entry) {
        assertThat(codec.read(codec.write(entry))).isEqualTo(entry);
    }

    @ParameterizedTest
    @MethodSource("entries")
    void refusesBytesThatEndEarlyOrGoOn(BookEntry entry) {
        byte[] bytes = codec.write(entry);

        for (int length = 0; length < bytes.length; length++) {
            byte[] shorter = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> codec.read(shorter)).isInstanceOf(IllegalStateException.class);
        }
        assertThatThrownBy(() -> codec.read(Arrays.copyOf(bytes, bytes.length + 1)))
                .isInstanceOf(IllegalStateException.class);
    }

    /** Stores outlive the program: a change of this format needs a new version, and this one stays readable. */
    @Test
    void keepsTheFormatOfItsSecondVersion() {
        assertThat(HexFormat.of().formatHex(codec.write(fill())))
                .isEqualTo("0408026f084445534b044531000110064c4b400606761a650402f6");
    }

    @Test
    void readsItsFirstVersion() {
        assertThat(codec.read(HexFormat.of().parseHex("0208026f084445534b044531000110064c4b400606761a650402f6")))
                .isEqualTo(fill());
    }

    /** It ended in a flag: alarmed or not. */
    @Test
    void readsAnOrderOfItsFirstVersionAsAskedOnceOrNever() {
        byte[] bytes = firstVersion(codec.write(order(null)));
        bytes[bytes.length - 1] = 1;
        assertThat(codec.read(bytes)).isEqualTo(order(null));
        bytes[bytes.length - 1] = 0;
        assertThat(codec.read(bytes))
                .isInstanceOfSatisfying(
                        OrderEntry.class,
                        order -> assertThat(order.timesAsked()).isZero());
    }

    /** It ended before the halt and what was told in all. */
    @Test
    void readsAMarketOfItsFirstVersionAsOneThatAddsUp() {
        MarketEntry market = new MarketEntry(null, true, false, 7, MarketHalt.NONE, null);
        byte[] bytes = firstVersion(codec.write(market));
        int halt = 1 + "NONE".length();
        int told = 1;

        assertThat(codec.read(Arrays.copyOf(bytes, bytes.length - halt - told))).isEqualTo(market);
    }

    private static byte[] firstVersion(byte[] bytes) {
        bytes[0] = 2;
        return bytes;
    }

    @Test
    void refusesAVersionFromTheFuture() {
        byte[] bytes = codec.write(fill());
        bytes[0] = 6;

        assertThatThrownBy(() -> codec.read(bytes))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("version 3");
    }
}

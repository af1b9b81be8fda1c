package io.loanledger.streams.wire;

import static io.loanledger.streams.wire.SampleLoan.TERMS;
import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.price.IndexSource;
import io.loanledger.core.price.IndexState;
import io.loanledger.core.terms.Compounding;
import io.loanledger.core.terms.InterestTerms;
import io.loanledger.core.terms.Rate;
import io.loanledger.events.AssetDefinition;
import io.loanledger.events.ClockStopper;
import io.loanledger.events.CollateralTerms;
import io.loanledger.events.DayCount;
import io.loanledger.events.ExposureBasis;
import io.loanledger.events.FannedTerms;
import io.loanledger.events.FannedTermsKind;
import io.loanledger.events.Fraction;
import io.loanledger.events.IndexSourceStatus;
import io.loanledger.events.KillSwitch;
import io.loanledger.events.LiquidationTerms;
import io.loanledger.events.MarginCallTerms;
import io.loanledger.events.MarketPause;
import io.loanledger.events.ProductTerms;
import io.loanledger.events.Threshold;
import io.loanledger.events.ThresholdComparator;
import io.loanledger.streams.Facts;
import io.loanledger.streams.wire.MappedInput.Reason;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BroadcastMappingTest {
    private static final Instant NOON = Instant.parse("2020-03-12T12:00:00Z");

    private static io.loanledger.events.IndexPrice price(String price, io.loanledger.events.IndexState state) {
        return new io.loanledger.events.IndexPrice(
                "BTC-USD",
                4L,
                17L,
                NOON,
                price,
                state,
                "",
                3,
                List.of(
                        new io.loanledger.events.IndexSource("alpha", "7934.57", "1", IndexSourceStatus.USED, NOON),
                        new io.loanledger.events.IndexSource("beta", null, "0", IndexSourceStatus.UNCONVERTED, NOON)));
    }

    @Test
    void readsAnIndexPrice() {
        assertThat(BroadcastMapping.price("BTC-USD", price("7934.57", io.loanledger.events.IndexState.LIVE)))
                .isEqualTo(new MappedBroadcast.Price(new IndexPrice(
                        "BTC-USD",
                        4,
                        17,
                        NOON,
                        new BigDecimal("7934.57"),
                        IndexState.LIVE,
                        "",
                        3,
                        List.of(
                                new IndexSource("alpha", new BigDecimal("7934.57"), IndexSource.Status.USED, NOON),
                                new IndexSource("beta", null, IndexSource.Status.UNCONVERTED, NOON)))));
    }

    static Stream<Arguments> brokenPrices() {
        return Stream.of(
                Arguments.of("BTC-USD", null, io.loanledger.events.IndexState.LIVE, Reason.INCONSISTENT),
                Arguments.of("BTC-USD", "0", io.loanledger.events.IndexState.DEGRADED, Reason.INCONSISTENT),
                Arguments.of("BTC-USD", "-1", io.loanledger.events.IndexState.STALE, Reason.INCONSISTENT),
                Arguments.of("BTC-USD", "1e4", io.loanledger.events.IndexState.LIVE, Reason.MALFORMED_NUMBER),
                Arguments.of("BTC-USD", "1", io.loanledger.events.IndexState.UNKNOWN, Reason.UNKNOWN_SYMBOL),
                Arguments.of("ETH-USD", "1", io.loanledger.events.IndexState.LIVE, Reason.KEY_MISMATCH));
    }

    @ParameterizedTest
    @MethodSource("brokenPrices")
    void readsNoPriceThatCannotBe(String key, String price, io.loanledger.events.IndexState state, Reason reason) {
        assertThat(BroadcastMapping.price(key, price(price, state)))
                .isInstanceOfSatisfying(
                        MappedBroadcast.Unreadable.class,
                        it -> assertThat(it.reason()).isEqualTo(reason));
    }

    @Test
    void readsAClosedMarketWithoutAPrice() {
        assertThat(BroadcastMapping.price("BTC-USD", price(null, io.loanledger.events.IndexState.HALTED)))
                .isInstanceOfSatisfying(
                        MappedBroadcast.Price.class,
                        it -> assertThat(it.index().price()).isNull());
    }

    private static Fraction percent(String numerator) {
        return new Fraction(numerator, "100");
    }

    private static ProductTerms.Builder terms() {
        return ProductTerms.newBuilder()
                .setEventId("t-1")
                .setOccurredAt(NOON)
                .setProducer("risk")
                .setProductId("btc-24h")
                .setVersion(3)
                .setDebtAsset(new AssetDefinition("USD", 2, ""))
                .setCollateral(List.of(new CollateralTerms(
                        new AssetDefinition("BTC", 8, "bip122:000000000019d6689c085ae165831e93/slip44:0"),
                        "BTC-USD",
                        "0",
                        "0.0001",
                        List.of(),
                        null)))
                .setOpenLtv(percent("50"))
                .setMarginCall(new MarginCallTerms(
                        new Threshold(percent("70"), ThresholdComparator.REACHES),
                        percent("60"),
                        86_400L,
                        300L,
                        ClockStopper.LOCKED_AND_CLAIMED))
                .setLiquidation(new LiquidationTerms(
                        new Threshold(percent("80"), ThresholdComparator.REACHES),
                        percent("60"),
                        "500",
                        "0.0099",
                        "0.02",
                        null))
                .setAnnualRate("0.095")
                .setDayCount(DayCount.ACT_365F)
                .setExposureBasis(ExposureBasis.OUTSTANDING)
                .setTermDays(365);
    }

    private static MappedBroadcast read(ProductTerms terms) {
        return BroadcastMapping.terms(
                new FannedTerms(2L, 5L, FannedTermsKind.PRODUCT_TERMS, terms, null, null, null, null, null));
    }

    @Test
    void readsTheTermsOfAProductExactly() {
        assertThat(read(terms().build()))
                .isEqualTo(new MappedBroadcast.Terms(2, 5, new MappedBroadcast.ProductChanged(TERMS)));
    }

    @Test
    void readsRatesOfAnAgreementAndRefusesOneThatContradictsItself() {
        assertThat(read(Facts.floating(1))).isInstanceOfSatisfying(MappedBroadcast.Terms.class, read -> {
            var terms = ((MappedBroadcast.ProductChanged) read.change()).terms();
            assertThat(terms.interest())
                    .isEqualTo(new InterestTerms(
                            new Rate.Floating("REF", new BigDecimal("0.03"), BigDecimal.ZERO, null),
                            io.loanledger.core.terms.DayCount.ACT_360,
                            Compounding.SIMPLE));
        });
        assertThat(List.of(
                        // an agreement that nothing outside announces, and the reverse
                        ProductTerms.newBuilder(Facts.floating(1))
                                .setDayCount(DayCount.ACT_360)
                                .build(),
                        ProductTerms.newBuilder(Facts.floating(1))
                                .setAgreement(null)
                                .build(),
                        // a second rate beside the agreement's
                        ProductTerms.newBuilder(Facts.floating(1))
                                .setAnnualRate("0.01")
                                .build()))
                .allSatisfy(terms -> assertThat(read(terms))
                        .isInstanceOfSatisfying(
                                MappedBroadcast.Unreadable.class,
                                read -> assertThat(read.reason()).isEqualTo(Reason.INCONSISTENT)));
    }

    @Test
    void readsEveryDayCountAndBasisByItsName() {
        for (DayCount dayCount : DayCount.values()) {
            for (ExposureBasis basis : ExposureBasis.values()) {
                if (dayCount == DayCount.UNKNOWN
                        || dayCount == DayCount.IN_AGREEMENT
                        || basis == ExposureBasis.UNKNOWN) {
                    continue;
                }
                assertThat(read(terms().setDayCount(dayCount)
                                .setExposureBasis(basis)
                                .setTermDays(90)
                                .build()))
                        .isInstanceOfSatisfying(MappedBroadcast.Terms.class, read -> {
                            var terms = ((MappedBroadcast.ProductChanged) read.change()).terms();
                            assertThat(terms.interest().dayCount().name()).isEqualTo(dayCount.name());
                            assertThat(terms.exposureBasis().name()).isEqualTo(basis.name());
                            assertThat(terms.termDays()).isEqualTo(90);
                        });
            }
        }
    }

    static Stream<Arguments> brokenTerms() {
        return Stream.of(
                Arguments.of("open over call", terms().setOpenLtv(percent("75")), Reason.INCONSISTENT),
                Arguments.of("nothing lent", terms().setOpenLtv(percent("0")), Reason.INCONSISTENT),
                Arguments.of(
                        "no cure",
                        terms().setMarginCall(new MarginCallTerms(
                                new Threshold(percent("70"), ThresholdComparator.REACHES),
                                percent("0"),
                                86_400L,
                                300L,
                                ClockStopper.LOCKED_AND_CLAIMED)),
                        Reason.INCONSISTENT),
                Arguments.of("no denominator", terms().setOpenLtv(new Fraction("1", "0")), Reason.INCONSISTENT),
                Arguments.of("half a numerator", terms().setOpenLtv(new Fraction("0.5", "1")), Reason.INCONSISTENT),
                Arguments.of("no collateral", terms().setCollateral(List.of()), Reason.INCONSISTENT),
                Arguments.of("version 0", terms().setVersion(0), Reason.INCONSISTENT),
                Arguments.of("scale 19", terms().setDebtAsset(new AssetDefinition("USD", 19, "")), Reason.INCONSISTENT),
                Arguments.of("negative rate", terms().setAnnualRate("-0.01"), Reason.INCONSISTENT),
                Arguments.of("rate in words", terms().setAnnualRate("nine"), Reason.MALFORMED_NUMBER),
                Arguments.of("day count", terms().setDayCount(DayCount.UNKNOWN), Reason.UNKNOWN_SYMBOL),
                Arguments.of("basis", terms().setExposureBasis(ExposureBasis.UNKNOWN), Reason.UNKNOWN_SYMBOL),
                Arguments.of("negative term", terms().setTermDays(-1), Reason.INCONSISTENT),
                Arguments.of("term over a century", terms().setTermDays(36_526), Reason.INCONSISTENT),
                Arguments.of(
                        "total obligation without a term",
                        terms().setTermDays(0).setExposureBasis(ExposureBasis.TOTAL_OBLIGATION),
                        Reason.INCONSISTENT),
                Arguments.of(
                        "lot finer than the coin",
                        terms().setCollateral(List.of(new CollateralTerms(
                                new AssetDefinition("BTC", 8, ""), "BTC-USD", "0", "0.000000001", List.of(), null))),
                        Reason.INCONSISTENT),
                Arguments.of(
                        "clock stopper",
                        terms().setMarginCall(new MarginCallTerms(
                                new Threshold(percent("70"), ThresholdComparator.REACHES),
                                percent("60"),
                                86_400L,
                                300L,
                                ClockStopper.CONFIRMED)),
                        Reason.UNKNOWN_SYMBOL));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenTerms")
    void readsNoTermsThatDoNotFitTogether(String name, ProductTerms.Builder terms, Reason reason) {
        assertThat(read(terms.build()))
                .isInstanceOfSatisfying(
                        MappedBroadcast.Unreadable.class,
                        it -> assertThat(it.reason()).isEqualTo(reason));
    }

    @Test
    void readsPausesAndTheKillSwitch() {
        MarketPause pause = new MarketPause("p-1", NOON, "risk", "BTC-USD", true, "venue down");
        KillSwitch kill = new KillSwitch("k-1", NOON, "risk", true, "drill");

        assertThat(BroadcastMapping.terms(
                        new FannedTerms(2L, 6L, FannedTermsKind.MARKET_PAUSE, null, pause, null, null, null, null)))
                .isEqualTo(new MappedBroadcast.Terms(
                        2, 6, new MappedBroadcast.MarketPaused("BTC-USD", true, "venue down")));
        assertThat(BroadcastMapping.terms(
                        new FannedTerms(2L, 7L, FannedTermsKind.KILL_SWITCH, null, null, kill, null, null, null)))
                .isEqualTo(new MappedBroadcast.Terms(2, 7, new MappedBroadcast.KillSwitchSet(true, "drill")));
    }

    @Test
    void readsNoKindWithAnothersRecord() {
        KillSwitch kill = new KillSwitch("k-1", NOON, "risk", true, "drill");
        Stream.of(
                        new FannedTerms(1L, 1L, FannedTermsKind.MARKET_PAUSE, null, null, kill, null, null, null),
                        new FannedTerms(1L, 1L, FannedTermsKind.PRODUCT_TERMS, null, null, null, null, null, null),
                        new FannedTerms(
                                1L, 1L, FannedTermsKind.KILL_SWITCH, terms().build(), null, kill, null, null, null))
                .forEach(record -> assertThat(BroadcastMapping.terms(record))
                        .isInstanceOfSatisfying(
                                MappedBroadcast.Unreadable.class,
                                it -> assertThat(it.reason()).isEqualTo(Reason.KIND_WITHOUT_RECORD)));
    }
}

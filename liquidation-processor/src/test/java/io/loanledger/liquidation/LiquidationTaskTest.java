package io.loanledger.liquidation;

import static io.loanledger.liquidation.ProcessorDriver.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loanledger.events.AmendAck;
import io.loanledger.events.BlockFormed;
import io.loanledger.events.ExecType;
import io.loanledger.events.ExecutionRecord;
import io.loanledger.events.ExecutionReport;
import io.loanledger.events.LiquidationDeclined;
import io.loanledger.events.LiquidationRequested;
import io.loanledger.events.LiquidationSettled;
import io.loanledger.events.OrdStatus;
import io.loanledger.events.OrderCancel;
import io.loanledger.events.SellOrder;
import io.loanledger.events.header.DeadLetter;
import io.loanledger.events.header.Origin;
import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How records are carried in and out; what is decided about them is the book's and tested there. */
class LiquidationTaskTest {
    private final ProcessorDriver driver = new ProcessorDriver();
    private final WireSamples samples = new WireSamples(driver);

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void carriesACaseFromItsRequestToItsFinalSettlement() {
        samples.index("74000.00");
        samples.request("A", "0.50000000");

        SellOrder order = only(driver.read(TopicCatalogue.ORDERS), SellOrder.class);
        assertThat(order.getSymbol()).isEqualTo("BTC-USD");
        assertThat(order.getOrderQty()).isEqualTo("0.50000000");
        assertThat(order.getPrice()).isEqualTo("72520.00"); // 74,000.00 less 2 %
        assertThat(order.getCurrency()).isEqualTo("USD");
        assertThat(order.getExpireTime()).isEqualTo(driver.now.plusSeconds(30));
        assertThat(order.getAllocations())
                .singleElement()
                .satisfies(part -> assertThat(part.getAllocAccount()).isEqualTo("A"));
        List<SpecificRecord> records = driver.read(TopicCatalogue.EXECUTION_RECORDS);
        assertThat(only(records, BlockFormed.class).getBlockId()).isEqualTo(order.getBlockId());
        assertThat(only(records, ExecutionRecord.class).getOutcome()).isEqualTo("STARTED");

        samples.trade(order, "E1", "0.2", "0.2", "0.3", "7.40");
        LiquidationSettled partly = only(driver.read(TopicCatalogue.LIQUIDATION_REPLIES), LiquidationSettled.class);
        assertThat(List.of(partly.getCumQuantity(), partly.getCumGross(), partly.getCumFees()))
                .containsExactly("0.20000000", "14800.00", "7.40");
        assertThat(partly.getFinalSettlement()).isFalse();
        samples.trade(order, "E2", "0.3", "0.5", "0", "11.10");
        LiquidationSettled all = only(driver.read(TopicCatalogue.LIQUIDATION_REPLIES), LiquidationSettled.class);
        assertThat(List.of(all.getCumQuantity(), all.getCumGross(), all.getCumFees()))
                .containsExactly("0.50000000", "37000.00", "18.50");
        assertThat(all.getFinalSettlement()).isTrue();
    }

    @Test
    void keysRepliesByLoanAndOrdersByMarket() {
        samples.index("76000.00");
        samples.request("A", "0.5");
        samples.index("74000.00");
        samples.request("B", "0.5");

        assertThat(keys(TopicCatalogue.LIQUIDATION_REPLIES)).containsExactly("loan-A");
        assertThat(keys(TopicCatalogue.ORDERS)).containsExactly("BTC-USD");
        assertThat(keys(TopicCatalogue.EXECUTION_RECORDS)).containsOnly("BTC-USD");
    }

    @Test
    void goesOnAfterARestartWhereItStood() {
        samples.index("74000.00");
        samples.request("A", "0.5");
        SellOrder order = only(driver.read(TopicCatalogue.ORDERS), SellOrder.class);
        samples.trade(order, "E1", "0.2", "0.2", "0.3", "0");
        driver.read(TopicCatalogue.LIQUIDATION_REPLIES);
        Map<String, byte[]> stored = driver.stored();

        driver.restart();
        samples.trade(order, "E1", "0.2", "0.2", "0.3", "0");

        assertThat(driver.stored()).containsExactlyInAnyOrderEntriesOf(stored);
        assertThat(driver.read(TopicCatalogue.LIQUIDATION_REPLIES)).isEmpty();
        samples.trade(order, "E2", "0.3", "0.5", "0", "0");
        assertThat(only(driver.read(TopicCatalogue.LIQUIDATION_REPLIES), LiquidationSettled.class)
                        .getCumQuantity())
                .isEqualTo("0.50000000");
    }

    @Test
    void buildsItsHeapStateAfreshWhenTheSameObjectIsInitialisedAgain() {
        samples.index("74000.00");
        samples.request("A", "0.5");
        SellOrder order = only(driver.read(TopicCatalogue.ORDERS), SellOrder.class);

        driver.initAgain();
        samples.trade(order, "E1", "0.5", "0.5", "0", "0");

        LiquidationSettled settled = only(driver.read(TopicCatalogue.LIQUIDATION_REPLIES), LiquidationSettled.class);
        assertThat(settled.getCumQuantity()).isEqualTo("0.50000000");
        assertThat(settled.getFinalSettlement()).isTrue();
    }

    /** What an aborted transaction leaves: the store as it was, and the object that took the records. */
    @Test
    void forgetsWhatWasNeverCommittedWhenTheSameObjectIsInitialisedAgain() {
        samples.index("74000.00");
        Map<String, byte[]> committed = driver.stored();
        samples.request("A", "0.5");
        SellOrder aborted = only(driver.read(TopicCatalogue.ORDERS), SellOrder.class);

        driver.stored().keySet().forEach(driver::delete);
        committed.forEach(driver::put);
        driver.initAgain();
        samples.request("A", "0.5");

        assertThat(only(driver.read(TopicCatalogue.ORDERS), SellOrder.class).getClOrdId())
                .isEqualTo(aborted.getClOrdId());
    }

    /** The kill switch that the aborted transaction had let go is engaged when the record comes again. */
    @Test
    void goesByTheKillSwitchThatWasCommittedWhenTheSameObjectIsInitialisedAgain() {
        samples.index("74000.00");
        samples.kill(1, true);
        Map<String, byte[]> committed = driver.stored();
        samples.kill(2, false);

        driver.stored().keySet().forEach(driver::delete);
        committed.forEach(driver::put);
        driver.initAgain();
        samples.request("A", "0.5");
        assertThat(driver.read(TopicCatalogue.ORDERS)).isEmpty();
        samples.kill(2, false);
        assertThat(only(driver.read(TopicCatalogue.ORDERS), SellOrder.class)).isNotNull();
    }

    @Test
    void cancelsOnTheKillSwitchAndSellsNothingUntilItIsLetGo() {
        samples.index("74000.00");
        samples.request("A", "0.5");
        SellOrder order = only(driver.read(TopicCatalogue.ORDERS), SellOrder.class);

        samples.kill(1, true);
        OrderCancel cancel = only(driver.read(TopicCatalogue.ORDERS), OrderCancel.class);
        assertThat(cancel.getOrigClOrdId()).isEqualTo(order.getClOrdId());
        assertThat(cancel.getReason()).isEqualTo("kill switch");
        samples.request("B", "0.5");
        assertThat(driver.read(TopicCatalogue.ORDERS)).isEmpty();

        samples.kill(1, false); // the same record again, as from an older writer: not taken
        assertThat(driver.read(TopicCatalogue.ORDERS)).isEmpty();
        samples.kill(2, false);
        assertThat(only(driver.read(TopicCatalogue.ORDERS), SellOrder.class)
                        .getAllocations()
                        .getFirst()
                        .getAllocAccount())
                .isEqualTo("B");
    }

    @Test
    void remembersTheKillSwitchForAMarketThatBeginsLater() {
        samples.kill(1, true);
        driver.restart();

        samples.index("74000.00");
        samples.request("A", "0.5");

        assertThat(driver.read(TopicCatalogue.ORDERS)).isEmpty();
    }

    @Test
    void pausesOneMarket() {
        samples.index("74000.00");
        samples.pause(1, "ETH-USD", true);
        samples.pause(2, "BTC-USD", true);
        samples.request("A", "0.5");
        assertThat(driver.read(TopicCatalogue.ORDERS)).isEmpty();

        samples.pause(3, "BTC-USD", false);

        assertThat(driver.read(TopicCatalogue.ORDERS)).hasSize(1);
    }

    @Test
    void acknowledgesAnAmendment() {
        samples.index("74000.00");
        samples.request("A", "0.5");

        samples.amend("A", 2, "0.7");

        AmendAck ack = only(driver.read(TopicCatalogue.LIQUIDATION_REPLIES), AmendAck.class);
        assertThat(ack.getVersion()).isEqualTo(2);
        assertThat(ack.getIrrevocableQuantity()).isEqualTo("0.50000000");
    }

    @Test
    void declinesAMarketThatIsNotInItsSettings() {
        LiquidationRequested request = samples.requestIn("DOGE-USD", "A", "0.5");

        driver.pipe(TopicCatalogue.LIQUIDATION_REQUESTS, "DOGE-USD", request);

        assertThat(only(driver.read(TopicCatalogue.LIQUIDATION_REPLIES), LiquidationDeclined.class)
                        .getReason())
                .isEqualTo("MARKET_UNKNOWN");
    }

    @Test
    void judgesByItsClockHowOldAPriceIs() {
        samples.index("74000.00");
        driver.now = driver.now.plus(Duration.ofSeconds(6));
        LiquidationRequested late = samples.requestIn("BTC-USD", "A", "0.5");
        late = LiquidationRequested.newBuilder(late)
                .setEvidence(io.loanledger.events.PriceEvidence.newBuilder(late.getEvidence())
                        .setPriceTime(driver.now.minusSeconds(6))
                        .build())
                .build();

        driver.pipe(TopicCatalogue.LIQUIDATION_REQUESTS, "BTC-USD", late);

        assertThat(only(driver.read(TopicCatalogue.LIQUIDATION_REPLIES), LiquidationDeclined.class)
                        .getReason())
                .isEqualTo("INDEX_TOO_OLD");
    }

    // ---- what cannot be taken
    // ----------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({"'', EMPTY", "00, TRUNCATED_HEAD", "0100000001ff, WRONG_MAGIC", "007fffffff00, UNKNOWN_SCHEMA_ID"})
    void setsUnreadableBytesAsideAndGoesOn(String hex, String reason) {
        samples.index("74000.00");
        byte[] bytes = java.util.HexFormat.of().parseHex(hex);

        driver.pipe(TopicCatalogue.LIQUIDATION_REQUESTS, "BTC-USD".getBytes(StandardCharsets.UTF_8), bytes);

        TestRecord<byte[], byte[]> letter = onlyDeadLetter(reason);
        assertThat(letter.value()).isEqualTo(bytes);
        samples.request("A", "0.5");
        assertThat(driver.read(TopicCatalogue.ORDERS)).hasSize(1);
    }

    @Test
    void setsAsideARecordOfAnotherTopic() {
        byte[] order = driver.bytes(TopicCatalogue.EXECUTIONS, samples.report("none", ExecType.NEW, OrdStatus.NEW));

        driver.pipe(TopicCatalogue.LIQUIDATION_REQUESTS, "BTC-USD".getBytes(StandardCharsets.UTF_8), order);

        onlyDeadLetter("WRONG_TYPE");
    }

    @Test
    void setsAsideARequestWithoutOrWithAnotherKey() {
        LiquidationRequested request = samples.requestIn("BTC-USD", "A", "0.5");
        byte[] value = driver.bytes(TopicCatalogue.LIQUIDATION_REQUESTS, request);

        driver.pipe(TopicCatalogue.LIQUIDATION_REQUESTS, new byte[0], value);
        onlyDeadLetter("NO_KEY");
        driver.pipe(TopicCatalogue.LIQUIDATION_REQUESTS, "ETH-USD".getBytes(StandardCharsets.UTF_8), value);
        onlyDeadLetter("KEY_MISMATCH");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0         | lotSize is not positive | 0.0001x   | reservedQuantity is not a plain decimal number
            0.0001    | x                       | -1        | reservedQuantity is negative
            0.0001    | x                       | 0.123456789 | reservedQuantity is finer than 8 decimal places of BTC
            """)
    void setsAsideARequestOfImpossibleNumbers(String lot, String lotProblem, String reserved, String problem) {
        LiquidationRequested request = LiquidationRequested.newBuilder(samples.requestIn("BTC-USD", "A", "0.5"))
                .setLotSize(lot)
                .setReservedQuantity(lotProblem.equals("x") ? reserved : "0.5")
                .build();

        driver.pipe(TopicCatalogue.LIQUIDATION_REQUESTS, "BTC-USD", request);

        DeadLetter letter =
                DeadLetter.readFrom(onlyDeadLetter("IMPOSSIBLE").headers()).orElseThrow();
        assertThat(letter.detail()).isEqualTo(lotProblem.equals("x") ? problem : lotProblem);
    }

    @Test
    void setsAsideAFillForAnUnknownOrder() {
        samples.index("74000.00");

        driver.pipe(TopicCatalogue.EXECUTIONS, "BTC-USD", samples.fill("nobody's", "E1", "0.2", "0.2", "0.3", "0"));

        TestRecord<byte[], byte[]> letter = onlyDeadLetter("UNKNOWN_ORDER");
        assertThat(DeadLetter.readFrom(letter.headers()).orElseThrow().origin().topic())
                .isEqualTo("desk.executions.v1");
    }

    @Test
    void setsAsideAFillInAnotherCurrency() {
        samples.index("74000.00");
        samples.request("A", "0.5");
        SellOrder order = only(driver.read(TopicCatalogue.ORDERS), SellOrder.class);

        driver.pipe(
                TopicCatalogue.EXECUTIONS,
                "BTC-USD",
                ExecutionReport.newBuilder(samples.fill(order.getClOrdId(), "E1", "0.2", "0.2", "0.3", "0"))
                        .setCurrency("EUR")
                        .build());

        onlyDeadLetter("IMPOSSIBLE");
        assertThat(driver.read(TopicCatalogue.LIQUIDATION_REPLIES)).isEmpty();
    }

    @Test
    void leavesMarketsOfOtherPartitionsAlone() {
        // The driver always is partition 0.
        try (ProcessorDriver elsewhere = new ProcessorDriver(WireSamples.PARTITIONS_WITH_BTC_ELSEWHERE)) {
            WireSamples strayed = new WireSamples(elsewhere);
            strayed.index("74000.00");
            strayed.pause(1, "BTC-USD", true);
            assertThat(elsewhere.stored().keySet()).containsExactly("\0task");

            strayed.request("A", "0.5");

            assertThat(elsewhere.read(TopicCatalogue.ORDERS)).isEmpty();
            TestRecord<byte[], byte[]> sent =
                    elsewhere.drain(TopicCatalogue.LIQUIDATION_STRAYED).getFirst();
            assertThat(new String(sent.key(), StandardCharsets.UTF_8)).isEqualTo("BTC-USD");
            assertThat(Origin.readFrom(sent.headers()))
                    .contains(new Origin("liquidation.requests.v1", 0, 0, elsewhere.now.toEpochMilli()));
            assertThat(elsewhere
                            .meters()
                            .get("ledger_strayed")
                            .tag("topic", "liquidation.requests.v1")
                            .counter()
                            .count())
                    .isEqualTo(1);
            // The driver has one partition, so the record has come back to where it does not belong: never round again.
            assertThat(elsewhere.drain(TopicCatalogue.DEAD_LETTERS))
                    .singleElement()
                    .satisfies(letter -> assertThat(
                                    DeadLetter.readFrom(letter.headers()).orElseThrow())
                            .satisfies(why -> assertThat(why.reason()).isEqualTo("STRAYED_AGAIN"))
                            .satisfies(why -> assertThat(why.origin().topic()).isEqualTo("liquidation.requests.v1")));
        }
    }

    @Test
    void takesAStrayedReportForWhatItWasWhereItFirstStood() {
        samples.index("74000.00");
        samples.request("A", "0.5");
        SellOrder order = only(driver.read(TopicCatalogue.ORDERS), SellOrder.class);
        byte[] fill =
                driver.bytes(TopicCatalogue.EXECUTIONS, samples.fill(order.getClOrdId(), "E1", "0.5", "0.5", "0", "0"));
        byte[] unknown =
                driver.bytes(TopicCatalogue.EXECUTIONS, samples.fill("nobody's", "E1", "0.5", "0.5", "0", "0"));
        Origin origin = new Origin("desk.executions.v1", 3, 77, driver.now.toEpochMilli());

        driver.pipe(TopicCatalogue.LIQUIDATION_STRAYED, "BTC-USD", fill, origin);

        LiquidationSettled settled = only(driver.read(TopicCatalogue.LIQUIDATION_REPLIES), LiquidationSettled.class);
        assertThat(settled.getCumQuantity()).isEqualTo("0.50000000");
        assertThat(settled.getFinalSettlement()).isTrue();

        driver.pipe(TopicCatalogue.LIQUIDATION_STRAYED, "BTC-USD", unknown, origin);
        assertThat(DeadLetter.readFrom(onlyDeadLetter("UNKNOWN_ORDER").headers())
                        .orElseThrow()
                        .origin())
                .isEqualTo(origin);
    }

    @Test
    void setsAsideWhatStandsAmongTheStrayedWithoutAnOriginOfMarkets() {
        byte[] bytes = driver.bytes(TopicCatalogue.EXECUTIONS, samples.report("none", ExecType.NEW, OrdStatus.NEW));

        driver.pipe(TopicCatalogue.LIQUIDATION_STRAYED, "BTC-USD".getBytes(StandardCharsets.UTF_8), bytes);
        onlyDeadLetter("STRAY_WITHOUT_ORIGIN");
        driver.pipe(TopicCatalogue.LIQUIDATION_STRAYED, "BTC-USD", bytes, new Origin("prices.index.v1", 0, 1, 2));
        onlyDeadLetter("STRAY_WITHOUT_ORIGIN");
    }

    @Test
    void stopsOnAStoreOfAMarketThatItNoLongerKnows() {
        samples.index("74000.00");
        driver.put("GONE-USD\0" + "0\0", new byte[] {2});

        driver.restart();

        assertThatThrownBy(() -> samples.index("74000.00"))
                .hasRootCauseInstanceOf(IllegalStateException.class)
                .rootCause()
                .hasMessageContaining("GONE-USD");
    }

    @Test
    void countsWhatItDoes() {
        samples.index("74000.00");
        samples.request("A", "0.5");
        SellOrder order = only(driver.read(TopicCatalogue.ORDERS), SellOrder.class);
        samples.trade(order, "E1", "0.2", "0.2", "0.3", "0");

        assertThat(driver.meters().get("liquidation_orders").counter().count()).isEqualTo(1);
        assertThat(driver.meters().get("liquidation_fills").counter().count()).isEqualTo(1);
        assertThat(driver.meters().get("liquidation_cases_open").gauge().value())
                .isEqualTo(1);
        assertThat(driver.meters().get("liquidation_in_flight_notional").gauge().value())
                .isEqualTo(21756.0); // 0.3 x 72,520.00
        assertThat(driver.meters().get("liquidation_tick_to_order").timer().count())
                .isEqualTo(1);
    }

    private TestRecord<byte[], byte[]> onlyDeadLetter(String reason) {
        List<TestRecord<byte[], byte[]>> letters = driver.drain(TopicCatalogue.DEAD_LETTERS);
        assertThat(letters).hasSize(1);
        assertThat(DeadLetter.readFrom(letters.getFirst().headers())
                        .orElseThrow()
                        .reason())
                .isEqualTo(reason);
        return letters.getFirst();
    }

    private List<String> keys(Topic topic) {
        return driver.drain(topic).stream()
                .map(record -> new String(record.key(), StandardCharsets.UTF_8))
                .toList();
    }
}

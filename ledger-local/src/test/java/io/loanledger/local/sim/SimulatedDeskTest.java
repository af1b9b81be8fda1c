package io.loanledger.local.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.events.Allocation;
import io.loanledger.events.ExecType;
import io.loanledger.events.ExecutionReport;
import io.loanledger.events.OrdStatus;
import io.loanledger.events.OrdType;
import io.loanledger.events.OrderCancel;
import io.loanledger.events.OrderCancelReject;
import io.loanledger.events.OrderStatusRequest;
import io.loanledger.events.PriceTick;
import io.loanledger.events.SellOrder;
import io.loanledger.events.Side;
import io.loanledger.events.TickKind;
import io.loanledger.events.TimeInForce;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class SimulatedDeskTest {

    private static final Instant NOON = Instant.parse("2020-03-12T12:00:00Z");
    private static final Instant SILENT_FROM = NOON.plusSeconds(3_600);
    private static final Instant SILENT_UNTIL = SILENT_FROM.plusSeconds(1_500);

    private final List<SpecificRecord> said = new ArrayList<>();
    private final ScenarioClock clock = new ScenarioClock(NOON);
    private final SimulatedDesk desk = new SimulatedDesk(
            (topic, key, record) -> said.add(record),
            clock,
            new SeededChoice(7),
            new DeskTroubles(
                    SILENT_FROM, SILENT_UNTIL, 1, SILENT_FROM.minusSeconds(1_800), SILENT_FROM.minusSeconds(600)));

    @Test
    void sellsAnOrderAtItsVenuesPriceAndCountsToTheLastUnit() {
        for (int number = 1; number <= 200; number++) {
            read(order("order-" + number, "1.23450000", "4900.00", NOON.plusSeconds(180)));
        }
        read(trade(SimulatedVenues.DESK_VENUE, "5000.00"));
        desk.attend();
        clock.moveTo(NOON.plusSeconds(60));
        desk.attend();

        for (int number = 1; number <= 200; number++) {
            List<ExecutionReport> reports = reportsOf("order-" + number);
            assertThat(reports.getFirst().getExecType()).isEqualTo(ExecType.NEW);
            assertThat(reports.getLast().getOrdStatus()).isEqualTo(OrdStatus.FILLED);
            assertThat(reports.getLast().getCumQty()).isEqualTo("1.23450000");
            assertThat(reports.stream()
                            .filter(report -> report.getExecType() == ExecType.TRADE)
                            .map(report -> new BigDecimal(report.getLastQty()))
                            .reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isEqualByComparingTo("1.2345");
        }
        assertThat(said).as("some reports are sent twice").hasSizeGreaterThan(new HashSet<>(said).size());
    }

    @Test
    void losesOneOrderAndFindsItUnsoldLongAfterItsExpiry() {
        clock.moveTo(NOON.plusSeconds(1_800));
        read(order("order-1", "1.00000000", "4900.00", NOON.plusSeconds(1_980)));
        read(order("order-2", "1.00000000", "4900.00", NOON.plusSeconds(1_980)));
        read(trade(SimulatedVenues.DESK_VENUE, "5000.00"));
        desk.attend();
        clock.moveTo(NOON.plusSeconds(1_860));
        desk.attend();
        clock.moveTo(NOON.plusSeconds(2_400));
        read(cancel("order-1", "cancel-1"));
        desk.attend();
        assertThat(reportsOf("order-1"))
                .extracting(ExecutionReport::getExecType)
                .containsExactly(ExecType.NEW);
        assertThat(reportsOf("order-2").getLast().getOrdStatus()).isEqualTo(OrdStatus.FILLED);

        clock.moveTo(NOON.plusSeconds(3_000));
        desk.attend();
        assertThat(reportsOf("order-1"))
                .extracting(ExecutionReport::getExecType)
                .containsExactly(ExecType.NEW, ExecType.EXPIRED);
        assertThat(said).as("too late to cancel").anyMatch(OrderCancelReject.class::isInstance);
    }

    @Test
    void neverSellsUnderTheLimitAndLetsTheOrderExpire() {
        read(order("order-1", "1.00000000", "5100.00", NOON.plusSeconds(180)));
        read(trade(SimulatedVenues.DESK_VENUE, "5000.00"));
        read(trade("simulated-venue-2", "5200.00"));
        desk.attend();
        assertThat(reportsOf("order-1"))
                .extracting(ExecutionReport::getExecType)
                .containsExactly(ExecType.NEW);

        clock.moveTo(NOON.plusSeconds(180));
        read(trade(SimulatedVenues.DESK_VENUE, "5150.00"));
        desk.attend();
        ExecutionReport last = reportsOf("order-1").getLast();
        assertThat(last.getOrdStatus()).isEqualTo(OrdStatus.EXPIRED);
        assertThat(last.getLeavesQty()).isEqualTo("0");
    }

    @Test
    void saysNothingWhileItIsSilentAndExpiresWhatIsLateAfterwards() {
        clock.moveTo(SILENT_FROM);
        read(order("order-1", "1.00000000", "4900.00", SILENT_FROM.plusSeconds(180)));
        read(trade(SimulatedVenues.DESK_VENUE, "5000.00"));
        desk.attend();
        assertThat(said).isEmpty();

        clock.moveTo(SILENT_UNTIL);
        desk.attend();
        assertThat(reportsOf("order-1"))
                .extracting(ExecutionReport::getExecType)
                .containsExactly(ExecType.NEW, ExecType.EXPIRED);
    }

    @Test
    void ignoresAnOrderIdThatItKnows() {
        SellOrder order = order("order-1", "1.00000000", "5100.00", NOON.plusSeconds(180));
        read(order);
        desk.attend();
        read(order);
        desk.attend();
        assertThat(reportsOf("order-1")).hasSize(1);
    }

    @Test
    void cancelsWhatItWorksOnAndRefusesWhatItDoesNotKnow() {
        read(order("order-1", "1.00000000", "5100.00", NOON.plusSeconds(180)));
        desk.attend();
        read(cancel("order-1", "cancel-1"));
        read(cancel("order-9", "cancel-2"));
        desk.attend();
        assertThat(said)
                .filteredOn(ExecutionReport.class::isInstance)
                .map(ExecutionReport.class::cast)
                .anySatisfy(report -> {
                    assertThat(report.getOrdStatus()).isEqualTo(OrdStatus.CANCELED);
                    assertThat(report.getOrigClOrdId()).isEqualTo("order-1");
                });
        assertThat(said)
                .filteredOn(OrderCancelReject.class::isInstance)
                .map(OrderCancelReject.class::cast)
                .singleElement()
                .satisfies(reject -> assertThat(reject.getCxlRejReason()).isEqualTo("1"));
    }

    @Test
    void saysHowAnOrderStandsWhenItIsAsked() {
        read(order("order-1", "1.00000000", "5100.00", NOON.plusSeconds(180)));
        desk.attend();
        read(question("order-1", "question-1"));
        read(question("order-9", "question-2"));
        desk.attend();

        assertThat(reportsOf("order-1").getLast())
                .extracting(ExecutionReport::getExecType, ExecutionReport::getOrdStatus, ExecutionReport::getLeavesQty)
                .containsExactly(ExecType.ORDER_STATUS, OrdStatus.NEW, "1.00000000");
        assertThat(reportsOf("order-9").getLast().getOrdStatus()).isEqualTo(OrdStatus.REJECTED);

        clock.moveTo(NOON.plusSeconds(180));
        desk.attend();
        read(question("order-1", "question-3"));
        desk.attend();
        assertThat(reportsOf("order-1").getLast())
                .extracting(ExecutionReport::getExecType, ExecutionReport::getOrdStatus, ExecutionReport::getLeavesQty)
                .containsExactly(ExecType.ORDER_STATUS, OrdStatus.EXPIRED, "0");
    }

    private static OrderStatusRequest question(String order, String id) {
        return OrderStatusRequest.newBuilder()
                .setClOrdId(order)
                .setOrdStatusReqId(id)
                .setSymbol("BTC-USD")
                .setSide(Side.SELL)
                .setTransactTime(NOON)
                .build();
    }

    /** Of one order, each once. */
    private List<ExecutionReport> reportsOf(String clOrdId) {
        Set<String> seen = new HashSet<>();
        return said.stream()
                .filter(ExecutionReport.class::isInstance)
                .map(ExecutionReport.class::cast)
                .filter(report -> report.getClOrdId().equals(clOrdId) && seen.add(report.getExecId()))
                .toList();
    }

    private void read(SpecificRecord record) {
        desk.received(new ConsumerRecord<>("any", 0, 0, "BTC-USD", record));
    }

    private static SellOrder order(String id, String quantity, String limit, Instant expiry) {
        return SellOrder.newBuilder()
                .setClOrdId(id)
                .setSymbol("BTC-USD")
                .setSide(Side.SELL)
                .setOrderQty(quantity)
                .setOrdType(OrdType.LIMIT)
                .setPrice(limit)
                .setCurrency("USD")
                .setTimeInForce(TimeInForce.GOOD_TILL_DATE)
                .setExpireTime(expiry)
                .setTransactTime(NOON)
                .setAllocations(List.of(Allocation.newBuilder()
                        .setAllocAccount("loan-1/case/1")
                        .setAllocQty(quantity)
                        .build()))
                .setBlockId("block-" + id)
                .setAttempt(1)
                .setSlice(1)
                .setIndexEpoch(1)
                .setIndexSequence(1)
                .build();
    }

    private static OrderCancel cancel(String order, String id) {
        return OrderCancel.newBuilder()
                .setOrigClOrdId(order)
                .setClOrdId(id)
                .setSymbol("BTC-USD")
                .setSide(Side.SELL)
                .setOrderQty("1.00000000")
                .setTransactTime(NOON)
                .setReason("test")
                .build();
    }

    private static PriceTick trade(String venue, String price) {
        return PriceTick.newBuilder()
                .setEventId(venue + price)
                .setOccurredAt(NOON)
                .setProducer("test")
                .setMarket("BTC-USD")
                .setVenue(venue)
                .setKind(TickKind.TRADE)
                .setPrice(price)
                .setSize("1")
                .setQuoteCurrency("USD")
                .build();
    }
}

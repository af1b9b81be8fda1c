package io.loanledger.local.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.events.BuyBack;
import io.loanledger.events.CollateralLocked;
import io.loanledger.events.CollateralReconverted;
import io.loanledger.events.CustodyStatement;
import io.loanledger.events.Rejection;
import io.loanledger.events.ReleaseCollateral;
import io.loanledger.events.topic.TopicCatalogue;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** The simulated custodian keeps books of its own, and states what is in them. */
class SimulatedCustodyTest {
    private static final Instant START = Instant.parse("2020-03-12T00:00:00Z");

    private final List<SpecificRecord> sent = new ArrayList<>();
    private final ScenarioClock clock = new ScenarioClock(START);
    private final SimulatedCustody custody = new SimulatedCustody(
            (topic, key, record) -> sent.add(record), clock, new SeededChoice(1), () -> new BigDecimal("8000.00"));

    @Test
    void statesOnceADayWhatItHolds() {
        custody.deposit("loan-1", new BigDecimal("1.50000000"), "opening");
        pass(Duration.ofDays(3));

        assertThat(statements()).hasSize(3).allSatisfy(statement -> {
            assertThat(statement.getQuantity()).isEqualTo("1.50000000");
            assertThat(statement.getOccurredAt()).isAfter(START);
        });
    }

    @Test
    void statesLessWhenItLostCoin() {
        custody.deposit("loan-1", new BigDecimal("1.50000000"), "opening");
        custody.misplace("loan-1", new BigDecimal("0.20000000"));
        pass(Duration.ofDays(1));

        assertThat(statements())
                .singleElement()
                .satisfies(statement -> assertThat(statement.getQuantity()).isEqualTo("1.30000000"));
    }

    @Test
    void statesNothingMoreOfAnEmptyAccount() {
        custody.deposit("loan-1", new BigDecimal("1.50000000"), "opening");
        custody.received(read(ReleaseCollateral.newBuilder()
                .setInstructionId("loan-1/release/1")
                .setLoanId("loan-1")
                .setAsset("BTC")
                .setQuantity("1.50000000")
                .setIssuedAt(START)
                .setReason("the loan is over")
                .build()));
        pass(Duration.ofDays(2));

        assertThat(statements())
                .singleElement()
                .satisfies(statement ->
                        assertThat(new BigDecimal(statement.getQuantity())).isZero());
    }

    @Test
    void buysTheCoinThatTheMoneyIsWorth() {
        custody.received(read(BuyBack.newBuilder()
                .setInstructionId("loan-1/reconversion/9")
                .setLoanId("loan-1")
                .setAsset("BTC")
                .setSpend("4000.01")
                .setSpendAsset("USD")
                .setIssuedAt(START)
                .build()));

        assertThat(sent).singleElement().isInstanceOfSatisfying(CollateralReconverted.class, bought -> {
            assertThat(bought.getQuantity()).isEqualTo("0.50000125");
            assertThat(bought.getSpent()).isEqualTo("4000.01");
        });
        pass(Duration.ofDays(1));
        assertThat(statements())
                .singleElement()
                .satisfies(statement -> assertThat(statement.getQuantity()).isEqualTo("0.50000125"));
    }

    @Test
    void sendsBackCoinThatTheLedgerRefused() {
        custody.deposit("loan-1", new BigDecimal("1.50000000"), "opening");
        custody.deposit("loan-1", new BigDecimal("0.30000000"), "too late");
        CollateralLocked late = (CollateralLocked) sent.getLast();
        custody.received(read(Rejection.newBuilder()
                .setLoanId("loan-1")
                .setReason("LOAN_CLOSED")
                .setRecordType("CollateralLocked")
                .setTopic(TopicCatalogue.COLLATERAL.name())
                .setPartition(0)
                .setOffset(7)
                .setEventId(late.getEventId())
                .setRejectedAt(START)
                .build()));
        pass(Duration.ofDays(1));

        assertThat(statements())
                .singleElement()
                .satisfies(statement -> assertThat(statement.getQuantity()).isEqualTo("1.50000000"));
    }

    private void pass(Duration time) {
        Instant end = clock.now().plus(time);
        while (clock.now().isBefore(end)) {
            clock.moveTo(clock.now().plus(Duration.ofMinutes(2)));
            custody.attend();
        }
    }

    private List<CustodyStatement> statements() {
        return sent.stream()
                .filter(CustodyStatement.class::isInstance)
                .map(CustodyStatement.class::cast)
                .toList();
    }

    private static ConsumerRecord<String, SpecificRecord> read(SpecificRecord record) {
        return new ConsumerRecord<>(TopicCatalogue.CUSTODY_INSTRUCTIONS.name(), 0, 0, "loan-1", record);
    }
}

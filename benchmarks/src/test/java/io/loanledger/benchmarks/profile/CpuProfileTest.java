package io.loanledger.benchmarks.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CpuProfileTest {

    private static final List<String> RULE = List.of(
            "java.math.BigDecimal.multiply",
            "io.loanledger.core.loan.LoanDecider.decide",
            "io.loanledger.streams.task.LoanTask.process");
    private static final List<String> PUT = List.of(
            "org.rocksdb.RocksDB.put",
            "org.apache.kafka.streams.state.internals.RocksDBStore.put",
            "io.loanledger.streams.task.LoanBook.store");
    private static final List<String> UNKNOWN = List.of();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            RULES    | io.loanledger.core.loan.LoanDecider.decide
            INDEX    | io.loanledger.core.trigger.SlotHeap.put
            HASH     | sun.security.provider.SHA2.implCompress0
            HASH     | io.loanledger.streams.wire.ChainHash.of
            CODEC    | io.loanledger.streams.wire.LoanCodec.encode
            CODEC    | org.apache.avro.io.BinaryDecoder.readLong
            TASK     | io.loanledger.streams.task.LoanTask.process
            ROCKSDB  | org.apache.kafka.streams.state.internals.MeteredKeyValueStore.get
            PRODUCER | org.apache.kafka.streams.processor.internals.RecordCollectorImpl.send
            PRODUCER | org.apache.kafka.clients.producer.internals.Sender.run
            CONSUMER | org.apache.kafka.clients.consumer.internals.Fetcher.collect
            STREAMS  | org.apache.kafka.streams.processor.internals.StreamTask.process
            OTHER    | java.util.HashMap.get
            OTHER    | org.apache.kafka.clients.admin.KafkaAdminClient.call
            """)
    void aFrameBelongsToTheRoomWithTheLongestPrefix(Room room, String frame) {
        assertThat(Room.of(List.of(frame))).isEqualTo(room);
    }

    @Test
    void whatEveryRoomCallsBelongsToTheCaller() {
        assertThat(Room.of(RULE)).isEqualTo(Room.RULES);
        assertThat(Room.of(List.of(
                        "org.apache.kafka.common.record.internal.DefaultRecord.writeTo",
                        "org.apache.kafka.clients.producer.KafkaProducer.send",
                        "org.apache.kafka.streams.processor.internals.StreamTask.process")))
                .isEqualTo(Room.PRODUCER);
    }

    /** Four samples of 10 ms in 100 ms: 2 are rules, 1 RocksDB, 1 has no stack; the other 60 ms no thread of Java spent. */
    @Test
    void whatNoThreadOfJavaSpentIsTheVirtualMachines() {
        var profile = new CpuProfile(List.of(RULE, RULE, PUT, UNKNOWN), 10_000_000, 100_000_000, 1_000);
        assertThat(profile.share(Room.RULES)).isEqualTo(0.2);
        assertThat(profile.share(Room.ROCKSDB)).isEqualTo(0.1);
        assertThat(profile.share(Room.JVM)).isEqualTo(0.7);
        assertThat(profile.microsPerEvent(Room.RULES)).isEqualTo(20);
        assertThat(profile.microsPerEvent(Room.ROCKSDB)).isEqualTo(10);
    }

    @Test
    void sharesAddUpAlsoWhenTheSamplerSawMoreThanWasSpent() {
        var profile = new CpuProfile(List.of(RULE, RULE, RULE, PUT), 10_000_000, 20_000_000, 10);
        assertThat(profile.share(Room.RULES)).isEqualTo(0.75);
        assertThat(profile.microsPerEvent(Room.RULES)).isEqualTo(1_500);
        assertThat(Stream.of(Room.values()).mapToDouble(profile::share).sum()).isCloseTo(1, within(1e-9));
    }

    @Test
    void tellsTheLargestRoomFirstAndTheMethodsInWhichItWasSpent() {
        var profile = new CpuProfile(List.of(RULE, RULE, RULE, PUT), 10_000_000, 40_000_000, 10);
        List<String> lines = profile.lines();
        assertThat(lines.get(0)).isEqualTo("10 events, 4000.00 us CPU each, 4 samples");
        assertThat(lines.get(2)).isEqualTo("rules      75.0 %   3000.00 us/event");
        assertThat(lines.get(3)).isEqualTo("           75.0 %  java.math.BigDecimal.multiply");
        assertThat(lines.get(5)).isEqualTo("rocksdb    25.0 %   1000.00 us/event");
    }

    @Test
    void withoutEventsThereIsNothingToShare() {
        assertThatIllegalArgumentException().isThrownBy(() -> new CpuProfile(List.of(), 1, 1, 0));
    }
}

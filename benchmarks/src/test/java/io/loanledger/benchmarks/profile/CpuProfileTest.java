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

    /** Of 100 ms the threads of Java spent 80. Of the samples with a stack two are rules and two RocksDB, so 40 ms each. */
    @Test
    void whatNoThreadOfJavaSpentIsTheVirtualMachines() {
        var profile = new CpuProfile(List.of(RULE, PUT, RULE, PUT, UNKNOWN), 80_000_000, 100_000_000, 1_000);
        assertThat(profile.share(Room.RULES)).isCloseTo(0.4, within(1e-12));
        assertThat(profile.share(Room.JVM)).isCloseTo(0.2, within(1e-12));
        assertThat(profile.microsPerEvent(Room.RULES)).isCloseTo(40, within(1e-9));
        assertThat(profile.microsPerEvent(Room.ROCKSDB)).isCloseTo(40, within(1e-9));
        assertThat(profile.microsPerEvent(Room.JVM)).isCloseTo(20, within(1e-9));
        assertThat(profile.microsPerEvent(Room.CODEC)).isZero();
    }

    @Test
    void sharesAddUpAlsoWhenTheClocksDisagree() {
        var profile = new CpuProfile(List.of(RULE, RULE, RULE, PUT), 21_000_000, 20_000_000, 10);
        assertThat(profile.share(Room.RULES)).isEqualTo(0.75);
        assertThat(profile.share(Room.JVM)).isZero();
        assertThat(Stream.of(Room.values()).mapToDouble(profile::share).sum()).isCloseTo(1, within(1e-9));
    }

    @Test
    void tellsTheLargestRoomFirstAndTheMethodsInWhichItWasSpent() {
        var profile = new CpuProfile(List.of(RULE, RULE, RULE, PUT), 40_000_000, 50_000_000, 10);
        List<String> lines = profile.lines();
        assertThat(lines.get(0)).isEqualTo("10 events, 5000.00 us CPU each, 4 samples");
        assertThat(lines.get(2)).isEqualTo("rules      60.0 %   3000.00 us/event");
        assertThat(lines.get(3)).isEqualTo("           60.0 %  java.math.BigDecimal.multiply");
        assertThat(lines.get(5)).isEqualTo("rocksdb    20.0 %   1000.00 us/event");
    }

    @Test
    void withoutEventsOrSamplesThereIsNothingToShare() {
        assertThatIllegalArgumentException().isThrownBy(() -> new CpuProfile(List.of(RULE), 1, 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new CpuProfile(List.of(UNKNOWN), 1, 1, 1));
    }
}

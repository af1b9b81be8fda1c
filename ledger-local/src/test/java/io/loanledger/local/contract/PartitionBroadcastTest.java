package io.loanledger.local.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loanledger.events.IndexPrice;
import io.loanledger.events.IndexState;
import io.loanledger.events.broadcast.BroadcastEndedException;
import io.loanledger.events.broadcast.BroadcastStream;
import io.loanledger.events.broadcast.PartitionBroadcast;
import io.loanledger.events.broadcast.Position;
import io.loanledger.events.serde.Decoded;
import io.loanledger.events.serde.RecordReader;
import io.loanledger.events.serde.RecordWriter;
import io.loanledger.events.serde.SchemaIds;
import io.loanledger.events.serde.SchemaRegistrar;
import io.loanledger.events.serde.SchemaRegistry;
import io.loanledger.events.settings.KafkaConnectionSettings;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.local.testing.BrokerForTests;
import io.loanledger.local.testing.BrokerForTests.Broker;
import io.loanledger.local.testing.CommittedReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The writer of index prices and terms against a real broker: what every partition gets, over restarts and against a rival. */
@ExtendWith(BrokerForTests.class)
class PartitionBroadcastTest {

    private static final String REGISTRY = "mock://partition-broadcast";

    private final SchemaRegistry registry = SchemaRegistry.open(Map.of("schema.registry.url", REGISTRY));
    private final SchemaIds ids = new SchemaRegistrar(registry).registerAll();

    @BeforeEach
    void createTopics(Broker broker) {
        broker.createLedgerTopics();
    }

    @Test
    void givesEveryPartitionTheSameRecordsStrictlyRisingOverRestarts(Broker broker) {
        String market = broker.unique("RESTARTED");
        var written = new ArrayList<Position>();
        for (int start = 0; start < 3; start++) {
            try (PartitionBroadcast writer = open(broker, market)) {
                written.add(publish(writer, market));
                written.add(publish(writer, market));
            }
        }
        assertThat(written).doesNotHaveDuplicates().isSorted();

        Map<Integer, List<Position>> read = read(broker, market);
        assertThat(read).hasSize(BrokerForTests.PARTITIONS);
        assertThat(read.values()).allSatisfy(positions -> assertThat(positions).isEqualTo(written));
    }

    @Test
    void endsTheFormerWriterWhenASecondOneOpens(Broker broker) {
        String market = broker.unique("CONTESTED");
        try (PartitionBroadcast former = open(broker, market)) {
            Position first = publish(former, market);
            try (PartitionBroadcast second = open(broker, market)) {
                assertThat(second.epoch()).isGreaterThan(former.epoch());
                assertThatThrownBy(() -> publish(former, market))
                        .isInstanceOfSatisfying(
                                BroadcastEndedException.class,
                                ended -> assertThat(ended.reason()).isEqualTo(BroadcastEndedException.Reason.FENCED));
                Position later = publish(second, market);
                assertThat(read(broker, market).values())
                        .allSatisfy(positions -> assertThat(positions).containsExactly(first, later));
            }
        }
    }

    @Test
    void leavesTwoMarketsOfOneTopicAlone(Broker broker) {
        String one = broker.unique("ONE");
        String other = broker.unique("OTHER");
        try (PartitionBroadcast first = open(broker, one);
                PartitionBroadcast second = open(broker, other)) {
            List<Position> ofOne = List.of(publish(first, one), publish(first, one));
            List<Position> ofOther = List.of(publish(second, other));
            assertThat(read(broker, one).values())
                    .allSatisfy(positions -> assertThat(positions).isEqualTo(ofOne));
            assertThat(read(broker, other).values())
                    .allSatisfy(positions -> assertThat(positions).isEqualTo(ofOther));
        }
    }

    private PartitionBroadcast open(Broker broker, String market) {
        return PartitionBroadcast.open(
                KafkaConnectionSettings.plain(broker.bootstrapServers(), REGISTRY),
                BroadcastStream.indexPrices(market),
                new RecordReader(registry),
                new RecordWriter(ids),
                PartitionBroadcast.Start.AFTER_LAST);
    }

    private static Position publish(PartitionBroadcast writer, String market) {
        return writer.publish(
                market,
                (epoch, sequence) -> IndexPrice.newBuilder()
                        .setMarket(market)
                        .setEpoch(epoch)
                        .setSequence(sequence)
                        .setPriceTime(Instant.parse("2020-03-12T00:00:00Z"))
                        .setPrice("7934.57")
                        .setState(IndexState.LIVE)
                        .setQuorum(3)
                        .build());
    }

    private Map<Integer, List<Position>> read(Broker broker, String market) {
        var reader = new RecordReader(registry);
        var found = new TreeMap<Integer, List<Position>>();
        for (var record : CommittedReader.everything(broker.bootstrapServers(), TopicCatalogue.INDEX_PRICES)) {
            if (reader.read(TopicCatalogue.INDEX_PRICES, record.value()) instanceof Decoded.Readable readable
                    && readable.value() instanceof IndexPrice index
                    && index.getMarket().equals(market)) {
                found.computeIfAbsent(record.partition(), partition -> new ArrayList<>())
                        .add(new Position(index.getEpoch(), index.getSequence()));
            }
        }
        return found;
    }
}

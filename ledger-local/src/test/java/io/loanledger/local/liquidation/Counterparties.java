package io.loanledger.local.liquidation;

import io.loanledger.events.ExecType;
import io.loanledger.events.ExecutionReport;
import io.loanledger.events.Fraction;
import io.loanledger.events.IndexPrice;
import io.loanledger.events.IndexState;
import io.loanledger.events.LiquidationMode;
import io.loanledger.events.LiquidationReason;
import io.loanledger.events.LiquidationRequested;
import io.loanledger.events.OrdStatus;
import io.loanledger.events.PriceEvidence;
import io.loanledger.events.SellOrder;
import io.loanledger.events.Side;
import io.loanledger.events.Threshold;
import io.loanledger.events.ThresholdComparator;
import io.loanledger.events.serde.LedgerAvroSerializer;
import io.loanledger.events.settings.KafkaConnectionSettings;
import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Ledger, index and desk as the liquidation processor meets them: by their topics. Every send waits for the broker. */
final class Counterparties implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;
    private final LedgerAvroSerializer serializer = new LedgerAvroSerializer();
    private final int partitions;
    private long sequence;

    Counterparties(KafkaConnectionSettings kafka, int partitions) {
        Map<String, Object> properties = new HashMap<>(kafka.clientProperties());
        producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        serializer.configure(kafka.registryProperties(), false);
        this.partitions = partitions;
    }

    void send(Topic topic, String key, SpecificRecord value) {
        sendBytes(topic, key, serializer.serialize(topic.name(), value));
    }

    void sendBytes(Topic topic, String key, byte[] value) {
        send(topic, null, key, value);
    }

    /** As a producer with another partitioner does. */
    void sendTo(int partition, Topic topic, String key, SpecificRecord value) {
        send(topic, partition, key, serializer.serialize(topic.name(), value));
    }

    private void send(Topic topic, @Nullable Integer partition, String key, byte[] value) {
        try {
            producer.send(new ProducerRecord<>(topic.name(), partition, key.getBytes(StandardCharsets.UTF_8), value))
                    .get();
        } catch (ExecutionException refused) {
            throw new AssertionError(refused);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    void index(String market, String price) {
        IndexPrice index = IndexPrice.newBuilder()
                .setMarket(market)
                .setEpoch(1)
                .setSequence(++sequence)
                .setPriceTime(now())
                .setPrice(price)
                .setState(IndexState.LIVE)
                .setStateReason("")
                .setQuorum(3)
                .setSources(List.of())
                .build();
        byte[] value = serializer.serialize(TopicCatalogue.INDEX_PRICES.name(), index);
        for (int partition = 0; partition < partitions; partition++) {
            send(TopicCatalogue.INDEX_PRICES, partition, market, value);
        }
    }

    /** 60,000 USD owed on 1 BTC, half of it to be sold at 74,000 because 80 % is reached. */
    LiquidationRequested request(String market, String caseId) {
        return LiquidationRequested.newBuilder()
                .setCaseId(caseId)
                .setLoanId("loan-" + caseId)
                .setMarket(market)
                .setVersion(1)
                .setReason(LiquidationReason.HARD_LTV)
                .setMode(LiquidationMode.PARTIAL)
                .setReservedQuantity("0.50000000")
                .setCollateralAsset("BTC")
                .setLotSize("0.0001")
                .setDebtAsset("USD")
                .setFloorDiscount("0.02")
                .setRequestedAt(now())
                .setEvidence(PriceEvidence.newBuilder()
                        .setMarket(market)
                        .setEpoch(1)
                        .setSequence(sequence)
                        .setPriceTime(now())
                        .setPrice("74000.00")
                        .setExposure("60000.00")
                        .setDebtAsset("USD")
                        .setCollateralQuantity("1.00000000")
                        .setCollateralAsset("BTC")
                        .setHaircut("0")
                        .setThreshold(Threshold.newBuilder()
                                .setLtv(Fraction.newBuilder()
                                        .setNumerator("80")
                                        .setDenominator("100")
                                        .build())
                                .setComparator(ThresholdComparator.REACHES)
                                .build())
                        .setProductId("bitcoin-24h")
                        .setTermsVersion(1)
                        .setSources(List.of())
                        .build())
                .build();
    }

    /** At 74,000 USD, for a commission of 1 USD. */
    ExecutionReport fill(SellOrder order, String execId, String quantity, String cumulative, String leaves) {
        return ExecutionReport.newBuilder()
                .setSenderCompId("DESK")
                .setOrderId("desk-" + order.getClOrdId())
                .setExecId(execId)
                .setExecRefId(null)
                .setClOrdId(order.getClOrdId())
                .setOrigClOrdId(null)
                .setExecType(ExecType.TRADE)
                .setOrdStatus(leaves.equals("0") ? OrdStatus.FILLED : OrdStatus.PARTIALLY_FILLED)
                .setSymbol(order.getSymbol())
                .setSide(Side.SELL)
                .setLastQty(quantity)
                .setLastPx("74000.00")
                .setCumQty(cumulative)
                .setLeavesQty(leaves)
                .setAvgPx("74000.00")
                .setCommission("1.00")
                .setCurrency("USD")
                .setTransactTime(now())
                .setText(null)
                .build();
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public void close() {
        producer.close();
        serializer.close();
    }
}

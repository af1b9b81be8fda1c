import io.loanledger.events.ExecType;
import io.loanledger.events.ExecutionReport;
import io.loanledger.events.OrdStatus;
import io.loanledger.events.OrderCancel;
import io.loanledger.events.OrderCancelReject;
import io.loanledger.events.OrderStatusRequest;
import io.loanledger.events.SellOrder;
import io.loanledger.events.serde.LedgerAvroDeserializer;
import io.loanledger.events.serde.LedgerAvroSerializer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A trading desk at its smallest. It acknowledges an order, sells half of it at the limit after two seconds and the rest after two
 * more, answers cancels and questions, and lets orders expire. With the word {@code idle} it sells nothing.
 *
 * <p>A real desk keeps its blotter in a database. This one has it in what it wrote itself: it reads its own reports at start, then
 * every order from the beginning, and so answers each order once, also after a crash.
 */
public class TradingDesk {

    static final String DESK = "DESK-EXAMPLE";
    static final String ORDERS = "liquidation.orders.v1";
    static final String REPORTS = "desk.executions.v1";
    static final BigDecimal COMMISSION = new BigDecimal("0.0010"); // of what is sold
    static final Duration PACE = Duration.ofSeconds(2);

    /** What the ledger was told of an order. */
    static final class Told {
        BigDecimal filled = BigDecimal.ZERO;
        int reports;
        boolean ended;
        OrdStatus status = OrdStatus.NEW;
        Instant nextFill = Instant.now().plus(PACE);
    }

    final boolean idle;
    final Map<String, SellOrder> orders = new LinkedHashMap<>();
    final Map<String, Told> told = new HashMap<>();
    final Set<String> answered = new HashSet<>();
    final KafkaProducer<String, SpecificRecord> producer = new KafkaProducer<>(clientSettings());

    TradingDesk(boolean idle) {
        this.idle = idle;
    }

    public static void main(String[] words) throws Exception {
        new TradingDesk(words.length == 1 && words[0].equals("idle")).run();
    }

    void run() throws Exception {
        recall();
        try (var consumer = new KafkaConsumer<String, SpecificRecord>(clientSettings())) {
            fromTheBeginning(consumer, ORDERS);
            System.out.println("trading");
            while (true) {
                for (var read : consumer.poll(Duration.ofMillis(200))) {
                    switch (read.value()) {
                        case SellOrder order -> orders.putIfAbsent(order.getClOrdId(), order);
                        case OrderCancel cancel -> cancel(cancel);
                        case OrderStatusRequest question -> tell(question);
                        default -> System.out.println("not for us: " + read.value());
                    }
                }
                for (SellOrder order : orders.values()) {
                    work(order);
                }
                orders.values().removeIf(order -> told(order.getClOrdId()).ended);
            }
        }
    }

    /** Reads the desk's own reports up to now. */
    void recall() {
        try (var consumer = new KafkaConsumer<String, SpecificRecord>(clientSettings())) {
            fromTheBeginning(consumer, REPORTS);
            var ends = consumer.endOffsets(consumer.assignment());
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (var read : consumer.poll(Duration.ofMillis(200))) {
                    if (read.value() instanceof ExecutionReport report && report.getSenderCompId().equals(DESK)) {
                        remember(report);
                    } else if (read.value() instanceof OrderCancelReject reject && reject.getSenderCompId().equals(DESK)) {
                        answered.add(reject.getClOrdId());
                    }
                }
            }
        }
    }

    void remember(ExecutionReport report) {
        boolean answersCancel = report.getOrigClOrdId() != null;
        Told order = told(answersCancel ? report.getOrigClOrdId() : report.getClOrdId());
        order.reports++;
        order.filled = new BigDecimal(report.getCumQty());
        order.nextFill = Instant.now().plus(PACE);
        order.status = report.getOrdStatus();
        order.ended = new BigDecimal(report.getLeavesQty()).signum() == 0;
        if (answersCancel) {
            answered.add(report.getClOrdId());
        } else if (report.getExecType() == ExecType.ORDER_STATUS) {
            answered.add(report.getExecId());
        }
    }

    void work(SellOrder order) throws Exception {
        Told told = told(order.getClOrdId());
        if (told.ended) {
            return;
        }
        if (told.reports == 0) {
            send(report(order, ExecType.NEW, OrdStatus.NEW, open(order)));
        }
        if (!Instant.now().isBefore(order.getExpireTime())) {
            send(report(order, ExecType.EXPIRED, OrdStatus.EXPIRED, BigDecimal.ZERO));
        } else if (!idle && !Instant.now().isBefore(told.nextFill)) {
            sell(order, told);
        }
    }

    void sell(SellOrder order, Told told) throws Exception {
        BigDecimal quantity = new BigDecimal(order.getOrderQty());
        BigDecimal half = quantity.divide(BigDecimal.TWO, 8, RoundingMode.DOWN);
        BigDecimal sold = told.filled.signum() == 0 ? half : open(order);
        BigDecimal leaves = open(order).subtract(sold);
        var price = new BigDecimal(order.getPrice());
        send(report(order, ExecType.TRADE, leaves.signum() == 0 ? OrdStatus.FILLED : OrdStatus.PARTIALLY_FILLED, leaves)
                .setCumQty(told.filled.add(sold).toPlainString())
                .setLastQty(sold.toPlainString())
                .setLastPx(price.toPlainString())
                .setCommission(sold.multiply(price).multiply(COMMISSION).setScale(2, RoundingMode.HALF_EVEN).toPlainString()));
    }

    void cancel(OrderCancel cancel) throws Exception {
        if (answered.contains(cancel.getClOrdId())) {
            return;
        }
        String orderId = cancel.getOrigClOrdId();
        SellOrder order = orders.get(orderId);
        if (order != null && !told(orderId).ended) {
            send(report(order, ExecType.CANCELED, OrdStatus.CANCELED, BigDecimal.ZERO)
                    .setClOrdId(cancel.getClOrdId())
                    .setOrigClOrdId(orderId));
            return;
        }
        boolean tooLate = told.containsKey(orderId);
        write(cancel.getSymbol(), OrderCancelReject.newBuilder()
                .setSenderCompId(DESK)
                .setOrderId(tooLate ? "example-" + orderId : "NONE")
                .setClOrdId(cancel.getClOrdId())
                .setOrigClOrdId(orderId)
                .setOrdStatus(tooLate ? told(orderId).status : OrdStatus.REJECTED)
                .setCxlRejReason(tooLate ? "0" : "1") // 1: unknown order
                .setTransactTime(Instant.now())
                .build());
        answered.add(cancel.getClOrdId());
    }

    /** Says how an order stands. One that this desk never had is REJECTED, and from then on remembered as ended: it must not be sold later. */
    void tell(OrderStatusRequest question) throws Exception {
        if (answered.contains(question.getOrdStatusReqId())) {
            return;
        }
        String orderId = question.getClOrdId();
        SellOrder order = orders.get(orderId);
        Told known = order == null ? told.get(orderId) : told(orderId);
        boolean open = order != null && !known.ended;
        send(ExecutionReport.newBuilder()
                .setSenderCompId(DESK)
                .setOrderId(known == null ? "NONE" : "example-" + orderId)
                .setExecId(question.getOrdStatusReqId())
                .setClOrdId(orderId)
                .setExecType(ExecType.ORDER_STATUS)
                .setOrdStatus(known == null ? OrdStatus.REJECTED : known.status)
                .setSymbol(question.getSymbol())
                .setSide(question.getSide())
                .setCumQty(known == null ? "0" : known.filled.toPlainString())
                .setLeavesQty(open ? open(order).toPlainString() : "0")
                .setAvgPx(open && known.filled.signum() > 0 ? order.getPrice() : "0")
                .setCurrency(order == null ? "" : order.getCurrency())
                .setTransactTime(Instant.now()));
    }

    ExecutionReport.Builder report(SellOrder order, ExecType type, OrdStatus status, BigDecimal leaves) {
        Told told = told(order.getClOrdId());
        return ExecutionReport.newBuilder()
                .setSenderCompId(DESK)
                .setOrderId("example-" + order.getClOrdId())
                .setExecId(order.getClOrdId() + "-" + (told.reports + 1))
                .setClOrdId(order.getClOrdId())
                .setExecType(type)
                .setOrdStatus(status)
                .setSymbol(order.getSymbol())
                .setSide(order.getSide())
                .setCumQty(told.filled.toPlainString())
                .setLeavesQty(leaves.toPlainString())
                .setAvgPx(told.filled.signum() == 0 && type != ExecType.TRADE ? "0" : order.getPrice())
                .setCurrency(order.getCurrency())
                .setTransactTime(Instant.now());
    }

    void send(ExecutionReport.Builder builder) throws Exception {
        ExecutionReport report = builder.build();
        write(report.getSymbol(), report);
        remember(report);
    }

    /** Key: the market. Kafka's Java producer partitions by murmur2 of the key, which is what the ledger expects. */
    void write(String market, SpecificRecord answer) throws Exception {
        producer.send(new ProducerRecord<>(REPORTS, market, answer)).get();
        System.out.println(answer.getSchema().getName() + " " + answer);
    }

    Told told(String clOrdId) {
        return told.computeIfAbsent(clOrdId, id -> new Told());
    }

    BigDecimal open(SellOrder order) {
        return new BigDecimal(order.getOrderQty()).subtract(told(order.getClOrdId()).filled);
    }

    static void fromTheBeginning(KafkaConsumer<String, SpecificRecord> consumer, String topic) {
        consumer.assign(consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList());
        consumer.seekToBeginning(consumer.assignment());
    }

    static Map<String, Object> clientSettings() {
        var settings = new HashMap<String, Object>();
        settings.put("bootstrap.servers", System.getenv().getOrDefault("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:9092"));
        settings.put(
                "schema.registry.url",
                System.getenv().getOrDefault("SCHEMA_REGISTRY_URL", "http://127.0.0.1:8081/apis/ccompat/v7"));
        settings.put("key.serializer", StringSerializer.class);
        settings.put("value.serializer", LedgerAvroSerializer.class);
        settings.put("acks", "all");
        settings.put("enable.idempotence", true);
        settings.put("key.deserializer", StringDeserializer.class);
        settings.put("value.deserializer", LedgerAvroDeserializer.class);
        settings.put("isolation.level", "read_committed"); // never without: orders are written in transactions
        settings.put("enable.auto.commit", false);
        return settings;
    }
}

import io.loanledger.events.AssetDefinition;
import io.loanledger.events.ClockStopper;
import io.loanledger.events.CollateralTerms;
import io.loanledger.events.DayCount;
import io.loanledger.events.Disburse;
import io.loanledger.events.DisbursementConfirmed;
import io.loanledger.events.ExposureBasis;
import io.loanledger.events.Fraction;
import io.loanledger.events.LiquidationSettled;
import io.loanledger.events.LiquidationTerms;
import io.loanledger.events.LoanRequested;
import io.loanledger.events.MarginCallTerms;
import io.loanledger.events.PriceTick;
import io.loanledger.events.ProductTerms;
import io.loanledger.events.SaleProceedsReceived;
import io.loanledger.events.Threshold;
import io.loanledger.events.ThresholdComparator;
import io.loanledger.events.TickKind;
import io.loanledger.events.serde.LedgerAvroDeserializer;
import io.loanledger.events.serde.LedgerAvroSerializer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The parties around a custody system or a desk that is tried by hand.
 *
 * <pre>
 * terms                  the lender's: product example-24h, opened at up to 50 %, call at 70 %, sold at 80 % down to 60 %
 * loan LOAN PRINCIPAL    a borrower asks for dollars against bitcoin
 * prices PRICE           three venues that quote BTC-USD around a price, until Ctrl-C; a new price is typed in
 * bank                   pays out what the ledger instructs, reports what the desk paid, until Ctrl-C
 * watch                  prints what the ledger says to the outside, until Ctrl-C
 * </pre>
 */
public class RestOfTheWorld {

    static final List<String> SAID_BY_THE_LEDGER = List.of(
            "payments.instructions.v1",
            "custody.instructions.v1",
            "ledger.margin-calls.v1",
            "liquidation.requests.v1",
            "liquidation.orders.v1",
            "liquidation.replies.v1",
            "ledger.rejections.v1");

    public static void main(String[] words) throws Exception {
        switch (words.length == 0 ? "" : words[0]) {
            case "terms" -> write("lending.terms.v1", "example-24h", terms());
            case "loan" -> write("lending.loans.v1", words[1], loan(words[1], words[2]));
            case "prices" -> prices(new BigDecimal(words[1]));
            case "bank" -> bank();
            case "watch" -> watch();
            default -> {
                System.err.println("terms, loan LOAN PRINCIPAL, prices PRICE, bank or watch");
                System.exit(2);
            }
        }
    }

    static ProductTerms terms() {
        return ProductTerms.newBuilder()
                .setEventId("terms-example-24h-1")
                .setOccurredAt(Instant.parse("2026-01-01T00:00:00Z"))
                .setProducer("lender-example")
                .setProductId("example-24h")
                .setVersion(1)
                .setDebtAsset(new AssetDefinition("USD", 2, ""))
                .setCollateral(List.of(CollateralTerms.newBuilder()
                        .setAsset(new AssetDefinition("BTC", 8, "bip122:000000000019d6689c085ae165831e93/slip44:0"))
                        .setMarket("BTC-USD")
                        .setHaircut("0")
                        .setLotSize("0.00010000")
                        .build()))
                .setOpenLtv(perCent("50"))
                .setMarginCall(MarginCallTerms.newBuilder()
                        .setThreshold(new Threshold(perCent("70"), ThresholdComparator.REACHES))
                        .setCureLtv(perCent("60"))
                        .setCureSeconds(Duration.ofHours(24).toSeconds())
                        .setFactLagSeconds(Duration.ofMinutes(10).toSeconds())
                        .setClockStopper(ClockStopper.LOCKED_AND_CLAIMED)
                        .build())
                .setLiquidation(LiquidationTerms.newBuilder()
                        .setThreshold(new Threshold(perCent("80"), ThresholdComparator.REACHES))
                        .setTargetLtv(perCent("60"))
                        .setMinimumResidualDebt("500.00")
                        .setFeeRate("0.0099")
                        .setFloorDiscount("0.02")
                        .build())
                .setAnnualRate("0.09")
                .setDayCount(DayCount.ACT_365F)
                .setExposureBasis(ExposureBasis.OUTSTANDING)
                .setTermDays(365)
                .build();
    }

    static Fraction perCent(String value) {
        return new Fraction(value, "100");
    }

    static LoanRequested loan(String loan, String principal) {
        return LoanRequested.newBuilder()
                .setEventId("requested-" + loan)
                .setOccurredAt(Instant.now())
                .setProducer("origination-example")
                .setLoanId(loan)
                .setBorrowerId("borrower-of-" + loan)
                .setProductId("example-24h")
                .setPrincipal(principal)
                .setDebtAsset("USD")
                .setCollateralAsset("BTC")
                .build();
    }

    /** Each venue quotes four times a second; quotes older than ten seconds do not count. */
    static void prices(BigDecimal first) throws Exception {
        var price = new AtomicReference<>(first);
        Thread.ofPlatform().daemon().start(() -> typed(price));
        try (var producer = new KafkaProducer<String, SpecificRecord>(clientSettings("venues-example"))) {
            while (true) {
                for (String venue : List.of("alpha", "bravo", "charlie")) {
                    Instant now = Instant.now();
                    producer.send(new ProducerRecord<>("prices.ticks.v1", "BTC-USD", PriceTick.newBuilder()
                            .setEventId(venue + "-" + now)
                            .setOccurredAt(now)
                            .setProducer("venues-example")
                            .setMarket("BTC-USD")
                            .setVenue(venue)
                            .setKind(TickKind.QUOTE)
                            .setBid(price.get().subtract(BigDecimal.ONE).toPlainString())
                            .setAsk(price.get().add(BigDecimal.ONE).toPlainString())
                            .setQuoteCurrency("USD")
                            .build()));
                }
                Thread.sleep(250);
            }
        }
    }

    static void typed(AtomicReference<BigDecimal> price) {
        try (var lines = new BufferedReader(new InputStreamReader(System.in))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                price.set(new BigDecimal(line.strip()));
                System.out.println("quoting " + price);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void bank() throws Exception {
        try (var consumer = new KafkaConsumer<String, SpecificRecord>(clientSettings("bank-example"))) {
            consumer.subscribe(List.of("payments.instructions.v1", "liquidation.replies.v1"));
            while (true) {
                for (var read : consumer.poll(Duration.ofSeconds(1))) {
                    if (read.value() instanceof Disburse order) {
                        write("payments.movements.v1", order.getLoanId(), DisbursementConfirmed.newBuilder()
                                .setEventId("confirmed-" + order.getInstructionId())
                                .setOccurredAt(order.getIssuedAt())
                                .setProducer("bank-example")
                                .setLoanId(order.getLoanId())
                                .setInstructionId(order.getInstructionId())
                                .setAmount(order.getAmount())
                                .setAsset(order.getAsset())
                                .build());
                    } else if (read.value() instanceof LiquidationSettled sale && sale.getFinalSettlement()) {
                        var net = new BigDecimal(sale.getCumGross()).subtract(new BigDecimal(sale.getCumFees()));
                        write("payments.movements.v1", sale.getLoanId(), SaleProceedsReceived.newBuilder()
                                .setEventId("proceeds-" + sale.getCaseId())
                                .setOccurredAt(sale.getSettledAt())
                                .setProducer("bank-example")
                                .setLoanId(sale.getLoanId())
                                .setCaseId(sale.getCaseId())
                                .setPaymentReference("proceeds-" + sale.getCaseId())
                                .setAmount(net.toPlainString())
                                .setAsset("USD")
                                .build());
                    }
                }
                consumer.commitSync();
            }
        }
    }

    static void watch() {
        try (var consumer = new KafkaConsumer<String, SpecificRecord>(clientSettings("watch-" + Instant.now()))) {
            consumer.subscribe(SAID_BY_THE_LEDGER);
            while (true) {
                for (var read : consumer.poll(Duration.ofSeconds(1))) {
                    System.out.println(read.value().getSchema().getName() + " " + read.value());
                }
            }
        }
    }

    static void write(String topic, String key, SpecificRecord record) throws Exception {
        try (var producer = new KafkaProducer<String, SpecificRecord>(clientSettings("rest-of-the-world"))) {
            System.out.println(record.getSchema().getName() + " -> "
                    + producer.send(new ProducerRecord<>(topic, key, record)).get());
        }
    }

    static Map<String, Object> clientSettings(String group) {
        var settings = new HashMap<String, Object>();
        settings.put("bootstrap.servers", System.getenv().getOrDefault("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:9092"));
        settings.put(
                "schema.registry.url",
                System.getenv().getOrDefault("SCHEMA_REGISTRY_URL", "http://127.0.0.1:8081/apis/ccompat/v7"));
        settings.put("key.serializer", StringSerializer.class);
        settings.put("value.serializer", LedgerAvroSerializer.class);
        settings.put("key.deserializer", StringDeserializer.class);
        settings.put("value.deserializer", LedgerAvroDeserializer.class);
        settings.put("isolation.level", "read_committed");
        settings.put("group.id", group);
        settings.put("auto.offset.reset", "earliest");
        settings.put("enable.auto.commit", false);
        return settings;
    }
}

import io.loanledger.events.BitcoinOutpoint;
import io.loanledger.events.CollateralDelivered;
import io.loanledger.events.CollateralDetected;
import io.loanledger.events.CollateralLocked;
import io.loanledger.events.CollateralProof;
import io.loanledger.events.CollateralProofKind;
import io.loanledger.events.CollateralReleased;
import io.loanledger.events.DeliverCollateral;
import io.loanledger.events.Rejection;
import io.loanledger.events.ReleaseCollateral;
import io.loanledger.events.serde.LedgerAvroDeserializer;
import io.loanledger.events.serde.LedgerAvroSerializer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A custody system at its smallest.
 *
 * <pre>
 * lock LOAN TXID:VOUT QUANTITY SEEN_AT   report an output of the Bitcoin chain that secures the loan: seen, then locked
 * serve                                  carry out the ledger's instructions, print what it rejects, until Ctrl-C
 * </pre>
 */
public class CustodySystem {

    static final String NAME = "custody-example";
    static final String BITCOIN = "bip122:000000000019d6689c085ae165831e93"; // CAIP-2 of the main chain
    static final String FACTS = "custody.collateral.v1";
    static final String INSTRUCTIONS = "custody.instructions.v1";
    static final String REJECTIONS = "ledger.rejections.v1";

    public static void main(String[] words) throws Exception {
        if (words.length == 5 && words[0].equals("lock")) {
            String[] outpoint = words[2].split(":");
            lock(words[1], outpoint[0], Integer.parseInt(outpoint[1]), words[3], Instant.parse(words[4]));
        } else if (words.length == 1 && words[0].equals("serve")) {
            serve();
        } else {
            System.err.println("lock LOAN TXID:VOUT QUANTITY SEEN_AT, or serve");
            System.exit(2);
        }
    }

    static void lock(String loan, String txid, int vout, String quantity, Instant seenAt) throws Exception {
        var proof = CollateralProof.newBuilder()
                .setKind(CollateralProofKind.BITCOIN_OUTPOINT)
                .setBitcoinOutpoint(new BitcoinOutpoint(BITCOIN, txid, vout))
                .build();
        String outpoint = txid + ":" + vout;
        try (var producer = new KafkaProducer<String, SpecificRecord>(clientSettings())) {
            // Ids and times follow from what happened: this program run twice says the same twice, and the ledger counts it once.
            write(producer, loan, CollateralDetected.newBuilder()
                    .setEventId(idOf("detected", outpoint))
                    .setOccurredAt(seenAt)
                    .setProducer(NAME)
                    .setLoanId(loan)
                    .setAsset("BTC")
                    .setQuantity(quantity)
                    .setProof(proof)
                    .setConfirmations(0)
                    .build());
            write(producer, loan, CollateralLocked.newBuilder()
                    .setEventId(idOf("locked", outpoint))
                    .setOccurredAt(seenAt)
                    .setProducer(NAME)
                    .setLoanId(loan)
                    .setAsset("BTC")
                    .setQuantity(quantity)
                    .setProof(proof)
                    .setConfirmations(3)
                    .build());
        }
    }

    static void serve() throws Exception {
        try (var consumer = new KafkaConsumer<String, SpecificRecord>(clientSettings());
                var producer = new KafkaProducer<String, SpecificRecord>(clientSettings())) {
            consumer.subscribe(List.of(INSTRUCTIONS, REJECTIONS));
            System.out.println("serving");
            while (true) {
                for (var read : consumer.poll(Duration.ofSeconds(1))) {
                    switch (read.value()) {
                        case ReleaseCollateral release -> {
                            System.out.println("send " + release.getQuantity() + " " + release.getAsset() + " of "
                                    + release.getLoanId() + " back to the borrower: " + release.getReason());
                            write(producer, release.getLoanId(), released(release));
                        }
                        case DeliverCollateral deliver -> {
                            System.out.println("deliver " + deliver.getQuantity() + " " + deliver.getAsset() + " of "
                                    + deliver.getLoanId() + " to the desk, case " + deliver.getCaseId());
                            write(producer, deliver.getLoanId(), delivered(deliver));
                        }
                        case Rejection rejection -> {
                            // The topic has everybody's rejections; ours are those about the topic that we write.
                            if (rejection.getTopic().equals(FACTS)) {
                                System.out.println("REJECTED " + rejection.getRecordType() + " of "
                                        + rejection.getLoanId() + ", event " + rejection.getEventId() + ": "
                                        + rejection.getReason() + " " + rejection.getDetail());
                            }
                        }
                        default -> System.out.println("not for us: " + read.value().getClass().getSimpleName());
                    }
                }
                // After the answers are written: what is read again after a crash is answered with the same event ids.
                consumer.commitSync();
            }
        }
    }

    static CollateralReleased released(ReleaseCollateral instruction) {
        return CollateralReleased.newBuilder()
                .setEventId(idOf("released", instruction.getInstructionId()))
                .setOccurredAt(instruction.getIssuedAt())
                .setProducer(NAME)
                .setLoanId(instruction.getLoanId())
                .setInstructionId(instruction.getInstructionId())
                .setAsset(instruction.getAsset())
                .setQuantity(instruction.getQuantity())
                .setTransactionReference("example-transaction-of-" + instruction.getInstructionId())
                .build();
    }

    static CollateralDelivered delivered(DeliverCollateral instruction) {
        return CollateralDelivered.newBuilder()
                .setEventId(idOf("delivered", instruction.getInstructionId()))
                .setOccurredAt(instruction.getIssuedAt())
                .setProducer(NAME)
                .setLoanId(instruction.getLoanId())
                .setCaseId(instruction.getCaseId())
                .setAsset(instruction.getAsset())
                .setQuantity(instruction.getQuantity())
                .setTransactionReference("example-transaction-of-" + instruction.getInstructionId())
                .build();
    }

    /** Key: the loan. Kafka's Java producer partitions by murmur2 of the key, which is what the ledger expects. */
    static void write(KafkaProducer<String, SpecificRecord> producer, String loan, SpecificRecord fact) throws Exception {
        var written = producer.send(new ProducerRecord<>(FACTS, loan, fact)).get();
        System.out.println(fact.getSchema().getName() + " -> " + written);
    }

    static String idOf(String kind, String what) {
        return UUID.nameUUIDFromBytes((kind + " " + what).getBytes(StandardCharsets.UTF_8)).toString();
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
        settings.put("isolation.level", "read_committed"); // never without: instructions are written in transactions
        settings.put("group.id", NAME);
        settings.put("auto.offset.reset", "earliest");
        settings.put("enable.auto.commit", false);
        return settings;
    }
}

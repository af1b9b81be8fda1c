package io.loanledger.local.ledger;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Holds a producer in the middle of a transaction: once the broker has acknowledged so many records of a topic, their thread says so
 * on standard output and goes no further. Those records then stand in the log, and their transaction is open until somebody ends it.
 */
public final class HeldTransaction implements ProducerInterceptor<Object, Object> {
    /** Begins the line that says it holds. */
    static final String HELD = "HELD ";

    private static final AtomicInteger LEFT = new AtomicInteger();
    private static volatile String topic = "";
    private static volatile Duration atMost = Duration.ofDays(1);
    private static volatile boolean held;

    /** Holds all producers of this process that are configured with this class, together. */
    static void holdAfter(String ofTopic, int records) {
        LEFT.set(records);
        topic = ofTopic;
    }

    /** As {@link #holdAfter}, and goes on after this time. */
    static void holdOnceAfter(String ofTopic, int records, Duration time) {
        atMost = time;
        held = false;
        holdAfter(ofTopic, records);
    }

    /** Whether it began to hold. */
    static boolean wasHeld() {
        return held;
    }

    @Override
    public ProducerRecord<Object, Object> onSend(ProducerRecord<Object, Object> record) {
        return record;
    }

    @Override
    public void onAcknowledgement(@Nullable RecordMetadata written, @Nullable Exception refused) {
        if (refused == null && written != null && written.topic().equals(topic) && LEFT.decrementAndGet() == 0) {
            System.out.println(HELD + written);
            held = true;
            try {
                TimeUnit.NANOSECONDS.sleep(atMost.toNanos());
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void configure(Map<String, ?> settings) {}

    @Override
    public void close() {}
}

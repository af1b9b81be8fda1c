package io.loanledger.local.checker;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** What the topics of the liquidation say of one case, in the order of their brokers' times. */
final class SaleCase {
    final String id;

    @Nullable
    GenericRecord request;

    long requestedAt;
    final List<Version> versions = new ArrayList<>();
    final List<Exposed> evidence = new ArrayList<>();
    final List<Ack> acks = new ArrayList<>();
    final List<GenericRecord> settlements = new ArrayList<>();
    final List<GenericRecord> declines = new ArrayList<>();
    final List<DeskOrder> orders = new ArrayList<>();
    boolean queued;

    SaleCase(String id) {
        this.id = id;
    }

    /**
     * What a request or an amendment rests on.
     *
     * @param counted collateral that counts after its haircut
     * @param stabilised money, and coin of other assets, that counts beside it
     */
    record Exposed(BigDecimal exposure, BigDecimal counted, BigDecimal stabilised, Limit limit) {
        static Exposed read(GenericRecord evidence) {
            return new Exposed(
                    new BigDecimal(evidence.get("exposure").toString()),
                    new BigDecimal(evidence.get("collateralQuantity").toString())
                            .multiply(BigDecimal.ONE.subtract(
                                    new BigDecimal(evidence.get("haircut").toString()))),
                    new BigDecimal(Terms.text(evidence, "stabilised", "0"))
                            .add(new BigDecimal(Terms.text(evidence, "otherValue", "0"))),
                    Limit.read((GenericRecord) evidence.get("threshold")));
        }

        boolean isBreachedAt(BigDecimal price) {
            int order = exposure.multiply(limit.ltv().under())
                    .compareTo(counted.multiply(price)
                            .add(stabilised)
                            .multiply(limit.ltv().over()));
            return limit.reaches() ? order >= 0 : order > 0;
        }
    }

    /** What a version of the case reserves, and when the broker took it. */
    record Version(int version, BigDecimal reserved, long at) {}

    /** A version that the processor keeps to, and when the broker took its word. */
    record Ack(int version, BigDecimal irrevocable, long at) {}

    /** The most that may be live and filled at a moment: the largest of the versions that may still be in force. */
    BigDecimal mostReservedAt(long at) {
        int kept = 1;
        for (Ack ack : acks) {
            if (ack.at() < at) {
                kept = Math.max(kept, ack.version());
            }
        }
        BigDecimal most = BigDecimal.ZERO;
        for (Version version : versions) {
            if (version.at() <= at && version.version() >= kept) {
                most = most.max(version.reserved());
            }
        }
        for (Ack ack : acks) {
            if (ack.version() >= kept) {
                most = most.max(ack.irrevocable());
            }
        }
        return most;
    }

    @Nullable
    GenericRecord lastSettlement() {
        return settlements.isEmpty() ? null : settlements.getLast();
    }
}

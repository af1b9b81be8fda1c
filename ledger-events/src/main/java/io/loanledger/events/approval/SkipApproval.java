package io.loanledger.events.approval;

import io.loanledger.events.Approval;
import io.loanledger.events.OperatorSkip;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * One operator's signature under an {@link OperatorSkip}.
 *
 * <p>What is signed, each text preceded by its length in UTF-8 as four bytes with the highest first (-1 for one that is absent): the
 * words {@value #DOMAIN}, operator, key id, event id, producer, topic, loan id, reason; then the value time in microseconds and the
 * offset as eight bytes each and the partition as four. So no two orders have the same signed bytes, nobody can sign under
 * another's name, and a signature under a record says nothing here. Stateless, for all threads.
 */
public final class SkipApproval {
    static final String DOMAIN = "io.loanledger operator skip 1";

    private SkipApproval() {}

    /** Signs the order; approvals that it has already are not part of what is signed. */
    public static Approval sign(OperatorSkip order, String operator, String keyId, PrivateKey key) {
        byte[] signature = Ed25519.sign(key, signedBytes(order, operator, keyId));
        return new Approval(operator, keyId, Base64.getEncoder().encodeToString(signature));
    }

    static byte[] signedBytes(OperatorSkip order, String operator, String keyId) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            text(out, DOMAIN);
            text(out, operator);
            text(out, keyId);
            text(out, order.getEventId());
            text(out, order.getProducer());
            text(out, order.getTopic());
            text(out, order.getLoanId());
            text(out, order.getReason());
            out.writeLong(ChronoUnit.MICROS.between(Instant.EPOCH, order.getOccurredAt()));
            out.writeLong(order.getOffset());
            out.writeInt(order.getPartition());
        } catch (IOException impossible) {
            throw new UncheckedIOException("a buffer in memory refused bytes", impossible);
        }
        return bytes.toByteArray();
    }

    private static void text(DataOutputStream out, @Nullable String text) throws IOException {
        if (text == null) {
            out.writeInt(-1);
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}

package io.loanledger.core.liquidation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/**
 * Ids that follow from what they name: the same block, order or task always has the same one, so a replay cannot make a second.
 *
 * <p>Every part enters the hash behind its length, so that ("a", "bc") and ("ab", "c") differ. Order and task ids are UUIDs of version 8
 * as RFC 9562 (appendix B.2) forms them from SHA-256, 36 characters, within what FIX venues accept as ClOrdID.
 */
final class NameBasedIds {
    private NameBasedIds() {}

    /** SHA-256 over the members, 64 hexadecimal digits. The round tells two blocks of the same case and quantity apart. */
    static String ofBlock(String market, List<BlockEntry.Member> members) {
        MessageDigest digest = sha256();
        add(digest, "block");
        add(digest, market);
        for (BlockEntry.Member member : members) {
            add(digest, member.caseId());
            add(digest, Integer.toString(member.round()));
            add(digest, member.quantity().amount().toPlainString());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static String ofOrder(String blockId, int slice, int attempt) {
        return uuid("order", blockId, Integer.toString(slice), Integer.toString(attempt));
    }

    static String ofCancel(String orderId, int number) {
        return uuid("cancel", orderId, Integer.toString(number));
    }

    static String ofQuestion(String orderId, int number) {
        return uuid("question", orderId, Integer.toString(number));
    }

    static String ofTask(String caseId, int round) {
        return uuid("task", caseId, Integer.toString(round));
    }

    private static String uuid(String... parts) {
        MessageDigest digest = sha256();
        for (String part : parts) {
            add(digest, part);
        }
        ByteBuffer hash = ByteBuffer.wrap(digest.digest());
        long high = (hash.getLong() & ~0xF000L) | 0x8000L;
        long low = (hash.getLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }

    private static void add(MessageDigest digest, String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

package io.loanledger.streams;

import io.loanledger.events.Approval;
import io.loanledger.events.OperatorSkip;
import io.loanledger.events.approval.OperatorKeys;
import io.loanledger.events.approval.SkipApproval;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Operators with keys of their own, and the orders that they sign. */
public final class Operators {
    private final Map<String, KeyPair> pairs = new TreeMap<>();

    public Operators(String... names) {
        for (String name : names) {
            pairs.put(name, newPair());
        }
    }

    public static KeyPair newPair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (NoSuchAlgorithmException missing) {
            throw new AssertionError(missing);
        }
    }

    /** The lines of a file of public keys. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        pairs.forEach((name, pair) -> lines.add(name + " " + name + "-1 "
                + Base64.getEncoder().encodeToString(pair.getPublic().getEncoded())));
        return lines;
    }

    public OperatorKeys keys() {
        return OperatorKeys.parse(lines());
    }

    /** An order without any approval. */
    public static OperatorSkip order(String eventId, String topic, int partition, long offset) {
        return new OperatorSkip(
                eventId, Instant.EPOCH, "test", topic, partition, offset, null, "a test", new ArrayList<>());
    }

    /** The same order, approved by these. */
    public OperatorSkip approved(OperatorSkip order, String... names) {
        List<Approval> approvals = new ArrayList<>();
        for (String name : names) {
            approvals.add(SkipApproval.sign(order, name, name + "-1", pair(name).getPrivate()));
        }
        return OperatorSkip.newBuilder(order).setApprovals(approvals).build();
    }

    private KeyPair pair(String name) {
        return pairs.computeIfAbsent(name, unknown -> newPair());
    }
}

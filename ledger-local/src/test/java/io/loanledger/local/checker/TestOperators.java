package io.loanledger.local.checker;

import io.loanledger.events.Approval;
import io.loanledger.events.OperatorSkip;
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

/** Operators with keys of their own. */
final class TestOperators {
    private final Map<String, KeyPair> pairs = new TreeMap<>();

    TestOperators(String... names) {
        for (String name : names) {
            try {
                pairs.put(name, KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
            } catch (NoSuchAlgorithmException missing) {
                throw new AssertionError(missing);
            }
        }
    }

    /** The lines of a file of public keys. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        pairs.forEach((name, pair) -> lines.add(name + " " + name + "-1 "
                + Base64.getEncoder().encodeToString(pair.getPublic().getEncoded())));
        return lines;
    }

    /** An order that all of them have signed. */
    OperatorSkip order(String eventId, String topic, int partition, long offset) {
        OperatorSkip order = new OperatorSkip(
                eventId, Instant.EPOCH, "test", topic, partition, offset, null, "ticket 4711", new ArrayList<>());
        List<Approval> approvals = new ArrayList<>();
        pairs.forEach((name, pair) -> approvals.add(SkipApproval.sign(order, name, name + "-1", pair.getPrivate())));
        return OperatorSkip.newBuilder(order).setApprovals(approvals).build();
    }
}

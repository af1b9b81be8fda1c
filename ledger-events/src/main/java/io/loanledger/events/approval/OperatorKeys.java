package io.loanledger.events.approval;

import io.loanledger.events.Approval;
import io.loanledger.events.OperatorSkip;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The operators whose word counts, by their public keys. Immutable, for all threads.
 *
 * <p>A file of keys has a line for each: operator, key id, and the public key as the Base64 of its X.509 form, separated by blanks;
 * empty lines and lines that begin with {@code #} say nothing.
 */
public final class OperatorKeys {
    /** Nobody: every order is refused. */
    public static final OperatorKeys NONE = new OperatorKeys(Map.of());

    private static final int WORDS = 3;

    /** What a look at an order's approvals shows. */
    public enum Verdict {
        /** Two different operators at least, and every signature holds. */
        APPROVED,
        /** Fewer than two approvals. */
        TOO_FEW_APPROVALS,
        /** Signed with a key that is not known here. */
        UNKNOWN_KEY,
        /** Signed with the key of somebody else. */
        WRONG_OPERATOR,
        /** The signature does not belong to this order. */
        FORGED,
        /** One operator twice. */
        SAME_OPERATOR
    }

    private record Known(String operator, PublicKey key) {}

    private final Map<String, Known> keys;

    private OperatorKeys(Map<String, Known> keys) {
        this.keys = Map.copyOf(keys);
    }

    /**
     * Reads a file of keys.
     *
     * @throws IllegalArgumentException if it cannot be read, or says the impossible
     */
    public static OperatorKeys read(Path file) {
        try {
            return parse(Files.readAllLines(file, StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("expected a file of public keys that can be read", unreadable);
        }
    }

    /**
     * Reads the lines of a file of keys.
     *
     * @throws IllegalArgumentException if a line is no key, or a key id or a key stands twice
     */
    public static OperatorKeys parse(List<String> lines) {
        Map<String, Known> keys = new HashMap<>();
        Set<PublicKey> seen = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String[] words = line.split("\\s+", -1);
            if (words.length != WORDS) {
                throw new IllegalArgumentException("line " + (i + 1) + ": expected operator, key id, public key");
            }
            PublicKey key = key(words[2], i + 1);
            if (!seen.add(key)) {
                throw new IllegalArgumentException("line " + (i + 1) + ": this key is somebody's already");
            }
            if (keys.put(words[1], new Known(words[0], key)) != null) {
                throw new IllegalArgumentException("line " + (i + 1) + ": this key id stands twice");
            }
        }
        return new OperatorKeys(keys);
    }

    private static PublicKey key(String base64, int line) {
        try {
            byte[] encoded = Base64.getDecoder().decode(base64);
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            throw new IllegalArgumentException("line " + line + ": no public key of Ed25519", malformed);
        }
    }

    /** Whether the order may be followed; the first thing wrong, in the order of its approvals, if not. */
    public Verdict verdict(OperatorSkip order) {
        if (order.getApprovals().size() < 2) {
            return Verdict.TOO_FEW_APPROVALS;
        }
        Set<String> operators = new HashSet<>();
        for (Approval approval : order.getApprovals()) {
            Known known = keys.get(approval.getKeyId());
            if (known == null) {
                return Verdict.UNKNOWN_KEY;
            }
            if (!known.operator().equals(approval.getOperator())) {
                return Verdict.WRONG_OPERATOR;
            }
            if (!holds(order, approval, known.key())) {
                return Verdict.FORGED;
            }
            operators.add(known.operator());
        }
        return operators.size() < 2 ? Verdict.SAME_OPERATOR : Verdict.APPROVED;
    }

    private static boolean holds(OperatorSkip order, Approval approval, PublicKey key) {
        byte[] signature;
        try {
            signature = Base64.getDecoder().decode(approval.getSignature());
        } catch (IllegalArgumentException malformed) {
            return false;
        }
        byte[] message = SkipApproval.signedBytes(order, approval.getOperator(), approval.getKeyId());
        return Ed25519.isValid(key, message, signature);
    }
}

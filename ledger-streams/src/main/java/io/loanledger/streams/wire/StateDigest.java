package io.loanledger.streams.wire;

import java.security.MessageDigest;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * One number for the state of many loans: the SHA-256 over the stored form of each, in the order of their ids. Stores and a fold of the
 * journal that agree on it hold the same loans, in whatever process each was made.
 *
 * @param loans how many
 * @param sha256 lower-case hexadecimal
 */
public record StateDigest(int loans, String sha256) {
    /** Of loans in any order; each id once. */
    public static StateDigest of(Collection<StoredLoan> loans) {
        List<StoredLoan> sorted = loans.stream()
                .sorted(Comparator.comparing(stored -> stored.loan().loanId()))
                .toList();
        LoanCodec codec = new LoanCodec((productId, version) -> {
            throw new IllegalStateException("a digest reads no loan");
        });
        MessageDigest digest = Sha256.newDigest();
        String former = null;
        for (StoredLoan stored : sorted) {
            String loanId = stored.loan().loanId();
            if (loanId.equals(former)) {
                throw new IllegalArgumentException("twice in one state: " + loanId);
            }
            former = loanId;
            digest.update(codec.encode(stored));
        }
        return new StateDigest(sorted.size(), HexFormat.of().formatHex(digest.digest()));
    }
}

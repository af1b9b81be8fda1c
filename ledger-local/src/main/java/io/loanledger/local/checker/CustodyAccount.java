package io.loanledger.local.checker;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** What custody's own facts about a loan add up to, by asset, and where its statements differ from that. One thread. */
final class CustodyAccount {
    /** Latest value time of a fact that moved coin, microseconds. */
    long movedAt = Long.MIN_VALUE;

    private Map<String, BigDecimal> sums = new HashMap<>(2);
    final Map<String, Difference> open = new HashMap<>(2);

    /** An open difference; {@code asOf} is the cut of the statement. */
    record Difference(BigDecimal ours, BigDecimal theirs, long asOf) {
        BigDecimal gap() {
            return ours.subtract(theirs);
        }
    }

    void add(String asset, BigDecimal quantity) {
        sums.merge(asset, quantity, BigDecimal::add);
    }

    BigDecimal sum(String asset) {
        return Objects.requireNonNull(sums.getOrDefault(asset, BigDecimal.ZERO));
    }

    /** Whether the custodian has less than its facts say: then nothing is released. */
    boolean isShort() {
        return open.values().stream().anyMatch(each -> each.gap().signum() > 0);
    }

    CustodyAccount copy() {
        CustodyAccount copy = new CustodyAccount();
        copy.movedAt = movedAt;
        copy.sums = new HashMap<>(sums);
        copy.open.putAll(open);
        return copy;
    }
}

package io.loanledger.local.checker;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * By market, what its coin counts less because the lender's whole book has much of it. Each keeps the number of the terms record that said it,
 * so that one can ask as of an earlier one. One thread.
 */
final class AddOns {
    private final Map<String, List<Said>> byMarket = new HashMap<>();
    private int known;

    private record Said(int version, BigDecimal addOn, int readAt) {}

    void take(String market, int version, BigDecimal addOn, int readAt) {
        byMarket.computeIfAbsent(market, m -> new ArrayList<>()).add(new Said(version, addOn, readAt));
    }

    /** From now on only what the first so many terms records said counts. */
    void asOf(int terms) {
        known = terms;
    }

    boolean isEmpty() {
        return byMarket.isEmpty();
    }

    /** That of the highest version; the first of a version stands. */
    BigDecimal of(String market) {
        int version = 0;
        BigDecimal addOn = BigDecimal.ZERO;
        for (Said said : byMarket.getOrDefault(market, List.of())) {
            if (said.readAt() < known && said.version() > version) {
                version = said.version();
                addOn = said.addOn();
            }
        }
        return addOn;
    }
}

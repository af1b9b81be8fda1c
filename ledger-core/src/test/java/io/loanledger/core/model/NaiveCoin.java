package io.loanledger.core.model;

import static io.loanledger.core.model.NaiveLoan.ZERO;

import io.loanledger.core.terms.CollateralTerms;
import io.loanledger.core.terms.HaircutTier;
import java.math.BigDecimal;
import java.util.List;

/** What of one asset of a loan came, is there and went. */
final class NaiveCoin {
    /** Of the agreement that holds. */
    CollateralTerms terms;

    /** Whether it is the loan's: requested, or credited once. */
    boolean isLoans;

    BigDecimal deposited = ZERO;
    BigDecimal held = ZERO;
    BigDecimal reserved = ZERO;
    BigDecimal releasing = ZERO;
    BigDecimal sold = ZERO;
    BigDecimal delivered = ZERO;
    BigDecimal released = ZERO;
    BigDecimal reverted = ZERO;
    BigDecimal missing = ZERO;

    NaiveCoin(CollateralTerms terms, boolean isLoans) {
        this.terms = terms;
        this.isLoans = isLoans;
    }

    String code() {
        return terms.asset().code();
    }

    BigDecimal pledged() {
        return held.subtract(releasing).subtract(missing).max(ZERO);
    }

    BigDecimal free() {
        return held.subtract(releasing).subtract(reserved).subtract(missing).max(ZERO);
    }

    BigDecimal lot() {
        return terms.lotSize().amount();
    }

    /** Nothing is held, and the desk has what was sold. */
    boolean isGone() {
        return held.signum() == 0 && delivered.compareTo(sold) == 0;
    }

    boolean hasLot() {
        return pledged().compareTo(lot()) >= 0;
    }

    /** All that is pledged, in whole lots. */
    BigDecimal allLots() {
        return pledged().divideToIntegralValue(lot()).multiply(lot());
    }

    /** What of a quantity counts: every part of it by the tier in which it lies. */
    BigDecimal counted(BigDecimal quantity) {
        List<HaircutTier> tiers = terms.tiers();
        BigDecimal counted = ZERO;
        for (int i = 0; i < tiers.size(); i++) {
            BigDecimal from = tiers.get(i).over().amount();
            BigDecimal to =
                    i + 1 < tiers.size() ? quantity.min(tiers.get(i + 1).over().amount()) : quantity;
            BigDecimal share =
                    BigDecimal.ONE.subtract(NaiveLoan.decimal(tiers.get(i).haircut()));
            counted = counted.add(to.subtract(from).max(ZERO).multiply(share));
        }
        return counted;
    }
}

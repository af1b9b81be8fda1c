package io.loanledger.local.checker;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event as the rules demand it: its type, the fields that the rules fix, its double entry and the balances after it. Fields that are
 * only prose are not there.
 *
 * @param postings account and asset, as "CASH USD", with what is debited; credits are negative; nothing that is zero
 * @param balances by the journal's names; null before terms are bound
 */
record Said(
        String type,
        Map<String, Object> fields,
        Map<String, BigDecimal> postings,
        @Nullable Map<String, Object> balances) {

    /** An amount of an asset, written with all of its places. */
    record Amount(BigDecimal amount, String asset, int scale) {
        @Override
        public String toString() {
            return text(amount, scale) + " " + asset;
        }
    }

    /** A number that two who count to 45 digits agree on, but for the last of its places. */
    record Approximately(BigDecimal number) {
        private static final BigDecimal OFF = BigDecimal.ONE.movePointLeft(24);

        boolean isNear(BigDecimal other) {
            return number.subtract(other)
                            .abs()
                            .compareTo(OFF.multiply(number.abs().max(BigDecimal.ONE)))
                    <= 0;
        }
    }

    /** An amount that is left out where it is zero. */
    record Maybe(Amount amount) {}

    /** A number whose places are not fixed. */
    record Figure(BigDecimal number) {
        @Override
        public String toString() {
            return number.toPlainString();
        }
    }

    /** A spread of money in an asset. */
    record Spreading(Spread spread, String asset, int scale) {}

    /** Another pledged coin than the one that evidence is of. */
    record Other(IndexRecord index, Amount pledged, BigDecimal counted) {}

    /** What a unit of the debt counted for, by which record. */
    record Owed(DebtPrice terms, IndexRecord index, BigDecimal measure) {
        static @Nullable Owed of(Priced at) {
            DebtPrice terms = at.debt();
            IndexRecord index = terms == null ? null : at.byMarket().get(terms.market());
            return terms == null || index == null ? null : new Owed(terms, index, at.measure());
        }
    }

    /** The price behind a decision, and the ratio as exposure x unit over value x unit. */
    record Evidence(
            IndexRecord index,
            BigDecimal exposure,
            BigDecimal value,
            BigDecimal unit,
            Amount pledged,
            @Nullable BigDecimal counted,
            Amount stabilised,
            Ratio haircut,
            Limit limit,
            Product terms,
            @Nullable Integer maturity,
            BigDecimal addOn,
            List<Other> others,
            @Nullable Owed owed) {

        static Evidence of(Loan loan, Priced at, BigDecimal scaledExposure, Limit limit) {
            BigDecimal unit = loan.countedUnit();
            Map<String, BigDecimal> pledges = loan.pledges();
            Coin told = loan.coinOf(at);
            BigDecimal pledged = loan.basket(told.asset()).pledged();
            List<Other> others = loan.pledgedCoins().stream()
                    .filter(coin -> !coin.equals(told))
                    .map(coin -> {
                        BigDecimal quantity = pledges.getOrDefault(coin.asset(), BigDecimal.ZERO);
                        return new Other(at.of(coin), loan.coins(quantity, coin.asset()), counted(coin, quantity, at));
                    })
                    .toList();
            return new Evidence(
                    at.of(told),
                    scaledExposure.multiply(unit),
                    loan.scaledValue(pledges, at),
                    Accrual.unit(loan).multiply(unit),
                    loan.coins(pledged, told.asset()),
                    told.tiers().size() == 1 && at.addOn(told).signum() == 0 ? null : counted(told, pledged, at),
                    loan.money(loan.stabilised),
                    told.haircut(),
                    limit,
                    loan.terms(),
                    loan.startedOn == Loan.NO_DAY ? null : loan.maturity(),
                    at.addOn(told),
                    others,
                    Owed.of(at));
        }

        private static BigDecimal counted(Coin coin, BigDecimal quantity, Priced at) {
            return coin.counted(quantity).divide(coin.countedUnit()).multiply(BigDecimal.ONE.subtract(at.addOn(coin)));
        }
    }

    /** A loan's coin besides the one it was asked for on, each as the journal names its figures. */
    record Further(List<Map<String, String>> coins) {}

    /** A field that must be null. */
    enum Nothing {
        NULL
    }

    static String text(BigDecimal amount, int scale) {
        return amount.scale() > scale && amount.stripTrailingZeros().scale() > scale
                ? amount.toPlainString()
                : amount.setScale(scale).toPlainString();
    }

    /** Builds the fields in the order of their names and values. */
    static Map<String, Object> fields(Object... namesAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }
}

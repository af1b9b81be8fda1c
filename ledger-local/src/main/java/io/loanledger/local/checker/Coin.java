package io.loanledger.local.checker;

import static java.math.BigDecimal.ZERO;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * A collateral asset that a product takes.
 *
 * @param tiers the first over nothing; of each, what lies over it counts less its haircut
 * @param openLtv in place of the product's; null for that
 */
record Coin(
        String asset,
        int scale,
        String market,
        List<Tier> tiers,
        BigDecimal lot,
        @Nullable Ratio openLtv) {
    /** What lies over a quantity. */
    record Tier(BigDecimal over, Ratio haircut) {}

    static Coin read(GenericRecord taken) {
        GenericRecord asset = (GenericRecord) taken.get("asset");
        List<Tier> tiers = new ArrayList<>();
        tiers.add(new Tier(ZERO, Terms.rate(taken, "haircut")));
        for (GenericRecord tier : Terms.parts(taken, "tiers")) {
            tiers.add(new Tier(
                    new BigDecimal(tier.get("over").toString()).stripTrailingZeros(), Terms.rate(tier, "haircut")));
        }
        return new Coin(
                asset.get("code").toString(),
                (Integer) asset.get("scale"),
                taken.get("market").toString(),
                List.copyOf(tiers),
                new BigDecimal(taken.get("lotSize").toString()).stripTrailingZeros(),
                Terms.rateOrNull(taken, "openLtv"));
    }

    /** Of the first tier. */
    Ratio haircut() {
        return tiers.getFirst().haircut();
    }

    /** The least common denominator of the haircuts. */
    BigDecimal countedUnit() {
        BigInteger least = BigInteger.ONE;
        for (Tier tier : tiers) {
            BigInteger under = tier.haircut().denominator();
            least = least.multiply(under).divide(least.gcd(under));
        }
        return new BigDecimal(least);
    }

    /** Of several coins. */
    static BigDecimal commonUnit(List<Coin> coins) {
        BigInteger least = BigInteger.ONE;
        for (Coin coin : coins) {
            BigInteger unit = coin.countedUnit().toBigInteger();
            least = least.multiply(unit).divide(least.gcd(unit));
        }
        return new BigDecimal(least);
    }

    /** What a quantity counts, times {@link #countedUnit}. */
    BigDecimal counted(BigDecimal quantity) {
        BigDecimal counted = ZERO;
        for (int i = 0; i < tiers.size(); i++) {
            BigDecimal over = tiers.get(i).over();
            BigDecimal through =
                    i + 1 < tiers.size() ? quantity.min(tiers.get(i + 1).over()) : quantity;
            if (through.compareTo(over) > 0) {
                counted = counted.add(through.subtract(over).multiply(share(i)));
            }
        }
        return counted;
    }

    private BigDecimal share(int tier) {
        Ratio rest = tiers.get(tier).haircut().rest();
        return rest.over().multiply(countedUnit()).divide(rest.under());
    }

    /** The least quantity, in whole units of the asset, that counts {@code wanted / parts}, which is times {@link #countedUnit}. */
    BigDecimal leastThatCounts(BigDecimal wanted, BigDecimal parts) {
        int tier = 0;
        while (tier + 1 < tiers.size()
                && counted(tiers.get(tier + 1).over()).multiply(parts).compareTo(wanted) < 0) {
            tier++;
        }
        BigDecimal over = tiers.get(tier).over();
        BigDecimal perCoin = share(tier).multiply(parts);
        return over.multiply(perCoin)
                .add(wanted)
                .subtract(counted(over).multiply(parts))
                .divide(perCoin, scale, RoundingMode.CEILING);
    }
}

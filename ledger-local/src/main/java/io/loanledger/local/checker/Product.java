package io.loanledger.local.checker;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** The terms of a product, as the risk team wrote them; equal where they say the same. */
record Product(
        String id,
        int version,
        String debtAsset,
        int debtScale,
        Map<String, Coin> coins,
        Ratio openLtv,
        Ladder ladder,
        Selling selling,
        Ratio annualRate,
        Agreed agreed,
        Interest interest,
        Agreement agreement,
        @Nullable Releases releases,
        boolean mixed) {

    static Product read(GenericRecord record) {
        GenericRecord debt = (GenericRecord) record.get("debtAsset");
        Map<String, Coin> coins = new LinkedHashMap<>();
        for (Object each : (List<?>) record.get("collateral")) {
            Coin coin = Coin.read((GenericRecord) each);
            coins.put(coin.asset(), coin);
        }
        return new Product(
                record.get("productId").toString(),
                (Integer) record.get("version"),
                debt.get("code").toString(),
                (Integer) debt.get("scale"),
                coins,
                Ratio.read((GenericRecord) record.get("openLtv")),
                Ladder.read(record),
                Selling.read(record),
                Terms.rate(record, "annualRate"),
                Agreed.read(record),
                Interest.read(Terms.part(record, "agreement")),
                Agreement.read(record),
                Releases.read(Terms.part(record, "release")),
                Boolean.TRUE.equals(Terms.field(record, "mixedCollateral")));
    }

    /** The lowest at which a payout is stopped: that of a call or a band, or the hard one. */
    Limit firstLimit() {
        return ladder.rungs().stream()
                .filter(rung -> !rung.is(Ladder.NOTICE))
                .findFirst()
                .map(Ladder.Rung::limit)
                .orElse(selling.limit());
    }

    /** The same terms, where both say something. */
    boolean sameAs(Product other) {
        Product compared = new Product(
                other.id,
                other.version,
                other.debtAsset,
                other.debtScale,
                other.coins,
                other.openLtv,
                other.ladder,
                other.selling,
                other.annualRate,
                agreed,
                other.interest,
                other.agreement,
                other.releases,
                other.mixed);
        return equals(compared) && agreed.sameAs(other.agreed);
    }
}

package io.loanledger.local.checker;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;

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
        Agreed agreed) {

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
                Agreed.read(record));
    }

    /** The lowest at which a payout is stopped: that of a call, or the hard one. */
    Limit firstLimit() {
        Ladder.Rung lowest = ladder.lowest(Ladder.CALL);
        return lowest == null ? selling.limit() : lowest.limit();
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
                agreed);
        return equals(compared) && agreed.sameAs(other.agreed);
    }
}

package io.loanledger.local.checker;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;

/** The terms of a product, as the risk team wrote them. Times in microseconds. */
record Product(
        String id,
        int version,
        String debtAsset,
        int debtScale,
        Map<String, Coin> coins,
        Ratio openLtv,
        Limit call,
        Ratio cureLtv,
        long cureMicros,
        long factLagMicros,
        boolean stopsAtDetection,
        Limit sale,
        Ratio targetLtv,
        BigDecimal minimumResidualDebt,
        Ratio feeRate,
        Ratio floorDiscount,
        Ratio annualRate,
        Agreed agreed) {
    private static final long MICROS = 1_000_000;

    /** A collateral asset that the product takes. */
    record Coin(String asset, int scale, String market, Ratio haircut, BigDecimal lot) {}

    static Product read(GenericRecord record) {
        GenericRecord debt = (GenericRecord) record.get("debtAsset");
        GenericRecord call = (GenericRecord) record.get("marginCall");
        GenericRecord sale = (GenericRecord) record.get("liquidation");
        Map<String, Coin> coins = new LinkedHashMap<>();
        for (Object each : (List<?>) record.get("collateral")) {
            GenericRecord taken = (GenericRecord) each;
            GenericRecord asset = (GenericRecord) taken.get("asset");
            String code = asset.get("code").toString();
            coins.put(
                    code,
                    new Coin(
                            code,
                            (Integer) asset.get("scale"),
                            taken.get("market").toString(),
                            rate(taken, "haircut"),
                            new BigDecimal(taken.get("lotSize").toString())));
        }
        return new Product(
                record.get("productId").toString(),
                (Integer) record.get("version"),
                debt.get("code").toString(),
                (Integer) debt.get("scale"),
                coins,
                Ratio.read((GenericRecord) record.get("openLtv")),
                Limit.read((GenericRecord) call.get("threshold")),
                Ratio.read((GenericRecord) call.get("cureLtv")),
                (Long) call.get("cureSeconds") * MICROS,
                (Long) call.get("factLagSeconds") * MICROS,
                call.get("clockStopper").toString().equals("DETECTED"),
                Limit.read((GenericRecord) sale.get("threshold")),
                Ratio.read((GenericRecord) sale.get("targetLtv")),
                new BigDecimal(sale.get("minimumResidualDebt").toString()),
                rate(sale, "feeRate"),
                rate(sale, "floorDiscount"),
                rate(record, "annualRate"),
                Agreed.read(record));
    }

    /** On the lender's wire a rate is a decimal, in the journal a fraction. */
    private static Ratio rate(GenericRecord record, String field) {
        Object value = record.get(field);
        return value instanceof GenericRecord fraction ? Ratio.read(fraction) : Ratio.ofDecimal(value.toString());
    }

    /** The same terms, whatever the fractions' common factors. */
    boolean sameAs(Product other) {
        return id.equals(other.id)
                && version == other.version
                && debtAsset.equals(other.debtAsset)
                && debtScale == other.debtScale
                && coinsSameAs(other.coins)
                && openLtv.sameAs(other.openLtv)
                && call.sameAs(other.call)
                && cureLtv.sameAs(other.cureLtv)
                && cureMicros == other.cureMicros
                && factLagMicros == other.factLagMicros
                && stopsAtDetection == other.stopsAtDetection
                && sale.sameAs(other.sale)
                && targetLtv.sameAs(other.targetLtv)
                && minimumResidualDebt.compareTo(other.minimumResidualDebt) == 0
                && feeRate.sameAs(other.feeRate)
                && floorDiscount.sameAs(other.floorDiscount)
                && annualRate.sameAs(other.annualRate)
                && agreed.sameAs(other.agreed);
    }

    private boolean coinsSameAs(Map<String, Coin> others) {
        if (!coins.keySet().equals(others.keySet())) {
            return false;
        }
        for (Coin coin : coins.values()) {
            Coin other = others.get(coin.asset());
            if (other == null
                    || other.scale() != coin.scale()
                    || !other.market().equals(coin.market())
                    || !other.haircut().sameAs(coin.haircut())
                    || other.lot().compareTo(coin.lot()) != 0) {
                return false;
            }
        }
        return true;
    }
}

package io.loanledger.local.checker;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Moves the circumstances of a task to what the head of a decision says it had read, and checks that it can have read that: positions
 * exist and only rise, the task's time is the highest price time among them.
 */
final class TaskClock {
    private final PartitionInputs inputs;
    private final Tally tally;
    final Circumstances now = new Circumstances();
    /** By market, how many records of its series are taken. */
    final Map<String, Integer> taken = new HashMap<>();

    private final Map<String, Map<Integer, Product>> products = new HashMap<>();
    private int termsTaken;
    private long highestPriceTime;

    TaskClock(PartitionInputs inputs, Tally tally) {
        this.inputs = inputs;
        this.tally = tally;
        readFixings();
    }

    /** All rates and add-ons, each from the record on that said it. */
    private void readFixings() {
        for (int i = 0; i < inputs.terms.size(); i++) {
            GenericRecord fixing = Terms.part(inputs.terms.get(i).record(), "rateFixing");
            if (fixing != null) {
                now.fixings.take(
                        fixing.get("rateId").toString(),
                        (Integer) fixing.get("effectiveFrom"),
                        new BigDecimal(fixing.get("value").toString()),
                        i);
            }
            GenericRecord addOn = Terms.part(inputs.terms.get(i).record(), "concentrationAddOn");
            if (addOn != null) {
                now.addOns.take(
                        addOn.get("market").toString(),
                        (Integer) addOn.get("version"),
                        new BigDecimal(addOn.get("addOn").toString()),
                        i);
            }
        }
        asOf(termsTaken);
    }

    /** From now on rates and add-ons are those of the first so many terms records. */
    void asOf(int terms) {
        now.fixings.asOf(terms);
        now.addOns.asOf(terms);
    }

    /** How many of the terms records are taken. */
    int termsTaken() {
        return termsTaken;
    }

    /** @param appendedAtMillis the broker's time of the cause */
    void moveTo(Header header, String place, long appendedAtMillis) {
        header.positions().forEach((market, position) -> moveMarket(market, position[0], position[1], place));
        tally.holds(
                Check.CAUSE_COMMITTED,
                termsTaken == 0 || !liesBehind(header, inputs.terms.get(termsTaken - 1)),
                place,
                () -> "the journal has read terms through " + header.termsEpoch() + "/" + header.termsSequence()
                        + ", which lie behind");
        takeTermsThrough(header.termsEpoch(), header.termsSequence());
        tally.holds(
                Check.CAUSE_COMMITTED,
                header.taskTime() == highestPriceTime,
                place,
                () -> "task time " + header.taskTime() + " is not the highest price time read, " + highestPriceTime);
        now.taskTime = header.taskTime();
        now.appendedAtMillis = appendedAtMillis;
    }

    private static boolean liesBehind(Header header, PartitionInputs.TermsRecord taken) {
        return header.termsEpoch() < taken.epoch()
                || (header.termsEpoch() == taken.epoch() && header.termsSequence() < taken.sequence());
    }

    private void moveMarket(String market, long epoch, long sequence, String place) {
        MarketSeries series = inputs.market(market);
        IndexRecord index = series.find(epoch, sequence);
        int before = taken.getOrDefault(market, 0);
        if (index == null || index.at() + 1 < before) {
            tally.wrong(
                    Check.CAUSE_COMMITTED,
                    place,
                    "the journal has read " + market + " " + epoch + "/" + sequence
                            + (index == null ? ", which is not committed" : ", which lies behind"));
            return;
        }
        for (int at = before; at <= index.at(); at++) {
            highestPriceTime = Math.max(highestPriceTime, series.get(at).priceTime());
        }
        taken.put(market, index.at() + 1);
        now.indexes.put(market, index);
    }

    private void takeTermsThrough(long epoch, long sequence) {
        while (termsTaken < inputs.terms.size()) {
            PartitionInputs.TermsRecord next = inputs.terms.get(termsTaken);
            if (next.epoch() > epoch || (next.epoch() == epoch && next.sequence() > sequence)) {
                return;
            }
            take(next);
            termsTaken++;
            asOf(termsTaken);
        }
    }

    /** Terms to the end of what was taken. */
    void takeAllTerms() {
        takeTermsThrough(Long.MAX_VALUE, Long.MAX_VALUE);
    }

    private void take(PartitionInputs.TermsRecord next) {
        switch (next.kind()) {
            case "PRODUCT_TERMS" ->
                takeProduct(Product.read((GenericRecord) next.record().get("productTerms")));
            case "MARKET_PAUSE" -> {
                GenericRecord pause = (GenericRecord) next.record().get("marketPause");
                String market = pause.get("market").toString();
                if ((Boolean) pause.get("paused")) {
                    now.paused.add(market);
                } else {
                    now.paused.remove(market);
                }
            }
            default -> {} // what says nothing about loans
        }
    }

    private void takeProduct(Product product) {
        Map<Integer, Product> versions = products.computeIfAbsent(product.id(), id -> new HashMap<>());
        if (versions.containsKey(product.version()) || !assetsAgree(product)) {
            return; // known, or contradicting what is known: the former stand
        }
        versions.put(product.version(), product);
        @Nullable Product newest = now.newestTerms.get(product.id());
        if (newest == null || newest.version() < product.version()) {
            now.newestTerms.put(product.id(), product);
        }
        now.assets.putIfAbsent(product.debtAsset(), product.debtScale());
        product.coins().values().forEach(coin -> now.assets.putIfAbsent(coin.asset(), coin.scale()));
    }

    private boolean assetsAgree(Product product) {
        return now.assets.getOrDefault(product.debtAsset(), product.debtScale()) == product.debtScale()
                && product.coins().values().stream()
                        .allMatch(coin -> now.assets.getOrDefault(coin.asset(), coin.scale()) == coin.scale());
    }
}

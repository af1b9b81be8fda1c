package io.loanledger.local.checker;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Holds a journal record against what the rules demand. Every answer is the first difference in words, or null. */
final class Comparison {
    private static final BigDecimal HALF = new BigDecimal("0.5");
    /** The evidence's exposure is for people; the exact ratio beside it is compared exactly. */
    private static final BigDecimal READING = new BigDecimal("0.500001");

    private Comparison() {}

    /** The events of a decision, one after the other. */
    static @Nullable String ofDecision(List<Said> due, Decision decision) {
        for (int i = 0; i < Math.min(due.size(), decision.events.size()); i++) {
            String difference = ofEvent(due.get(i), decision.events.get(i));
            if (difference != null) {
                return difference;
            }
        }
        return due.size() == decision.events.size()
                ? null
                : due.stream().map(Said::type).toList() + " are due, the journal has " + decision.types();
    }

    /** Type and fields of an event. */
    static @Nullable String ofEvent(Said said, GenericRecord actual) {
        if (!said.type().equals(actual.getSchema().getName())) {
            return said.type() + " is due, the journal has "
                    + actual.getSchema().getName();
        }
        for (Map.Entry<String, Object> field : said.fields().entrySet()) {
            if (actual.getSchema().getField(field.getKey()) == null) {
                continue; // written before the field was added to its type
            }
            String difference = ofField(field.getValue(), actual.get(field.getKey()));
            if (difference != null) {
                return said.type() + "." + field.getKey() + ": " + difference;
            }
        }
        return null;
    }

    private static @Nullable String ofField(Object wanted, @Nullable Object actual) {
        if (wanted == Said.Nothing.NULL) {
            return actual == null ? null : "nothing is due, the journal has " + actual;
        }
        if (actual == null && wanted instanceof Said.Maybe maybe) {
            return ofMaybe(maybe.amount().amount(), null);
        }
        if (actual == null) {
            return wanted + " is due, the journal has nothing";
        }
        return switch (wanted) {
            case Said.Amount amount -> differs(amount.toString(), amountText((GenericRecord) actual));
            case Said.Approximately near ->
                near.isNear(new BigDecimal(actual.toString()))
                        ? null
                        : near.number() + " is due, the journal has " + actual;
            case Said.Maybe maybe -> ofMaybe(maybe.amount().amount(), (GenericRecord) actual);
            case Said.Figure number ->
                number.number().compareTo(new BigDecimal(actual.toString())) == 0
                        ? null
                        : number + " is due, the journal has " + actual;
            case Said.Further further -> ofFurther(further, (List<?>) actual);
            case Said.Spreading spreading -> ofSpread(spreading, (GenericRecord) actual);
            case Said.Evidence evidence -> ofEvidence(evidence, (GenericRecord) actual);
            case Product product -> product.sameAs(Product.read((GenericRecord) actual)) ? null : "other terms";
            case Coin coin ->
                differs(
                        coin.asset() + "/" + coin.scale(),
                        ((GenericRecord) actual).get("code") + "/" + ((GenericRecord) actual).get("scale"));
            default -> differs(wanted.toString(), actual.toString());
        };
    }

    private static @Nullable String ofFurther(Said.Further wanted, List<?> actual) {
        if (wanted.coins().size() != actual.size()) {
            return wanted.coins() + " are due, the journal has " + actual;
        }
        for (int i = 0; i < actual.size(); i++) {
            for (Map.Entry<String, String> figure : wanted.coins().get(i).entrySet()) {
                Object stated = ((GenericRecord) actual.get(i)).get(figure.getKey());
                if (!figure.getValue().equals(String.valueOf(stated))) {
                    return figure + " is due, the journal has " + stated;
                }
            }
        }
        return null;
    }

    private static @Nullable String differs(String wanted, String actual) {
        return wanted.equals(actual) ? null : wanted + " is due, the journal has " + actual;
    }

    private static String amountText(GenericRecord amount) {
        return amount.get("amount") + " " + amount.get("asset");
    }

    private static @Nullable String ofSpread(Said.Spreading wanted, GenericRecord actual) {
        Spread spread = wanted.spread();
        Map<String, BigDecimal> amounts = Map.of(
                "fees", spread.fees(),
                "interest", spread.interest(),
                "principal", spread.principal(),
                "surplus", spread.surplus());
        for (Map.Entry<String, BigDecimal> part : amounts.entrySet()) {
            String text = Said.text(part.getValue(), wanted.scale()) + " " + wanted.asset();
            String difference = differs(text, amountText((GenericRecord) actual.get(part.getKey())));
            if (difference != null) {
                return part.getKey() + " " + difference;
            }
        }
        String charges = ofMaybe(spread.costs(), Terms.part(actual, "costs"));
        String difference = charges == null ? ofMaybe(spread.penalties(), Terms.part(actual, "penalties")) : charges;
        return difference == null ? ofParts(wanted, actual) : "costs or penalties: " + difference;
    }

    /** An amount that is left out where it is zero. */
    private static @Nullable String ofMaybe(BigDecimal wanted, @Nullable GenericRecord actual) {
        BigDecimal stated = actual == null
                ? BigDecimal.ZERO
                : new BigDecimal(actual.get("amount").toString());
        return stated.compareTo(wanted) == 0 ? null : wanted + " is due, the journal has " + stated;
    }

    private static @Nullable String ofParts(Said.Spreading wanted, GenericRecord actual) {
        List<Spread.Part> stated = Terms.parts(actual, "parts").stream()
                .map(part -> new Spread.Part(
                        (Integer) part.get("bucket"),
                        new BigDecimal(part.get("fees").toString()),
                        new BigDecimal(part.get("interest").toString()),
                        new BigDecimal(part.get("principal").toString())))
                .toList();
        List<Spread.Part> due = wanted.spread().parts().stream()
                .map(part -> new Spread.Part(
                        part.bucket(),
                        part.fees().setScale(wanted.scale()),
                        part.interest().setScale(wanted.scale()),
                        part.principal().setScale(wanted.scale())))
                .toList();
        return due.equals(stated) ? null : "parts " + due + " are due, the journal has " + stated;
    }

    private static @Nullable String ofEvidence(Said.Evidence wanted, GenericRecord actual) {
        String index = ofIndexRead(wanted.index(), (GenericRecord) actual.get("index"));
        if (index != null) {
            return index;
        }
        String pledged = differs(wanted.pledged().toString(), amountText((GenericRecord) actual.get("collateral")));
        if (pledged != null) {
            return "collateral " + pledged;
        }
        BigDecimal numerator = new BigDecimal(actual.get("numerator").toString());
        BigDecimal denominator = new BigDecimal(actual.get("denominator").toString());
        Said.Owed owed = wanted.owed();
        BigDecimal measure = owed == null ? BigDecimal.ONE : owed.measure();
        BigDecimal exposed = denominator.multiply(wanted.exposure()).multiply(measure);
        if (numerator.multiply(wanted.value()).compareTo(exposed) != 0) {
            return "another ratio: " + wanted.exposure() + "/" + wanted.value() + " is due, the journal has "
                    + numerator + "/" + denominator;
        }
        String exposure = ofExposure(wanted, (GenericRecord) actual.get("exposure"));
        if (exposure != null) {
            return exposure;
        }
        if (!Ratio.read((GenericRecord) actual.get("haircut")).equals(wanted.haircut())) {
            return "another haircut";
        }
        if (!Limit.read((GenericRecord) actual.get("threshold")).equals(wanted.limit())) {
            return "another threshold than " + wanted.limit();
        }
        String others = ofWhatElseCounts(wanted, actual);
        if (others != null) {
            return others;
        }
        String basis = ofBasis(wanted, actual);
        if (basis != null) {
            return basis;
        }
        return differs(
                wanted.terms().id() + "/" + wanted.terms().version(),
                actual.get("productId") + "/" + actual.get("termsVersion"));
    }

    private static @Nullable String ofWhatElseCounts(Said.Evidence wanted, GenericRecord actual) {
        Object counted = Terms.field(actual, "counted");
        BigDecimal due = wanted.counted();
        boolean same = (counted == null || due == null)
                ? (counted == null && due == null)
                : due.compareTo(new BigDecimal(counted.toString())) == 0;
        if (!same) {
            return due + " counts, the journal has " + counted;
        }
        BigDecimal addOn = new BigDecimal(Terms.text(actual, "addOn", "0"));
        if (addOn.compareTo(wanted.addOn()) != 0) {
            return "an add-on of " + wanted.addOn() + " is due, the journal has " + addOn;
        }
        String debt = ofOwed(wanted.owed(), Terms.part(actual, "debt"));
        if (debt != null) {
            return debt;
        }
        String others = ofOthers(wanted.others(), Terms.parts(actual, "others"));
        if (others != null) {
            return others;
        }
        String stabilised = ofMaybe(wanted.stabilised().amount(), Terms.part(actual, "stabilised"));
        return stabilised == null ? null : "stabilised: " + stabilised;
    }

    private static @Nullable String ofOwed(Said.@Nullable Owed wanted, @Nullable GenericRecord actual) {
        if (wanted == null || actual == null) {
            return wanted == null && actual == null ? null : wanted + " measures the debt, the journal has " + actual;
        }
        IndexRecord index = wanted.index();
        boolean same =
                index.name().equals(actual.get("market") + " " + actual.get("epoch") + "/" + actual.get("sequence"))
                        && actual.get("priceTime").equals(index.priceTime())
                        && ((GenericRecord) actual.get("quote"))
                                .get("code")
                                .toString()
                                .equals(wanted.terms().quote())
                        && new BigDecimal(actual.get("measure").toString()).compareTo(wanted.measure()) == 0;
        return same ? null : wanted + " measures the debt, the journal has " + actual;
    }

    private static @Nullable String ofOthers(List<Said.Other> wanted, List<GenericRecord> actual) {
        if (wanted.size() != actual.size()) {
            return wanted.size() + " other coins are due, the journal has " + actual.size();
        }
        for (int i = 0; i < wanted.size(); i++) {
            Said.Other other = wanted.get(i);
            GenericRecord stated = actual.get(i);
            IndexRecord index = other.index();
            String due = other.pledged() + " of " + index.name() + " of " + index.priceTime();
            String told = amountText((GenericRecord) stated.get("pledged")) + " of " + stated.get("market") + " "
                    + stated.get("epoch") + "/" + stated.get("sequence") + " of " + stated.get("priceTime");
            boolean same = due.equals(told)
                    && other.counted()
                                    .compareTo(
                                            new BigDecimal(stated.get("counted").toString()))
                            == 0
                    && index.priced()
                                    .compareTo(
                                            new BigDecimal(stated.get("price").toString()))
                            == 0;
            if (!same) {
                return "beside it " + due + " is due, the journal has " + stated;
            }
        }
        return null;
    }

    /** Evidence from before these fields was of what is outstanding. */
    private static @Nullable String ofBasis(Said.Evidence wanted, GenericRecord actual) {
        if (actual.getSchema().getField("exposureBasis") == null) {
            return null;
        }
        String basis = differs(wanted.terms().agreed().basis(), Terms.text(actual, "exposureBasis", "OUTSTANDING"));
        return basis != null
                ? "exposure basis " + basis
                : differs("due on " + wanted.maturity(), "due on " + actual.get("maturity"));
    }

    private static @Nullable String ofExposure(Said.Evidence wanted, GenericRecord actual) {
        BigDecimal stated = new BigDecimal(actual.get("amount").toString());
        BigDecimal places = BigDecimal.ONE.movePointLeft(wanted.terms().debtScale());
        BigDecimal off =
                stated.multiply(wanted.unit()).subtract(wanted.exposure()).abs();
        return off.compareTo(places.multiply(READING).multiply(wanted.unit())) <= 0
                ? null
                : "an exposure of " + stated + " is more than " + HALF + " of a unit off";
    }

    /** An index record as the journal quotes it. */
    static @Nullable String ofIndexRead(IndexRecord wanted, GenericRecord actual) {
        String position =
                differs(wanted.name(), actual.get("market") + " " + actual.get("epoch") + "/" + actual.get("sequence"));
        if (position != null) {
            return "index " + position;
        }
        Object price = actual.get("price");
        if (price == null || wanted.priced().compareTo(new BigDecimal(price.toString())) != 0) {
            return "a price of " + wanted.price() + " is due, the journal has " + price;
        }
        if (!actual.get("priceTime").equals(wanted.priceTime())
                || !actual.get("state").toString().equals(wanted.state())) {
            return "time or state of " + wanted.name() + " differ";
        }
        return IndexRecord.sources((java.util.List<?>) actual.get("sources")) == wanted.sources()
                ? null
                : "the venues of " + wanted.name() + " differ";
    }

    /** The double entry. */
    static @Nullable String ofPostings(Said said, GenericRecord actual) {
        Map<String, BigDecimal> entries = postings(actual);
        if (entries.size() != said.postings().size()) {
            return said.type() + ": " + said.postings() + " is due, the journal has " + entries;
        }
        for (Map.Entry<String, BigDecimal> due : said.postings().entrySet()) {
            BigDecimal entry = entries.get(due.getKey());
            if (entry == null || entry.compareTo(due.getValue()) != 0) {
                return said.type() + ": " + due + " is due, the journal has " + entry;
            }
        }
        return null;
    }

    /** Account and asset with the sum of its entries, nothing that is zero. */
    static Map<String, BigDecimal> postings(GenericRecord actual) {
        Map<String, BigDecimal> entries = new HashMap<>();
        for (Object each : (List<?>) actual.get("postings")) {
            GenericRecord entry = (GenericRecord) each;
            BigDecimal amount = new BigDecimal(entry.get("amount").toString());
            if (amount.signum() != 0) {
                entries.merge(entry.get("account") + " " + entry.get("asset"), amount, BigDecimal::add);
            }
        }
        entries.values().removeIf(sum -> sum.signum() == 0);
        return entries;
    }

    /** Balances after the event. */
    static @Nullable String ofBalances(Said said, GenericRecord actual) {
        Map<String, Object> due = said.balances();
        GenericRecord balances = (GenericRecord) actual.get("balances");
        if (due == null || balances == null) {
            return due == null && balances == null ? null : said.type() + ": balances on one side only";
        }
        for (Schema.Field field : balances.getSchema().getFields()) {
            Object wanted = due.get(field.name());
            if (wanted != null) {
                String difference = ofField(wanted, balances.get(field.pos()));
                if (difference != null) {
                    return said.type() + ", balance " + field.name() + ": " + difference;
                }
            }
        }
        return null;
    }
}

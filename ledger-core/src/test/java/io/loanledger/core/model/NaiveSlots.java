package io.loanledger.core.model;

import static io.loanledger.core.model.NaiveLoan.ZERO;

import io.loanledger.core.model.NaiveSpread.Part;
import io.loanledger.core.model.NaiveSpread.Slot;
import io.loanledger.core.terms.Component;
import io.loanledger.core.terms.ProductTerms;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The order of the waterfall, as a list: groups one after the other, in a group component by component, in that the oldest first. */
final class NaiveSlots {
    private NaiveSlots() {}

    static Map<Integer, Part> unpaid(List<NaiveDebt.Bucket> buckets) {
        Map<Integer, Part> unpaid = new TreeMap<>();
        for (NaiveDebt.Bucket bucket : buckets) {
            if (!bucket.isPaid()) {
                unpaid.put(bucket.number, bucket.unpaid());
            }
        }
        return unpaid;
    }

    /** The slots of what is owed, or of what was paid. */
    static List<Slot> of(NaiveSpread all, ProductTerms terms) {
        List<String> order =
                terms.agreed().waterfall().order().stream().map(Component::name).toList();
        boolean oneByOne = terms.agreed().waterfall().bucketByBucket();
        List<Map<Integer, Part>> groups = new ArrayList<>();
        if (oneByOne) {
            new TreeMap<>(all.parts()).forEach((number, part) -> groups.add(Map.of(number, part)));
        } else if (!all.parts().isEmpty()) {
            groups.add(all.parts());
        }
        groups.add(Map.of()); // what is not due
        List<Slot> slots = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            for (String component : order) {
                boolean charge = !component.equals("INTEREST") && !component.equals("PRINCIPAL");
                new TreeMap<>(groups.get(i))
                        .forEach((number, part) -> slots.add(new Slot(component, number, of(part, component))));
                if (charge ? i == 0 : i == groups.size() - 1) {
                    slots.add(new Slot(component, 0, loose(all, component)));
                }
            }
        }
        return slots;
    }

    private static BigDecimal loose(NaiveSpread all, String component) {
        BigDecimal loose = switch (component) {
            case "COSTS" -> all.costs();
            case "PENALTIES" -> all.penalties();
            case "FEES" -> all.fees();
            case "INTEREST" -> all.interest();
            default -> all.principal();
        };
        for (Part part : all.parts().values()) {
            loose = loose.subtract(of(part, component));
        }
        return loose;
    }

    private static BigDecimal of(Part part, String component) {
        return switch (component) {
            case "FEES" -> part.fees();
            case "INTEREST" -> part.interest();
            case "PRINCIPAL" -> part.principal();
            default -> ZERO;
        };
    }
}

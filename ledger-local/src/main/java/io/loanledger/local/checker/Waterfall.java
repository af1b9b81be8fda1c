package io.loanledger.local.checker;

import static java.math.BigDecimal.ZERO;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * In which order money pays, and is taken back.
 *
 * @param order of the components
 * @param bucketByBucket each instalment by itself, oldest first; else all of them together
 * @param reapplies whether a reversal lets what came after be applied again
 */
record Waterfall(List<Component> order, boolean bucketByBucket, boolean reapplies) {
    static final Waterfall PLAIN = new Waterfall(List.of(Component.values()), false, false);

    /** Pays a loan's debt, as it will be once some more interest is posted, and some for days of default. */
    Spread spread(Loan loan, BigDecimal money, BigDecimal moreInterest, BigDecimal morePenalties) {
        Map<Component, BigDecimal> owed = new EnumMap<>(Component.class);
        for (Component component : Component.values()) {
            owed.put(component, loan.owed(component));
        }
        owed.merge(Component.INTEREST, moreInterest, BigDecimal::add);
        owed.merge(Component.PENALTIES, morePenalties, BigDecimal::add);
        List<Spread.Part> unpaid = loan.buckets.stream()
                .filter(Bucket::isUnpaid)
                .map(Bucket::unpaid)
                .toList();
        Spread spread = Spread.NONE;
        BigDecimal left = money;
        for (Slot slot : slots(owed, unpaid)) {
            BigDecimal part = left.min(slot.room());
            if (part.signum() > 0) {
                spread = spread.plus(slot.component(), part, slot.bucket());
                left = left.subtract(part);
            }
        }
        return spread.withSurplus(left);
    }

    /** Takes money back from what was paid: surplus first, then backwards; negative. */
    Spread back(Spread paid, BigDecimal money) {
        Map<Component, BigDecimal> totals = new EnumMap<>(Component.class);
        for (Component component : Component.values()) {
            totals.put(component, paid.of(component));
        }
        BigDecimal surplus = money.min(paid.surplus());
        BigDecimal left = money.subtract(surplus);
        Spread back = Spread.NONE.withSurplus(surplus);
        for (Slot slot : slots(totals, paid.parts()).reversed()) {
            BigDecimal part = left.min(slot.room());
            if (part.signum() > 0) {
                back = back.plus(slot.component(), part, slot.bucket());
                left = left.subtract(part);
            }
        }
        return back.negated();
    }

    /** What is in no instalment: charges belong to the first group, interest and principal to what is not due. */
    private List<Slot> slots(Map<Component, BigDecimal> totals, List<Spread.Part> buckets) {
        List<Slot> slots = new ArrayList<>();
        if (buckets.isEmpty()) {
            addGroup(slots, totals, buckets, List.of(), true, true);
            return slots;
        }
        if (bucketByBucket) {
            for (int i = 0; i < buckets.size(); i++) {
                addGroup(slots, totals, buckets, List.of(buckets.get(i)), i == 0, false);
            }
        } else {
            addGroup(slots, totals, buckets, buckets, true, false);
        }
        addGroup(slots, totals, buckets, List.of(), false, true);
        return slots;
    }

    private void addGroup(
            List<Slot> slots,
            Map<Component, BigDecimal> totals,
            List<Spread.Part> all,
            List<Spread.Part> own,
            boolean charges,
            boolean notDue) {
        for (Component component : order) {
            for (Spread.Part bucket : own) {
                slots.add(new Slot(component, bucket.bucket(), bucket.of(component)));
            }
            boolean isCharge = component != Component.INTEREST && component != Component.PRINCIPAL;
            if (isCharge ? charges : notDue) {
                BigDecimal inBuckets =
                        all.stream().map(bucket -> bucket.of(component)).reduce(ZERO, BigDecimal::add);
                BigDecimal total = totals.getOrDefault(component, ZERO);
                slots.add(new Slot(
                        component, Slot.LOOSE, total.subtract(inBuckets).max(ZERO)));
            }
        }
    }
}

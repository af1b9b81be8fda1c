package io.loanledger.core.model;

import static io.loanledger.core.model.NaiveLoan.ZERO;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How money was spread over what a debt consists of; what of it went to instalments stands in {@code parts}, by their number. */
record NaiveSpread(
        BigDecimal costs,
        BigDecimal penalties,
        BigDecimal fees,
        BigDecimal interest,
        BigDecimal principal,
        BigDecimal surplus,
        Map<Integer, Part> parts) {
    static final NaiveSpread NONE = ofSurplus(ZERO);

    /** Of an instalment. */
    record Part(BigDecimal fees, BigDecimal interest, BigDecimal principal) {
        static final Part NONE = new Part(ZERO, ZERO, ZERO);

        Part plus(Part o) {
            return new Part(fees.add(o.fees), interest.add(o.interest), principal.add(o.principal));
        }

        Part negated() {
            return new Part(fees.negate(), interest.negate(), principal.negate());
        }

        boolean isNothing() {
            return fees.signum() == 0 && interest.signum() == 0 && principal.signum() == 0;
        }
    }

    /** One place money can go to: a component, of an instalment (its number) or of none (0). */
    record Slot(String component, int bucket, BigDecimal amount) {}

    static NaiveSpread ofSurplus(BigDecimal surplus) {
        return new NaiveSpread(ZERO, ZERO, ZERO, ZERO, ZERO, surplus, Map.of());
    }

    /** What went into each slot, added up. */
    static NaiveSpread of(List<Slot> paid, BigDecimal surplus) {
        NaiveSpread sum = ofSurplus(surplus);
        for (Slot slot : paid) {
            sum = sum.plus(of(slot));
        }
        return sum;
    }

    private static NaiveSpread of(Slot slot) {
        BigDecimal a = slot.amount();
        Part part = new Part(
                slot.component().equals("FEES") ? a : ZERO,
                slot.component().equals("INTEREST") ? a : ZERO,
                slot.component().equals("PRINCIPAL") ? a : ZERO);
        return new NaiveSpread(
                slot.component().equals("COSTS") ? a : ZERO,
                slot.component().equals("PENALTIES") ? a : ZERO,
                part.fees(),
                part.interest(),
                part.principal(),
                ZERO,
                slot.bucket() == 0 || part.isNothing() ? Map.of() : Map.of(slot.bucket(), part));
    }

    NaiveSpread negated() {
        Map<Integer, Part> negative = new TreeMap<>();
        parts.forEach((number, part) -> negative.put(number, part.negated()));
        return new NaiveSpread(
                costs.negate(),
                penalties.negate(),
                fees.negate(),
                interest.negate(),
                principal.negate(),
                surplus.negate(),
                negative);
    }

    NaiveSpread plus(NaiveSpread o) {
        Map<Integer, Part> both = new TreeMap<>(parts);
        o.parts.forEach((number, part) -> both.merge(number, part, Part::plus));
        both.values().removeIf(Part::isNothing);
        return new NaiveSpread(
                costs.add(o.costs),
                penalties.add(o.penalties),
                fees.add(o.fees),
                interest.add(o.interest),
                principal.add(o.principal),
                surplus.add(o.surplus),
                both);
    }

    NaiveSpread withSurplus(BigDecimal other) {
        return new NaiveSpread(costs, penalties, fees, interest, principal, other, parts);
    }

    /** What went to buckets that there are no more counts as loose. */
    NaiveSpread inBuckets(List<NaiveDebt.Bucket> buckets) {
        Map<Integer, Part> standing = new TreeMap<>(parts);
        standing.keySet()
                .retainAll(buckets.stream().map(bucket -> bucket.number).toList());
        return new NaiveSpread(costs, penalties, fees, interest, principal, surplus, standing);
    }

    BigDecimal toDebt() {
        return costs.add(penalties).add(fees).add(interest).add(principal);
    }

    BigDecimal total() {
        return toDebt().add(surplus);
    }

    boolean isNothing() {
        return toDebt().signum() == 0 && surplus.signum() == 0 && parts.isEmpty();
    }

    /** Of what this had paid, so much taken back: surplus first, then the slots last to first. */
    NaiveSpread takenBack(BigDecimal amount, List<Slot> slotsOfThis) {
        BigDecimal fromSurplus = amount.min(surplus);
        BigDecimal left = amount.subtract(fromSurplus);
        List<Slot> back = new ArrayList<>();
        for (Slot slot : slotsOfThis.reversed()) {
            BigDecimal part = left.min(slot.amount()).max(ZERO);
            back.add(new Slot(slot.component(), slot.bucket(), part));
            left = left.subtract(part);
        }
        return of(back, fromSurplus).negated();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(Tongue.spread(costs, penalties, fees, interest, principal, surplus));
        parts.forEach(
                (number, part) -> text.append(Tongue.part(number, part.fees(), part.interest(), part.principal())));
        return text.toString();
    }
}

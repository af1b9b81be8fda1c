package io.loanledger.core.terms;

import java.util.EnumSet;
import java.util.List;

/**
 * In which order money pays a debt, and what a payment that is taken back does to those after it.
 *
 * @param order every component once, first paid first
 * @param bucketByBucket whether the oldest instalment is paid altogether before the next; else each component of all that is due
 * @param reapplies whether the payments after a reversed one are taken back and applied again
 */
public record WaterfallTerms(List<Component> order, boolean bucketByBucket, boolean reapplies) {
    /** Of an agreement that says nothing of it. */
    public static final WaterfallTerms PLAIN = new WaterfallTerms(List.of(Component.values()), false, false);

    public WaterfallTerms {
        order = List.copyOf(order);
        if (order.size() != Component.values().length
                || !EnumSet.copyOf(order).containsAll(List.of(Component.values()))) {
            throw new IllegalArgumentException("a waterfall names every component once, not " + order);
        }
    }
}

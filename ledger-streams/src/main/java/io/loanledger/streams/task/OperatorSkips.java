package io.loanledger.streams.task;

import io.loanledger.core.loan.LoanEvent;
import io.loanledger.events.OperatorSkip;
import io.loanledger.events.approval.OperatorKeys;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The records that two operators ordered to be set aside, by their places: those that were committed when the instance started, read
 * before its tasks are, and those that come with the fanned terms. An order is kept only if its approvals hold. Safe for many
 * threads.
 */
public final class OperatorSkips {
    private record Place(String topic, int partition, long offset) {}

    private final OperatorKeys keys;
    private final Map<Place, OperatorSkip> byPlace = new ConcurrentHashMap<>();

    public OperatorSkips(OperatorKeys keys) {
        this.keys = keys;
    }

    /** Keeps an order if it is approved; the first order for a place stands. */
    public OperatorKeys.Verdict accept(OperatorSkip order) {
        OperatorKeys.Verdict verdict = keys.verdict(order);
        if (verdict == OperatorKeys.Verdict.APPROVED) {
            byPlace.putIfAbsent(new Place(order.getTopic(), order.getPartition(), order.getOffset()), order);
        }
        return verdict;
    }

    /** How many places are known. */
    public int size() {
        return byPlace.size();
    }

    @Nullable
    OperatorSkip at(String topic, int partition, long offset) {
        // Nearly always empty: a record pays one look at a map's size.
        return byPlace.isEmpty() ? null : byPlace.get(new Place(topic, partition, offset));
    }

    /** What the journal says of a record that was set aside. */
    static LoanEvent.RecordSkipped event(OperatorSkip order) {
        return new LoanEvent.RecordSkipped(
                order.getEventId(),
                order.getTopic(),
                order.getPartition(),
                order.getOffset(),
                order.getApprovals().get(0).getOperator(),
                secondOperator(order),
                order.getReason());
    }

    /** The first one that is another than the first. */
    private static String secondOperator(OperatorSkip order) {
        String first = order.getApprovals().get(0).getOperator();
        return order.getApprovals().stream()
                .map(approval -> approval.getOperator())
                .filter(operator -> !operator.equals(first))
                .findFirst()
                .orElseThrow();
    }
}

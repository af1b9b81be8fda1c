package io.loanledger.liquidation;

import io.loanledger.events.topic.Topic;

/**
 * Names that outlive the code: the consumer group, the changelog topic and folders on disk are made of them. Changing one abandons
 * what stands under the old name; {@code LiquidationTopologyTest} freezes them.
 */
public final class LiquidationNames {
    /** Consumer group, prefix of the changelog and of the transactional ids. */
    public static final String APPLICATION_ID = "liquidation-processor";

    public static final String TASK = "liquidation-task";

    /** Every entry of every book of the task's markets. */
    public static final String BOOK_STORE = "liquidation-book";

    private LiquidationNames() {}

    /** "desk.executions.v1" is read by "from-desk.executions". */
    public static String sourceOf(Topic topic) {
        return "from-" + withoutVersion(topic);
    }

    /** "liquidation.orders.v1" is written by "to-liquidation.orders". */
    public static String sinkOf(Topic topic) {
        return "to-" + withoutVersion(topic);
    }

    private static String withoutVersion(Topic topic) {
        return topic.name().substring(0, topic.name().lastIndexOf('.'));
    }
}

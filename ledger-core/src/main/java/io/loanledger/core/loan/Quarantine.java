package io.loanledger.core.loan;

/**
 * Why nothing is decided for a loan any more: the invariant that was broken, and the record that broke it.
 *
 * @param invariant by name
 * @param topic of the record that was being processed
 * @param partition of that record
 * @param offset of that record
 */
public record Quarantine(String invariant, String topic, int partition, long offset) {
    /** Whether the record at this place began it. */
    public boolean beganAt(String otherTopic, int otherPartition, long otherOffset) {
        return topic.equals(otherTopic) && partition == otherPartition && offset == otherOffset;
    }
}

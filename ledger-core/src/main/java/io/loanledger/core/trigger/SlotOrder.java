package io.loanledger.core.trigger;

/**
 * A total order of a task's slots that does not depend on how the slots were numbered. It decides which of two loans with equal
 * keys is visited first.
 *
 * <p>Slot numbers differ after every rebuild of a task, loan ids do not: {@link LoanSlots#byId()} is the order that replays alike.
 */
@FunctionalInterface
public interface SlotOrder {
    /** Negative when the loan of the first slot comes first; zero only for one and the same slot. */
    int compare(int firstSlot, int secondSlot);
}

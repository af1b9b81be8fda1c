package io.loanledger.events.service;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * What must hold at every moment and is checked by a service while it works, under the name that its counter, its alert and the
 * message of its exception share. Each has a series of {@link LedgerMeter#INVARIANT_VIOLATIONS} from the start of the service
 * that checks it, at 0; a test keeps the alert rules equal to this list. Invariants that only an audit or a test can see are not
 * here.
 */
public enum Invariant {
    COLLATERAL_CONSERVATION(
            "CollateralConservation",
            "deposited + missing coin differs from held + sold + released + reverted, or one of them is below zero, or more is reserved and on its way back than held",
            By.LEDGER),
    POSTINGS_BALANCE("PostingsBalance", "a set of postings does not sum to zero in an asset", By.LEDGER),
    MONOTONE_STATES("MonotoneStates", "a state went backwards", By.LEDGER),
    ONE_OPEN_CASE("OneOpenCase", "a loan has two open liquidation cases", By.LEDGER),
    NO_RELEASE_WHILE_LIQUIDATING(
            "NoReleaseWhileLiquidating", "coin was released from a loan that is being liquidated", By.LEDGER),
    NO_LIQUIDATION_ON_BAD_PRICE(
            "NoLiquidationOnBadPrice", "a loan was judged at a price of a market that is not open", By.LEDGER),
    VERSION_FENCE("VersionFence", "an event does not follow on the version of its loan", By.LEDGER),
    STORED_LOAN("StoredLoan", "a stored loan cannot be read", By.LEDGER),
    STORE_WHOLE("StoreWhole", "a store cannot be read to its end: a part of it is damaged", By.LEDGER, By.LIQUIDATION),
    TASK_STATE("TaskState", "what a task keeps beside its loans cannot be read, or was lost", By.LEDGER),
    BOOK_EQUALS_SUM(
            "BookEqualsSum",
            "the totals of the book differ from the sum of its parts: new orders are stopped",
            By.LEDGER,
            By.LIQUIDATION),
    SELL_BOUND("SellBound", "live order quantity plus filled exceeds what is reserved", By.LEDGER, By.LIQUIDATION),
    ORDER_ARITHMETIC(
            "OrderArithmetic",
            "an order's quantities do not add up: filled, live and ended against ordered",
            By.LIQUIDATION),
    UNFORESEEN("Unforeseen", "something that nobody gave a name", By.LEDGER, By.LIQUIDATION);

    /** The services. */
    public enum By {
        LEDGER,
        LIQUIDATION
    }

    private final String title;
    private final String broken;

    @SuppressWarnings("ImmutableEnumChecker") // filled by the constructor alone
    private final Set<By> checkedBy;

    Invariant(String title, String broken, By first, By... more) {
        this.title = title;
        this.broken = broken;
        this.checkedBy = EnumSet.of(first, more);
    }

    /** The name in messages, meters and alerts. */
    public String title() {
        return title;
    }

    /** What is the case when it does not hold; the words of the alert. */
    public String broken() {
        return broken;
    }

    public boolean isCheckedBy(By service) {
        return checkedBy.contains(service);
    }

    /**
     * The invariant that an exception speaks of: whoever throws for one begins the message with its name and a colon
     * ("VersionFence: ..."), or wraps an exception that does. A bug that nobody foresaw has none.
     */
    public static Invariant in(Throwable broken) {
        for (Throwable cause = broken; cause != null; cause = cause.getCause()) {
            Invariant named = in(String.valueOf(cause.getMessage()));
            if (named != UNFORESEEN) {
                return named;
            }
        }
        return UNFORESEEN;
    }

    /** The same of a message that was not thrown. */
    public static Invariant in(String message) {
        return Arrays.stream(values())
                .filter(invariant -> message.startsWith(invariant.title + ": "))
                .findFirst()
                .orElse(UNFORESEEN);
    }
}

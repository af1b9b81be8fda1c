package io.loanledger.core.protocol;

import static io.loanledger.core.protocol.DeskMove.ACKNOWLEDGE;
import static io.loanledger.core.protocol.DeskMove.BUST;
import static io.loanledger.core.protocol.DeskMove.CANCEL;
import static io.loanledger.core.protocol.DeskMove.CANCEL_UNASKED;
import static io.loanledger.core.protocol.DeskMove.CORRECT_PRICE;
import static io.loanledger.core.protocol.DeskMove.CORRECT_QUANTITY;
import static io.loanledger.core.protocol.DeskMove.EXPIRE;
import static io.loanledger.core.protocol.DeskMove.FILL_PART;
import static io.loanledger.core.protocol.DeskMove.FILL_REST;
import static io.loanledger.core.protocol.DeskMove.OVERFILL;
import static io.loanledger.core.protocol.DeskMove.REFUSE_CANCEL;
import static io.loanledger.core.protocol.DeskMove.REJECT;
import static io.loanledger.core.protocol.DeskMove.REPEAT;
import static io.loanledger.core.protocol.DeskMove.STRANGE_FILL;
import static io.loanledger.core.protocol.Outside.ASK_RELEASE;
import static io.loanledger.core.protocol.Outside.FREEZE;
import static io.loanledger.core.protocol.Outside.HOUR;
import static io.loanledger.core.protocol.Outside.KILL;
import static io.loanledger.core.protocol.Outside.LOCK_REVERTED;
import static io.loanledger.core.protocol.Outside.MINUTE;
import static io.loanledger.core.protocol.Outside.PAUSE;
import static io.loanledger.core.protocol.Outside.PRICE_CALL;
import static io.loanledger.core.protocol.Outside.PRICE_HARD;
import static io.loanledger.core.protocol.Outside.PRICE_HIGH;
import static io.loanledger.core.protocol.Outside.PRICE_LOW;
import static io.loanledger.core.protocol.Outside.PRICE_STALE;
import static io.loanledger.core.protocol.Outside.REPAY_ALL;
import static io.loanledger.core.protocol.Outside.REPAY_SOME;
import static io.loanledger.core.protocol.Outside.TOP_UP;
import static io.loanledger.core.protocol.Outside.UNFREEZE;
import static io.loanledger.core.protocol.Outside.UNKILL;
import static io.loanledger.core.protocol.Outside.UNPAUSE;

import java.util.EnumSet;
import java.util.List;

/** The small cases, each explored whole, and the large one that is walked at random. */
final class Scopes {
    private Scopes() {}

    static List<Scope> whole() {
        return List.of(
                Scope.after("prices", PRICE_HARD)
                        .outside(2, EnumSet.of(PRICE_HIGH, PRICE_LOW))
                        .desk(1, EnumSet.of(FILL_PART, EXPIRE)),
                Scope.after("payments", PRICE_LOW)
                        .outside(2, EnumSet.of(PRICE_HARD, REPAY_SOME, REPAY_ALL))
                        .desk(2, EnumSet.of(FILL_PART, CANCEL)),
                Scope.after("top-ups", PRICE_LOW)
                        .outside(2, EnumSet.of(TOP_UP, REPAY_SOME))
                        .desk(2, EnumSet.of(FILL_PART, CANCEL, REFUSE_CANCEL, EXPIRE)),
                Scope.after("holds", PRICE_HARD)
                        .outside(2, EnumSet.of(PRICE_LOW, FREEZE, UNFREEZE))
                        .desk(2, EnumSet.of(FILL_PART, CANCEL)),
                Scope.after("lost coin", PRICE_HARD)
                        .outside(2, EnumSet.of(PRICE_HARD, LOCK_REVERTED, ASK_RELEASE))
                        .desk(2, EnumSet.of(FILL_PART, CANCEL)),
                Scope.after("deadlines", PRICE_CALL, HOUR)
                        .outside(2, EnumSet.of(PRICE_CALL, REPAY_SOME, PRICE_HARD, TOP_UP))
                        .desk(2, EnumSet.of(FILL_PART, CANCEL)),
                Scope.after("paid in time, read too late", PRICE_CALL, REPAY_SOME, REPAY_SOME, HOUR, PRICE_CALL)
                        .outside(1, EnumSet.of(PRICE_CALL, REPAY_SOME))
                        .desk(3, EnumSet.of(FILL_PART, FILL_REST, CANCEL)),
                Scope.after("kill switch", PRICE_HARD)
                        .outside(2, EnumSet.of(PRICE_HARD, KILL, UNKILL))
                        .desk(2, EnumSet.of(FILL_PART, CANCEL, REFUSE_CANCEL)),
                Scope.after("pauses and silence", PRICE_HARD)
                        .outside(2, EnumSet.of(PRICE_HARD, PRICE_STALE, PAUSE, UNPAUSE, MINUTE))
                        .desk(1, EnumSet.of(FILL_PART, EXPIRE)),
                Scope.after("all that FIX allows", PRICE_LOW).desk(3, EnumSet.range(ACKNOWLEDGE, REPEAT)),
                Scope.after("busts around the end", PRICE_HARD)
                        .outside(1, EnumSet.of(REPAY_ALL))
                        .desk(3, EnumSet.of(FILL_PART, FILL_REST, BUST, CORRECT_PRICE, CORRECT_QUANTITY, CANCEL)),
                Scope.after("slices and rounds", PRICE_LOW)
                        .narrow()
                        .outside(1, EnumSet.of(PRICE_LOW, REPAY_SOME))
                        .desk(3, EnumSet.of(FILL_PART, FILL_REST, EXPIRE, REJECT)),
                Scope.after("two loans", PRICE_LOW)
                        .loans(2)
                        .outside(1, EnumSet.of(PRICE_LOW, REPAY_SOME))
                        .desk(2, EnumSet.of(FILL_PART, FILL_REST, CANCEL)),
                Scope.after("two loans, one slot", PRICE_LOW)
                        .loans(2)
                        .narrow()
                        .outside(1, EnumSet.of(REPAY_ALL))
                        .desk(2, EnumSet.of(FILL_REST, EXPIRE)),
                Scope.after("a desk that errs", PRICE_HARD)
                        .outside(1, EnumSet.of(REPAY_SOME))
                        .desk(2, EnumSet.of(FILL_PART, FILL_REST, CANCEL_UNASKED))
                        .mischief(1, EnumSet.of(OVERFILL, STRANGE_FILL)),
                Scope.after("crashes", PRICE_LOW)
                        .outside(1, EnumSet.of(PRICE_HIGH, REPAY_SOME))
                        .desk(2, EnumSet.of(FILL_REST, EXPIRE, CANCEL))
                        .crashes(),
                Scope.after("a wire that fails", PRICE_LOW)
                        .outside(1, EnumSet.of(PRICE_HIGH, REPAY_SOME))
                        .desk(1, EnumSet.of(FILL_PART, FILL_REST, EXPIRE, CANCEL))
                        .wire(1));
    }

    /** As everything at once, with the generator's actors for the world: the rest of it only stops and lets go. */
    static Scope amongActors(int loans, boolean sliced, boolean mischief, boolean wireFails) {
        Scope scope = everything(loans, false, mischief, wireFails)
                .outside(Integer.MAX_VALUE, EnumSet.of(MINUTE, HOUR, KILL, UNKILL, PAUSE, UNPAUSE));
        return sliced ? scope.sliced() : scope;
    }

    /** Everything at once, for walks. */
    static Scope everything(int loans, boolean narrow, boolean mischief, boolean wireFails) {
        Scope scope = Scope.after("everything")
                .loans(loans)
                .outside(Integer.MAX_VALUE, EnumSet.allOf(Outside.class))
                .desk(Integer.MAX_VALUE, EnumSet.range(ACKNOWLEDGE, REPEAT))
                .mischief(mischief ? 2 : 0, EnumSet.of(OVERFILL, STRANGE_FILL))
                .wire(wireFails ? 3 : 0)
                .crashes();
        return narrow ? scope.narrow() : scope;
    }
}

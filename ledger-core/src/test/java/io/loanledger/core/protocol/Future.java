package io.loanledger.core.protocol;

import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.price.IndexState;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What becomes of a state when everybody does what he should: stops are let go, everything on its way arrives, the desk fills what is
 * live, prices go on. Every case must come to its end.
 */
final class Future {
    private static final int ROUNDS = 12;

    private Future() {}

    /** The steps taken are added to {@code trace}. */
    static State settle(Protocol protocol, Laws laws, State from, List<String> trace) {
        State s = from;
        for (int round = 0; round < ROUNDS; round++) {
            s = drain(protocol, laws, s, trace);
            if (round > 0 && isOver(s)) {
                return s;
            }
            s = work(protocol, laws, s, trace);
            if (round == 0 && Protocol.count(s, Outside.KILL) > Protocol.count(s, Outside.UNKILL)) {
                s = step(protocol, laws, s, new Action.Happen(Outside.UNKILL, ""), trace);
            }
            if (round == 0 && Protocol.count(s, Outside.PAUSE) > Protocol.count(s, Outside.UNPAUSE)) {
                s = step(protocol, laws, s, new Action.Happen(Outside.UNPAUSE, ""), trace);
            }
            s = drain(protocol, laws, s, trace);
            trace.add("a second later the same price");
            s = again(again(s));
        }
        s = drain(protocol, laws, s, trace);
        Laws.require(isOver(s), "NeverEnds", "still open after " + ROUNDS + " rounds", s.ledger().loans);
        return s;
    }

    /** The newest price, published once more a second later. */
    private static State again(State s) {
        IndexPrice newest = Objects.requireNonNull(s.ledger().index);
        BigDecimal price = Objects.requireNonNull(newest.price());
        return Protocol.publish(s, s.clock().plus(Shop.STEP), price, IndexState.LIVE);
    }

    private static boolean isOver(State s) {
        return s.ledger().loans.stream().allMatch(loan -> loan.openCase() == null)
                && s.processor().book().openCases() == 0
                && s.desk().orders.stream().noneMatch(o -> o.leaves().isPositive());
    }

    private static State drain(Protocol protocol, Laws laws, State from, List<String> trace) {
        State s = from;
        for (Channel.Party service : List.of(Channel.Party.LEDGER, Channel.Party.PROCESSOR)) {
            boolean open = service == Channel.Party.LEDGER ? s.ledgerOpen() != null : s.processorOpen() != null;
            if (open) {
                s = step(protocol, laws, s, new Action.Commit(service), trace);
            }
        }
        boolean moved = true;
        while (moved) {
            moved = false;
            for (Channel channel : Channel.values()) {
                while (!s.wires().on(channel).isEmpty()) {
                    s = step(protocol, laws, s, new Action.Deliver(channel, 0, false), trace);
                    Channel.Party reader = channel.reader;
                    if ((reader == Channel.Party.LEDGER && s.ledgerOpen() != null)
                            || (reader == Channel.Party.PROCESSOR && s.processorOpen() != null)) {
                        s = step(protocol, laws, s, new Action.Commit(reader), trace);
                    }
                    moved = true;
                }
            }
        }
        return s;
    }

    private static State work(Protocol protocol, Laws laws, State from, List<String> trace) {
        State s = from;
        for (int i = 0; i < s.desk().orders.size(); i++) {
            for (DeskMove move : new ArrayList<>(List.of(DeskMove.CANCEL, DeskMove.FILL_REST))) {
                if (s.desk().can(move, i)) {
                    s = step(protocol, laws, s, new Action.Act(move, i), trace);
                }
            }
        }
        return s;
    }

    private static State step(Protocol protocol, Laws laws, State from, Action action, List<String> trace) {
        trace.add("then " + action);
        State next = protocol.apply(from, action);
        laws.check(next);
        return next;
    }
}

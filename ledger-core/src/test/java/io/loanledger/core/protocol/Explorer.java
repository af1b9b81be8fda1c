package io.loanledger.core.protocol;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Walks through every state that a scope can reach, breadth first: the first broken law is found by a shortest way to it. */
final class Explorer {
    /** A state and how it was reached. */
    private record Node(
            State state, @Nullable Node parent, @Nullable Action action, int depth) {
        List<String> trace() {
            List<String> steps = new ArrayList<>();
            for (Node node = this; node.parent() != null; node = node.parent()) {
                steps.add(String.valueOf(node.action()));
            }
            Collections.reverse(steps);
            return steps;
        }
    }

    /**
     * What an exploration saw.
     *
     * @param states distinct
     * @param transitions steps from them
     * @param quiet how many of them had nothing on its way, each of which was followed to its end
     * @param depth of the longest shortest way
     * @param complete whether all were seen, not only the first so many
     */
    record Seen(String scope, int states, long transitions, int quiet, int depth, boolean complete) {
        @Override
        public String toString() {
            return "%-26s %9d states %10d transitions %8d followed to their end, depth %d%s"
                    .formatted(scope, states, transitions, quiet, depth, complete ? "" : " (cut)");
        }
    }

    private final Scope scope;
    private final Protocol protocol;
    private final Protocol calm;
    private final Laws laws;

    Explorer(Scope scope, Coverage coverage) {
        this.scope = scope;
        this.laws = new Laws(scope);
        Protocol.Watch both = new Both(laws, coverage);
        this.protocol = new Protocol(scope, both);
        this.calm = new Protocol(scope, both);
    }

    record Both(Protocol.Watch one, Protocol.Watch other) implements Protocol.Watch {
        @Override
        public void ledger(State before, LedgerSide.Heard heard) {
            one.ledger(before, heard);
            other.ledger(before, heard);
        }

        @Override
        public void processor(State before, ProcessorSide.Taken taken) {
            one.processor(before, taken);
            other.processor(before, taken);
        }
    }

    Seen explore(int mostStates) {
        Set<String> known = new HashSet<>();
        Queue<Node> frontier = new ArrayDeque<>();
        Node start = new Node(protocol.start(), null, null, 0);
        known.add(start.state().digest());
        frontier.add(start);
        long transitions = 0;
        int quiet = 0;
        int depth = 0;
        while (!frontier.isEmpty()) {
            Node node = frontier.remove();
            depth = Math.max(depth, node.depth());
            for (Action action : protocol.actions(node.state())) {
                transitions++;
                Node next = new Node(step(node, action), node, action, node.depth() + 1);
                if (known.add(next.state().digest())) {
                    if (next.state().isQuiet() && scope.wireIsTrue()) {
                        quiet++;
                        follow(next);
                    }
                    if (known.size() >= mostStates) {
                        return new Seen(scope.name(), known.size(), transitions, quiet, depth, false);
                    }
                    frontier.add(next);
                }
            }
        }
        return new Seen(scope.name(), known.size(), transitions, quiet, depth, true);
    }

    private State step(Node node, Action action) {
        try {
            State next = protocol.apply(node.state(), action);
            laws.check(next);
            return next;
        } catch (RuntimeException broken) {
            List<String> trace = node.trace();
            trace.add(action.toString());
            throw failure(trace, broken);
        }
    }

    private void follow(Node node) {
        List<String> then = new ArrayList<>();
        try {
            Future.settle(calm, laws, node.state(), then);
        } catch (RuntimeException broken) {
            List<String> trace = node.trace();
            trace.addAll(then);
            throw failure(trace, broken);
        }
    }

    private AssertionError failure(List<String> trace, RuntimeException broken) {
        return new AssertionError(
                "scope " + scope.name() + ": " + broken.getMessage() + "\n  " + String.join("\n  ", trace), broken);
    }
}

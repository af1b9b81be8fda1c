package io.loanledger.core.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A long random life of the two services, repeatable from its seed. A walk that breaks a law is shortened: steps are dropped as long as
 * the rest still breaks the same law.
 */
final class Walk {
    private static final int MOST_WAITING = 25;
    private static final int MOST_ORDERS = 12;

    /** How many of a walk's steps are the actors', once they take part. */
    private static final int ACTORS_PERCENT = 12;

    private final Scope scope;
    private final Coverage coverage;
    private @Nullable Actors actors;
    private long steps;

    Walk(Scope scope, Coverage coverage) {
        this.scope = scope;
        this.coverage = coverage;
    }

    /** The generator's actors are the world, instead of what the scope says of it. */
    Walk among(Actors those) {
        actors = those;
        return this;
    }

    /** How many steps were walked. */
    long steps() {
        return steps;
    }

    /** What went wrong, and after which steps. */
    private record Broken(String law, RuntimeException cause, List<Action> actions) {}

    void walk(long seed, int most) {
        Random random = new Random(seed);
        Protocol protocol = protocol(coverage);
        Laws laws = new Laws(scope);
        State s = protocol.start();
        List<Action> done = new ArrayList<>();
        try {
            for (int i = 0; i < most; i++) {
                for (Action action : next(random, protocol, s)) {
                    done.add(action);
                    s = protocol.apply(s, action);
                    laws.check(s);
                    steps++;
                }
            }
            if (scope.wireIsTrue()) {
                Future.settle(protocol, laws, s, new ArrayList<>());
            }
        } catch (RuntimeException broken) {
            Broken least = shorten(new Broken(lawOf(broken), broken, done));
            throw new AssertionError(
                    "seed " + seed + ", scope " + scope.name() + " with " + scope.loans() + " loans: "
                            + least.cause().getMessage() + "\n  " + story(least.actions()),
                    least.cause());
        }
    }

    /** One step; what an actor says is as many as he says. */
    private List<Action> next(Random random, Protocol protocol, State s) {
        if (actors != null && s.wires().waiting() <= MOST_WAITING && random.nextInt(100) < ACTORS_PERCENT) {
            return actors.next(random, s);
        }
        return List.of(choose(random, protocol, s));
    }

    private Protocol protocol(@Nullable Coverage heard) {
        Protocol.Watch laws = new Explorer.Both(new Laws(scope), new LivingBook());
        return new Protocol(scope, heard == null ? laws : new Explorer.Both(laws, heard));
    }

    private static String lawOf(RuntimeException broken) {
        return broken.getClass().getSimpleName()
                + String.valueOf(broken.getMessage()).split(":", 2)[0];
    }

    // --- choosing

    /** Weighted so that loans live long, sales are common and stops are short. */
    private static int weight(Action action, State s) {
        return switch (action) {
            case Action.Deliver d -> d.position() > 0 || d.keep() ? 3 : 60;
            case Action.Lose lose -> 3;
            case Action.Commit commit -> 60;
            case Action.Crash crash -> 6;
            case Action.Happen happen -> weight(happen.what());
            case Action.Act act -> act.order() < s.desk().orders.size() - MOST_ORDERS ? 0 : weight(act.move());
            case Action.Say say -> throw new IllegalStateException("actors are not weighed: " + say);
            case Action.Quote quote -> throw new IllegalStateException("actors are not weighed: " + quote);
        };
    }

    private static int weight(Outside what) {
        return switch (what) {
            case PRICE_HARD, PRICE_LOW -> 12;
            case PRICE_CALL -> 5;
            case PRICE_HIGH, TOP_UP, UNFREEZE -> 3;
            case UNKILL, UNPAUSE -> 8;
            case PRICE_STALE, REPAY_SOME, MINUTE, HOUR, FREEZE, LOCK_REVERTED, KILL, PAUSE, ASK_RELEASE, REPAY_ALL -> 1;
        };
    }

    private static int weight(DeskMove move) {
        return switch (move) {
            case FILL_PART, CANCEL -> 30;
            case FILL_REST, EXPIRE, ACKNOWLEDGE, REFUSE_CANCEL -> 15;
            case REJECT, CANCEL_UNASKED, BUST, CORRECT_PRICE, CORRECT_QUANTITY, DONE_FOR_DAY, PENDING_CANCEL -> 4;
            case STATUS, REPEAT, OVERFILL, STRANGE_FILL -> 2;
        };
    }

    private static Action choose(Random random, Protocol protocol, State s) {
        List<Action> all = protocol.actions(s);
        int waiting = s.wires().waiting();
        if (waiting > MOST_WAITING) {
            all = all.stream().filter(a -> !(a instanceof Action.Happen)).toList();
        }
        int sum = 0;
        for (Action action : all) {
            sum += weight(action, s);
        }
        int dice = random.nextInt(sum);
        for (Action action : all) {
            dice -= weight(action, s);
            if (dice < 0) {
                return action;
            }
        }
        throw new IllegalStateException("weights of " + all);
    }

    // --- shortening

    private Broken shorten(Broken broken) {
        Broken least = broken;
        for (int chunk = Math.max(1, least.actions().size() / 2); chunk >= 1; chunk = chunk / 2) {
            boolean shorter = true;
            while (shorter) {
                shorter = false;
                for (int from = 0; from < least.actions().size(); from += chunk) {
                    List<Action> fewer = new ArrayList<>(least.actions());
                    fewer.subList(from, Math.min(fewer.size(), from + chunk)).clear();
                    Broken again = replay(fewer);
                    if (again != null
                            && again.law().equals(least.law())
                            && again.actions().size() < least.actions().size()) {
                        least = again;
                        shorter = true;
                    }
                }
            }
        }
        return least;
    }

    /** Steps that are not possible any more are left out. */
    private @Nullable Broken replay(List<Action> actions) {
        Protocol protocol = protocol(null);
        Laws laws = new Laws(scope);
        State s = protocol.start();
        List<Action> done = new ArrayList<>();
        try {
            for (Action action : actions) {
                boolean says = action instanceof Action.Say || action instanceof Action.Quote;
                if (says || protocol.actions(s).contains(action)) {
                    done.add(action);
                    s = protocol.apply(s, action);
                    laws.check(s);
                }
            }
            if (scope.wireIsTrue()) {
                Future.settle(protocol, laws, s, new ArrayList<>());
            }
            return null;
        } catch (RuntimeException broken) {
            return new Broken(lawOf(broken), broken, done);
        }
    }

    private String story(List<Action> actions) {
        List<String> lines = new ArrayList<>();
        Protocol protocol = new Protocol(scope, new Protocol.Watch() {
            @Override
            public void ledger(State before, LedgerSide.Heard heard) {
                lines.add("    ledger " + heard.input() + " -> "
                        + heard.decision().getClass().getSimpleName() + heard.events());
            }

            @Override
            public void processor(State before, ProcessorSide.Taken taken) {
                taken.outcome().effects().forEach(effect -> lines.add("    processor " + effect));
            }
        });
        State s = protocol.start();
        for (Action action : actions) {
            lines.add(action.toString());
            try {
                s = protocol.apply(s, action);
            } catch (RuntimeException broken) {
                lines.add("    " + broken);
            }
        }
        if (scope.wireIsTrue()) {
            try {
                Future.settle(protocol, new Laws(scope), s, lines);
            } catch (RuntimeException broken) {
                lines.add("    " + broken.getClass().getSimpleName());
            }
        }
        return String.join("\n  ", lines);
    }
}

package io.loanledger.core.protocol;

import io.loanledger.core.loan.FactHead;
import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.loan.LoanInput.Stated;
import io.loanledger.core.loan.LoanStatus;
import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.price.IndexState;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The two services, the desk, the world and the wire between them: which steps are possible, and what a step does. */
final class Protocol {
    final Scope scope;
    private final Watch watch;

    /** Hears what the services did, committed or not. */
    interface Watch {
        default void ledger(State before, LedgerSide.Heard heard) {}

        default void processor(State before, ProcessorSide.Taken taken) {}
    }

    Protocol(Scope scope, Watch watch) {
        this.scope = scope;
        this.watch = watch;
    }

    /** Every loan is disbursed at 50 % and nothing is on its way. */
    State start() {
        LedgerSide ledger = new LedgerSide(List.of(), Instant.EPOCH, null, false);
        Message first = price(Shop.Level.HIGH.price, IndexState.LIVE, 1, Shop.START);
        ledger = ledger.take(first).after();
        int facts = 0;
        for (int i = 1; i <= scope.loans(); i++) {
            String id = "L" + i;
            Stated usd = new Stated(Shop.PRINCIPAL, "USD");
            List<LoanInput> life = List.of(
                    new LoanInput.LoanRequested(head(++facts, Shop.START), "b", "lots", usd, "BTC"),
                    new LoanInput.CollateralLocked(head(++facts, Shop.START), id + ":1", btc("1")),
                    new LoanInput.CollateralLocked(head(++facts, Shop.START), id + ":2", btc("1")),
                    new LoanInput.ClaimGranted(id + ":1"),
                    new LoanInput.ClaimGranted(id + ":2"),
                    new LoanInput.DisbursementConfirmed(head(++facts, Shop.START), id + "/disbursement", usd));
            for (LoanInput input : life) {
                ledger = ledger.take(new Message.ForLoan(id, input)).after();
            }
            if (ledger.loan(id).status() != LoanStatus.ACTIVE) {
                throw new IllegalStateException("the loan did not come to life: " + ledger.loan(id));
            }
        }
        ProcessorSide processor =
                ProcessorSide.empty(scope.rules()).take(first, Shop.START).after();
        State start = new State(
                ledger,
                processor,
                new DeskSide(List.of()),
                Wires.EMPTY,
                Shop.START,
                1,
                facts,
                new TreeMap<>(),
                0,
                0,
                0,
                null,
                null,
                Map.of());
        for (Outside what : scope.opening()) {
            start = happen(start, what, "L1");
        }
        return start;
    }

    // --- which steps are possible

    List<Action> actions(State s) {
        List<Action> all = new ArrayList<>();
        boolean wireMayFail = s.wireFaults() < scope.mostWire();
        for (Channel channel : Channel.values()) {
            int waiting = s.wires().on(channel).size();
            if (waiting > 0) {
                all.add(new Action.Deliver(channel, 0, false));
            }
            if (waiting > 0 && wireMayFail && scope.wire().contains(Scope.WireFault.LOSE)) {
                all.add(new Action.Lose(channel));
            }
            if (waiting > 0 && wireMayFail && scope.wire().contains(Scope.WireFault.REPEAT)) {
                all.add(new Action.Deliver(channel, 0, true));
            }
            if (wireMayFail && scope.wire().contains(Scope.WireFault.OVERTAKE)) {
                for (int position = 1; position < waiting; position++) {
                    all.add(new Action.Deliver(channel, position, false));
                }
            }
        }
        if (s.ledgerOpen() != null) {
            all.add(new Action.Commit(Channel.Party.LEDGER));
            all.add(new Action.Crash(Channel.Party.LEDGER));
        }
        if (s.processorOpen() != null) {
            all.add(new Action.Commit(Channel.Party.PROCESSOR));
            all.add(new Action.Crash(Channel.Party.PROCESSOR));
        }
        if (s.happened() < scope.mostOutside()) {
            for (Outside what : Outside.values()) {
                if (scope.outside().contains(what)) {
                    happenings(s, what, all);
                }
            }
        }
        for (int order = 0; order < s.desk().orders.size(); order++) {
            for (DeskMove move : DeskMove.values()) {
                boolean may = (s.deskMoves() < scope.mostDesk() && scope.desk().contains(move))
                        || (s.mischief() < scope.mostMischief()
                                && scope.mischief().contains(move));
                if (may && s.desk().can(move, order)) {
                    all.add(new Action.Act(move, order));
                }
            }
        }
        return all;
    }

    private void happenings(State s, Outside what, List<Action> all) {
        boolean ofTheMarket = switch (what) {
            case PRICE_HIGH, PRICE_CALL, PRICE_HARD, PRICE_LOW, PRICE_STALE, MINUTE, HOUR -> true;
            case KILL -> count(s, Outside.KILL) == count(s, Outside.UNKILL);
            case UNKILL -> count(s, Outside.KILL) > count(s, Outside.UNKILL);
            case PAUSE -> count(s, Outside.PAUSE) == count(s, Outside.UNPAUSE);
            case UNPAUSE -> count(s, Outside.PAUSE) > count(s, Outside.UNPAUSE);
            case REPAY_SOME, REPAY_ALL, TOP_UP, FREEZE, UNFREEZE, LOCK_REVERTED, ASK_RELEASE -> false;
        };
        if (ofTheMarket) {
            all.add(new Action.Happen(what, ""));
            return;
        }
        boolean ofALoan = switch (what) {
            case REPAY_SOME, REPAY_ALL, TOP_UP, ASK_RELEASE -> true;
            case FREEZE -> count(s, Outside.FREEZE) == count(s, Outside.UNFREEZE);
            case UNFREEZE -> count(s, Outside.FREEZE) > count(s, Outside.UNFREEZE);
            case LOCK_REVERTED -> count(s, Outside.LOCK_REVERTED) < 2;
            case PRICE_HIGH,
                    PRICE_CALL,
                    PRICE_HARD,
                    PRICE_LOW,
                    PRICE_STALE,
                    MINUTE,
                    HOUR,
                    KILL,
                    UNKILL,
                    PAUSE,
                    UNPAUSE -> false;
        };
        if (ofALoan) {
            // Holds and reverted locks hit the first loan: the loans are alike.
            boolean first = what == Outside.FREEZE || what == Outside.UNFREEZE || what == Outside.LOCK_REVERTED;
            for (int i = 1; i <= (first ? 1 : scope.loans()); i++) {
                all.add(new Action.Happen(what, "L" + i));
            }
        }
    }

    static int count(State s, Outside what) {
        return s.done().getOrDefault(what, 0);
    }

    // --- what a step does

    State apply(State s, Action action) {
        return switch (action) {
            case Action.Deliver deliver -> deliver(s, deliver);
            case Action.Lose lose ->
                s.withWires(s.wires().without(lose.channel(), 0)).withWireFault();
            case Action.Commit commit -> commit(s, commit.service());
            case Action.Crash crash -> crash(s, crash.service());
            case Action.Happen happen -> happen(s.did(happen.what()), happen.what(), happen.loanId());
            case Action.Act act -> act(s, act);
            case Action.Say say -> tell(s, say.loanId(), say.fact());
            case Action.Quote quote -> publish(s, quote.at(), quote.price(), quote.state());
        };
    }

    private State act(State s, Action.Act act) {
        DeskSide.Acted acted = s.desk().act(act.move(), act.order(), s.clock());
        boolean byFix = scope.desk().contains(act.move());
        return s.withDesk(acted.after(), s.deskMoves() + (byFix ? 1 : 0), s.mischief() + (byFix ? 0 : 1))
                .withWires(s.wires().with(acted.sent()));
    }

    private State deliver(State s, Action.Deliver deliver) {
        Channel channel = deliver.channel();
        Sent read = s.wires().on(channel).get(deliver.position());
        Message message = read.message();
        State next = s;
        if (!deliver.keep()) {
            next = next.withWires(next.wires().without(channel, deliver.position()));
        }
        if (deliver.keep() || deliver.position() > 0) {
            next = next.withWireFault();
        }
        return switch (channel.reader) {
            case DESK -> next.withDesk(next.desk().take(message), next.deskMoves(), next.mischief());
            case LEDGER -> {
                LedgerSide.Taken taken = next.ledger().take(message);
                State before = s;
                taken.heard().forEach(heard -> watch.ledger(before, heard));
                State.Open open = next.ledgerOpen() == null
                        ? new State.Open(next.ledger(), List.of(), List.of())
                        : next.ledgerOpen();
                State after = next.withLedger(taken.after(), open.and(read, taken.sent()));
                yield scope.transactions() ? after : commit(after, Channel.Party.LEDGER);
            }
            case PROCESSOR -> {
                ProcessorSide.Taken taken = next.processor().take(message, next.clock());
                watch.processor(s, taken);
                State.Open open = next.processorOpen() == null
                        ? new State.Open(next.processor(), List.of(), List.of())
                        : next.processorOpen();
                State after = next.withProcessor(taken.after(), open.and(read, taken.sent()));
                yield scope.transactions() ? after : commit(after, Channel.Party.PROCESSOR);
            }
        };
    }

    private State commit(State s, Channel.Party service) {
        return switch (service) {
            case LEDGER ->
                s.withWires(s.wires().with(s.ledgerOpen().sent()))
                        .withLedger(s.ledger(), null)
                        .bounded();
            case PROCESSOR ->
                toDesk(s.withWires(s.wires().with(s.processorOpen().sent())).withProcessor(s.processor(), null));
            case DESK -> throw new IllegalStateException("the desk has no transactions of ours");
        };
    }

    /** A true wire to the desk is as good as none: the desk acts when it likes anyway. */
    private State toDesk(State s) {
        State next = s;
        while (scope.wireIsTrue() && !next.wires().on(Channel.ORDERS).isEmpty()) {
            next = deliver(next, new Action.Deliver(Channel.ORDERS, 0, false));
        }
        return next;
    }

    private static State crash(State s, Channel.Party service) {
        return switch (service) {
            case LEDGER ->
                s.withWires(s.wires().back(s.ledgerOpen().read()))
                        .withLedger((LedgerSide) s.ledgerOpen().before(), null);
            case PROCESSOR ->
                s.withWires(s.wires().back(s.processorOpen().read()))
                        .withProcessor((ProcessorSide) s.processorOpen().before(), null);
            case DESK -> throw new IllegalStateException("the desk has no transactions of ours");
        };
    }

    // --- the world

    private State happen(State s, Outside what, String loanId) {
        return switch (what) {
            case PRICE_HIGH -> publish(s, Shop.Level.HIGH, IndexState.LIVE);
            case PRICE_CALL -> publish(s, Shop.Level.CALL, IndexState.LIVE);
            case PRICE_HARD -> publish(s, Shop.Level.HARD, IndexState.LIVE);
            case PRICE_LOW -> publish(s, Shop.Level.LOW, IndexState.LIVE);
            case PRICE_STALE -> publish(s, Shop.Level.HARD, IndexState.STALE);
            case MINUTE -> s.at(s.clock().plus(Duration.ofMinutes(1)), s.prices(), s.facts());
            case HOUR -> s.at(s.clock().plus(Duration.ofHours(1)), s.prices(), s.facts());
            case KILL, UNKILL ->
                s.withWires(s.wires()
                        .with(List.of(new Sent(Channel.TERMS_TO_PROCESSOR, new Message.Kill(what == Outside.KILL)))));
            case PAUSE, UNPAUSE -> {
                Message pause = new Message.Pause(what == Outside.PAUSE);
                yield s.withWires(s.wires()
                        .with(List.of(
                                new Sent(Channel.TERMS_TO_PROCESSOR, pause),
                                new Sent(Channel.TERMS_TO_LEDGER, pause))));
            }
            case REPAY_SOME -> tell(s, loanId, repay(s, new BigDecimal("4000")));
            case REPAY_ALL -> tell(s, loanId, repay(s, Shop.PRINCIPAL));
            case TOP_UP ->
                tell(
                        s,
                        loanId,
                        new LoanInput.CollateralLocked(
                                head(s.facts() + 1, s.clock()), loanId + ":top-up:" + (s.facts() + 1), btc("1")));
            case FREEZE, UNFREEZE ->
                tell(
                        s,
                        loanId,
                        new LoanInput.ComplianceStatusChanged(
                                head(s.facts() + 1, s.clock()), what == Outside.FREEZE, "hold"));
            case LOCK_REVERTED ->
                tell(
                        s,
                        loanId,
                        new LoanInput.CollateralLockReverted(
                                head(s.facts() + 1, s.clock()),
                                loanId + ":" + count(s, Outside.LOCK_REVERTED),
                                "reorganised"));
            case ASK_RELEASE ->
                tell(s, loanId, new LoanInput.CollateralReleaseRequested(head(s.facts() + 1, s.clock()), btc("1")));
        };
    }

    private static LoanInput repay(State s, BigDecimal amount) {
        return new LoanInput.RepaymentReceived(
                head(s.facts() + 1, s.clock()), "p" + (s.facts() + 1), new Stated(amount, "USD"));
    }

    private static State tell(State s, String loanId, LoanInput fact) {
        return s.at(s.clock(), s.prices(), s.facts() + 1)
                .withWires(s.wires().with(List.of(new Sent(Channel.FACTS, new Message.ForLoan(loanId, fact)))));
    }

    static State publish(State s, Shop.Level level, IndexState state) {
        return publish(s, s.clock().plus(Shop.STEP), level.price, state);
    }

    /** Prices of an earlier time than the clock's are published too; the clock does not go back. */
    static State publish(State s, Instant at, BigDecimal value, IndexState state) {
        Message price = price(value, state, s.prices() + 1, at);
        return s.at(at.isAfter(s.clock()) ? at : s.clock(), s.prices() + 1, s.facts())
                .withWires(s.wires()
                        .with(List.of(
                                new Sent(Channel.PRICES_TO_LEDGER, price),
                                new Sent(Channel.PRICES_TO_PROCESSOR, price))));
    }

    private static Message price(BigDecimal value, IndexState state, int sequence, Instant at) {
        return new Message.Price(new IndexPrice(Shop.MARKET, 1, sequence, at, value, state, "", 3, List.of()));
    }

    private static FactHead head(int number, Instant at) {
        return new FactHead("f" + number, at, "world", number, at);
    }

    private static Stated btc(String amount) {
        return new Stated(new BigDecimal(amount), "BTC");
    }
}

package io.loanledger.core.protocol;

import io.loanledger.core.liquidation.BookEffect;
import io.loanledger.core.liquidation.BookEntry;
import io.loanledger.core.liquidation.BookInput;
import io.loanledger.core.liquidation.CaseEntry;
import io.loanledger.core.liquidation.CaseStage;
import io.loanledger.core.liquidation.DeskReport;
import io.loanledger.core.liquidation.ExecType;
import io.loanledger.core.liquidation.FillEntry;
import io.loanledger.core.liquidation.OrderEntry;
import io.loanledger.core.loan.LiquidationCase;
import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.model.Reach;
import io.loanledger.core.model.Stage;
import io.loanledger.core.model.StatedWay;
import io.loanledger.core.model.World;
import io.loanledger.core.money.Quantity;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which states and transitions of the case at the ledger, of the case at the processor and of the order were really taken. */
final class Coverage implements Protocol.Watch {
    /** One of the three machines. */
    enum Machine {
        CASE_AT_LEDGER("The case at the ledger"),
        CASE_AT_PROCESSOR("The case at the processor"),
        ORDER("The order");

        final String title;

        Machine(String title) {
            this.title = title;
        }
    }

    /** From a state to a state by a record. */
    record Transition(Machine machine, String from, String by, String to) implements Comparable<Transition> {
        /** Without the record. */
        String edge() {
            return machine + " " + from + " " + to;
        }

        @Override
        public int compareTo(Transition other) {
            return toString().compareTo(other.toString());
        }
    }

    static final String NONE = "NONE";
    private static final World NOWHERE = new World();
    private static final String ANOTHER = "any record";

    final Map<Transition, Long> transitions = new TreeMap<>();
    /** What the processor did, by kind. */
    final Map<String, Long> counts = new TreeMap<>();

    /** Inputs of loans by kind and answer, and the ways that loans took beside their cases. */
    final Reach loans = new Reach();

    /** By transition, the run that took it first. */
    final Map<Transition, String> firstTaken = new TreeMap<>();

    private String run = "";

    /** Names the run that is about to begin. */
    void begin(String nameOfRun) {
        run = nameOfRun;
    }

    private void took(Machine machine, String from, String by, String to) {
        Transition transition = new Transition(machine, from, by, to);
        transitions.merge(transition, 1L, Long::sum);
        firstTaken.putIfAbsent(transition, run);
    }

    Set<String> edges() {
        Set<String> edges = new TreeSet<>();
        transitions.keySet().forEach(transition -> edges.add(transition.edge()));
        return edges;
    }

    private void count(String what) {
        counts.merge(what, 1L, Long::sum);
    }

    // --- the ledger

    @Override
    public void ledger(State before, LedgerSide.Heard heard) {
        LoanInput input = heard.input();
        loans.hears(new Stage.Told(nameOf(input), input, true, heard.before(), heard.decision(), NOWHERE));
        Loan after = heard.after();
        String by = recordOf(input);
        LiquidationCase former = heard.before().openCase();
        LiquidationCase open = after.openCase();
        if (former != null && (open == null || !open.caseId().equals(former.caseId()))) {
            boolean closed = !(heard.input() instanceof LoanInput.LiquidationDeclined);
            took(Machine.CASE_AT_LEDGER, stand(former), by, closed ? "CLOSED" : "DECLINED");
            former = null;
        }
        if (open != null && (former == null || !open.equals(former))) {
            took(Machine.CASE_AT_LEDGER, former == null ? NONE : stand(former), by, stand(open));
        }
        if (heard.before().closedCases().size() == after.closedCases().size()
                && !heard.before().closedCases().equals(after.closedCases())) {
            took(Machine.CASE_AT_LEDGER, "CLOSED", by, "CLOSED");
        }
    }

    /** Facts that move debt or coin are one kind here, as are prices and the deadlines that they pass. */
    private static String recordOf(LoanInput input) {
        return switch (input) {
            case LoanInput.LiquidationSettled settled ->
                settled.finalSettlement() ? "LiquidationSettled final" : "LiquidationSettled";
            case LoanInput.AmendmentAcknowledged acknowledged -> "AmendAck";
            case LoanInput.LiquidationDeclined declined -> "LiquidationDeclined";
            case LoanInput.PriceObserved observed -> "IndexPrice";
            case LoanInput.TimePassed passed -> "IndexPrice";
            case LoanInput.ClaimGranted granted -> "a fact";
            case LoanInput.ClaimDenied denied -> "a fact";
            case LoanInput.CrossDefaulted crossed -> "a fact";
            case LoanInput.Fact fact -> "a fact";
        };
    }

    private static String stand(LiquidationCase open) {
        if (open.wanted().compareTo(open.reserved()) < 0) {
            return "SHRINKING";
        }
        return open.cumQuantity().isPositive() ? "PART_SOLD" : "REQUESTED";
    }

    private static String nameOf(LoanInput input) {
        return switch (input) {
            case LoanInput.LiquidationSettled settled ->
                settled.finalSettlement() ? "LiquidationSettled final" : "LiquidationSettled";
            default -> input.getClass().getSimpleName();
        };
    }

    // --- the processor

    @Override
    public void processor(State before, ProcessorSide.Taken taken) {
        String by = nameOf(taken.input());
        count("processor: " + by + (taken.input() instanceof BookInput.Report ? " " + execType(taken.input()) : ""));
        taken.outcome().effects().forEach(effect -> count("effect: " + nameOf(effect)));
        for (BookEntry entry : taken.outcome().changed()) {
            if (entry instanceof CaseEntry now) {
                CaseEntry former = taken.before().caseOf(now.caseId());
                String from = former == null ? NONE : stand(former);
                String to = stand(now);
                if (!from.equals(to) || (former != null && former.version() != now.version())) {
                    took(Machine.CASE_AT_PROCESSOR, from, recordOf(taken.input(), now.caseId()), to);
                }
            }
        }
        for (OrderEntry order : taken.after().orders()) {
            OrderEntry former = (OrderEntry) taken.before().entries.get(order.key());
            String from = former == null ? NONE : stand(taken.before(), former);
            String to = stand(taken.after(), order);
            if (!from.equals(to)) {
                took(Machine.ORDER, from, former == null ? ANOTHER : recordOf(taken.input(), order), to);
            }
        }
    }

    private static String recordOf(BookInput input, String caseId) {
        return switch (input) {
            case BookInput.RequestSale m -> m.request().caseId().equals(caseId) ? "LiquidationRequested" : ANOTHER;
            case BookInput.AmendSale m -> m.amendment().caseId().equals(caseId) ? "LiquidationAmended" : ANOTHER;
            case BookInput.Report m -> "ExecutionReport";
            case BookInput.ObserveIndex m -> ANOTHER;
            case BookInput.CancelRefused m -> ANOTHER;
            case BookInput.SwitchKill m -> ANOTHER;
            case BookInput.PauseMarket m -> ANOTHER;
        };
    }

    /** Reports on the order by what they say; any record can be the one at which a slot is free and the next order is placed. */
    private static String recordOf(BookInput input, OrderEntry order) {
        return switch (input) {
            case BookInput.Report m ->
                m.report().orderId().equals(order.orderId())
                        ? sayingOf(m.report().execType())
                        : ANOTHER;
            case BookInput.CancelRefused m -> m.orderId().equals(order.orderId()) ? "OrderCancelReject" : ANOTHER;
            case BookInput.AmendSale m -> "LiquidationAmended";
            case BookInput.SwitchKill m -> m.engaged() ? "KillSwitch" : ANOTHER;
            case BookInput.RequestSale m -> ANOTHER;
            case BookInput.ObserveIndex m -> ANOTHER;
            case BookInput.PauseMarket m -> ANOTHER;
        };
    }

    private static String sayingOf(ExecType type) {
        return switch (type) {
            case TRADE -> "a fill";
            case TRADE_CANCEL, TRADE_CORRECT -> "a bust or correction";
            case CANCELED, REJECTED, EXPIRED -> "an end";
            case NEW, ORDER_STATUS, PENDING_CANCEL, DONE_FOR_DAY -> "a word on its state";
        };
    }

    private static String stand(CaseEntry entry) {
        return switch (entry.stage()) {
            case CaseStage.Queued queued -> entry.pending() == null ? "QUEUED" : "SHRINKING";
            case CaseStage.Selling selling -> entry.pending() == null ? "SELLING" : "SHRINKING";
            case CaseStage.Ended ended ->
                ended.end().isRefusal() ? "CALLED_OFF" : ended.end().name();
        };
    }

    private static String stand(ProcessorSide side, OrderEntry order) {
        DeskReport report = order.report();
        if (report != null && report.ended()) {
            Quantity filled = Shop.none();
            for (FillEntry fill : side.all(FillEntry.class)) {
                if (fill.orderId().equals(order.orderId()) && fill.traded() != null && !fill.reversed()) {
                    filled = filled.plus(fill.traded().quantity());
                }
            }
            Quantity counted = report.cumQty().min(order.quantity());
            return counted.compareTo(filled) > 0 ? "AWAITING_FILLS" : "ENDED";
        }
        if (order.cancelPending()) {
            return "CANCEL_ASKED";
        }
        return report == null ? "PLACED" : "LIVE";
    }

    private static ExecType execType(BookInput input) {
        return ((BookInput.Report) input).report().execType();
    }

    private static String nameOf(BookInput input) {
        return switch (input) {
            case BookInput.RequestSale m -> "LiquidationRequested";
            case BookInput.AmendSale m -> "LiquidationAmended";
            case BookInput.ObserveIndex m -> "IndexPrice";
            case BookInput.Report m -> "ExecutionReport";
            case BookInput.CancelRefused m -> "OrderCancelReject";
            case BookInput.SwitchKill m -> "KillSwitch";
            case BookInput.PauseMarket m -> "MarketPause";
        };
    }

    private static String nameOf(BookEffect effect) {
        return switch (effect) {
            case BookEffect.DeclineCase e -> "DeclineCase " + e.reason();
            case BookEffect.Settle e -> e.settlement().complete() ? "Settle final" : "Settle";
            case BookEffect.RecordExecution e -> "RecordExecution " + e.task().outcome();
            case BookEffect.Suspend e -> "Suspend " + e.reason();
            case BookEffect.RaiseAlarm e -> "RaiseAlarm " + e.kind();
            case BookEffect.AckAmend e -> "AckAmend";
            case BookEffect.AskStatus e -> "AskStatus";
            case BookEffect.FormBlock e -> "FormBlock";
            case BookEffect.PlaceOrder e -> "PlaceOrder";
            case BookEffect.CancelOrder e -> "CancelOrder";
        };
    }

    void show() throws IOException {
        loans.show("loans in the protocol", StatedWay.documented());
        counts.forEach((what, n) -> System.out.printf("%-60s %12d%n", what, n));
        transitions.forEach((t, n) -> System.out.printf(
                "%-18s %-16s %-28s %-16s %10d, first in %s%n",
                t.machine(), t.from(), t.by(), t.to(), n, firstTaken.get(t)));
    }
}

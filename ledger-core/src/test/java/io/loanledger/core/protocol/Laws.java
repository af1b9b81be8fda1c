package io.loanledger.core.protocol;

import io.loanledger.core.liquidation.BlockEntry;
import io.loanledger.core.liquidation.BookEffect;
import io.loanledger.core.liquidation.CaseEntry;
import io.loanledger.core.liquidation.CaseStage;
import io.loanledger.core.liquidation.MarketEntry;
import io.loanledger.core.liquidation.OrderEntry;
import io.loanledger.core.liquidation.SaleEvidence;
import io.loanledger.core.liquidation.SaleReason;
import io.loanledger.core.loan.ClosedCase;
import io.loanledger.core.loan.Decision;
import io.loanledger.core.loan.LiquidationCase;
import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanEvent;
import io.loanledger.core.loan.LoanPostings;
import io.loanledger.core.money.Quantity;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What must hold after every step, and what must hold once nothing is on its way. A broken law throws with its name first. */
final class Laws implements Protocol.Watch {
    /** Why a case may stand open although nothing is on its way. */
    enum OpenReason {
        ORDER_LIVE,
        /** A bust brought an order of a former block back to life; what it may fill is not ordered again before its end. */
        ORDER_REVIVED,
        KILLED,
        PAUSED,
        /** The desk rejected; the next price after the delay goes on. */
        REJECT_DELAY,
        /** Another block has the slot. */
        QUEUED_BEHIND
    }

    /** A broken law. */
    static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Broken(String what) {
            super(what);
        }
    }

    /** What a desk really sold for a case. */
    private record Truth(Quantity filled, BigDecimal gross, int fills, Quantity live, boolean shared) {
        static final Truth NONE = new Truth(Shop.none(), BigDecimal.ZERO, 0, Shop.none(), false);
    }

    private final Scope scope;

    Laws(Scope scope) {
        this.scope = scope;
    }

    static void require(boolean holds, String law, Object... about) {
        if (!holds) {
            throw new Broken(law + ": " + List.of(about));
        }
    }

    // --- while a service works

    @Override
    public void ledger(State before, LedgerSide.Heard heard) {
        Loan loan = heard.before();
        if (heard.decision() instanceof Decision.Accepted accepted) {
            for (Decision.Step step : accepted.steps()) {
                LoanPostings.of(step.event()); // PostingsBalance: its constructor sums it
                require(step.after().status().compareTo(loan.status()) >= 0, "MonotoneStates", loan, step.event());
                if (step.event() instanceof LoanEvent.LiquidationRequested e) {
                    require(loan.openCase() == null, "OneOpenCase", loan.loanId(), e);
                    require(!loan.frozen(), "NothingIsSoldUnderAHold", loan.loanId(), e);
                    require(e.evidence().holds(), "NoSellWithoutReason", e);
                    require(e.evidence().index().state().isOpen(), "NoLiquidationOnBadPrice", e);
                }
                if (step.event() instanceof LoanEvent.CollateralReleaseInstructed) {
                    require(loan.openCase() == null, "NoReleaseWhileLiquidating", loan.loanId(), step.event());
                }
                loan = step.after();
            }
        }
    }

    @Override
    public void processor(State before, ProcessorSide.Taken taken) {
        MarketEntry market = taken.after().market();
        for (BookEffect effect : taken.outcome().effects()) {
            if (effect instanceof BookEffect.PlaceOrder placed) {
                OrderEntry order = placed.order();
                MarketEntry.Quote quote = market.newest();
                require(!market.killed() && !market.paused(), "NoOrderUnderAStop", order);
                require(quote != null && quote.open(), "NoLiquidationOnBadPrice", order);
                require(
                        order.epoch() == quote.epoch() && order.sequence() == quote.sequence(),
                        "NoOrderOnOldEvidence",
                        order,
                        quote);
                require(
                        Duration.between(quote.priceTime(), before.clock())
                                        .abs()
                                        .compareTo(Duration.ofSeconds(5))
                                <= 0,
                        "NoOrderOnOldEvidence",
                        order,
                        before.clock());
                require(
                        order.limit().compareTo(quote.price().multiply(new BigDecimal("0.98"))) >= 0,
                        "Floor",
                        order,
                        quote);
                for (OrderEntry.Allocation part : order.allocations()) {
                    reasonHolds(taken.after().caseOf(part.caseId()), quote.price());
                }
            }
        }
    }

    /** By hand: 80 % of collateral x price, in cents and satoshis. */
    private static void reasonHolds(CaseEntry entry, BigDecimal price) {
        SaleEvidence e = entry.evidence();
        if (entry.request().reason() == SaleReason.HARD_LTV) {
            BigDecimal value = price.multiply(e.collateral().amount());
            require(
                    e.exposure()
                                    .amount()
                                    .multiply(BigDecimal.valueOf(100))
                                    .compareTo(value.multiply(BigDecimal.valueOf(80)))
                            >= 0,
                    "NoSellWithoutReason",
                    entry,
                    price);
        }
    }

    // --- after every step

    void check(State s) {
        Map<String, Truth> truths = truths(s);
        sellBound(s, truths);
        for (Loan loan : s.ledger().loans) {
            long open = s.processor().cases().stream()
                    .filter(c -> c.request().loanId().equals(loan.loanId()) && !(c.stage() instanceof CaseStage.Ended))
                    .count();
            require(open <= 1, "OneOpenCase", "at the processor", loan.loanId());
        }
        for (CaseEntry entry : s.processor().cases()) {
            LiquidationCase open =
                    s.committedLedger().loan(entry.request().loanId()).openCase();
            require(
                    open == null || !open.caseId().equals(entry.caseId()) || entry.version() <= open.version(),
                    "VersionFence",
                    entry);
        }
        if (s.isQuiet() && scope.wireIsTrue()) {
            quiet(s, truths);
        }
    }

    /** Live + filled never exceeds what the ledger has reserved or counts as sold: by case, by loan, and over all. */
    private void sellBound(State s, Map<String, Truth> truths) {
        Quantity all = Shop.none();
        Quantity allowed = Shop.none();
        for (Loan loan : s.committedLedger().loans) {
            Quantity bound = loan.collateral().sold().plus(loan.collateral().reserved());
            Quantity reach = Shop.none();
            boolean shared = false;
            for (Map.Entry<String, Truth> entry : truths.entrySet()) {
                if (entry.getKey().startsWith(loan.loanId() + "/")) {
                    reach = reach.plus(entry.getValue().filled())
                            .plus(entry.getValue().live());
                    shared |= entry.getValue().shared();
                }
            }
            require(shared || reach.compareTo(bound) <= 0, "SellBound", loan.loanId(), reach, bound);
            all = all.plus(reach);
            allowed = allowed.plus(bound);
        }
        require(all.compareTo(allowed) <= 0, "SellBound", "over all loans", all, allowed);
        truths.forEach((caseId, truth) -> {
            Quantity bound = s.bounds().get(caseId);
            require(bound != null, "NoSellWithoutReason", "the ledger never asked for", caseId);
            require(
                    truth.shared() || truth.filled().plus(truth.live()).compareTo(bound) <= 0,
                    "SellBound",
                    caseId,
                    truth,
                    bound);
        });
    }

    /** By case, from the desk's own books and the orders on their way to it. */
    private static Map<String, Truth> truths(State s) {
        Map<String, Truth> truths = new TreeMap<>();
        List<String> known = new ArrayList<>();
        for (DeskSide.DeskOrder o : s.desk().orders) {
            known.add(o.order().orderId());
            int fills = (int) o.fills().stream().filter(f -> !f.busted()).count();
            add(truths, o.order(), o.filled().min(o.order().quantity()), o.gross(), fills, o.leaves());
        }
        for (Sent sent : s.wires().on(Channel.ORDERS)) {
            if (sent.message() instanceof Message.Order m
                    && !known.contains(m.order().orderId())) {
                known.add(m.order().orderId());
                add(
                        truths,
                        m.order(),
                        Shop.none(),
                        BigDecimal.ZERO,
                        0,
                        m.order().quantity());
            }
        }
        return truths;
    }

    private static void add(
            Map<String, Truth> truths, OrderEntry order, Quantity filled, BigDecimal gross, int fills, Quantity live) {
        boolean shared = order.allocations().size() > 1;
        if (!shared) {
            truths.merge(
                    order.allocations().getFirst().caseId(),
                    new Truth(filled, gross, fills, live, false),
                    (a, b) -> sum(a, b));
            return;
        }
        // Parts of a shared order: whole parts when all of it is filled or live; else all at the first, for the sum
        // alone.
        boolean whole = filled.plus(live).compareTo(order.quantity()) == 0;
        boolean first = true;
        for (OrderEntry.Allocation part : order.allocations()) {
            Quantity q = whole ? part.quantity() : first ? filled.plus(live) : Shop.none();
            truths.merge(part.caseId(), new Truth(Shop.none(), BigDecimal.ZERO, 0, q, !whole), (a, b) -> sum(a, b));
            first = false;
        }
    }

    private static Truth sum(Truth a, Truth b) {
        return new Truth(
                a.filled().plus(b.filled()),
                a.gross().add(b.gross()),
                a.fills() + b.fills(),
                a.live().plus(b.live()),
                a.shared() || b.shared());
    }

    // --- once nothing is on its way

    private void quiet(State s, Map<String, Truth> truths) {
        for (Loan loan : s.ledger().loans) {
            LiquidationCase open = loan.openCase();
            if (open != null) {
                reasonOpen(s, open.caseId());
                if (scope.loans() == 1) {
                    agrees(
                            truths,
                            open.caseId(),
                            open.cumQuantity().plus(open.overfill().quantity()),
                            open.cumGross().plus(open.overfill().gross()).amount(),
                            open.cumDeskFees().plus(open.overfill().deskFees()).amount());
                }
            }
            for (ClosedCase closed : loan.closedCases()) {
                if (scope.loans() == 1) {
                    agrees(
                            truths,
                            closed.caseId(),
                            closed.cumQuantity().plus(closed.overfill().quantity()),
                            closed.cumGross().plus(closed.overfill().gross()).amount(),
                            closed.cumDeskFees()
                                    .plus(closed.overfill().deskFees())
                                    .amount());
                }
            }
        }
        for (CaseEntry entry : s.processor().cases()) {
            LiquidationCase open = s.ledger().loan(entry.request().loanId()).openCase();
            boolean knows = open != null && open.caseId().equals(entry.caseId());
            require(knows || entry.stage() instanceof CaseStage.Ended, "OpenForNobody", entry);
        }
    }

    private void agrees(
            Map<String, Truth> truths, String caseId, Quantity quantity, BigDecimal gross, BigDecimal fees) {
        Truth truth = truths.getOrDefault(caseId, Truth.NONE);
        require(
                truth.filled().compareTo(quantity) == 0,
                "ThreeWayReconciliation",
                caseId,
                "desk",
                truth,
                "ledger",
                quantity);
        if (scope.deskIsTrue()) {
            require(
                    truth.gross().compareTo(gross) == 0,
                    "ThreeWayReconciliation",
                    caseId,
                    "desk",
                    truth,
                    "ledger",
                    gross);
            require(
                    BigDecimal.valueOf(truth.fills()).compareTo(fees) == 0,
                    "ThreeWayReconciliation",
                    caseId,
                    "desk",
                    truth,
                    "ledger's fees",
                    fees);
        }
    }

    /** Each case is closed or open for a stated reason. */
    static OpenReason reasonOpen(State s, String caseId) {
        CaseEntry entry = s.processor().caseOf(caseId);
        require(entry != null, "OpenWithoutReason", "the processor does not know", caseId);
        MarketEntry market = s.processor().market();
        OpenReason reason = switch (entry.stage()) {
            case CaseStage.Ended ended -> revived(s, caseId) ? OpenReason.ORDER_REVIVED : null;
            case CaseStage.Queued queued ->
                stopped(market) != null ? stopped(market) : revived(s, caseId) ? OpenReason.ORDER_REVIVED : behind(s);
            case CaseStage.Selling selling -> {
                BlockEntry block = block(s, selling.blockId());
                if (block.liveOrderId() != null) {
                    boolean live = s.desk().orders.stream()
                            .anyMatch(o -> o.order().orderId().equals(block.liveOrderId())
                                    && o.leaves().isPositive());
                    yield live ? OpenReason.ORDER_LIVE : null;
                }
                yield stopped(market) != null
                        ? stopped(market)
                        : block.notBefore() != null ? OpenReason.REJECT_DELAY : null;
            }
        };
        require(reason != null, "OpenWithoutReason", entry, market);
        return reason;
    }

    private static boolean revived(State s, String caseId) {
        return s.desk().orders.stream()
                .filter(o -> o.leaves().isPositive())
                .flatMap(o -> o.order().allocations().stream())
                .anyMatch(part -> part.caseId().equals(caseId));
    }

    private static @Nullable OpenReason stopped(MarketEntry market) {
        return market.killed() ? OpenReason.KILLED : market.paused() ? OpenReason.PAUSED : null;
    }

    private static @Nullable OpenReason behind(State s) {
        return s.processor().all(BlockEntry.class).stream().anyMatch(b -> !b.closed())
                ? OpenReason.QUEUED_BEHIND
                : null;
    }

    private static BlockEntry block(State s, String blockId) {
        return s.processor().all(BlockEntry.class).stream()
                .filter(b -> b.blockId().equals(blockId))
                .findFirst()
                .orElseThrow();
    }
}

package io.loanledger.local.audit;

import io.loanledger.events.Allocation;
import io.loanledger.events.BlockFormed;
import io.loanledger.events.ExecType;
import io.loanledger.events.ExecutionReport;
import io.loanledger.events.IndexPrice;
import io.loanledger.events.LiquidationAmended;
import io.loanledger.events.LiquidationRequested;
import io.loanledger.events.LiquidationSettled;
import io.loanledger.events.OrdStatus;
import io.loanledger.events.SellOrder;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks orders and what became of them against cases, blocks and the index, from the public topics alone. */
final class OrderAudit {

    private final PublicHistory history;
    private final IndexSeries prices;
    private final Duration mostPriceAge;
    private final Findings findings;
    private final Map<String, SellOrder> orders = new LinkedHashMap<>();
    private final Map<String, BigDecimal> filled = new HashMap<>();

    /** @param mostPriceAge how old an index price may be when an order is formed at it */
    OrderAudit(PublicHistory history, String market, Duration mostPriceAge, Findings findings) {
        this.history = history;
        this.prices = MarketAudit.seriesOf(history, market);
        this.mostPriceAge = mostPriceAge;
        this.findings = findings;
    }

    void check() {
        for (SellOrder order : history.of(SellOrder.class)) {
            findings.check(
                    Invariant.CAUSALITY,
                    orders.put(order.getClOrdId(), order) == null,
                    () -> "ordered twice: " + order.getClOrdId());
        }
        reports();
        Map<String, BigDecimal> reserved = reservedByCase();
        Map<String, BigDecimal> blocks = new HashMap<>();
        history.of(BlockFormed.class)
                .forEach(block -> blocks.put(block.getBlockId(), new BigDecimal(block.getTotalQuantity())));
        Map<String, BigDecimal> soldOfBlock = new HashMap<>();
        for (SellOrder order : orders.values()) {
            evidence(order);
            BigDecimal quantity = new BigDecimal(order.getOrderQty());
            BigDecimal before = soldOfBlock.getOrDefault(order.getBlockId(), BigDecimal.ZERO);
            // A block's orders follow one another: when one is written, those before it have ended.
            findings.check(
                    Invariant.SELL_BOUND,
                    blocks.containsKey(order.getBlockId())
                            && before.add(quantity).compareTo(blocks.get(order.getBlockId())) <= 0,
                    () -> order + " after " + before + " sold of its block");
            soldOfBlock.put(order.getBlockId(), before.add(filled.getOrDefault(order.getClOrdId(), BigDecimal.ZERO)));
            allocations(order, quantity, reserved);
        }
        for (LiquidationSettled settled : history.of(LiquidationSettled.class)) {
            BigDecimal most = reserved.getOrDefault(settled.getCaseId(), BigDecimal.ZERO);
            findings.check(
                    Invariant.SELL_BOUND,
                    new BigDecimal(settled.getCumQuantity()).compareTo(most) <= 0,
                    () -> settled + " of " + most + " reserved");
        }
    }

    /** The most that each case ever reserved. */
    private Map<String, BigDecimal> reservedByCase() {
        var reserved = new HashMap<String, BigDecimal>();
        for (LiquidationRequested request : history.of(LiquidationRequested.class)) {
            reserved.merge(request.getCaseId(), new BigDecimal(request.getReservedQuantity()), BigDecimal::max);
        }
        for (LiquidationAmended amended : history.of(LiquidationAmended.class)) {
            reserved.merge(amended.getCaseId(), new BigDecimal(amended.getReservedQuantity()), BigDecimal::max);
        }
        return reserved;
    }

    private void evidence(SellOrder order) {
        Optional<IndexPrice> price = prices.at(order.getIndexEpoch(), order.getIndexSequence());
        findings.check(
                Invariant.NO_ORDER_ON_OLD_EVIDENCE,
                price.filter(IndexSeries::isOpen)
                        .filter(index -> Duration.between(index.getPriceTime(), order.getTransactTime())
                                        .compareTo(mostPriceAge)
                                <= 0)
                        .isPresent(),
                () -> order + " at " + price);
    }

    private void allocations(SellOrder order, BigDecimal quantity, Map<String, BigDecimal> reserved) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Allocation part : order.getAllocations()) {
            BigDecimal own = new BigDecimal(part.getAllocQty());
            BigDecimal most = reserved.get(part.getAllocAccount());
            findings.check(
                    Invariant.NO_SELL_WITHOUT_REASON,
                    most != null && own.compareTo(most) <= 0,
                    () -> part + " of " + order.getClOrdId() + " names a case of " + most);
            sum = sum.add(own);
        }
        BigDecimal total = sum;
        findings.check(
                Invariant.ORDER_ARITHMETIC,
                total.compareTo(quantity) == 0,
                () -> order.getClOrdId() + ": " + quantity + " ordered, " + total + " allocated");
    }

    /** Each execution once: CumQty is the sum of LastQty, CumQty + LeavesQty the order while it lives, no fill under the limit. */
    private void reports() {
        Set<String> seen = new HashSet<>();
        for (ExecutionReport report : history.of(ExecutionReport.class)) {
            String id = report.getOrigClOrdId() == null ? report.getClOrdId() : report.getOrigClOrdId();
            if (!seen.add(report.getSenderCompId() + "/" + id + "/" + report.getExecId())) {
                continue;
            }
            SellOrder order = orders.get(id);
            findings.check(Invariant.CAUSALITY, order != null, () -> "a report without an order: " + report);
            if (order != null) {
                arithmetic(order, report);
            }
        }
    }

    private void arithmetic(SellOrder order, ExecutionReport report) {
        String id = order.getClOrdId();
        boolean atLimit = true;
        if (report.getExecType() == ExecType.TRADE) {
            filled.merge(id, new BigDecimal(report.getLastQty()), BigDecimal::add);
            atLimit = new BigDecimal(report.getLastPx()).compareTo(new BigDecimal(order.getPrice())) >= 0;
        }
        BigDecimal cum = filled.getOrDefault(id, BigDecimal.ZERO);
        BigDecimal ordered = new BigDecimal(order.getOrderQty());
        BigDecimal leaves = new BigDecimal(report.getLeavesQty());
        boolean ended = List.of(OrdStatus.CANCELED, OrdStatus.EXPIRED, OrdStatus.REJECTED)
                .contains(report.getOrdStatus());
        boolean adds = new BigDecimal(report.getCumQty()).compareTo(cum) == 0
                && cum.compareTo(ordered) <= 0
                && leaves.compareTo(ended ? BigDecimal.ZERO : ordered.subtract(cum)) == 0;
        boolean bounded = atLimit;
        findings.check(
                Invariant.ORDER_ARITHMETIC, adds && bounded, () -> report + " on " + ordered + ", filled " + cum);
    }
}

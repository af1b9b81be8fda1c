package io.loanledger.local.demo;

import io.loanledger.core.loan.LoanEvent;
import io.loanledger.events.CureKind;
import io.loanledger.events.CustodyStatement;
import io.loanledger.events.ExecType;
import io.loanledger.events.ExecutionReport;
import io.loanledger.events.LiquidationAmended;
import io.loanledger.events.LiquidationDeclined;
import io.loanledger.events.LiquidationMode;
import io.loanledger.events.LiquidationRequested;
import io.loanledger.events.LiquidationSettled;
import io.loanledger.events.MarginCallCured;
import io.loanledger.events.MarginCallExpired;
import io.loanledger.events.MarginCallIssued;
import io.loanledger.events.Rejection;
import io.loanledger.events.SellOrder;
import io.loanledger.events.SurplusPaid;
import io.loanledger.local.audit.PublicHistory;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What happened, counted in the topics.
 *
 * @param disbursed loans whose money went out
 * @param cures by kind
 * @param partial sales that ended as partial ones with something sold
 * @param full sales that ended as full ones with something sold
 * @param fills executions of the kind TRADE, each once however often it was sent
 * @param statements of the custodian
 * @param differences that the ledger found with custodian or desk, settled since or not
 * @param repaid loans that owe nothing any more
 */
record DemoFigures(
        long disbursed,
        BigDecimal lent,
        long marginCalls,
        Map<CureKind, Long> cures,
        long expiries,
        long requests,
        long partial,
        long full,
        long declined,
        long orders,
        long fills,
        long repeatedReports,
        BigDecimal surplusPaid,
        long surplusPayments,
        long shortfalls,
        BigDecimal shortfall,
        long repaid,
        long statements,
        long differences,
        Map<String, Long> rejections,
        long deadLetters) {

    /** Follows the journal for {@link DemoFigures}: what only the ledger's own events say. */
    static final class OfJournal {
        private long disbursed;
        private BigDecimal lent = BigDecimal.ZERO;
        private long shortfalls;
        private BigDecimal shortfall = BigDecimal.ZERO;
        private long repaid;
        private long differences;

        void follow(LoanEvent event) {
            if (event instanceof LoanEvent.DisbursementConfirmed e) {
                disbursed++;
                lent = lent.add(e.amount().amount());
            } else if (event instanceof LoanEvent.ShortfallRecorded e) {
                shortfalls++;
                shortfall = shortfall.add(e.amount().amount());
            } else if (event instanceof LoanEvent.LoanRepaid) {
                repaid++;
            } else if (event instanceof LoanEvent.ReconciliationDifferenceFound) {
                differences++;
            }
        }
    }

    static DemoFigures of(PublicHistory history, OfJournal journal, long deadLetters) {
        var cures = new EnumMap<CureKind, Long>(CureKind.class);
        history.of(MarginCallCured.class).forEach(cure -> cures.merge(cure.getKind(), 1L, Long::sum));
        Map<String, LiquidationMode> modes = new HashMap<>();
        history.of(LiquidationRequested.class).forEach(request -> modes.put(request.getCaseId(), request.getMode()));
        // A case's amendments stand in one partition, in the order of their versions.
        history.of(LiquidationAmended.class).forEach(amended -> modes.put(amended.getCaseId(), amended.getMode()));
        Map<LiquidationMode, Set<String>> sold = new EnumMap<>(LiquidationMode.class);
        for (LiquidationSettled settled : history.of(LiquidationSettled.class)) {
            LiquidationMode mode = modes.get(settled.getCaseId());
            if (settled.getFinalSettlement() && mode != null && new BigDecimal(settled.getCumQuantity()).signum() > 0) {
                sold.computeIfAbsent(mode, none -> new HashSet<>()).add(settled.getCaseId());
            }
        }
        Set<String> fills = new HashSet<>();
        Set<String> reports = new HashSet<>();
        long sent = 0;
        for (ExecutionReport report : history.of(ExecutionReport.class)) {
            String id = report.getSenderCompId() + "/" + report.getClOrdId() + "/" + report.getExecId();
            sent++;
            reports.add(id);
            if (report.getExecType() == ExecType.TRADE) {
                fills.add(id);
            }
        }
        return new DemoFigures(
                journal.disbursed,
                journal.lent,
                history.of(MarginCallIssued.class).size(),
                cures,
                history.of(MarginCallExpired.class).size(),
                modes.size(),
                sold.getOrDefault(LiquidationMode.PARTIAL, Set.of()).size(),
                sold.getOrDefault(LiquidationMode.FULL, Set.of()).size(),
                // A case that was changed on its way is declined once more for each of its versions.
                history.of(LiquidationDeclined.class).stream()
                        .map(LiquidationDeclined::getCaseId)
                        .distinct()
                        .count(),
                history.of(SellOrder.class).stream()
                        .map(SellOrder::getClOrdId)
                        .distinct()
                        .count(),
                fills.size(),
                sent - reports.size(),
                history.of(SurplusPaid.class).stream()
                        .map(paid -> new BigDecimal(paid.getAmount()))
                        .reduce(BigDecimal.ZERO, BigDecimal::add),
                history.of(SurplusPaid.class).size(),
                journal.shortfalls,
                journal.shortfall,
                journal.repaid,
                history.of(CustodyStatement.class).size(),
                journal.differences,
                history.of(Rejection.class).stream()
                        .collect(Collectors.groupingBy(Rejection::getReason, TreeMap::new, Collectors.counting())),
                deadLetters);
    }

    long cured() {
        return cures.values().stream().mapToLong(Long::longValue).sum();
    }

    long cured(CureKind kind) {
        return cures.getOrDefault(kind, 0L);
    }
}

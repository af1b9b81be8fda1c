package io.loanledger.local.audit;

import io.loanledger.core.loan.LoanEvent;
import io.loanledger.events.CollateralDelivered;
import io.loanledger.events.ExecType;
import io.loanledger.events.ExecutionReport;
import io.loanledger.events.LiquidationSettled;
import io.loanledger.events.SaleProceedsReceived;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Three parties count the same sales: the ledger in its journal, the desk in its executions, custodian and bank in what they handed
 * over and received. Coin must agree case by case between ledger and custodian and in all with the desk; cash likewise, net of the
 * desk's commission, with the bank. The desk's gross of an order is half-even to the cent, once per order, as the ledger books it.
 */
public final class Reconciliation {

    private static final int CENTS = 2;

    /** Coin and cash of the ledger's sales, in all. */
    public record Totals(BigDecimal coin, BigDecimal gross, BigDecimal fees) {}

    private final Map<String, BigDecimal> ledgerCoin = new HashMap<>();
    private final Map<String, BigDecimal> ledgerCash = new HashMap<>();
    private final Map<String, LoanEvent.ReconciliationDifferenceFound> open = new HashMap<>();
    private BigDecimal coin = BigDecimal.ZERO;
    private BigDecimal gross = BigDecimal.ZERO;
    private BigDecimal fees = BigDecimal.ZERO;

    /** The next event of the journal. */
    public void follow(String loanId, LoanEvent event) {
        if (event instanceof LoanEvent.ReconciliationDifferenceFound e) {
            open.put(loanId + " " + e.kind() + " " + e.assetCode(), e);
        } else if (event instanceof LoanEvent.ReconciliationDifferenceSettled e) {
            open.remove(loanId + " " + e.kind() + " " + e.assetCode());
        } else if (event instanceof LoanEvent.SaleSettled e) {
            ledgerCoin.merge(e.caseId(), e.sold().amount(), BigDecimal::add);
            ledgerCash.merge(e.caseId(), e.gross().minus(e.deskFees()).amount(), BigDecimal::add);
            coin = coin.add(e.sold().amount());
            gross = gross.add(e.gross().amount());
            fees = fees.add(e.deskFees().amount());
        }
    }

    public Totals totals() {
        return new Totals(coin, gross, fees);
    }

    /** Compares with what the others say. */
    public void check(PublicHistory history, Findings findings) {
        // A producer may send a fact again under the same event id.
        Set<String> told = new HashSet<>();
        var delivered = new HashMap<String, BigDecimal>();
        history.of(CollateralDelivered.class).stream()
                .filter(e -> told.add(e.getEventId()))
                .forEach(e -> delivered.merge(e.getCaseId(), new BigDecimal(e.getQuantity()), BigDecimal::add));
        var received = new HashMap<String, BigDecimal>();
        history.of(SaleProceedsReceived.class).stream()
                .filter(e -> told.add(e.getEventId()))
                .forEach(e -> received.merge(e.getCaseId(), new BigDecimal(e.getAmount()), BigDecimal::add));
        var settled = new HashMap<String, BigDecimal>();
        history.of(LiquidationSettled.class)
                .forEach(e -> settled.merge(e.getCaseId(), new BigDecimal(e.getCumQuantity()), BigDecimal::max));
        Set<String> cases = new HashSet<>(ledgerCoin.keySet());
        cases.addAll(delivered.keySet());
        cases.addAll(received.keySet());
        for (String caseId : cases) {
            agree(findings, caseId + " coin, ledger and custodian", ledgerCoin.get(caseId), delivered.get(caseId));
            agree(findings, caseId + " coin, ledger and processor", ledgerCoin.get(caseId), settled.get(caseId));
            agree(findings, caseId + " cash, ledger and bank", ledgerCash.get(caseId), received.get(caseId));
        }
        desk(history, findings);
        findings.check(
                Invariant.THREE_WAY_RECONCILIATION,
                open.isEmpty(),
                () -> open.size() + " differences that the ledger found are open, one: "
                        + open.values().iterator().next());
    }

    private void desk(PublicHistory history, Findings findings) {
        BigDecimal deskCoin = BigDecimal.ZERO;
        var grossByOrder = new HashMap<String, BigDecimal>();
        var feesByOrder = new HashMap<String, BigDecimal>();
        Set<String> seen = new HashSet<>();
        for (ExecutionReport fill : history.of(ExecutionReport.class)) {
            if (fill.getExecType() == ExecType.TRADE
                    && seen.add(fill.getSenderCompId() + "/" + fill.getClOrdId() + "/" + fill.getExecId())) {
                BigDecimal quantity = new BigDecimal(fill.getLastQty());
                deskCoin = deskCoin.add(quantity);
                grossByOrder.merge(
                        fill.getClOrdId(), quantity.multiply(new BigDecimal(fill.getLastPx())), BigDecimal::add);
                feesByOrder.merge(fill.getClOrdId(), new BigDecimal(fill.getCommission()), BigDecimal::add);
            }
        }
        agree(findings, "coin, ledger and desk", coin, deskCoin);
        agree(findings, "gross, ledger and desk", gross, sumOfCents(grossByOrder));
        agree(findings, "commission, ledger and desk", fees, sumOfCents(feesByOrder));
    }

    private static BigDecimal sumOfCents(Map<String, BigDecimal> byOrder) {
        return byOrder.values().stream()
                .map(amount -> amount.setScale(CENTS, RoundingMode.HALF_EVEN))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static void agree(Findings findings, String what, @Nullable BigDecimal one, @Nullable BigDecimal other) {
        BigDecimal first = one == null ? BigDecimal.ZERO : one;
        BigDecimal second = other == null ? BigDecimal.ZERO : other;
        findings.check(
                Invariant.THREE_WAY_RECONCILIATION,
                first.compareTo(second) == 0,
                () -> what + " differ: " + first.toPlainString() + " and " + second.toPlainString());
    }
}

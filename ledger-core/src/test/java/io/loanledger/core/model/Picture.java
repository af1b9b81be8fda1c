package io.loanledger.core.model;

import io.loanledger.core.loan.BackOff;
import io.loanledger.core.loan.Collateral;
import io.loanledger.core.loan.Debt;
import io.loanledger.core.loan.Defaults;
import io.loanledger.core.loan.Disbursement;
import io.loanledger.core.loan.Due;
import io.loanledger.core.loan.LiquidationCase;
import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.MarginCall;
import io.loanledger.core.loan.Overfill;
import io.loanledger.core.loan.Settlement;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A loan's standing as text, drawn once from the ledger's state and once from the model's. */
final class Picture {
    private Picture() {}

    static String of(Loan loan) {
        Map<String, Object> figures = new TreeMap<>();
        if (loan.position() != null) {
            Debt debt = loan.debt();
            coins(loan, figures);
            Settlement money = loan.settlement();
            figures.put("principal", debt.principal());
            figures.put(
                    "terms",
                    Tongue.line(
                            loan.terms().terms().productId(),
                            loan.terms().terms().version(),
                            loan.terms().principal()));
            figures.put("maturity", String.valueOf(loan.maturity()));
            figures.put("ended", loan.draws().ended());
            for (Disbursement draw : loan.draws().draws()) {
                figures.put(
                        "draw " + draw.disbursementId(),
                        Tongue.line(draw.disbursementId(), draw.amount(), draw.stage()));
            }
            figures.put("interest", debt.interest());
            figures.put("fees", debt.fees());
            figures.put("costs", debt.charges().costs());
            figures.put("penalties", debt.charges().penalties());
            figures.put("billed", loan.servicing().billed());
            figures.put("default", defaults(loan.servicing().defaults()));
            figures.put("penaltiesPosted", debt.charges().penaltiesPosted());
            for (Due due : loan.servicing().dues()) {
                figures.put("due " + due.number(), due(due));
            }
            figures.put("interestPosted", debt.interestPosted());
            figures.put("clearing", money.clearing());
            figures.put("owed", money.surplusOwed());
            figures.put("paying", money.surplusPaying());
            figures.put("deskClaim", money.deskClaim());
            figures.put("stabilised", money.stabilised());
        }
        loan.suspense().forEach(m -> figures.put("suspense " + m.currency().code(), m));
        BackOff wait = loan.backOff();
        figures.put("silent", wait == null ? "no" : wait.declines() + " until " + wait.retryAt());
        loan.closedCases().forEach(c -> figures.put("over " + c.caseId(), over(c.overfill())));
        figures.put("releasedOn", String.valueOf(loan.releasedOn()));
        MarginCall call = loan.marginCall();
        figures.put("call", call == null ? "none" : call(call));
        figures.put("reached", loan.reached());
        LiquidationCase open = loan.openCase();
        figures.put(
                "case",
                open == null
                        ? "none"
                        : Tongue.line(
                                open.caseId(),
                                open.reason(),
                                open.mode(),
                                open.version(),
                                open.reserved(),
                                open.wanted(),
                                open.cumQuantity(),
                                open.fees(),
                                open.penalties(),
                                over(open.overfill())));
        figures.put(
                "differences",
                loan.reconciliation().open().stream()
                        .map(d -> Tongue.line(d.kind() + " " + d.assetCode(), d.ours(), d.theirs(), d.asOf()) + ",")
                        .sorted()
                        .collect(Collectors.joining()));
        return paint(loan.status() + (loan.frozen() ? " frozen" : ""), figures);
    }

    static String of(NaiveModel model) {
        NaiveLoan loan = model.loan;
        Map<String, Object> figures = new TreeMap<>();
        if (loan.terms != null) {
            figures.put("principal", loan.debt.principal);
            figures.put(
                    "terms", Tongue.line(loan.bound().productId(), loan.bound().version(), loan.asked));
            figures.put("maturity", String.valueOf(loan.maturity()));
            figures.put("ended", loan.line.ended);
            loan.line.draws.forEach(draw -> figures.put("draw " + draw.id, draw));
            figures.put("interest", loan.debt.interest);
            figures.put("fees", loan.debt.fees);
            figures.put("costs", loan.debt.costs);
            figures.put("penalties", loan.debt.penalties);
            figures.put("billed", loan.billed);
            figures.put("default", defaults(loan.inDefault));
            figures.put("penaltiesPosted", loan.debt.penaltiesPosted);
            for (NaiveDebt.Bucket b : loan.debt.buckets) {
                figures.put(
                        "due " + b.number, Tongue.line("", b.dueOn, b.fees, b.interest, b.principal, b.lateFeeCharged));
            }
            figures.put("interestPosted", loan.debt.interestBefore.add(loan.debt.interestPosted));
            loan.coins.stream().filter(coin -> coin.isLoans).forEach(coin -> coin(figures, coin));
            figures.put("clearing", loan.clearing);
            figures.put("owed", loan.surplusOwed);
            figures.put("paying", loan.surplusPaying);
            figures.put("deskClaim", loan.deskClaim);
            figures.put("stabilised", loan.stabilised);
        }
        loan.suspense.forEach((code, amount) -> figures.put("suspense " + code, amount));
        figures.put("silent", loan.silentUntil == null ? "no" : loan.declines + " until " + loan.silentUntil);
        loan.closed.values().forEach(s -> figures.put("over " + s.id, over(s)));
        figures.put("releasedOn", String.valueOf(loan.releasedOn));
        figures.put("call", loan.call == null ? "none" : loan.call);
        figures.put("reached", loan.reached);
        NaiveLoan.Sale open = loan.sale;
        figures.put("case", open == null ? "none" : sale(open));
        figures.put("differences", model.reconciliation);
        return paint(loan.status + (loan.frozen ? " frozen" : ""), figures);
    }

    private static void coins(Loan loan, Map<String, Object> figures) {
        loan.coins().forEach(coin -> coin(figures, coin));
    }

    private static void coin(Map<String, Object> figures, Collateral coin) {
        String code = coin.asset().code();
        figures.put(code + " deposited", coin.deposited());
        figures.put(code + " held", coin.held());
        figures.put(code + " reserved", coin.reserved());
        figures.put(code + " releasing", coin.releasing());
        figures.put(code + " sold", coin.sold());
        figures.put(code + " delivered", coin.delivered());
        figures.put(code + " released", coin.released());
        figures.put(code + " reverted", coin.reverted());
        figures.put(code + " missing", coin.missing());
    }

    private static void coin(Map<String, Object> figures, NaiveCoin coin) {
        figures.put(coin.code() + " deposited", coin.deposited);
        figures.put(coin.code() + " held", coin.held);
        figures.put(coin.code() + " reserved", coin.reserved);
        figures.put(coin.code() + " releasing", coin.releasing);
        figures.put(coin.code() + " sold", coin.sold);
        figures.put(coin.code() + " delivered", coin.delivered);
        figures.put(coin.code() + " released", coin.released);
        figures.put(coin.code() + " reverted", coin.reverted);
        figures.put(coin.code() + " missing", coin.missing);
    }

    private static String defaults(Defaults defaults) {
        StringBuilder text = new StringBuilder();
        for (Defaults.Span span : defaults.former()) {
            text.append(Tongue.line("over", span.from(), span.to(), span.waived()))
                    .append(", ");
        }
        Defaults.Current current = defaults.current();
        return text.append(
                        current == null ? "none" : Tongue.line(current.reason().name(), current.since()))
                .toString();
    }

    private static String defaults(NaiveDefault defaults) {
        StringBuilder text = new StringBuilder();
        for (NaiveDefault.Span span : defaults.spans) {
            text.append(Tongue.line("over", span.from(), span.to(), span.waived()))
                    .append(", ");
        }
        return text.append(defaults.isNow() ? Tongue.line(defaults.reason, defaults.since) : "none")
                .toString();
    }

    private static String due(Due due) {
        return Tongue.line("", due.dueOn(), due.fees(), due.interest(), due.principal(), due.lateFeeCharged());
    }

    private static String call(MarginCall call) {
        MarginCall.Dispute dispute = call.dispute();
        return Tongue.line(
                call.callId(),
                call.rung(),
                call.deadline(),
                call.stage(),
                String.valueOf(call.healedSince()),
                dispute == null ? "null" : dispute.disputedAt(),
                dispute == null ? "null" : dispute.answerBy());
    }

    private static String sale(NaiveLoan.Sale s) {
        return Tongue.line(
                s.id, s.reason, s.mode, s.version, s.reserved, s.wanted, s.cumQuantity, s.fees, s.penalties, over(s));
    }

    private static String over(Overfill o) {
        return Tongue.line("beyond", o.quantity(), o.gross(), o.deskFees());
    }

    private static String over(NaiveLoan.Sale s) {
        return Tongue.line("beyond", s.overQuantity, s.overGross, s.overFees);
    }

    private static String paint(String head, Map<String, @Nullable Object> figures) {
        StringBuilder text = new StringBuilder(head);
        figures.forEach(
                (name, figure) -> text.append("; ").append(name).append(' ').append(Tongue.plain(figure)));
        return text.toString();
    }
}

package io.loanledger.local.checker;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A loan's figures as the journal shows them, what they must fulfil by themselves, and a copy of all of them. */
final class LoanFigures {
    private LoanFigures() {}

    /** Of a loan that is bound. */
    static Map<String, Object> shown(Loan loan) {
        Map<String, Object> shown = new LinkedHashMap<>(32);
        shown.put("debtAsset", loan.terms().debtAsset());
        shown.put("collateralAsset", loan.coinCode);
        int cents = loan.terms().debtScale();
        shown.put("principal", Said.text(loan.principal, cents));
        shown.put("interest", Said.text(loan.interest, cents));
        shown.put("fees", Said.text(loan.fees, cents));
        shown.put("interestPosted", Said.text(loan.interestPosted, cents));
        shown.put(
                "principalDays",
                loan.terms().interest().compounds()
                        ? new Said.Approximately(loan.principalDays)
                        : new Said.Figure(loan.principalDays));
        shown.put("accruedTo", loan.accruedTo == Loan.NO_DAY ? Said.Nothing.NULL : (Object) loan.accruedTo);
        shown.put("startedOn", loan.startedOn == Loan.NO_DAY ? Said.Nothing.NULL : (Object) loan.startedOn);
        int places = loan.coin().scale();
        shown.put("deposited", Said.text(loan.deposited, places));
        shown.put("held", Said.text(loan.held, places));
        shown.put("reserved", Said.text(loan.reserved, places));
        shown.put("releasing", Said.text(loan.releasing, places));
        shown.put("sold", Said.text(loan.sold, places));
        shown.put("delivered", Said.text(loan.delivered, places));
        shown.put("released", Said.text(loan.released, places));
        shown.put("reverted", Said.text(loan.reverted, places));
        shown.put("missing", Said.text(loan.missing, places));
        shown.put("clearing", Said.text(loan.clearing, cents));
        shown.put("surplusOwed", Said.text(loan.surplusOwed, cents));
        shown.put("surplusPaying", Said.text(loan.surplusPaying, cents));
        shown.put("deskClaim", Said.text(loan.deskClaim, cents));
        shown.put("stabilised", noneIfZero(loan.stabilised, cents));
        shown.put("costs", noneIfZero(loan.costs, cents));
        shown.put("penalties", noneIfZero(loan.penalties, cents));
        return shown;
    }

    private static Object noneIfZero(BigDecimal amount, int cents) {
        return amount.signum() == 0 ? Said.Nothing.NULL : Said.text(amount, cents);
    }

    /** What is wrong with the figures as such; empty when nothing is. */
    static List<String> brokenLaws(Loan loan) {
        List<String> broken = new ArrayList<>();
        BigDecimal coin =
                loan.held.add(loan.sold).add(loan.released).add(loan.reverted).subtract(loan.missing);
        if (loan.deposited.compareTo(coin) != 0) {
            broken.add("deposited " + loan.deposited + " is not held + sold + released + reverted - missing = " + coin);
        }
        if (loan.reserved.compareTo(loan.held) > 0 || loan.reserved.signum() < 0) {
            broken.add("reserved " + loan.reserved + " of held " + loan.held);
        }
        for (BigDecimal figure : List.of(
                loan.deposited,
                loan.held,
                loan.releasing,
                loan.sold,
                loan.released,
                loan.reverted,
                loan.missing,
                loan.principal)) {
            if (figure.signum() < 0) {
                broken.add("a figure is negative: " + figure);
            }
        }
        return broken;
    }

    /** A card of its own, to try an input on. */
    static Loan copy(Loan loan) {
        Loan copy = new Loan(loan.id);
        copy.status = loan.status;
        copy.frozen = loan.frozen;
        copy.quarantine = loan.quarantine;
        copy.product = loan.product;
        copy.asked = loan.asked;
        copy.requestedOn = loan.requestedOn;
        copy.debtCode = loan.debtCode;
        copy.coinCode = loan.coinCode;
        if (loan.bound()) {
            copy.bind(loan.terms());
        }
        copyFigures(loan, copy);
        copy.pieces = new LinkedHashMap<>();
        loan.pieces.forEach((proof, piece) -> copy.pieces.put(proof, piece.copy()));
        copy.payments = new LinkedHashMap<>(loan.payments);
        copy.buckets = new ArrayList<>(loan.buckets.size());
        loan.buckets.forEach(bucket -> copy.buckets.add(bucket.copy()));
        copy.releasedOn = loan.releasedOn;
        copy.releases = new HashMap<>(loan.releases);
        copy.payouts = new HashMap<>(loan.payouts);
        copy.closedSales = new LinkedHashMap<>();
        loan.closedSales.forEach((caseId, closed) -> copy.closedSales.put(caseId, closed.copy()));
        copy.seen = new HashMap<>(loan.seen);
        copy.payoutAsked = loan.payoutAsked;
        copy.custody = loan.custody.copy();
        copy.declines = loan.declines;
        copy.retryAt = loan.retryAt;
        copy.pledgeReturns = new HashMap<>(loan.pledgeReturns);
        copy.call = loan.call;
        copy.reached = loan.reached;
        Sale sale = loan.sale;
        copy.sale = sale == null ? null : sale.copy();
        copy.calls = loan.calls;
        copy.cases = loan.cases;
        copy.releaseCount = loan.releaseCount;
        copy.payoutCount = loan.payoutCount;
        return copy;
    }

    private static void copyFigures(Loan loan, Loan copy) {
        copy.deposited = loan.deposited;
        copy.held = loan.held;
        copy.reserved = loan.reserved;
        copy.releasing = loan.releasing;
        copy.sold = loan.sold;
        copy.delivered = loan.delivered;
        copy.released = loan.released;
        copy.reverted = loan.reverted;
        copy.missing = loan.missing;
        copy.principal = loan.principal;
        copy.interest = loan.interest;
        copy.fees = loan.fees;
        copy.costs = loan.costs;
        copy.penalties = loan.penalties;
        copy.interestPosted = loan.interestPosted;
        copy.principalDays = loan.principalDays;
        copy.fixings = loan.fixings;
        copy.plan = loan.plan;
        copy.accruedTo = loan.accruedTo;
        copy.startedOn = loan.startedOn;
        copy.clearing = loan.clearing;
        copy.surplusOwed = loan.surplusOwed;
        copy.stabilised = loan.stabilised;
        copy.purchases = new HashMap<>(loan.purchases);
        copy.version = loan.version;
        copy.surplusPaying = loan.surplusPaying;
        copy.deskClaim = loan.deskClaim;
    }
}

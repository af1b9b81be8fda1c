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
        Basket own = loan.basket(loan.coinCode);
        shown.put("deposited", Said.text(own.deposited, places));
        shown.put("held", Said.text(own.held, places));
        shown.put("reserved", Said.text(own.reserved, places));
        shown.put("releasing", Said.text(own.releasing, places));
        shown.put("sold", Said.text(own.sold, places));
        shown.put("delivered", Said.text(own.delivered, places));
        shown.put("released", Said.text(own.released, places));
        shown.put("reverted", Said.text(own.reverted, places));
        shown.put("missing", Said.text(own.missing, places));
        shown.put("clearing", Said.text(loan.clearing, cents));
        shown.put("surplusOwed", Said.text(loan.surplusOwed, cents));
        shown.put("surplusPaying", Said.text(loan.surplusPaying, cents));
        shown.put("deskClaim", Said.text(loan.deskClaim, cents));
        shown.put("stabilised", noneIfZero(loan.stabilised, cents));
        shown.put("costs", noneIfZero(loan.costs, cents));
        shown.put("penalties", noneIfZero(loan.penalties, cents));
        shown.put(
                "further",
                new Said.Further(
                        loan.further.stream().map(asset -> further(loan, asset)).toList()));
        shown.put("interestBefore", noneIfZero(loan.interestBefore, cents));
        Defaults defaults = loan.defaults;
        boolean none = defaults.days.signum() == 0 && defaults.posted.signum() == 0;
        shown.put("penaltyDays", none ? Said.Nothing.NULL : (Object) new Said.Figure(defaults.days));
        shown.put("penaltiesPosted", none ? Said.Nothing.NULL : (Object) Said.text(defaults.posted, cents));
        return shown;
    }

    private static Map<String, String> further(Loan loan, String asset) {
        Basket basket = loan.basket(asset);
        int places = loan.coin(asset).scale();
        Map<String, String> shown = new LinkedHashMap<>();
        shown.put("asset", asset);
        shown.put("deposited", Said.text(basket.deposited, places));
        shown.put("held", Said.text(basket.held, places));
        shown.put("reserved", Said.text(basket.reserved, places));
        shown.put("releasing", Said.text(basket.releasing, places));
        shown.put("sold", Said.text(basket.sold, places));
        shown.put("delivered", Said.text(basket.delivered, places));
        shown.put("released", Said.text(basket.released, places));
        shown.put("reverted", Said.text(basket.reverted, places));
        shown.put("missing", Said.text(basket.missing, places));
        return shown;
    }

    private static Object noneIfZero(BigDecimal amount, int cents) {
        return amount.signum() == 0 ? Said.Nothing.NULL : Said.text(amount, cents);
    }

    /** What is wrong with the figures as such; empty when nothing is. */
    static List<String> brokenLaws(Loan loan) {
        List<String> broken = new ArrayList<>();
        loan.baskets().values().forEach(basket -> broken.addAll(basket.brokenLaws()));
        if (loan.principal.signum() < 0) {
            broken.add("principal is negative: " + loan.principal);
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
        copy.draws = loan.draws.copy();
        copy.rolledOver = loan.rolledOver;
        copy.agreedPrincipal = loan.agreedPrincipal;
        copy.interestBefore = loan.interestBefore;
        copy.amended = loan.amended;
        copy.amendedMaturity = loan.amendedMaturity;
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
        copy.defaults = loan.defaults.copy();
        copy.releasedOn = loan.releasedOn;
        copy.releases = new HashMap<>(loan.releases);
        copy.releasedAsset = new HashMap<>(loan.releasedAsset);
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
        copy.further = new ArrayList<>(loan.further);
        Map<String, Basket> baskets = new HashMap<>();
        loan.baskets().forEach((asset, basket) -> baskets.put(asset, basket.copy()));
        copy.putBaskets(baskets);
        copy.principal = loan.principal;
        copy.interest = loan.interest;
        copy.fees = loan.fees;
        copy.costs = loan.costs;
        copy.penalties = loan.penalties;
        copy.interestPosted = loan.interestPosted;
        copy.principalDays = loan.principalDays;
        copy.fixings = loan.fixings;
        copy.plan = loan.plan;
        copy.bucketsOfBefore = loan.bucketsOfBefore;
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

package io.loanledger.core.model;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The open case: how it is asked for, grows at a new low and shrinks when money or coin comes. */
final class NaiveCases {
    private final NaiveMargin margin;
    private final NaiveLoan loan;
    private final List<String> lines;
    final NaiveSizing sizing;

    NaiveCases(NaiveMargin margin, NaiveLoan loan, List<String> lines) {
        this.margin = margin;
        this.loan = loan;
        this.lines = lines;
        this.sizing = new NaiveSizing(margin, loan);
    }

    void request(String reason, NaivePrices prices) {
        int rung = reason.equals("CALL_EXPIRED") ? loan.call.rung : 0;
        NaiveCoin coin = loan.forSale();
        request(reason, rung, prices, coin, sizing.need(coin, prices));
    }

    /** The bands that are armed, up to the highest that is met. */
    void sellBand(int rung, NaivePrices prices) {
        NaiveCoin coin = loan.forSale();
        request("HARD_LTV", rung, prices, coin, sizing.band(coin, rung, prices));
    }

    /** Until nothing is owed. */
    void sellInDefault(NaivePrices prices) {
        NaiveCoin coin = loan.forSale();
        NaiveSizing.Need need = sizing.clearing(coin, prices);
        if (need.quantity().signum() > 0) {
            request(loan.inDefault.reason, 0, prices, coin, need);
        }
    }

    /** The next coin of a sale that was begun. */
    void goOn(NaiveLoan.Sale before, NaivePrices prices) {
        NaiveCoin coin = loan.forSale();
        request(before.reason, before.rung, prices, coin, sizing.further(coin, prices));
        loan.sale.callDeadline = before.callDeadline;
    }

    static boolean isOfDefault(NaiveLoan.Sale sale) {
        return List.of("PAYMENT_DEFAULT", "MATURITY", "CROSS_DEFAULT", "MANUAL").contains(sale.reason);
    }

    private NaiveSizing.Need measure(NaiveLoan.Sale sale, NaivePrices prices) {
        return isOfDefault(sale) ? sizing.clearing(sale.coin, prices) : sizing.need(sale.coin, prices);
    }

    private void request(String reason, int rung, NaivePrices prices, NaiveCoin coin, NaiveSizing.Need need) {
        if (loan.silentUntil != null && prices.time().isAfter(loan.silentUntil.plusSeconds(64))) {
            loan.forgetDeclines(); // it could have asked for a minute and did not: it had healed
        }
        loan.cases++;
        NaiveLoan.Sale sale = new NaiveLoan.Sale(coin);
        sale.id = loan.id + "/case/" + loan.cases + (loan.isMixed() ? "/" + coin.code() : "");
        loan.askedFor.put(sale.id, coin);
        sale.reason = reason;
        sale.mode = need.mode();
        sale.reserved = need.quantity();
        sale.wanted = need.quantity();
        sale.measuredAt = prices.counts(coin);
        sale.per = loan.bound().agreed().debtPrice() == null ? null : prices.measure();
        sale.callDeadline = loan.call != null && reason.equals("CALL_EXPIRED") ? loan.call.deadline : null;
        sale.rung = rung;
        if (loan.call != null) {
            loan.call.healedSince = null;
        }
        loan.sale = sale;
        loan.relyOnAllCoin();
        coin.reserved = need.quantity();
        lines.add(Tongue.line("LiquidationRequested", sale.id, reason, sale.mode, need.quantity(), sale.rung));
    }

    /** An open partial case at a price: a new low may enlarge it. */
    void growAtPrice(NaivePrices prices) {
        NaiveLoan.Sale sale = loan.sale;
        if (sale.mode.equals("PARTIAL")
                && !loan.frozen
                && !sale.shallNotGrow()
                && (!isOfDefault(sale) || loan.inDefault.isToBeSold())
                && prices.tellOf(sale.coin)
                && !prices.isOfDebt()
                && prices.counts(sale.coin).compareTo(sale.measuredAt) < 0) {
            NaiveSizing.Need need = measure(sale, prices);
            BigDecimal all = sale.cumQuantity.add(need.quantity());
            if (all.compareTo(sale.wanted) > 0) {
                amend(all, need.mode(), prices);
            }
        }
    }

    /** A fact moved debt or coin under an open case. */
    void measureAgain() {
        NaiveLoan.Sale sale = loan.sale;
        NaivePrices prices = margin.anyPrices();
        if (loan.frozen) {
            shrinkToIrrevocable();
            return;
        }
        if (isOfDefault(sale) && !loan.inDefault.isToBeSold()) {
            shrinkToIrrevocable();
            return;
        }
        if (prices == null) {
            return;
        }
        NaiveSizing.Need need = measure(sale, prices);
        BigDecimal all = sale.cumQuantity.add(need.quantity());
        boolean grows = all.compareTo(sale.wanted) > 0;
        if (sale.mode.equals("INCREMENT")) {
            if (!grows && all.compareTo(sale.wanted) != 0) {
                amend(all, "INCREMENT", prices);
            }
            return;
        }
        if (grows && (!prices.isOpen() || loan.frozen || sale.shallNotGrow())) {
            return;
        }
        if (all.compareTo(sale.wanted) != 0) {
            amend(all, need.mode(), prices);
        }
    }

    /** What was sold for a default that is over stays, and no more of it is. */
    void shrinkIfDefaultEnded() {
        if (loan.sale != null && isOfDefault(loan.sale) && !loan.inDefault.isNow()) {
            shrinkToIrrevocable();
        }
    }

    /** Nothing more is to be sold than what cannot be taken back. */
    boolean shrinkToIrrevocable() {
        NaiveLoan.Sale sale = loan.sale;
        if (sale.wanted.compareTo(sale.cumQuantity) <= 0) {
            return false;
        }
        amend(sale.cumQuantity, sale.mode, null);
        return true;
    }

    private void amend(BigDecimal wanted, String mode, @Nullable NaivePrices prices) {
        NaiveLoan.Sale sale = loan.sale;
        sale.version++;
        sale.mode = mode;
        sale.wanted = wanted;
        sale.reserved = sale.reserved.max(wanted);
        sale.coin.reserved = sale.reserved.subtract(sale.cumQuantity);
        if (prices != null) {
            sale.measuredAt = prices.counts(sale.coin);
        }
        lines.add(Tongue.line("LiquidationAmended", sale.id, sale.version, mode, wanted));
    }
}

package io.loanledger.core.model;

import io.loanledger.core.price.IndexPrice;
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

    void request(String reason, IndexPrice index) {
        int rung = reason.equals("CALL_EXPIRED") ? loan.call.rung : 0;
        request(reason, rung, index, sizing.need(index.price()));
    }

    /** The bands that are armed, up to the highest that is met. */
    void sellBand(int rung, IndexPrice index) {
        request("HARD_LTV", rung, index, sizing.band(rung, index.price()));
    }

    private void request(String reason, int rung, IndexPrice index, NaiveSizing.Need need) {
        BigDecimal price = index.price();
        if (loan.silentUntil != null && index.priceTime().isAfter(loan.silentUntil.plusSeconds(64))) {
            loan.forgetDeclines(); // it could have asked for a minute and did not: it had healed
        }
        loan.cases++;
        NaiveLoan.Sale sale = new NaiveLoan.Sale();
        sale.id = loan.id + "/case/" + loan.cases;
        sale.reason = reason;
        sale.mode = need.mode();
        sale.reserved = need.quantity();
        sale.wanted = need.quantity();
        sale.measuredAt = price;
        sale.callDeadline = loan.call != null && reason.equals("CALL_EXPIRED") ? loan.call.deadline : null;
        sale.rung = rung;
        if (loan.call != null) {
            loan.call.healedSince = null;
        }
        loan.sale = sale;
        loan.reserved = need.quantity();
        lines.add(Tongue.line("LiquidationRequested", sale.id, reason, sale.mode, need.quantity(), sale.rung));
    }

    /** An open partial case at a price: a new low may enlarge it. */
    void growAtPrice(BigDecimal price) {
        NaiveLoan.Sale sale = loan.sale;
        if (sale.mode.equals("PARTIAL")
                && !loan.frozen
                && !sale.shallNotGrow()
                && price.compareTo(sale.measuredAt) < 0) {
            NaiveSizing.Need need = sizing.need(price);
            BigDecimal all = sale.cumQuantity.add(need.quantity());
            if (all.compareTo(sale.wanted) > 0) {
                amend(all, need.mode(), price);
            }
        }
    }

    /** A fact moved debt or coin under an open case. */
    void measureAgain() {
        NaiveLoan.Sale sale = loan.sale;
        IndexPrice index = margin.anyPrice();
        if (loan.frozen) {
            shrinkToIrrevocable();
            return;
        }
        if (index == null) {
            return;
        }
        NaiveSizing.Need need = sizing.need(index.price());
        BigDecimal all = sale.cumQuantity.add(need.quantity());
        boolean grows = all.compareTo(sale.wanted) > 0;
        if (sale.mode.equals("INCREMENT")) {
            if (!grows && all.compareTo(sale.wanted) != 0) {
                amend(all, "INCREMENT", index.price());
            }
            return;
        }
        if (grows && (!index.state().isOpen() || loan.frozen || sale.shallNotGrow())) {
            return;
        }
        if (all.compareTo(sale.wanted) != 0) {
            amend(all, need.mode(), index.price());
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

    private void amend(BigDecimal wanted, String mode, @Nullable BigDecimal price) {
        NaiveLoan.Sale sale = loan.sale;
        sale.version++;
        sale.mode = mode;
        sale.wanted = wanted;
        sale.reserved = sale.reserved.max(wanted);
        loan.reserved = sale.reserved.subtract(sale.cumQuantity);
        if (price != null) {
            sale.measuredAt = price;
        }
        lines.add(Tongue.line("LiquidationAmended", sale.id, sale.version, mode, wanted));
    }
}

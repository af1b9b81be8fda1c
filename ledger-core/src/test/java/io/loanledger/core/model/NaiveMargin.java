package io.loanledger.core.model;

import io.loanledger.core.loan.Circumstances;
import io.loanledger.core.loan.LoanStatus;
import io.loanledger.core.money.Threshold;
import io.loanledger.core.terms.Rung;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a loan is measured by, and what prices do to it before its money is out. */
final class NaiveMargin {
    private final NaiveLoan loan;
    private final Circumstances now;
    private final List<String> lines;
    final NaiveCases cases;
    final NaiveLadder ladder;
    final NaiveClocks clocks;
    NaiveStabilised stabilised;

    NaiveMargin(NaiveLoan loan, Circumstances now, List<String> lines) {
        this.loan = loan;
        this.now = now;
        this.lines = lines;
        this.cases = new NaiveCases(this, loan, lines);
        this.ladder = new NaiveLadder(this, loan, now, lines);
        this.clocks = new NaiveClocks(this, loan, lines);
    }

    Instant taskTime() {
        return now.taskTime();
    }

    LocalDate today() {
        return now.taskTime().atZone(ZoneOffset.UTC).toLocalDate();
    }

    @Nullable
    NaivePrices anyPrices() {
        return NaivePrices.newest(loan, now);
    }

    @Nullable
    NaivePrices openPrices() {
        NaivePrices prices = anyPrices();
        return prices == null || !prices.isOpen() ? null : prices;
    }

    /** Whether the loan would meet its first limit, were its collateral worth so much. */
    boolean meetsFirstLimit(NaiveWorth value) {
        return meets(firstLimit(), scaledWithDraws(), value);
    }

    /** Whether it does, with the draws that are on their way. */
    boolean meetsFirstLimit(NaivePrices prices) {
        return meetsFirstLimit(prices.value());
    }

    /** The exposure, were all draws on their way paid out. */
    BigDecimal scaledWithDraws() {
        return loan.debt.scaledExposureWith(loan.line.pending(), today());
    }

    private boolean meets(Threshold threshold, BigDecimal scaledExposure, NaivePrices prices) {
        return meets(threshold, scaledExposure, prices.value());
    }

    private boolean meets(Threshold threshold, BigDecimal scaledExposure, NaiveWorth value) {
        int order = loan.compareLtv(scaledExposure, value, threshold.ltv());
        return threshold.comparator() == Threshold.Comparator.REACHES ? order >= 0 : order > 0;
    }

    boolean meets(Threshold threshold, NaivePrices prices) {
        return meets(threshold, loan.debt.scaledExposure(today()), prices);
    }

    private boolean hasCoin() {
        return loan.coins.stream().anyMatch(coin -> coin.held.signum() > 0);
    }

    // --- before the money is out
    // ----------------------------------------------------------------------------------------

    void issueIfPossible() {
        if (loan.status != LoanStatus.REQUESTED || loan.terms == null || loan.frozen || !hasCoin()) {
            return;
        }
        NaivePrices prices = openPrices();
        if (prices == null || !prices.isFresh() || !loan.debt.rates.isKnown()) {
            return;
        }
        if (loan.compareLtv(loan.debt.scaledPromise(), prices.value(), loan.openLtv()) <= 0) {
            loan.status = LoanStatus.ISSUED;
            loan.payout = "INSTRUCTED";
            lines.add(Tongue.line("LoanIssued", loan.id + "/disbursement", loan.lent));
        }
    }

    void stopPayoutIfBreached() {
        if (loan.status != LoanStatus.ISSUED || !loan.payout.equals("INSTRUCTED")) {
            return;
        }
        NaivePrices prices = openPrices();
        boolean breached = prices != null && meets(firstLimit(), loan.debt.scaledPromise(), prices);
        boolean unsecured = loan.coins.stream().allMatch(coin -> coin.pledged().signum() == 0);
        if (unsecured || breached) {
            stopPayout();
        }
    }

    /** Where the lender first acts against the borrower. */
    private Threshold firstLimit() {
        for (Rung rung : loan.bound().ladder().rungs()) {
            if (rung.action() != Rung.Action.NOTICE) {
                return rung.threshold();
            }
        }
        return loan.bound().liquidation().threshold();
    }

    void stopPayout() {
        loan.payout = "CANCEL_ASKED";
        lines.add(Tongue.line(
                "DisbursementCancelInstructed", loan.id + "/disbursement/cancel", loan.id + "/disbursement"));
    }
}

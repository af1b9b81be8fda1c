package io.loanledger.core.model;

import static io.loanledger.core.model.NaiveModel.refuseIf;

import io.loanledger.core.loan.Circumstances;
import io.loanledger.core.loan.CureKind;
import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.loan.LoanStatus;
import io.loanledger.core.loan.Refusal;
import io.loanledger.core.model.NaiveModel.After;
import io.loanledger.core.model.NaiveModel.No;
import io.loanledger.core.terms.CollateralTerms;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.Rate;
import io.loanledger.core.terms.SalePlan;
import io.loanledger.core.terms.ScheduleTerms;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A running loan goes on to another day, or under other terms. */
final class NaiveAmendments {
    private static final int LONGEST_DAYS = 36_525;
    private static final int MOST_INSTALMENTS = 1_200;

    private final NaiveLoan loan;
    private final Circumstances now;
    private final NaiveMargin margin;
    private final NaiveMoney money;
    private final List<String> lines;

    NaiveAmendments(NaiveLoan loan, Circumstances now, NaiveMargin margin, NaiveMoney money, List<String> lines) {
        this.loan = loan;
        this.now = now;
        this.margin = margin;
        this.money = money;
        this.lines = lines;
    }

    After amended(LoanInput.TermsAmended fact) {
        refuseIf(loan.status == LoanStatus.UNKNOWN, Refusal.UNKNOWN_LOAN);
        refuseIf(loan.status == LoanStatus.CLOSED, Refusal.LOAN_CLOSED);
        refuseIf(loan.status != LoanStatus.ACTIVE, Refusal.WRONG_STATUS);
        refuseIf(loan.frozen, Refusal.FROZEN);
        refuseIf(loan.inDefault.isNow(), Refusal.IN_DEFAULT);
        refuseIf(loan.sale != null, Refusal.RELEASE_WHILE_LIQUIDATING);
        refuseIf(loan.call != null, Refusal.RELEASE_WHILE_CALLED);
        LocalDate on = money.valueDate(fact.head().occurredAt());
        boolean isOwn = fact.productId().equals(loan.bound().productId())
                && fact.version() == loan.bound().version();
        if (isOwn) {
            refuseIf(cannotExtendTo(fact.maturity()), Refusal.TERMS_MISFIT);
            checkPrice();
            measured(fact.fee().amount(), () -> extendTo(fact.maturity()));
            lines.add(Tongue.line("LoanAmended", Tongue.NONE, on, fact.maturity()));
        } else {
            rollOver(fact, later(on, loan.debt.accruedTo));
        }
        return new After(CureKind.PRICE, null, true, true);
    }

    private void rollOver(LoanInput.TermsAmended fact, LocalDate on) {
        ProductTerms next = now.newestTerms(fact.productId());
        refuseIf(next == null || next.version() != fact.version(), Refusal.TERMS_UNKNOWN);
        LocalDate itsOwn = next.termDays() == 0 ? null : on.plusDays(next.termDays());
        LocalDate maturity = fact.maturity() == null ? itsOwn : fact.maturity();
        boolean named = fact.maturity() != null && next.termDays() == 0;
        refuseIf(named || doesNotFit(next) || doesNotFit(next, on, maturity), Refusal.TERMS_MISFIT);
        checkPrice();
        Runnable undo = loan.debt.undo();
        money.postThrough(on);
        money.refundInterest();
        try {
            measured(fact.fee().amount(), () -> goOn(next, on, maturity));
        } catch (No no) {
            undo.run();
            throw no;
        }
        loan.relyOnAllCoin();
        String terms = Tongue.line(next.productId(), next.version());
        lines.add(Tongue.line("LoanAmended", terms, on, String.valueOf(maturity)));
    }

    private void checkPrice() {
        NaivePrices prices = margin.openPrices();
        refuseIf(prices == null || !prices.isFresh(), Refusal.NO_FRESH_PRICE);
    }

    /** Makes the change, and takes it back where the loan would stand at the first limit that it then has. */
    private void measured(BigDecimal fee, Runnable change) {
        Runnable undoDebt = loan.debt.undo();
        Runnable undoTerms = undoTerms();
        if (fee.signum() != 0) {
            loan.debt.fees = loan.debt.fees.add(fee);
            lines.add(Tongue.line("ChargePosted", "FEE", fee, 0));
        }
        change.run();
        if (margin.meetsFirstLimit(margin.openPrices())) {
            undoTerms.run();
            undoDebt.run();
            throw new No(Refusal.LTV_TOO_HIGH);
        }
    }

    private void extendTo(@Nullable LocalDate maturity) {
        loan.amended = true;
        loan.amendedMaturity = maturity;
    }

    /** The same loan under other terms from a day on, with the principal that it has. */
    private void goOn(ProductTerms next, LocalDate on, @Nullable LocalDate maturity) {
        loan.terms = next;
        List<NaiveCoin> former = List.copyOf(loan.coins);
        loan.coins.clear();
        for (CollateralTerms taken : next.collateral()) {
            NaiveCoin known = former.stream()
                    .filter(coin -> coin.code().equals(taken.asset().code()))
                    .findFirst()
                    .orElse(null);
            if (known != null) {
                known.terms = taken;
                loan.coins.add(known);
            } else if (loan.isMixed()) {
                loan.coins.add(new NaiveCoin(taken, false));
            }
        }
        extendTo(maturity);
        loan.rolledOver = true;
        loan.asked = loan.debt.principal;
        loan.billedBefore = loan.billed;
        loan.reached = 0;
        loan.inDefault.spans.clear();
        loan.debt.beginAnew(on);
    }

    /** Takes either back. */
    private Runnable undoTerms() {
        ProductTerms terms = loan.terms;
        List<NaiveCoin> coins = List.copyOf(loan.coins);
        List<CollateralTerms> taken = coins.stream().map(coin -> coin.terms).toList();
        boolean amended = loan.amended;
        LocalDate maturity = loan.amendedMaturity;
        boolean rolledOver = loan.rolledOver;
        BigDecimal asked = loan.asked;
        int billedBefore = loan.billedBefore;
        int reached = loan.reached;
        List<NaiveDefault.Span> spans = List.copyOf(loan.inDefault.spans);
        return () -> {
            loan.terms = terms;
            loan.coins.clear();
            loan.coins.addAll(coins);
            for (int i = 0; i < coins.size(); i++) {
                coins.get(i).terms = taken.get(i);
            }
            loan.amended = amended;
            loan.amendedMaturity = maturity;
            loan.rolledOver = rolledOver;
            loan.asked = asked;
            loan.billedBefore = billedBefore;
            loan.reached = reached;
            loan.inDefault.spans.clear();
            loan.inDefault.spans.addAll(spans);
            loan.debt.rates.forget();
        };
    }

    // --- what does not fit
    // ----------------------------------------------------------------------------------------

    private boolean cannotExtendTo(@Nullable LocalDate wanted) {
        LocalDate due = loan.maturity();
        if (loan.line.isPending() || due == null || wanted == null) {
            return true;
        }
        boolean later = wanted.isAfter(due) && wanted.isAfter(margin.today());
        if (!later || wanted.isAfter(loan.debt.startedOn.plusDays(LONGEST_DAYS)) || loan.line.ended) {
            return true;
        }
        ScheduleTerms schedule = loan.schedule();
        return schedule != null
                && (schedule.kind().amortises()
                        || loan.billed - loan.billedBefore >= loan.debt.plan().instalments()
                        || hasTooMany(schedule, loan.debt.startedOn, wanted));
    }

    private static boolean hasTooMany(ScheduleTerms schedule, LocalDate start, LocalDate maturity) {
        return NaivePlan.days(schedule, start, maturity).size() - 1 > MOST_INSTALMENTS;
    }

    private boolean doesNotFit(ProductTerms next) {
        ProductTerms before = loan.bound();
        boolean otherKind = !next.debtAsset().equals(before.debtAsset())
                || next.mixedCollateral() != before.mixedCollateral()
                || !String.valueOf(next.agreed().debtPrice())
                        .equals(String.valueOf(before.agreed().debtPrice()));
        boolean notForBoth = next.agreed().line() != null
                || before.agreed().line() != null
                || next.liquidation().plan() == SalePlan.STABILISE
                || before.liquidation().plan() == SalePlan.STABILISE;
        boolean inArrears = loan.debt.buckets.stream().anyMatch(bucket -> !bucket.isPaid());
        boolean hasNoRate = next.interest().rate() instanceof Rate.Referenced read
                && now.series(read.rateId()).isEmpty();
        return otherKind || notForBoth || inArrears || hasNoRate || doesNotTakeItsCoin(next);
    }

    private boolean doesNotTakeItsCoin(ProductTerms next) {
        return loan.coins.stream().filter(coin -> coin.isLoans).anyMatch(coin -> {
            CollateralTerms taken = next.collateral(coin.code()).orElse(null);
            return taken == null
                    || !taken.asset().equals(coin.terms.asset())
                    || !taken.market().equals(coin.terms.market());
        });
    }

    private boolean doesNotFit(ProductTerms next, LocalDate on, @Nullable LocalDate maturity) {
        if (maturity == null) {
            return false;
        }
        if (!maturity.isAfter(on) || !maturity.isAfter(margin.today()) || maturity.isAfter(on.plusDays(LONGEST_DAYS))) {
            return true;
        }
        ScheduleTerms schedule = next.agreed().schedule();
        return schedule != null
                && (schedule.custom().stream()
                                .anyMatch(
                                        planned -> !on.plusDays(planned.onDay()).isBefore(maturity))
                        || hasTooMany(schedule, on, maturity));
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }
}

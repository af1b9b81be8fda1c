package io.loanledger.core.model;

import io.loanledger.core.loan.Circumstances;
import io.loanledger.core.loan.CureKind;
import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.loan.LoanInput.Fact;
import io.loanledger.core.loan.LoanInput.Stated;
import io.loanledger.core.loan.LoanStatus;
import io.loanledger.core.loan.Refusal;
import io.loanledger.core.price.IndexPrice;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The independent model: tells what the ledger must answer to an input, from the rules alone. The answer is lines of
 * {@link Tongue}, or one line {@code refused REASON}, or {@code repeated}. Slow and plain on purpose.
 *
 * <p>{@code postsThrough}: the jittered moment of the periodic posting is the ledger's own choice; whoever drives the model says
 * through which day it posts, when the moment has come.
 */
final class NaiveModel {
    private static final Duration WINDOW = Duration.ofDays(45);

    final NaiveLoan loan;
    private final Circumstances now;
    private final List<String> lines = new ArrayList<>();
    private final NaiveDoor door;
    private final NaiveMargin margin;
    private final NaiveRequest request;
    private final NaiveCustody custody;
    private final NaiveMoney money;
    private final NaivePayments payments;
    private final NaiveServicing servicing;
    private final NaiveAmendments amendments;
    private final NaiveSales sales;
    private final NaiveStabilised stabilised;
    final NaiveReconciliation reconciliation;

    NaiveModel(String loanId, Circumstances now) {
        this.loan = new NaiveLoan(loanId, now);
        this.now = now;
        this.door = new NaiveDoor(loan, now);
        this.margin = new NaiveMargin(loan, now, lines);
        this.request = new NaiveRequest(loan, now, door, margin, lines);
        this.reconciliation = new NaiveReconciliation(loan, lines);
        this.custody = new NaiveCustody(loan, margin, reconciliation, lines);
        this.money = new NaiveMoney(loan, margin, lines);
        this.payments = new NaivePayments(loan, money, lines);
        this.servicing = new NaiveServicing(loan, money, lines);
        loan.inDefault = new NaiveDefault(loan, margin, money, lines);
        loan.line = new NaiveLine(loan, margin, money, reconciliation, lines);
        this.amendments = new NaiveAmendments(loan, now, margin, money, lines);
        this.stabilised = new NaiveStabilised(loan, margin, money, lines);
        this.sales = new NaiveSales(loan, margin, money, custody, reconciliation, lines);
        margin.stabilised = stabilised;
    }

    /** What a rule says after its own lines: how to evaluate. */
    record After(@Nullable CureKind kind, @Nullable Instant valueTime, boolean movesDebtOrCoin, boolean evaluates) {
        static final After OTHER = new After(null, null, false, true);
        static final After NOTHING = new After(null, null, false, false);

        static After moved(CureKind kind, Instant valueTime) {
            return new After(kind, valueTime, true, true);
        }
    }

    /** Refused, with its reason. */
    static final class No extends RuntimeException {
        private static final long serialVersionUID = 1L;
        final transient Refusal refusal;

        No(Refusal refusal) {
            super(refusal.name(), null, false, false);
            this.refusal = refusal;
        }
    }

    static void refuseIf(boolean wrong, Refusal refusal) {
        if (wrong) {
            throw new No(refusal);
        }
    }

    List<String> answer(LoanInput input, List<LocalDate> postsThrough) {
        lines.clear();
        loan.debt.rates.lookAgain();
        if (input instanceof Fact fact) {
            NaiveLoan.Memory seen = loan.memory.get(fact.head().eventId());
            if (seen != null) {
                return List.of(
                        seen.digest() == fact.head().contentDigest() ? "repeated" : "refused CONFLICTING_DUPLICATE");
            }
        }
        try {
            if (input instanceof Fact fact) {
                takeFact(fact);
            } else {
                take(input, postsThrough);
            }
        } catch (No no) {
            return List.of("refused " + no.refusal);
        }
        if (input instanceof Fact fact && !lines.isEmpty()) {
            Instant time = now.taskTime();
            if (!time.equals(Instant.EPOCH)) {
                loan.memory.values().removeIf(m -> m.seenAt().isBefore(time.minus(WINDOW)));
            }
            Instant occurred = fact.head().occurredAt();
            loan.memory.put(
                    fact.head().eventId(),
                    new NaiveLoan.Memory(fact.head().contentDigest(), occurred.isAfter(time) ? occurred : time));
        }
        loan.events += lines.size();
        return List.copyOf(lines);
    }

    private void takeFact(Fact fact) {
        Instant time = now.taskTime();
        boolean started = !time.equals(Instant.EPOCH);
        boolean late = started && fact.head().occurredAt().isBefore(time.minus(WINDOW));
        boolean ahead = started && fact.head().occurredAt().isAfter(time.plus(WINDOW));
        if (late || ahead) {
            switch (fact) {
                case LoanInput.RepaymentReceived f -> {
                    door.checkDebt(f.amount());
                    money.suspend(f.amount(), f.paymentReference());
                }
                case LoanInput.SaleProceedsReceived f -> {
                    door.checkDebt(f.amount());
                    money.suspend(f.amount(), f.paymentReference());
                }
                default -> throw new No(late ? Refusal.LATE_BEYOND_WINDOW : Refusal.AHEAD_OF_WINDOW);
            }
            reconciliation.lookAtSales(now.taskTime());
            follow(After.OTHER);
            return;
        }
        After after = switch (fact) {
            case LoanInput.LoanRequested f -> request.requested(f);
            case LoanInput.LoanCancelled f -> request.cancelled();
            case LoanInput.ComplianceStatusChanged f -> comply(f);
            case LoanInput.CollateralDetected f -> {
                door.checkCoin(f.quantity());
                yield custody.detected(f);
            }
            case LoanInput.CollateralLocked f -> {
                door.checkCoin(f.quantity());
                yield custody.locked(f);
            }
            case LoanInput.DefaultDeclared f -> loan.inDefault.declared(f);
            case LoanInput.DefaultWaived f -> loan.inDefault.waived();
            case LoanInput.DrawdownRequested f -> {
                door.checkDebt(f.amount());
                yield loan.line.requested(f);
            }
            case LoanInput.TermsAmended f -> {
                door.checkFee(f.fee());
                yield amendments.amended(f);
            }
            case LoanInput.ReconversionRequested f -> stabilised.requested();
            case LoanInput.CollateralReconverted f -> {
                door.checkCoin(f.quantity());
                door.checkDebt(f.spent());
                yield stabilised.reconverted(f, reconciliation);
            }
            case LoanInput.CollateralLockReverted f -> custody.reverted(f);
            case LoanInput.MarginCallDisputed f -> margin.clocks.disputed(f);
            case LoanInput.MarginCallDisputeAnswered f -> margin.clocks.answered(f);
            case LoanInput.CollateralReleaseRequested f -> {
                door.checkCoin(f.quantity());
                yield custody.releaseRequested(f);
            }
            case LoanInput.CollateralReleased f -> {
                if (loan.returns.containsKey(f.instructionId())) {
                    door.checkSize(f.quantity().amount());
                    yield custody.returned(f);
                }
                door.checkCoin(f.quantity());
                yield custody.released(f);
            }
            case LoanInput.CollateralReturned f -> {
                door.checkCoin(f.quantity());
                yield sales.returned(f);
            }
            case LoanInput.CollateralDelivered f -> {
                door.checkCoin(f.quantity());
                yield sales.delivered(f);
            }
            case LoanInput.CustodyStatement f -> {
                door.checkStated(f.quantity());
                reconciliation.stated(f);
                yield After.OTHER;
            }
            case LoanInput.RepaymentReceived f -> {
                door.checkDebt(f.amount());
                yield payments.repaid(f);
            }
            case LoanInput.RepaymentReversed f -> {
                door.checkDebt(f.amount());
                yield payments.reversed(f);
            }
            case LoanInput.ChargeRaised f -> {
                door.checkDebt(new Stated(f.amount().amount().abs(), f.amount().asset()));
                yield payments.charged(f);
            }
            case LoanInput.DisbursementConfirmed f -> {
                door.checkDebt(f.amount());
                yield payments.disbursed(f);
            }
            case LoanInput.DisbursementFailed f -> payments.failed(f);
            case LoanInput.DisbursementReturned f -> {
                door.checkDebt(f.amount());
                yield payments.returned(f);
            }
            case LoanInput.SaleProceedsReceived f -> {
                door.checkDebt(f.amount());
                yield sales.proceeds(f);
            }
            case LoanInput.SurplusPaid f -> {
                door.checkDebt(f.amount());
                yield money.surplusPaid(f);
            }
            case LoanInput.SurplusReturned f -> {
                door.checkDebt(f.amount());
                yield money.surplusReturned(f);
            }
        };
        if (loan.inDefault.endIfPaid() && !after.movesDebtOrCoin()) {
            after = new After(CureKind.PRICE, null, true, true);
        }
        reconciliation.sayLateMovement();
        reconciliation.lookAtSales(now.taskTime());
        follow(after);
    }

    private void take(LoanInput input, List<LocalDate> postsThrough) {
        switch (input) {
            case Fact fact -> throw new IllegalStateException("a fact: " + fact);
            case LoanInput.ClaimGranted i -> follow(custody.granted(i.proof()));
            case LoanInput.ClaimDenied i -> follow(custody.denied(i.proof()));
            case LoanInput.CrossDefaulted i -> follow(loan.inDefault.crossed(i));
            case LoanInput.PriceObserved i -> observe(i.index());
            case LoanInput.TimePassed i -> pass(i.taskTime(), postsThrough);
            case LoanInput.LiquidationDeclined i -> sales.declined(i);
            case LoanInput.AmendmentAcknowledged i -> sales.acknowledged(i);
            case LoanInput.LiquidationSettled i -> sales.settled(i);
        }
        if (input instanceof LoanInput.LiquidationDeclined
                || input instanceof LoanInput.AmendmentAcknowledged
                || input instanceof LoanInput.LiquidationSettled) {
            loan.inDefault.endIfPaid();
            reconciliation.lookAtSales(now.taskTime());
        }
        if (!(input instanceof LoanInput.PriceObserved) && !(input instanceof LoanInput.TimePassed)) {
            end();
        }
    }

    // --- a hold
    // ---------------------------------------------------------------------------------------------------------

    private After comply(LoanInput.ComplianceStatusChanged fact) {
        refuseIf(loan.status == LoanStatus.CLOSED, Refusal.LOAN_CLOSED);
        if (loan.frozen == fact.frozen()) {
            return After.OTHER;
        }
        loan.frozen = fact.frozen();
        lines.add(Tongue.line("ComplianceChanged", fact.frozen()));
        return After.moved(CureKind.PRICE, Instant.MIN);
    }

    // --- what follows
    // ---------------------------------------------------------------------------------------------------

    private void follow(After after) {
        request.bindIfPossible();
        After credit = loan.terms == null ? null : custody.creditClaimed();
        custody.sendBackUnusable();
        if (loan.terms != null) {
            After effective = credit != null ? credit : after;
            if (effective.evaluates()) {
                money.endIfClear();
                evaluateAfter(effective);
            }
        }
        end();
    }

    private void evaluateAfter(After after) {
        margin.issueIfPossible();
        margin.stopPayoutIfBreached();
        NaivePrices prices = margin.openPrices();
        loan.line.stopIfBreached(prices);
        if (loan.status != LoanStatus.ACTIVE) {
            return;
        }
        if (loan.sale != null) {
            if (after.movesDebtOrCoin()) {
                if (!provedInTime(after)) {
                    margin.cases.measureAgain();
                }
            }
            return;
        }
        if (prices != null) {
            boolean byPrice = after.kind() == null || after.kind() == CureKind.PRICE;
            margin.ladder.evaluate(
                    prices, byPrice ? CureKind.PRICE : after.kind(), byPrice ? prices.time() : after.valueTime());
        }
    }

    /**
     * A fact inside the deadline of a call whose loan is being sold, after which the loan is healed: the call is cured. True if the case
     * rests on that call and so falls with it.
     */
    private boolean provedInTime(After after) {
        NaiveLoan.Sale sale = loan.sale;
        NaiveCall call = loan.call;
        if (call == null || after.valueTime() == null || after.kind() == CureKind.PRICE) {
            return false;
        }
        boolean restsOnCall = sale.reason.equals("CALL_EXPIRED");
        NaivePrices prices = restsOnCall ? margin.anyPrices() : margin.openPrices();
        if (prices == null
                || !call.isInTime(after.valueTime())
                || margin.ladder.isOver(margin.ladder.callRung().level(), prices)) {
            return false;
        }
        lines.add(Tongue.line("MarginCallCured", call.id, after.kind(), after.valueTime()));
        loan.call = null;
        loan.forgetDeclines();
        if (restsOnCall) {
            margin.cases.shrinkToIrrevocable();
            if (sale.cumQuantity.signum() > 0) {
                sale.rescinded = true;
                lines.add(Tongue.line("RescissionOpened", sale.id, call.id, sale.cumQuantity));
            }
        }
        return restsOnCall;
    }

    private void observe(IndexPrice index) {
        if (loan.terms == null || !index.state().isOpen()) {
            return;
        }
        NaivePrices prices = NaivePrices.visited(loan, now, index);
        if (prices == null || !prices.isOpen()) {
            return;
        }
        margin.issueIfPossible();
        margin.stopPayoutIfBreached();
        if (loan.status == LoanStatus.ACTIVE) {
            loan.line.stopIfBreached(prices);
            if (loan.sale == null) {
                margin.ladder.evaluate(prices, CureKind.PRICE, prices.time());
                if (lines.stream()
                        .anyMatch(line -> line.startsWith("StabilisedApplied") || line.startsWith("DefaultEnded"))) {
                    end();
                }
            } else {
                margin.cases.growAtPrice(prices);
            }
        }
    }

    private void pass(Instant time, List<LocalDate> postsThrough) {
        boolean unbound = loan.terms == null;
        request.bindIfPossible();
        if (loan.terms == null) {
            custody.sendBackUnusable(); // the terms have come and do not fit the request
            return;
        }
        if (unbound) {
            custody.creditClaimed();
            custody.sendBackUnusable();
            margin.issueIfPossible();
            end();
        }
        margin.clocks.pass(time);
        servicing.pass(time, this::end);
        loan.line.endAtMaturity(time, this::end);
        for (LocalDate day : postsThrough) {
            if (!day.isAfter(time.atZone(ZoneOffset.UTC).toLocalDate())) {
                money.postPeriodically(day);
            }
        }
        reconciliation.lookAtSales(time);
    }

    private void end() {
        if (loan.terms != null) {
            money.end(sales);
        }
    }
}

package io.loanledger.core.loan;

import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.money.Threshold;
import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.terms.MarginCallTerms;
import io.loanledger.core.terms.MarginCallTerms.ClockStopper;
import io.loanledger.core.terms.ProductTerms;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a price means for a loan. The hard threshold pre-empts every clock; a cure at exactly its deadline counts; of two things a
 * price could do it does the first of this page's order.
 */
final class Valuation {
    private Valuation() {}

    /**
     * A change of debt or coin of a live loan.
     *
     * @param kind what it may heal a call by; PRICE when it can heal none by itself
     * @param valueTime when it happened
     * @param reason its name, for an amendment that it causes
     */
    record Change(CureKind kind, Instant valueTime, String reason) {
        /**
         * The change that a fact's events brought, or null when they moved neither debt nor coin.
         *
         * @param loan with these events
         */
        static @Nullable Change among(Loan loan, List<LoanEvent> events, Instant valueTime) {
            for (LoanEvent event : events) {
                if (event instanceof LoanEvent.RepaymentApplied || event instanceof LoanEvent.DisbursementReturned) {
                    return new Change(
                            CureKind.REPAYMENT, valueTime, event.getClass().getSimpleName());
                }
                if (event instanceof LoanEvent.RepaymentReversed
                        || event instanceof LoanEvent.ChargePosted
                        || event instanceof LoanEvent.CollateralLockReverted
                        || event instanceof LoanEvent.ComplianceChanged) {
                    return new Change(
                            CureKind.PRICE, valueTime, event.getClass().getSimpleName());
                }
                if (event instanceof LoanEvent.CollateralDetected seen && provesInTime(loan, seen)) {
                    return new Change(CureKind.TOP_UP, seen.detectedAt(), CureKind.TOP_UP.name());
                }
            }
            return null;
        }

        /**
         * Whether coin that was credited as locked after the open call's deadline turns out to have been seen inside it. Coin that was
         * locked inside it had its say when it was credited.
         */
        private static boolean provesInTime(Loan loan, LoanEvent.CollateralDetected seen) {
            MarginCall call = loan.marginCall();
            return call != null
                    && loan.terms().terms().marginCall().clockStopper() == ClockStopper.DETECTED
                    && !seen.detectedAt().isAfter(call.deadline())
                    && loan.pledge(seen.proof())
                            .filter(p -> p.stage() == Pledge.Stage.CREDITED)
                            .filter(p -> Objects.requireNonNull(p.lockedAt()).isAfter(call.deadline()))
                            .isPresent();
        }
    }

    /** A visit because an open price crossed one of the loan's triggers. */
    static void atPrice(Draft draft, IndexPrice index) {
        if (!index.state().isOpen()) {
            throw new IllegalStateException("NoLiquidationOnBadPrice: a visit at a price that is " + index.state());
        }
        switch (draft.loan().status()) {
            case REQUESTED -> issueAtFreshPrice(draft);
            case ISSUED -> watchContingent(draft, index);
            case ACTIVE -> {
                evaluate(draft, index, null);
                enlargeIfLower(draft, index);
            }
            case UNKNOWN, SHORTFALL, REPAID, CANCELLED, CLOSED -> {}
        }
    }

    /**
     * After any other input: the same questions at the newest price, when the market is open.
     *
     * @param change of debt or coin that the input brought, or null when it brought none: then an open case stays as it is
     */
    static void afterInput(Draft draft, @Nullable Change change) {
        IndexPrice index = draft.openPrice();
        switch (draft.loan().status()) {
            case REQUESTED -> issueAtFreshPrice(draft);
            case ISSUED -> {
                if (index != null) {
                    watchContingent(draft, index);
                }
            }
            case ACTIVE -> {
                if (draft.loan().openCase() != null) {
                    if (change != null) {
                        remeasure(draft, change);
                    }
                } else if (index != null) {
                    evaluate(draft, index, change);
                }
            }
            case UNKNOWN, SHORTFALL, REPAID, CANCELLED, CLOSED -> {}
        }
    }

    // --- before the money is out
    // ------------------------------------------------------------------------------------------

    /** At the newest price alone: the price of an open sweep may be superseded by now. */
    private static void issueAtFreshPrice(Draft draft) {
        IndexPrice index = draft.freshPrice();
        Loan loan = draft.loan();
        if (index == null
                || loan.frozen()
                || loan.position() == null
                || !draft.rateIsKnown()
                || !loan.collateral().pledged().isPositive()) {
            return;
        }
        ProductTerms terms = loan.terms().terms();
        LoanToValue ltv = LoanToValue.ofPrincipal(loan, draft.quote(index));
        Fraction openLtv = loan.terms().openLtv();
        if (ltv.isAtOrUnder(openLtv)) {
            Threshold kept = new Threshold(openLtv, Threshold.Comparator.EXCEEDS);
            draft.emit(new LoanEvent.LoanIssued(
                    loan.loanId() + "/disbursement", loan.terms().principal(), ltv.evidence(loan, index, kept)));
        }
    }

    /** Issued and not disbursed: the exposure is contingent. A breach stops the payout and never sells. */
    private static void watchContingent(Draft draft, IndexPrice index) {
        Loan loan = draft.loan();
        Disbursement disbursement = Objects.requireNonNull(loan.disbursement());
        if (disbursement.stage() != Disbursement.Stage.INSTRUCTED) {
            return;
        }
        LoanToValue ltv = LoanToValue.ofPrincipal(loan, draft.quote(index));
        if (ltv.meets(loan.terms().terms().marginCall().threshold())) {
            LendingRules.cancelDisbursement(draft, disbursement, "loan-to-value before disbursement");
        }
    }

    // --- the live debt
    // ------------------------------------------------------------------------------------------------------

    private static void evaluate(Draft draft, IndexPrice index, @Nullable Change change) {
        Loan loan = draft.loan();
        if (loan.openCase() != null || loan.debt().isClear()) {
            return;
        }
        ProductTerms terms = loan.terms().terms();
        LoanToValue ltv = LoanToValue.of(loan, draft.quote(index), draft.today());
        MarginCall call = loan.marginCall();
        boolean waits = loan.waitsAt(draft.now().taskTime());
        if (!loan.frozen() && ltv.meets(terms.liquidation().threshold()) && hasLots(loan)) {
            if (!waits) {
                openCase(draft, index, CaseReason.HARD_LTV);
            }
        } else if (call != null && call.expired()) {
            settleExpired(draft, index, ltv, waits);
        } else if (call != null) {
            cureIfHealed(draft, index, ltv, call, change);
        } else if (!waits && ltv.meets(terms.marginCall().threshold())) {
            callMargin(draft, index, ltv);
        }
    }

    private static void callMargin(Draft draft, IndexPrice index, LoanToValue ltv) {
        Loan loan = draft.loan();
        MarginCallTerms terms = loan.terms().terms().marginCall();
        Instant issuedAt = draft.now().taskTime();
        Instant deadline = issuedAt.plus(terms.curePeriod());
        BigDecimal price = LoanToValue.priceOf(index);
        draft.emit(new LoanEvent.MarginCallIssued(
                loan.loanId() + "/call/" + (loan.counters().calls() + 1),
                issuedAt,
                deadline,
                deadline.plus(terms.factLag()),
                ltv.evidence(loan, index, terms.threshold()),
                ltv.topUpTo(terms.cureLtv(), loan, price),
                ltv.repaymentTo(terms.cureLtv(), loan, draft.clock(), draft.today())));
    }

    /**
     * A cure needs the value time of what healed the loan inside the deadline: the borrower's fact, or else the price. An open sweep may
     * visit at a price from before the call, when a newer one has issued it: that one cures nothing.
     */
    private static void cureIfHealed(
            Draft draft, IndexPrice index, LoanToValue ltv, MarginCall call, @Nullable Change change) {
        Fraction cureLtv = draft.loan().terms().terms().marginCall().cureLtv();
        Change healing = change == null || change.kind() == CureKind.PRICE
                ? new Change(CureKind.PRICE, index.priceTime(), CureKind.PRICE.name())
                : change;
        boolean superseded = index.priceTime().isBefore(call.issuedAt()) && !draft.isNewest(index);
        if (!superseded && !healing.valueTime().isAfter(call.deadline()) && ltv.isAtOrUnder(cureLtv)) {
            cure(draft, index, ltv, call, healing);
        }
    }

    private static void cure(Draft draft, IndexPrice index, LoanToValue ltv, MarginCall call, Change healing) {
        Fraction cureLtv = draft.loan().terms().terms().marginCall().cureLtv();
        Threshold kept = new Threshold(cureLtv, Threshold.Comparator.EXCEEDS);
        draft.emit(new LoanEvent.MarginCallCured(
                call.callId(), healing.kind(), healing.valueTime(), ltv.evidence(draft.loan(), index, kept)));
    }

    /** The cure period is over: sell, unless the loan has healed since or is under a hold. */
    private static void settleExpired(Draft draft, IndexPrice index, LoanToValue ltv, boolean waits) {
        Loan loan = draft.loan();
        MarginCall call = Objects.requireNonNull(loan.marginCall());
        if (loan.frozen()) {
            return;
        }
        if (ltv.isAtOrUnder(loan.terms().terms().marginCall().cureLtv())) {
            draft.emit(new LoanEvent.MarginCallCancelled(call.callId(), "HEALED_AFTER_EXPIRY"));
        } else if (!waits && hasLots(loan)) {
            openCase(draft, index, CaseReason.CALL_EXPIRED);
        }
    }

    private static void openCase(Draft draft, IndexPrice index, CaseReason reason) {
        Loan loan = draft.loan();
        Quote quote = draft.quote(index);
        Sizing need = Sizing.of(loan, quote, draft.today());
        MarginCall call = loan.marginCall();
        // A hard breach pre-empts a running call only by what is sold: until then its clock runs on.
        Instant callDeadline =
                reason == CaseReason.CALL_EXPIRED ? Objects.requireNonNull(call).deadline() : null;
        LoanToValue ltv = LoanToValue.of(loan, quote, draft.today());
        draft.emit(new LoanEvent.LiquidationRequested(
                LiquidationRules.caseId(loan, loan.counters().cases() + 1),
                reason,
                need.mode(),
                need.quantity(),
                loan.terms().collateralTerms().lotSize(),
                ltv.evidence(draft.loan(), index, thresholdOf(loan, reason)),
                callDeadline));
    }

    /** Less than a lot cannot be sold: such a loan is called, and waits for coin. */
    static boolean hasLots(Loan loan) {
        return Sizing.lotsIn(
                                loan.collateral().pledged(),
                                loan.terms().collateralTerms().lotSize())
                        .signum()
                > 0;
    }

    /** The limit whose breach justifies a sale; after an expired call it is the cure level that was not reached. */
    private static Threshold thresholdOf(Loan loan, CaseReason reason) {
        ProductTerms terms = loan.terms().terms();
        return switch (reason) {
            case HARD_LTV -> terms.liquidation().threshold();
            case CALL_EXPIRED -> new Threshold(terms.marginCall().cureLtv(), Threshold.Comparator.EXCEEDS);
        };
    }

    // --- an open case is measured again
    // -----------------------------------------------------------------------------------

    /** A new low: the need is measured as if the rest were sold here, and the case grows, up to all of it. */
    private static void enlargeIfLower(Draft draft, IndexPrice index) {
        LiquidationCase open = draft.loan().openCase();
        BigDecimal price = LoanToValue.priceOf(index);
        if (open == null || open.mode() != SaleMode.PARTIAL || open.isRescinded()) {
            return;
        }
        if (draft.loan().frozen() || price.compareTo(open.measuredAt()) >= 0) {
            return;
        }
        Sizing need = Sizing.of(draft.loan(), draft.quote(index), draft.today());
        Quantity wanted = open.cumQuantity().plus(need.quantity());
        if (wanted.compareTo(open.wanted()) > 0) {
            amend(draft, open, need.mode(), wanted, "PRICE", index);
        }
    }

    /** A fact changed the loan: an open case shrinks to what is still needed, or grows when coin was lost; a step only shrinks. */
    private static void remeasure(Draft draft, Change change) {
        Loan loan = draft.loan();
        LiquidationCase open = Objects.requireNonNull(loan.openCase());
        IndexPrice index = draft.price();
        MarginCall call = loan.marginCall();
        if (index != null && call != null && healsInTime(draft, call, index, change)) {
            LoanToValue ltv = LoanToValue.of(loan, draft.quote(index), draft.today());
            cure(draft, index, ltv, call, change);
            if (open.callDeadline() != null) {
                rescind(draft, open, call, change);
                return;
            }
        }
        if (loan.frozen()) {
            shrinkToSold(draft, open, "FROZEN");
            return;
        }
        if (index == null) {
            return;
        }
        Quote quote = draft.quote(index);
        Sizing need = Sizing.of(loan, quote, draft.today());
        Quantity wanted = open.cumQuantity().plus(need.quantity());
        int growth = wanted.compareTo(open.wanted());
        boolean isStep = open.mode() == SaleMode.INCREMENT;
        boolean mayGrow = index.state().isOpen() && !isStep && !open.isRescinded();
        if (growth < 0 || (growth > 0 && mayGrow)) {
            amend(draft, open, isStep ? SaleMode.INCREMENT : need.mode(), wanted, change.reason(), index);
        }
    }

    /** A case that rests on an expired call which had been cured in time: what is not sold stays, what is sold is for people. */
    private static void rescind(Draft draft, LiquidationCase open, MarginCall call, Change change) {
        shrinkToSold(draft, open, "CURED_IN_TIME");
        if (open.cumQuantity().isPositive()) {
            draft.emit(new LoanEvent.RescissionOpened(
                    open.caseId(), call.callId(), open.cumQuantity(), change.kind() + " at " + change.valueTime()));
        }
    }

    /** Whether the borrower's fact heals a call while a case is open; against an expired call's case at a price of any state. */
    private static boolean healsInTime(Draft draft, MarginCall call, IndexPrice index, Change change) {
        boolean priced = index.state().isOpen()
                || Objects.requireNonNull(draft.loan().openCase()).callDeadline() != null;
        return priced
                && change.kind() != CureKind.PRICE
                && !change.valueTime().isAfter(call.deadline())
                && LoanToValue.of(draft.loan(), draft.quote(index), draft.today())
                        .isAtOrUnder(draft.loan().terms().terms().marginCall().cureLtv());
    }

    private static void shrinkToSold(Draft draft, LiquidationCase open, String reason) {
        if (open.wanted().compareTo(open.cumQuantity()) > 0) {
            amend(draft, open, open.mode(), open.cumQuantity(), reason, null);
        }
    }

    private static void amend(
            Draft draft,
            LiquidationCase open,
            SaleMode mode,
            Quantity wanted,
            String reason,
            @Nullable IndexPrice index) {
        PriceEvidence evidence = null;
        if (index != null) {
            LoanToValue ltv = LoanToValue.of(draft.loan(), draft.quote(index), draft.today());
            evidence = ltv.evidence(draft.loan(), index, thresholdOf(draft.loan(), open.reason()));
        }
        draft.emit(new LoanEvent.LiquidationAmended(open.caseId(), open.version() + 1, mode, wanted, reason, evidence));
    }
}

package io.loanledger.core.loan;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.money.Threshold;
import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.terms.Ladder.ClockStopper;
import io.loanledger.core.terms.LiquidationTerms;
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
                        || event instanceof LoanEvent.DefaultEnded
                        || event instanceof LoanEvent.DisbursementConfirmed
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
                    && MarginRules.ladder(loan).clockStopper() == ClockStopper.DETECTED
                    && call.isInTime(seen.detectedAt())
                    && loan.pledge(seen.proof())
                            .filter(p -> p.stage() == Pledge.Stage.CREDITED)
                            .filter(p -> !call.isInTime(Objects.requireNonNull(p.lockedAt())))
                            .isPresent();
        }
    }

    /** A visit because an open price crossed one of the loan's triggers. */
    static void atPrice(Draft draft, IndexPrice index) {
        if (!index.state().isOpen()) {
            throw new IllegalStateException("NoLiquidationOnBadPrice: a visit at a price that is " + index.state());
        }
        if (draft.loan().agreement() != null && draft.loan().terms().terms().mixedCollateral()) {
            if (draft.loan().status() != LoanStatus.REQUESTED) {
                draft.visitAt(index); // a loan is issued at the newest price alone
            }
            if (!Basket.isPricedBy(draft.loan(), index.market()) || !draft.isOpen()) {
                return;
            }
        }
        if (DebtMarket.isPriced(draft.loan())) {
            if (draft.loan().status() != LoanStatus.REQUESTED) {
                draft.visitAt(index);
            }
            if (!draft.isOpen() || !DebtMarket.markets(draft.loan()).contains(index.market())) {
                return;
            }
            visit(
                    draft,
                    Objects.requireNonNull(draft.record(draft.loan().terms().market())));
        } else if (isOfTheLoan(draft.loan(), index.market())) {
            visit(draft, index);
        }
    }

    /** A price of another market says nothing of a loan. Of several assets the markets were asked for before. */
    private static boolean isOfTheLoan(Loan loan, String market) {
        return loan.agreement() == null
                || loan.terms().terms().mixedCollateral()
                || market.equals(loan.terms().market());
    }

    private static void visit(Draft draft, IndexPrice index) {
        switch (draft.loan().status()) {
            case REQUESTED -> issueAtFreshPrice(draft);
            case ISSUED -> watchContingent(draft, index);
            case ACTIVE -> {
                DrawRules.stopIfMet(draft, index);
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
                if (index != null) {
                    DrawRules.stopIfMet(draft, index);
                }
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
        if (index == null || loan.frozen() || loan.position() == null || !draft.rateIsKnown() || !loan.isSecured()) {
            return;
        }
        LoanToValue ltv = LoanToValue.ofPrincipal(loan, draft.quote(index));
        Fraction openLtv = loan.terms().openLtv();
        if (ltv.isAtOrUnder(openLtv)) {
            Threshold kept = new Threshold(openLtv, Threshold.Comparator.EXCEEDS);
            draft.emit(new LoanEvent.LoanIssued(
                    loan.loanId() + "/disbursement", loan.firstPayout(), ltv.evidence(loan, index, kept)));
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
        if (ltv.meets(loan.terms().terms().firstLimit())) {
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
        LoanToValue ltv = LoanToValue.of(loan, draft.quote(index), draft.today());
        MarginRules.endDwellIfOver(draft, index, ltv);
        boolean waits = loan.waitsAt(draft.now().taskTime());
        if (StabilisedRules.isStabilised(loan)) {
            evaluateStabilised(draft, index, ltv, waits);
            return;
        }
        if (!loan.frozen() && ltv.meets(loan.terms().terms().liquidation().threshold()) && hasLots(loan)) {
            if (!waits) {
                openCase(draft, index, CaseReason.HARD_LTV, 0);
            }
            return;
        }
        if (DefaultRules.isToBeSold(loan)) {
            sellDefaulted(draft, index, waits);
            return;
        }
        int band = MarginRules.armedBand(loan, ltv);
        if (band > 0 && !loan.frozen() && !waits && hasLots(loan)) {
            openCase(draft, index, CaseReason.HARD_LTV, band);
            return;
        }
        MarginCall call = draft.loan().marginCall();
        if (call != null && call.expired()) {
            settleExpired(draft, index, ltv, call, waits);
        } else if (call != null) {
            MarginRules.cureIfHealed(draft, index, ltv, call, change);
        }
        if (draft.loan().openCase() == null) {
            MarginRules.climb(
                    draft, index, ltv, draft.loan().waitsAt(draft.now().taskTime())); // a cure ends the wait
        }
    }

    /** Coin that came since is sold at the hard limit as ever; without coin the price says nothing, and no call is made. */
    private static void evaluateStabilised(Draft draft, IndexPrice index, LoanToValue ltv, boolean waits) {
        Loan loan = draft.loan();
        if (loan.frozen() || waits) {
            return;
        }
        if (!hasLots(loan)) {
            StabilisedRules.applyWhenReached(draft, ltv);
        } else if (ltv.meets(loan.terms().terms().liquidation().threshold())) {
            openCase(draft, index, CaseReason.HARD_LTV, 0);
        } else if (DefaultRules.isToBeSold(loan)) {
            sellDefaulted(draft, index, false);
        }
    }

    /** Whatever the ratio: a price is needed to know how much to sell. */
    private static void sellDefaulted(Draft draft, IndexPrice index, boolean waits) {
        Loan loan = draft.loan();
        Defaults.Current current =
                Objects.requireNonNull(loan.servicing().defaults().current());
        if (!loan.frozen() && !waits && hasLots(loan)) {
            openCase(draft, index, current.reason().ofCase(), 0);
        }
    }

    /** The cure period is over: sell, unless the loan has healed since or is under a hold. */
    private static void settleExpired(Draft draft, IndexPrice index, LoanToValue ltv, MarginCall call, boolean waits) {
        Loan loan = draft.loan();
        if (loan.frozen()) {
            return;
        }
        if (ltv.isAtOrUnder(MarginRules.cureLtv(loan, call))) {
            MarginRules.cancel(draft, "HEALED_AFTER_EXPIRY");
        } else if (!waits && hasLots(loan)) {
            openCase(draft, index, CaseReason.CALL_EXPIRED, call.rung());
        }
    }

    /** @param rung of the expired call, or of the band that is sold; 0 for the hard limit */
    private static void openCase(Draft draft, IndexPrice index, CaseReason reason, int rung) {
        Loan loan = draft.loan();
        IndexPrice judged = ofCoinToSell(draft, index);
        Quote quote = draft.quote(judged);
        Sizing need = reason == CaseReason.HARD_LTV && rung > 0
                ? Sizing.ofShare(loan, MarginRules.shareThrough(loan, rung), quote, draft.today())
                : Sizing.of(loan, quote, draft.today(), reason);
        if (reason.isDefault() && need.quantity().isZero()) {
            return; // nothing is owed: over-posted interest outweighs what is left
        }
        MarginCall call = loan.marginCall();
        // A hard breach pre-empts a running call only by what is sold: until then its clock runs on.
        Instant callDeadline =
                reason == CaseReason.CALL_EXPIRED ? Objects.requireNonNull(call).deadline() : null;
        LoanToValue ltv = LoanToValue.of(loan, quote, draft.today());
        request(draft, reason, need, ltv.evidence(loan, judged, thresholdOf(loan, reason, rung)), callDeadline, rung);
    }

    private static void request(
            Draft draft,
            CaseReason reason,
            Sizing need,
            PriceEvidence evidence,
            @Nullable Instant callDeadline,
            int rung) {
        Loan loan = draft.loan();
        Asset coin = need.quantity().asset();
        draft.emit(new LoanEvent.LiquidationRequested(
                LiquidationRules.caseId(loan, loan.counters().cases() + 1, coin),
                reason,
                need.mode(),
                need.quantity(),
                loan.terms().collateralTerms(coin).lotSize(),
                evidence,
                callDeadline,
                rung));
    }

    /** The record by which the coin is judged that is sold first; with one coin, the given one. */
    private static IndexPrice ofCoinToSell(Draft draft, IndexPrice index) {
        Loan loan = draft.loan();
        if (!loan.isMixed()) {
            return index;
        }
        Collateral first = loan.coins().stream()
                .filter(coin -> Sizing.hasLots(loan, coin))
                .findFirst()
                .orElseThrow();
        return draft.recordOf(first, index);
    }

    /**
     * A sale of several coins goes on with the next one as soon as the one before it is sold, however the price stands to the limit that
     * began it: it is to reach the target, and no breach has to wait for a price.
     *
     * @param closed the case of the coin that is sold
     */
    static void goOn(Draft draft, LiquidationCase closed) {
        Loan loan = draft.loan();
        LiquidationTerms terms = loan.terms().terms().liquidation();
        boolean forDefault = closed.reason().isDefault();
        boolean isStep = loan.isMixed()
                && closed.mode() == SaleMode.INCREMENT
                && (forDefault || terms.closeFactor().equals(Fraction.ONE))
                && !closed.rescinded();
        if (!isStep
                || loan.status() != LoanStatus.ACTIVE
                || loan.frozen()
                || loan.debt().isClear()
                || !hasLots(loan)) {
            return;
        }
        MarginCall call = loan.marginCall();
        IndexPrice newest = draft.openPrice();
        if (newest == null || (closed.reason() == CaseReason.CALL_EXPIRED && (call == null || !call.expired()))) {
            return;
        }
        if (forDefault || DefaultRules.isToBeSold(loan)) {
            if (DefaultRules.isToBeSold(loan)) {
                sellDefaulted(draft, newest, false);
            }
            return;
        }
        IndexPrice judged = ofCoinToSell(draft, newest);
        Quote quote = draft.quote(judged);
        LoanToValue ltv = LoanToValue.of(loan, quote, draft.today());
        Threshold limit = new Threshold(
                ltv.isAtOrUnder(terms.targetLtv()) ? Fraction.ZERO : terms.targetLtv(), Threshold.Comparator.EXCEEDS);
        if (ltv.meets(limit) && Sizing.goesOn(loan, quote, draft.today())) {
            request(
                    draft,
                    closed.reason(),
                    Sizing.ofNext(loan, quote, draft.today()),
                    ltv.evidence(loan, judged, limit),
                    closed.callDeadline(),
                    closed.rung());
        }
    }

    /** Less than a lot cannot be sold: such a loan is called, and waits for coin. */
    static boolean hasLots(Loan loan) {
        if (!loan.isMixed()) {
            return Sizing.hasLots(loan, loan.collateral());
        }
        return loan.coins().stream().anyMatch(coin -> Sizing.hasLots(loan, coin));
    }

    /** The limit whose breach justifies a sale; after an expired call it is the cure level that was not reached. */
    private static Threshold thresholdOf(Loan loan, CaseReason reason, int rung) {
        ProductTerms terms = loan.terms().terms();
        return switch (reason) {
            case HARD_LTV ->
                rung == 0
                        ? terms.liquidation().threshold()
                        : terms.ladder().rung(rung).threshold();
            case CALL_EXPIRED -> new Threshold(terms.ladder().rung(rung).level(), Threshold.Comparator.EXCEEDS);
            case PAYMENT_DEFAULT, MATURITY, CROSS_DEFAULT, MANUAL -> Threshold.reaches(Fraction.ZERO);
        };
    }

    // --- an open case is measured again
    // -----------------------------------------------------------------------------------

    /** A new low: the need is measured as if the rest were sold here, and the case grows, up to all of it. */
    private static void enlargeIfLower(Draft draft, IndexPrice visited) {
        LiquidationCase open = draft.loan().openCase();
        if (open == null || open.mode() != SaleMode.PARTIAL || open.isRescinded()) {
            return;
        }
        if (DebtMarket.isPriced(draft.loan())
                && !draft.visitedOr(visited).market().equals(visited.market())) {
            return; // the debt's price alone enlarges none
        }
        IndexPrice index = draft.loan().isMixed() ? Objects.requireNonNull(recordOf(draft, open)) : visited;
        BigDecimal price = draft.quote(index).counted();
        if (draft.loan().frozen() || hasLostItsDefault(draft.loan(), open) || price.compareTo(open.measuredAt()) >= 0) {
            return;
        }
        Sizing need = Sizing.of(draft.loan(), draft.quote(index), draft.today(), open.reason());
        Quantity wanted = open.cumQuantity().plus(need.quantity());
        if (wanted.compareTo(open.wanted()) > 0) {
            amend(draft, open, need.mode(), wanted, "PRICE", index);
        }
    }

    /** The record of the market in which a case sells. */
    private static @Nullable IndexPrice recordOf(Draft draft, LiquidationCase open) {
        return draft.record(
                Basket.market(draft.loan(), draft.loan().coin(open.reserved().asset())));
    }

    /** The newest record of the market in which a case sells, in whatever state, if all the loan's markets have a price. */
    private static @Nullable IndexPrice newestOfCase(Draft draft, LiquidationCase open) {
        IndexPrice newest = draft.price();
        return newest == null || !draft.loan().isMixed() ? newest : recordOf(draft, open);
    }

    /** A fact changed the loan: an open case shrinks to what is still needed, or grows when coin was lost; a step only shrinks. */
    private static void remeasure(Draft draft, Change change) {
        Loan loan = draft.loan();
        LiquidationCase open = Objects.requireNonNull(loan.openCase());
        IndexPrice index = newestOfCase(draft, open);
        MarginCall call = loan.marginCall();
        if (index != null && call != null && healsInTime(draft, call, index, change)) {
            LoanToValue ltv = LoanToValue.of(loan, draft.quote(index), draft.today());
            MarginRules.cure(draft, index, ltv, call, change.kind(), change.valueTime());
            if (open.callDeadline() != null) {
                rescind(draft, open, call, change);
                return;
            }
        }
        if (hasLostItsDefault(loan, open)) {
            shrinkToSold(draft, open, "DEFAULT_ENDED");
            return;
        }
        if (loan.frozen()) {
            shrinkToSold(draft, open, "FROZEN");
            return;
        }
        if (index == null) {
            return;
        }
        Quote quote = draft.quote(index);
        Sizing need = Sizing.of(loan, quote, draft.today(), open.reason());
        Quantity wanted = open.cumQuantity().plus(need.quantity());
        int growth = wanted.compareTo(open.wanted());
        boolean isStep = open.mode() == SaleMode.INCREMENT;
        boolean mayGrow = index.state().isOpen() && draft.isOpen() && !isStep && !open.isRescinded();
        if (growth < 0 || (growth > 0 && mayGrow)) {
            amend(draft, open, isStep ? SaleMode.INCREMENT : need.mode(), wanted, change.reason(), index);
        }
    }

    /** Whether the default that a case rests on is over. */
    private static boolean hasLostItsDefault(Loan loan, LiquidationCase open) {
        return open.reason().isDefault() && !loan.servicing().isInDefault();
    }

    /** Whatever ended it: what is not sold stays. */
    static void shrinkIfDefaultEnded(Draft draft) {
        LiquidationCase open = draft.loan().openCase();
        if (open != null && hasLostItsDefault(draft.loan(), open)) {
            shrinkToSold(draft, open, "DEFAULT_ENDED");
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
        boolean priced = (index.state().isOpen() && draft.isOpen())
                || Objects.requireNonNull(draft.loan().openCase()).callDeadline() != null;
        return priced
                && change.kind() != CureKind.PRICE
                && call.isOpen()
                && call.isInTime(change.valueTime())
                && LoanToValue.of(draft.loan(), draft.quote(index), draft.today())
                        .isAtOrUnder(MarginRules.cureLtv(draft.loan(), call));
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
            evidence = ltv.evidence(draft.loan(), index, limitOf(draft.loan(), open, ltv));
        }
        draft.emit(new LoanEvent.LiquidationAmended(open.caseId(), open.version() + 1, mode, wanted, reason, evidence));
    }

    /** What a sale of several coins goes on for, once the first has taken the loan under the limit that began it, is the target. */
    private static Threshold limitOf(Loan loan, LiquidationCase open, LoanToValue ltv) {
        Threshold limit = thresholdOf(loan, open.reason(), open.rung());
        return loan.isMixed() && !ltv.meets(limit)
                ? new Threshold(loan.terms().terms().liquidation().targetLtv(), Threshold.Comparator.EXCEEDS)
                : limit;
    }
}

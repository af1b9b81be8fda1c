package io.loanledger.streams.wire;

import io.loanledger.core.loan.Agreement;
import io.loanledger.core.loan.Allocation;
import io.loanledger.core.loan.Amendment;
import io.loanledger.core.loan.Application;
import io.loanledger.core.loan.ClosedCase;
import io.loanledger.core.loan.Collateral;
import io.loanledger.core.loan.Counters;
import io.loanledger.core.loan.Debt;
import io.loanledger.core.loan.Defaults;
import io.loanledger.core.loan.Difference;
import io.loanledger.core.loan.Disbursement;
import io.loanledger.core.loan.Draws;
import io.loanledger.core.loan.Due;
import io.loanledger.core.loan.Instruction;
import io.loanledger.core.loan.LiquidationCase;
import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.MarginCall;
import io.loanledger.core.loan.Overfill;
import io.loanledger.core.loan.Part;
import io.loanledger.core.loan.Payment;
import io.loanledger.core.loan.Pledge;
import io.loanledger.core.loan.Position;
import io.loanledger.core.loan.Quarantine;
import io.loanledger.core.loan.Reconciliation;
import io.loanledger.core.loan.SeenFact;
import io.loanledger.core.loan.Servicing;
import io.loanledger.core.loan.Settlement;
import io.loanledger.core.loan.Unsettled;
import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One loan as bytes, in the newest version of the format. Amounts of the loan's own two assets are their unscaled number alone, because the
 * agreement says which assets they are; the agreement itself names its terms instead of repeating them.
 */
final class LoanWriter {
    private final WireBuffer out;
    private @Nullable Agreement agreement;
    private boolean charged;
    private boolean defaulted;
    private boolean prepaid;
    private boolean draws;
    private boolean mixed;
    private boolean debtPriced;
    private @Nullable Asset coin;

    LoanWriter(WireBuffer out) {
        this.out = out;
    }

    void write(Loan loan) {
        agreement = loan.agreement();
        charged = isCharged(loan);
        defaulted = knowsDefault(loan);
        prepaid = bearsFees(loan.payments());
        draws = isDrawn(loan);
        mixed = agreement != null && agreement.terms().mixedCollateral();
        debtPriced = agreement != null && agreement.terms().agreed().debtPrice() != null;
        coin = agreement == null ? null : agreement.collateralAsset();
        if ((agreement == null) != (loan.position() == null)) {
            throw new IllegalArgumentException(loan.loanId() + " has terms without a position, or the reverse");
        }
        out.putString(loan.loanId());
        out.putLong(loan.version());
        boolean reconciled = !loan.reconciliation().equals(Reconciliation.NONE);
        out.putByte(LoanFormat.STATUS.code(loan.status()) | (reconciled ? LoanFormat.RECONCILED : 0));
        out.putLong(parts(loan));
        if (loan.quarantine() != null) {
            quarantine(loan.quarantine());
        }
        if (loan.application() != null) {
            application(loan.application());
        }
        if (agreement != null) {
            agreement(agreement);
            position(Objects.requireNonNull(loan.position()));
            if (hasStabilised(loan)) {
                money(loan.settlement().stabilised());
            }
            further(loan.held().further());
        }
        out.putLong(loan.pledges().size());
        loan.pledges().forEach(this::pledge);
        if (loan.disbursement() != null) {
            disbursement(loan.disbursement());
        }
        if (loan.marginCall() != null) {
            marginCall(loan.marginCall());
        }
        if (loan.openCase() != null) {
            ofCoin(loan.openCase().reserved().asset(), () -> openCase(Objects.requireNonNull(loan.openCase())));
        }
        if (loan.backOff() != null) {
            out.putLong(loan.backOff().declines());
            time(loan.backOff().retryAt());
        }
        out.putLong(loan.closedCases().size());
        loan.closedCases().forEach(c -> ofCoin(c.cumQuantity().asset(), () -> closedCase(c)));
        out.putLong(loan.payments().size());
        loan.payments().forEach(this::payment);
        out.putLong(loan.instructions().size());
        loan.instructions().forEach(this::instruction);
        out.putLong(loan.suspense().size());
        loan.suspense().forEach(this::suspended);
        counters(loan.counters());
        out.putLong(loan.memory().facts().size());
        loan.memory().facts().forEach(this::fact);
        if (reconciled) {
            reconciliation(loan.reconciliation());
        }
        if (loan.releasedOn() != null) {
            out.putLong(loan.releasedOn().toEpochDay());
        }
        if (isServiced(loan)) {
            servicing(loan.servicing());
        }
        if (loan.reached() > 0) {
            out.putLong(loan.reached());
        }
        if (defaulted) {
            defaults(loan.servicing().defaults());
        }
        if (draws) {
            out.putLong(loan.draws().draws().size());
            loan.draws().draws().forEach(this::disbursement);
            out.putBoolean(loan.draws().ended());
        }
    }

    private static boolean knowsDefault(Loan loan) {
        return loan.position() != null
                && (!loan.servicing().defaults().equals(Defaults.NONE)
                        || loan.debt().charges().knowsDefault());
    }

    private void defaults(Defaults value) {
        Defaults.Current current = value.current();
        out.putBoolean(current != null);
        if (current != null) {
            out.putByte(LoanFormat.DEFAULT_REASON.code(current.reason()));
            out.putLong(current.since().toEpochDay());
        }
        out.putLong(value.former().size());
        for (Defaults.Span span : value.former()) {
            out.putLong(span.from().toEpochDay());
            out.putLong(span.to().toEpochDay());
            out.putBoolean(span.waived());
        }
    }

    /** Whether it is paid out in parts. */
    private static boolean isDrawn(Loan loan) {
        return !loan.draws().equals(Draws.NONE)
                || (loan.application() != null && loan.application().firstDraw() != null);
    }

    /** Whether the loan owes, or money paid, what most loans never know. */
    private static boolean isCharged(Loan loan) {
        Position position = loan.position();
        LiquidationCase open = loan.openCase();
        return position != null
                && (!position.debt().charges().isNone()
                        || areWide(loan.payments())
                        || (open != null && isWide(open.allocated())));
    }

    private static boolean bearsFees(List<Payment> payments) {
        for (Payment payment : payments) {
            if (!payment.fee().isZero()) {
                return true;
            }
        }
        return false;
    }

    private static boolean areWide(List<Payment> payments) {
        for (Payment payment : payments) {
            if (isWide(payment.allocation())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isWide(Allocation allocation) {
        return !allocation.costs().isZero()
                || !allocation.penalties().isZero()
                || !allocation.parts().isEmpty();
    }

    private int parts(Loan loan) {
        return (loan.frozen() ? LoanFormat.FROZEN : 0)
                | (loan.quarantine() != null ? LoanFormat.QUARANTINE : 0)
                | (loan.application() != null ? LoanFormat.APPLICATION : 0)
                | (loan.agreement() != null ? LoanFormat.AGREEMENT : 0)
                | (loan.disbursement() != null ? LoanFormat.DISBURSEMENT : 0)
                | (loan.marginCall() != null ? LoanFormat.MARGIN_CALL : 0)
                | (loan.openCase() != null ? LoanFormat.OPEN_CASE : 0)
                | (loan.backOff() != null ? LoanFormat.BACK_OFF : 0)
                | (charged ? LoanFormat.CHARGES : 0)
                | (isServiced(loan) ? LoanFormat.SERVICING : 0)
                | (loan.releasedOn() != null ? LoanFormat.RELEASED : 0)
                | (loan.reached() > 0 ? LoanFormat.REACHED : 0)
                | (defaulted ? LoanFormat.DEFAULT : 0)
                | (draws ? LoanFormat.DRAWS : 0)
                | (agreement != null && agreement.amendment() != null ? LoanFormat.AMENDED : 0)
                | (prepaid ? LoanFormat.PREPAID : 0)
                | (hasStabilised(loan) ? LoanFormat.STABILISED : 0);
    }

    private static boolean isServiced(Loan loan) {
        return loan.servicing().billed() != 0 || !loan.servicing().dues().isEmpty();
    }

    private static boolean hasStabilised(Loan loan) {
        return loan.position() != null && !loan.settlement().stabilised().isZero();
    }

    private void quarantine(Quarantine value) {
        out.putString(value.invariant());
        out.putString(value.topic());
        out.putLong(value.partition());
        out.putLong(value.offset());
    }

    private void application(Application value) {
        out.putString(value.borrowerId());
        out.putString(value.productId());
        decimal(value.requestedPrincipal());
        out.putString(value.debtAssetCode());
        out.putString(value.collateralAssetCode());
        time(value.requestedAt());
        if (draws) {
            BigDecimal firstDraw = value.firstDraw();
            out.putBoolean(firstDraw != null);
            if (firstDraw != null) {
                decimal(firstDraw);
            }
        }
    }

    private void agreement(Agreement value) {
        if (!value.collateralTerms().asset().equals(value.collateralAsset())) {
            throw new IllegalArgumentException("the terms count " + value.collateralAsset() + " in another scale");
        }
        out.putString(value.terms().productId());
        out.putLong(value.terms().version());
        out.putString(value.collateralAsset().code());
        money(value.principal());
        Amendment amendment = value.amendment();
        if (amendment != null) {
            optionalDay(amendment.maturity());
            out.putBoolean(amendment.rolledOver());
            out.putLong(amendment.instalmentsBefore());
        }
    }

    private void position(Position value) {
        Debt debt = value.debt();
        money(debt.principal());
        money(debt.interest());
        money(debt.fees());
        money(debt.interestPosted());
        decimal(debt.principalDays());
        optionalDay(debt.accruedTo());
        optionalDay(debt.startedOn());
        if (charged) {
            money(debt.charges().costs());
            money(debt.charges().penalties());
        }
        if (defaulted) {
            decimal(debt.charges().penaltyDays());
            money(debt.charges().penaltiesPosted());
        }
        if (bound().amendment() != null) {
            money(debt.interestBefore());
        }
        collateral(value.collateral());
        Settlement settlement = value.settlement();
        money(settlement.clearing());
        money(settlement.surplusOwed());
        money(settlement.surplusPaying());
        money(settlement.deskClaim());
    }

    private void collateral(Collateral held) {
        coin(held.deposited());
        coin(held.held());
        coin(held.reserved());
        coin(held.releasing());
        coin(held.sold());
        coin(held.delivered());
        coin(held.released());
        coin(held.reverted());
        coin(held.missing());
    }

    /** Under terms that count no other coin there is nothing to write, and such a loan has none. */
    private void further(List<Collateral> value) {
        if (mixed) {
            out.putLong(value.size());
            value.forEach(held -> ofCoin(held.asset(), () -> collateral(held)));
        } else if (!value.isEmpty()) {
            throw new IllegalArgumentException("coin of another asset that the terms do not count");
        }
    }

    /** Amounts of one of the loan's coins; which one goes without saying where there is only one. */
    private void ofCoin(Asset asset, Runnable amounts) {
        Asset own = coin;
        if (mixed) {
            out.putString(asset.code());
            coin = asset;
        }
        amounts.run();
        coin = own;
    }

    private void pledge(Pledge value) {
        out.putString(value.proof());
        decimal(value.quantity());
        out.putString(value.assetCode());
        optionalTime(value.detectedAt());
        optionalTime(value.lockedAt());
        out.putByte(LoanFormat.PLEDGE.code(value.stage()) | (value.spare() ? LoanFormat.SPARE : 0));
    }

    private void disbursement(Disbursement value) {
        out.putString(value.disbursementId());
        money(value.amount());
        out.putByte(LoanFormat.PAYOUT.code(value.stage()));
    }

    private void marginCall(MarginCall value) {
        out.putString(value.callId());
        time(value.issuedAt());
        time(value.deadline());
        time(value.expiresAt());
        out.putByte(LoanFormat.CALL.code(value.stage()));
        out.putLong(value.rung());
        optionalTime(value.healedSince());
        MarginCall.Dispute dispute = value.dispute();
        out.putBoolean(dispute != null);
        if (dispute != null) {
            time(dispute.disputedAt());
            time(dispute.answerBy());
        }
    }

    private void openCase(LiquidationCase value) {
        out.putString(value.caseId());
        out.putByte(LoanFormat.REASON.code(value.reason()));
        out.putByte(LoanFormat.MODE.code(value.mode()));
        out.putLong(value.version());
        coin(value.reserved());
        coin(value.wanted());
        coin(value.cumQuantity());
        money(value.cumGross());
        money(value.cumDeskFees());
        money(value.fees());
        allocation(value.allocated());
        decimal(value.measuredAt());
        optionalTime(value.callDeadline());
        overfill(value.overfill());
        money(value.penalties());
        out.putBoolean(value.rescinded());
        out.putLong(value.rung());
        debtPrice(value.debtPrice());
    }

    private void debtPrice(@Nullable BigDecimal value) {
        if (debtPriced) {
            out.putBoolean(value != null);
            if (value != null) {
                decimal(value);
            }
        }
    }

    private void overfill(Overfill value) {
        coin(value.quantity());
        money(value.gross());
        money(value.deskFees());
    }

    private void closedCase(ClosedCase value) {
        out.putString(value.caseId());
        coin(value.cumQuantity());
        money(value.cumGross());
        money(value.cumDeskFees());
        overfill(value.overfill());
        debtPrice(value.debtPrice());
    }

    private void payment(Payment value) {
        out.putString(value.paymentReference());
        allocation(value.allocation());
        out.putLong(value.valueDate().toEpochDay());
        out.putBoolean(value.reversed());
        if (prepaid) {
            money(value.fee());
        }
    }

    private void instruction(Instruction value) {
        out.putString(value.instructionId());
        out.putByte(LoanFormat.INSTRUCTION.code(value.kind()));
        decimal(value.amount());
        if (mixed) {
            out.putString(value.coin() == null ? "" : value.coin().code());
        }
    }

    private void suspended(Money value) {
        out.putString(value.currency().code());
        out.putByte(value.currency().scale());
        out.putUnscaled(value.amount());
    }

    private void counters(Counters value) {
        out.putLong(value.calls());
        out.putLong(value.cases());
        out.putLong(value.releases());
        out.putLong(value.payouts());
    }

    private void fact(SeenFact value) {
        out.putFixedLong(value.eventDigest());
        out.putFixedLong(value.contentDigest());
        time(value.seenAt());
    }

    private void reconciliation(Reconciliation value) {
        optionalTime(value.custodyAsOf());
        unsettled(value.undelivered());
        unsettled(value.unpaid());
        out.putLong(value.open().size());
        value.open().forEach(this::difference);
        decimal(value.returnedApart());
        if (mixed) {
            out.putLong(value.further().size());
            for (Reconciliation.OfCoin further : value.further()) {
                out.putString(further.asset().code());
                unsettled(further.undelivered());
                decimal(further.returnedApart());
            }
        }
    }

    private void unsettled(Unsettled value) {
        out.putLong(value.sales().size());
        for (Unsettled.Sale sale : value.sales()) {
            out.putLong(sale.on().toEpochDay());
            decimal(sale.amount());
        }
    }

    private void difference(Difference value) {
        out.putByte(LoanFormat.DIFFERENCE.code(value.kind()));
        out.putString(value.assetCode());
        decimal(value.ours());
        decimal(value.theirs());
        time(value.asOf());
    }

    private void allocation(Allocation value) {
        money(value.fees());
        money(value.interest());
        money(value.principal());
        money(value.surplus());
        if (charged) {
            money(value.costs());
            money(value.penalties());
            out.putLong(value.parts().size());
            value.parts().forEach(this::part);
        }
    }

    private void part(Part value) {
        out.putLong(value.bucket());
        money(value.fees());
        money(value.interest());
        money(value.principal());
    }

    private void servicing(Servicing value) {
        out.putLong(value.billed());
        out.putLong(value.dues().size());
        value.dues().forEach(this::due);
    }

    private void due(Due value) {
        out.putLong(value.number());
        out.putLong(value.dueOn().toEpochDay());
        money(value.fees());
        money(value.interest());
        money(value.principal());
        out.putBoolean(value.lateFeeCharged());
    }

    private void money(Money value) {
        own(value.currency(), bound().terms().debtAsset());
        out.putUnscaled(value.amount());
    }

    private void coin(Quantity value) {
        own(value.asset(), Objects.requireNonNull(coin, "coin before terms are bound"));
        out.putUnscaled(value.amount());
    }

    private Agreement bound() {
        return Objects.requireNonNull(agreement, "an amount of the loan's own before terms are bound");
    }

    private static void own(Asset actual, Asset expected) {
        if (!actual.equals(expected)) {
            throw new IllegalArgumentException("an amount in " + actual + " where the loan counts " + expected);
        }
    }

    /** Any scale, any size. */
    private void decimal(BigDecimal value) {
        out.putLong(value.scale());
        out.putUnscaled(value);
    }

    private void time(Instant value) {
        out.putLong(Micros.of(value));
    }

    private void optionalTime(@Nullable Instant value) {
        out.putBoolean(value != null);
        if (value != null) {
            time(value);
        }
    }

    private void optionalDay(@Nullable LocalDate value) {
        out.putBoolean(value != null);
        if (value != null) {
            out.putLong(value.toEpochDay());
        }
    }
}

package io.loanledger.core.loan;

import static io.loanledger.core.loan.LoanDecider.refused;

import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The ledger's half of the protocol with the liquidation processor, and what comes after the fill. The ledger owns the case. */
final class LiquidationRules {
    private LiquidationRules() {}

    static Decision.@Nullable Refused declined(Draft draft, LoanInput.LiquidationDeclined reply) {
        LiquidationCase open = matching(draft.loan(), reply.caseId());
        if (open == null) {
            return refused(Refusal.CASE_UNKNOWN, reply.caseId());
        }
        if (!open.cumQuantity().isZero()) {
            return refused(Refusal.WRONG_STATUS, reply.caseId() + " has sold " + open.cumQuantity());
        }
        if (reply.version() > open.version()) {
            return refused(Refusal.VERSION_UNKNOWN, reply.caseId() + " version " + reply.version());
        }
        draft.emit(new LoanEvent.LiquidationDeclined(
                reply.caseId(), reply.reason(), reply.indexEpoch(), reply.indexSequence()));
        return null;
    }

    static Decision.@Nullable Refused acknowledged(Draft draft, LoanInput.AmendmentAcknowledged reply) {
        LiquidationCase open = matching(draft.loan(), reply.caseId());
        if (open == null) {
            return refused(Refusal.CASE_UNKNOWN, reply.caseId());
        }
        if (reply.version() > open.version()) {
            return refused(Refusal.VERSION_UNKNOWN, reply.caseId() + " version " + reply.version());
        }
        if (reply.version() < open.version()) {
            return null; // An older amendment was overtaken by a newer one: only the newest answer counts.
        }
        Quantity irrevocable =
                new Quantity(reply.irrevocable(), draft.loan().collateral().asset());
        Quantity reserved = irrevocable.max(open.wanted()).max(open.cumQuantity());
        if (reserved.compareTo(open.reserved()) > 0) {
            return refused(Refusal.SETTLEMENT_EXCEEDS_RESERVATION, irrevocable + " irrevocable of " + open.reserved());
        }
        draft.emit(new LoanEvent.AmendmentAcknowledged(reply.caseId(), reply.version(), irrevocable, reserved));
        return null;
    }

    static Decision.@Nullable Refused settled(Draft draft, LoanInput.LiquidationSettled reply) {
        Loan loan = draft.loan();
        LiquidationCase open = matching(loan, reply.caseId());
        if (open == null) {
            return settledAfterClose(draft, reply);
        }
        if (reply.version() > open.version()) {
            return refused(Refusal.VERSION_UNKNOWN, reply.caseId() + " version " + reply.version());
        }
        Quantity cumQuantity =
                new Quantity(reply.cumQuantity(), loan.collateral().asset());
        if (cumQuantity.compareTo(open.reserved()) > 0) {
            return refused(Refusal.SETTLEMENT_EXCEEDS_RESERVATION, cumQuantity + " of " + open.reserved());
        }
        Money cumGross = new Money(reply.cumGross(), draft.debtAsset());
        Money cumDeskFees = new Money(reply.cumFees(), draft.debtAsset());
        if (cumQuantity.compareTo(open.cumQuantity()) != 0
                || cumGross.compareTo(open.cumGross()) != 0
                || cumDeskFees.compareTo(open.cumDeskFees()) != 0) {
            settleChange(draft, open, cumQuantity, cumGross, cumDeskFees);
        }
        // A final word on an older version is not final: the newer one is still on its way to the processor.
        if (reply.finalSettlement() && reply.version() == open.version()) {
            draft.emit(new LoanEvent.LiquidationClosed(reply.caseId(), cumQuantity, cumGross));
        }
        return null;
    }

    private static void settleChange(
            Draft draft, LiquidationCase open, Quantity cumQuantity, Money cumGross, Money cumDeskFees) {
        PaymentRules.postInterest(draft, draft.today());
        Money feeSoFar = draft.loan().terms().terms().liquidation().feeRate().timesRoundedHalfEven(cumGross);
        Money fee = feeSoFar.minus(open.fees());
        Money gross = cumGross.minus(open.cumGross());
        Money net = gross.minus(fee);
        Allocation allocation = net.isNegative()
                ? Debt.takeBack(open.allocated(), net.negated())
                : draft.loan().debt().allocate(net);
        draft.emit(new LoanEvent.SaleSettled(
                open.caseId(),
                cumQuantity.minus(open.cumQuantity()),
                gross,
                cumDeskFees.minus(open.cumDeskFees()),
                fee,
                allocation,
                draft.today()));
        PaymentRules.refundInterest(draft);
    }

    /** Nothing reopens a case: what the desk takes back afterwards is claimed from the desk. */
    private static Decision.@Nullable Refused settledAfterClose(Draft draft, LoanInput.LiquidationSettled reply) {
        Optional<ClosedCase> known = draft.loan().closedCase(reply.caseId());
        if (known.isEmpty()) {
            return refused(Refusal.CASE_UNKNOWN, reply.caseId());
        }
        ClosedCase closed = known.get();
        Quantity cumQuantity =
                new Quantity(reply.cumQuantity(), draft.loan().collateral().asset());
        Money cumGross = new Money(reply.cumGross(), draft.debtAsset());
        Money cumDeskFees = new Money(reply.cumFees(), draft.debtAsset());
        if (cumQuantity.compareTo(closed.cumQuantity()) > 0 || cumGross.compareTo(closed.cumGross()) > 0) {
            return refused(Refusal.SETTLEMENT_EXCEEDS_RESERVATION, reply.caseId() + " is closed");
        }
        if (cumQuantity.compareTo(closed.cumQuantity()) < 0 || cumGross.compareTo(closed.cumGross()) < 0) {
            draft.emit(new LoanEvent.DeskClaimPosted(
                    reply.caseId(),
                    closed.cumQuantity().minus(cumQuantity),
                    closed.cumGross().minus(cumGross),
                    closed.cumDeskFees().minus(cumDeskFees)));
        }
        return null;
    }

    static Decision.@Nullable Refused delivered(Draft draft, LoanInput.CollateralDelivered fact) {
        Loan loan = draft.loan();
        Decision.Refused refused = LoanDecider.check(draft, fact.quantity(), draft.coinFor(fact.quantity()));
        if (refused != null) {
            return refused;
        }
        if (loan.status() == LoanStatus.UNKNOWN) {
            return refused(Refusal.UNKNOWN_LOAN, loan.loanId());
        }
        if (!knows(loan, fact.caseId())) {
            return refused(Refusal.CASE_UNKNOWN, fact.caseId());
        }
        Quantity handed =
                new Quantity(fact.quantity().amount(), loan.collateral().asset());
        Quantity due =
                loan.collateral().sold().minus(loan.collateral().delivered()).max(Quantity.zero(handed.asset()));
        Quantity counted = handed.min(due);
        draft.emit(new LoanEvent.CollateralDelivered(fact.caseId(), counted, handed.minus(counted)));
        return null;
    }

    static Decision.@Nullable Refused proceeds(Draft draft, LoanInput.SaleProceedsReceived fact) {
        Loan loan = draft.loan();
        if (!knows(loan, fact.caseId())) {
            return PaymentRules.suspend(draft, fact.amount(), fact.paymentReference(), Refusal.CASE_UNKNOWN.name());
        }
        Decision.Refused refused = LoanDecider.check(draft, fact.amount(), draft.debtAsset());
        if (refused != null) {
            return refused;
        }
        Money amount = new Money(fact.amount().amount(), draft.debtAsset());
        Money applied = amount.min(loan.settlement().clearing().max(Money.zero(draft.debtAsset())));
        draft.emit(new LoanEvent.SaleProceedsReceived(
                fact.caseId(), fact.paymentReference(), applied, amount.minus(applied)));
        return null;
    }

    private static boolean knows(Loan loan, String caseId) {
        return matching(loan, caseId) != null || loan.closedCase(caseId).isPresent();
    }

    private static @Nullable LiquidationCase matching(Loan loan, String caseId) {
        LiquidationCase open = loan.openCase();
        return open != null && open.caseId().equals(caseId) ? open : null;
    }
}

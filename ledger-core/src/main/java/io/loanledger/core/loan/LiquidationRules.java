package io.loanledger.core.loan;

import static io.loanledger.core.loan.LoanDecider.refused;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.terms.LiquidationTerms;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.SalePlan;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The ledger's half of the protocol with the liquidation processor, and what comes after the fill. The ledger owns the case. */
final class LiquidationRules {
    private LiquidationRules() {}

    static Decision.@Nullable Refused declined(Draft draft, LoanInput.LiquidationDeclined reply) {
        Loan loan = draft.loan();
        LiquidationCase open = matching(loan, reply.caseId());
        if (open == null) {
            boolean sold = loan.closedCase(reply.caseId())
                    .filter(closed -> !closed.cumQuantity().isZero())
                    .isPresent();
            if (sold) {
                return refused(Refusal.WRONG_STATUS, reply.caseId() + " is closed with something sold");
            }
            return wasRequested(loan, reply.caseId()) ? null : refused(Refusal.CASE_UNKNOWN, reply.caseId());
        }
        if (!open.cumQuantity().isZero()) {
            return refused(Refusal.WRONG_STATUS, reply.caseId() + " has sold " + open.cumQuantity());
        }
        if (reply.version() > open.version()) {
            return refused(Refusal.VERSION_UNKNOWN, reply.caseId() + " version " + reply.version());
        }
        BackOff wait = reply.reason().equals(BackOff.BREACH_IS_OVER)
                ? null
                : BackOff.after(loan.backOff(), draft.now().taskTime());
        draft.emit(new LoanEvent.LiquidationDeclined(
                reply.caseId(),
                reply.reason(),
                reply.indexEpoch(),
                reply.indexSequence(),
                wait == null ? 0 : wait.declines(),
                wait == null ? null : wait.retryAt()));
        return null;
    }

    /** Whether a case of this id was ever requested, ended since or not. */
    private static boolean wasRequested(Loan loan, String caseId) {
        return coinOf(loan, caseId) != null;
    }

    /** The coin that a case of this id sold; null if there never was one. */
    private static @Nullable Asset coinOf(Loan loan, String caseId) {
        if (loan.agreement() == null) {
            return null;
        }
        ProductTerms terms = loan.terms().terms();
        for (int number = 1; number <= loan.counters().cases(); number++) {
            if (!terms.mixedCollateral()) {
                if (caseId(loan, number).equals(caseId)) {
                    return loan.terms().collateralAsset();
                }
            } else if (caseId.startsWith(caseId(loan, number) + "/")) {
                return isOfAnotherCoin(loan, caseId(loan, number) + "/", caseId)
                        ? null
                        : loan.terms()
                                .coin(caseId.substring(caseId(loan, number).length() + 1));
            }
        }
        return null;
    }

    /** Whether the case of this number is known to have sold another coin; of one that was declined no coin is kept. */
    private static boolean isOfAnotherCoin(Loan loan, String prefix, String caseId) {
        LiquidationCase open = loan.openCase();
        return Stream.concat(
                        loan.closedCases().stream().map(ClosedCase::caseId),
                        open == null ? Stream.empty() : Stream.of(open.caseId()))
                .anyMatch(known -> known.startsWith(prefix) && !known.equals(caseId));
    }

    /** Where a loan may have sold several coins, a case's id says which. */
    static String caseId(Loan loan, int number, Asset coin) {
        String id = caseId(loan, number);
        return loan.terms().terms().mixedCollateral() ? id + "/" + coin.code() : id;
    }

    private static String caseId(Loan loan, int number) {
        return loan.loanId() + "/case/" + number;
    }

    /** A declined case as if it had been closed with nothing sold, for a fill that comes all the same. */
    static ClosedCase declinedCase(Loan loan, String caseId) {
        Asset coin = Objects.requireNonNull(coinOf(loan, caseId));
        Asset currency = loan.terms().terms().debtAsset();
        Money zero = Money.zero(currency);
        return new ClosedCase(caseId, Quantity.zero(coin), zero, zero, Overfill.none(coin, currency));
    }

    static Decision.@Nullable Refused acknowledged(Draft draft, LoanInput.AmendmentAcknowledged reply) {
        LiquidationCase open = matching(draft.loan(), reply.caseId());
        if (open == null) { // An answer that the end of its case overtook says nothing any more.
            return wasRequested(draft.loan(), reply.caseId()) ? null : refused(Refusal.CASE_UNKNOWN, reply.caseId());
        }
        if (reply.version() > open.version()) {
            return refused(Refusal.VERSION_UNKNOWN, reply.caseId() + " version " + reply.version());
        }
        if (reply.version() < open.version()) {
            return null; // An older amendment was overtaken by a newer one: only the newest answer counts.
        }
        Quantity irrevocable = new Quantity(reply.irrevocable(), open.reserved().asset());
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
        Sold told = Sold.in(reply, draft, open.reserved().asset(), open.debtPrice());
        Sold counted = told.upTo(open.reserved());
        if (counted.differsFrom(open.cumQuantity(), open.cumGross(), open.cumDeskFees())) {
            settleChange(draft, open, counted.quantity(), counted.gross(), counted.deskFees());
        }
        postOverfill(draft, reply.caseId(), open.overfill(), told.minus(counted));
        // A final word on an older version is not final: the newer one is still on its way to the processor.
        if (reply.finalSettlement() && reply.version() == open.version()) {
            close(draft, counted);
        }
        return null;
    }

    private static void close(Draft draft, Sold counted) {
        LiquidationCase open = Objects.requireNonNull(draft.loan().openCase());
        draft.emit(new LoanEvent.LiquidationClosed(open.caseId(), counted.quantity(), counted.gross()));
        // After a step of several the call goes on: the next price decides.
        if (counted.quantity().isPositive() && open.mode() != SaleMode.INCREMENT) {
            MarginRules.cancel(draft, "PRE_EMPTED");
        }
        if (counted.quantity().isPositive()) {
            DefaultRules.endIfPaid(draft); // what is sold may have paid it, and then no more of it is
            Valuation.goOn(draft, open);
        }
    }

    /** What a settlement says was sold, cumulative. */
    private record Sold(Quantity quantity, Money gross, Money deskFees) {
        /** @param debtPrice of the case, by which both amounts are turned into debt, rounded down; null where they are debt */
        static Sold in(LoanInput.LiquidationSettled reply, Draft draft, Asset coin, @Nullable BigDecimal debtPrice) {
            return new Sold(
                    new Quantity(reply.cumQuantity(), coin),
                    inDebt(reply.cumGross(), draft.debtAsset(), debtPrice),
                    inDebt(reply.cumFees(), draft.debtAsset(), debtPrice));
        }

        /** Of a case that was declined nobody knows by what its money would be turned: what the desk pays for it is nobody's. */
        static Sold withoutMeasure(LoanInput.LiquidationSettled reply, Draft draft, Asset coin) {
            Money nothing = Money.zero(draft.debtAsset());
            return new Sold(new Quantity(reply.cumQuantity(), coin), nothing, nothing);
        }

        private static Money inDebt(BigDecimal amount, Asset currency, @Nullable BigDecimal debtPrice) {
            return new Money(
                    debtPrice == null ? amount : DebtIndex.inDebt(amount, debtPrice, currency.scale()), currency);
        }

        /** Its part within a reservation; the money in proportion, half-even. */
        Sold upTo(Quantity reserved) {
            if (quantity.compareTo(reserved) <= 0) {
                return this;
            }
            Fraction share = new Fraction(
                    reserved.amount().unscaledValue(), quantity.amount().unscaledValue());
            return new Sold(reserved, share.timesRoundedHalfEven(gross), share.timesRoundedHalfEven(deskFees));
        }

        Sold minus(Sold other) {
            return new Sold(quantity.minus(other.quantity), gross.minus(other.gross), deskFees.minus(other.deskFees));
        }

        boolean differsFrom(Quantity otherQuantity, Money otherGross, Money otherFees) {
            return quantity.compareTo(otherQuantity) != 0
                    || gross.compareTo(otherGross) != 0
                    || deskFees.compareTo(otherFees) != 0;
        }
    }

    /** What was sold beyond a reservation happened: it is booked, and not as the borrower's. */
    private static void postOverfill(Draft draft, String caseId, Overfill former, Sold beyond) {
        if (beyond.differsFrom(former.quantity(), former.gross(), former.deskFees())) {
            draft.emit(new LoanEvent.OverfillPosted(
                    caseId,
                    beyond.quantity().minus(former.quantity()),
                    beyond.gross().minus(former.gross()),
                    beyond.deskFees().minus(former.deskFees())));
        }
    }

    private static void settleChange(
            Draft draft, LiquidationCase open, Quantity cumQuantity, Money cumGross, Money cumDeskFees) {
        PaymentRules.postInterest(draft, draft.today());
        LiquidationTerms terms = draft.loan().terms().terms().liquidation();
        Allocation soFar = open.allocated();
        Money repayable =
                soFar.total().minus(soFar.surplus()).plus(draft.loan().debt().posted());
        LiquidationTerms.Charged charged = terms.charges(cumGross, repayable.max(Money.zero(draft.debtAsset())));
        Money fee = charged.fee().minus(open.fees());
        Money penalty = charged.penalty().minus(open.penalties());
        Money gross = cumGross.minus(open.cumGross());
        Money net = gross.minus(fee).minus(penalty);
        boolean stabilises =
                terms.plan() == SalePlan.STABILISE && !open.reason().isDefault();
        draft.emit(new LoanEvent.SaleSettled(
                open.caseId(),
                cumQuantity.minus(open.cumQuantity()),
                gross,
                cumDeskFees.minus(open.cumDeskFees()),
                fee,
                stabilises ? Allocation.none(draft.debtAsset()) : applied(draft, soFar, net),
                draft.today(),
                penalty,
                stabilises ? net : Money.zero(draft.debtAsset()),
                draft.accrualTo(draft.today())));
        PaymentRules.refundInterest(draft);
    }

    private static Allocation applied(Draft draft, Allocation soFar, Money net) {
        Loan loan = draft.loan();
        return net.isNegative()
                ? Waterfall.takeBack(loan.waterfall(), soFar, loan.servicing().dues(), net.negated())
                : loan.spread(net);
    }

    /** Nothing reopens a case: what the desk takes back afterwards is claimed from the desk. */
    private static Decision.@Nullable Refused settledAfterClose(Draft draft, LoanInput.LiquidationSettled reply) {
        Loan loan = draft.loan();
        Optional<ClosedCase> known = loan.closedCase(reply.caseId());
        if (known.isEmpty() && !wasRequested(loan, reply.caseId())) {
            return refused(Refusal.CASE_UNKNOWN, reply.caseId());
        }
        ClosedCase closed = known.orElseGet(() -> declinedCase(loan, reply.caseId()));
        Asset coin = closed.cumQuantity().asset();
        Sold told = closed.debtPrice() == null && DebtMarket.isPriced(loan)
                ? Sold.withoutMeasure(reply, draft, coin)
                : Sold.in(reply, draft, coin, closed.debtPrice());
        Sold counted = new Sold(
                told.quantity().min(closed.cumQuantity()),
                told.gross().min(closed.cumGross()),
                told.quantity().compareTo(closed.cumQuantity()) > 0 ? closed.cumDeskFees() : told.deskFees());
        if (counted.differsFrom(closed.cumQuantity(), closed.cumGross(), closed.cumDeskFees())) {
            draft.emit(new LoanEvent.DeskClaimPosted(
                    reply.caseId(),
                    closed.cumQuantity().minus(counted.quantity()),
                    closed.cumGross().minus(counted.gross()),
                    closed.cumDeskFees().minus(counted.deskFees())));
        }
        postOverfill(draft, reply.caseId(), closed.overfill(), told.minus(counted));
        return null;
    }

    static Decision.@Nullable Refused delivered(Draft draft, LoanInput.CollateralDelivered fact) {
        Loan loan = draft.loan();
        Decision.Refused refused = checkSoldCoin(draft, fact.quantity(), fact.caseId());
        if (refused != null) {
            return refused;
        }
        Collateral coin = loan.coin(Objects.requireNonNull(coinOf(loan, fact.caseId())));
        Quantity handed = new Quantity(fact.quantity().amount(), coin.asset());
        Quantity due = coin.sold().minus(coin.delivered()).max(Quantity.zero(handed.asset()));
        Quantity counted = handed.min(due);
        draft.emit(new LoanEvent.CollateralDelivered(
                fact.caseId(), counted, handed.minus(counted), fact.head().occurredAt()));
        return null;
    }

    /** Coin that the desk gave back: what it had of busted sales, and what nobody knows a reason for. */
    static Decision.@Nullable Refused returned(Draft draft, LoanInput.CollateralReturned fact) {
        Loan loan = draft.loan();
        Decision.Refused refused = checkSoldCoin(draft, fact.quantity(), fact.caseId());
        if (refused != null) {
            return refused;
        }
        Collateral coin = loan.coin(Objects.requireNonNull(coinOf(loan, fact.caseId())));
        Quantity back = new Quantity(fact.quantity().amount(), coin.asset());
        Quantity busted = coin.delivered().minus(coin.sold()).max(Quantity.zero(back.asset()));
        Quantity counted = back.min(busted);
        draft.emit(new LoanEvent.CollateralReturned(
                fact.caseId(), counted, back.minus(counted), fact.head().occurredAt()));
        return null;
    }

    /** Coin on its way to or from the desk: of a case of this loan, a declined one too; that it moved cannot be refused. */
    private static Decision.@Nullable Refused checkSoldCoin(Draft draft, LoanInput.Stated quantity, String caseId) {
        Decision.Refused refused = LoanDecider.check(draft, quantity, draft.coinFor(quantity));
        if (refused != null) {
            return refused;
        }
        if (draft.loan().status() == LoanStatus.UNKNOWN) {
            return refused(Refusal.UNKNOWN_LOAN, draft.loan().loanId());
        }
        Asset sold = coinOf(draft.loan(), caseId);
        if (sold == null) {
            return refused(Refusal.CASE_UNKNOWN, caseId);
        }
        return sold.code().equals(quantity.asset())
                ? null
                : refused(Refusal.WRONG_ASSET, quantity.asset() + " instead of " + sold);
    }

    static Decision.@Nullable Refused proceeds(Draft draft, LoanInput.SaleProceedsReceived fact) {
        Loan loan = draft.loan();
        if (!wasRequested(loan, fact.caseId())) {
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

    private static @Nullable LiquidationCase matching(Loan loan, String caseId) {
        LiquidationCase open = loan.openCase();
        return open != null && open.caseId().equals(caseId) ? open : null;
    }
}

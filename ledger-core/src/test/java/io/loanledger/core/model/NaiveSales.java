package io.loanledger.core.model;

import static io.loanledger.core.model.NaiveLoan.ZERO;
import static io.loanledger.core.model.NaiveModel.refuseIf;

import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.loan.LoanStatus;
import io.loanledger.core.loan.Refusal;
import io.loanledger.core.model.NaiveModel.After;
import io.loanledger.core.money.Fraction;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the liquidation processor and the desk report about a case. */
final class NaiveSales {
    private final NaiveLoan loan;
    private final NaiveMargin margin;
    private final NaiveMoney money;
    private final NaiveCustody custody;
    private final NaiveReconciliation reconciliation;
    private final List<String> lines;

    NaiveSales(
            NaiveLoan loan,
            NaiveMargin margin,
            NaiveMoney money,
            NaiveCustody custody,
            NaiveReconciliation reconciliation,
            List<String> lines) {
        this.loan = loan;
        this.margin = margin;
        this.money = money;
        this.custody = custody;
        this.reconciliation = reconciliation;
        this.lines = lines;
    }

    NaiveCustody custody() {
        return custody;
    }

    private NaiveLoan.@Nullable Sale open(String caseId) {
        return loan.sale != null && loan.sale.id.equals(caseId) ? loan.sale : null;
    }

    /** Whatever became of it. */
    private boolean wasAskedFor(String caseId) {
        return loan.askedFor.containsKey(caseId);
    }

    void declined(LoanInput.LiquidationDeclined input) {
        NaiveLoan.Sale sale = open(input.caseId());
        if (sale == null) {
            NaiveLoan.Sale closed = loan.closed.get(input.caseId());
            refuseIf(closed != null && closed.cumQuantity.signum() != 0, Refusal.WRONG_STATUS);
            refuseIf(!wasAskedFor(input.caseId()), Refusal.CASE_UNKNOWN);
            return;
        }
        refuseIf(sale.cumQuantity.signum() != 0, Refusal.WRONG_STATUS);
        refuseIf(input.version() > sale.version, Refusal.VERSION_UNKNOWN);
        if (sale.overQuantity.signum() != 0 || sale.overGross.signum() != 0 || sale.overFees.signum() != 0) {
            loan.closed.put(sale.id, sale);
        }
        loan.sale = null;
        sale.coin.reserved = ZERO;
        if (input.reason().equals("BREACH_IS_OVER")) {
            loan.forgetDeclines();
        } else {
            long[] seconds = {1, 2, 4, 8, 16, 32, 64};
            loan.silentUntil = margin.taskTime().plusSeconds(seconds[Math.min(loan.declines, 6)]);
            loan.declines++;
        }
        lines.add(Tongue.line("LiquidationDeclined", sale.id, loan.declines, String.valueOf(loan.silentUntil)));
    }

    void acknowledged(LoanInput.AmendmentAcknowledged input) {
        NaiveLoan.Sale sale = open(input.caseId());
        if (sale == null) {
            refuseIf(!wasAskedFor(input.caseId()), Refusal.CASE_UNKNOWN);
            return;
        }
        refuseIf(input.version() > sale.version, Refusal.VERSION_UNKNOWN);
        if (input.version() < sale.version) {
            return;
        }
        refuseIf(input.irrevocable().compareTo(sale.reserved) > 0, Refusal.SETTLEMENT_EXCEEDS_RESERVATION);
        sale.reserved = input.irrevocable().max(sale.wanted);
        sale.coin.reserved = sale.reserved.subtract(sale.cumQuantity);
        lines.add(Tongue.line("AmendmentAcknowledged", sale.id, sale.version, input.irrevocable(), sale.reserved));
    }

    void settled(LoanInput.LiquidationSettled said) {
        NaiveLoan.Sale sale = open(said.caseId());
        if (sale == null) {
            settledAfterEnd(said);
            return;
        }
        refuseIf(said.version() > sale.version, Refusal.VERSION_UNKNOWN);
        LoanInput.LiquidationSettled input = inDebt(said, sale);
        BigDecimal quantity = input.cumQuantity().min(sale.reserved);
        BigDecimal cumGross = share(input.cumGross(), quantity, input.cumQuantity());
        BigDecimal cumFees = share(input.cumFees(), quantity, input.cumQuantity());
        BigDecimal sold = quantity.subtract(sale.cumQuantity);
        BigDecimal gross = cumGross.subtract(sale.cumGross);
        BigDecimal deskFees = cumFees.subtract(sale.cumDeskFees);
        if (sold.signum() != 0 || gross.signum() != 0 || deskFees.signum() != 0) {
            book(sale, cumGross, sold, gross, deskFees);
        }
        beyond(sale, input);
        if (input.finalSettlement() && input.version() == sale.version) {
            close(sale);
        }
    }

    /** The desk speaks of the currency of the prices: what it says is first of all turned into the debt's. */
    private LoanInput.LiquidationSettled inDebt(LoanInput.LiquidationSettled said, NaiveLoan.Sale sale) {
        if (loan.bound().agreed().debtPrice() == null) {
            return said;
        }
        return new LoanInput.LiquidationSettled(
                said.caseId(),
                said.version(),
                said.cumQuantity(),
                inDebt(said.cumGross(), sale),
                inDebt(said.cumFees(), sale),
                said.finalSettlement());
    }

    /** Of a case that was declined nobody knows the measure: its money counts for nothing. */
    private BigDecimal inDebt(BigDecimal amount, NaiveLoan.Sale sale) {
        return sale.per == null
                ? ZERO
                : amount.divide(sale.per, loan.bound().debtAsset().scale(), RoundingMode.DOWN);
    }

    /** The part of an amount that falls on a part of the quantity, half-even. */
    private BigDecimal share(BigDecimal amount, BigDecimal part, BigDecimal whole) {
        return part.compareTo(whole) == 0
                ? amount
                : amount.multiply(part).divide(whole, loan.bound().debtAsset().scale(), RoundingMode.HALF_EVEN);
    }

    /** What the case's own figures leave of what the desk says: a matter between lender and desk. */
    private void beyond(NaiveLoan.Sale sale, LoanInput.LiquidationSettled input) {
        BigDecimal quantity = input.cumQuantity().subtract(sale.cumQuantity).subtract(sale.overQuantity);
        BigDecimal gross = input.cumGross().subtract(sale.cumGross).subtract(sale.overGross);
        BigDecimal deskFees = input.cumFees().subtract(sale.cumDeskFees).subtract(sale.overFees);
        if (quantity.signum() != 0 || gross.signum() != 0 || deskFees.signum() != 0) {
            sale.overQuantity = sale.overQuantity.add(quantity);
            sale.overGross = sale.overGross.add(gross);
            sale.overFees = sale.overFees.add(deskFees);
            loan.clearing = loan.clearing.add(gross).subtract(deskFees);
            reconciliation.traded(NaiveReconciliation.UNDATED);
            lines.add(Tongue.line("OverfillPosted", sale.id, quantity, gross, deskFees));
        }
    }

    private void book(
            NaiveLoan.Sale sale, BigDecimal cumGross, BigDecimal sold, BigDecimal gross, BigDecimal deskFees) {
        money.postThrough(margin.today());
        BigDecimal repayable = sale.allocated.toDebt().add(loan.debt.posted()).max(ZERO);
        NaiveSizing.Charged charged = margin.cases.sizing.charged(cumGross, repayable);
        BigDecimal fee = charged.fee().subtract(sale.fees);
        BigDecimal penalty = charged.penalty().subtract(sale.penalties);
        BigDecimal net = gross.subtract(fee).subtract(penalty);
        BigDecimal kept = margin.stabilised.keepsProceeds(sale) ? net : ZERO;
        BigDecimal paid = net.subtract(kept);
        NaiveSpread spread = paid.signum() >= 0
                ? loan.debt.waterfall(paid)
                : sale.allocated.takenBack(
                        paid.negate(), NaiveSlots.of(sale.allocated.inBuckets(loan.debt.buckets), loan.bound()));
        LocalDate day = money.onTheBooks();
        Object accrual = loan.debt.accrual(day);
        loan.debt.apply(spread, day);
        loan.stabilised = loan.stabilised.add(kept);
        NaiveCoin coin = sale.coin;
        coin.held = coin.held.subtract(sold);
        coin.reserved = coin.reserved.subtract(sold);
        coin.sold = coin.sold.add(sold);
        loan.clearing = loan.clearing.add(gross).subtract(deskFees);
        sale.cumQuantity = sale.cumQuantity.add(sold);
        sale.cumGross = cumGross;
        sale.cumDeskFees = sale.cumDeskFees.add(deskFees);
        loan.forgetDeclines();
        sale.fees = sale.fees.add(fee);
        sale.penalties = sale.penalties.add(penalty);
        sale.allocated = sale.allocated.plus(spread);
        reconciliation.traded(day);
        lines.add(Tongue.line("SaleSettled", sale.id, sold, gross, deskFees, fee, spread, day, penalty, kept, accrual));
        money.refundInterest();
    }

    private void close(NaiveLoan.Sale sale) {
        loan.sale = null;
        sale.coin.reserved = ZERO;
        loan.closed.put(sale.id, sale);
        lines.add(Tongue.line("LiquidationClosed", sale.id, sale.cumQuantity, sale.cumGross));
        if (sale.cumQuantity.signum() > 0 && sale.reason.equals("HARD_LTV")) {
            loan.reached = Math.max(loan.reached, sale.rung);
        }
        if (sale.cumQuantity.signum() > 0 && !sale.mode.equals("INCREMENT") && loan.call != null) {
            if (sale.reason.equals("CALL_EXPIRED")) {
                loan.call = null; // the sale was its answer
            } else {
                margin.ladder.cancelCall("PRE_EMPTED");
            }
        }
        if (sale.cumQuantity.signum() > 0) {
            loan.inDefault.endIfPaid();
        }
        goOn(sale);
    }

    /** A step that sold all there was of one coin is followed by the next coin, until the sale has reached its end. */
    private void goOn(NaiveLoan.Sale sale) {
        NaivePrices prices = margin.openPrices();
        if (!loan.isMixed()
                || !sale.mode.equals("INCREMENT")
                || sale.cumQuantity.signum() == 0
                || sale.rescinded
                || loan.status != LoanStatus.ACTIVE
                || loan.frozen
                || loan.debt.isClear()
                || prices == null
                || loan.lessThanALot()) {
            return;
        }
        if (loan.inDefault.isToBeSold()) {
            margin.cases.sellInDefault(prices);
        } else if (!NaiveCases.isOfDefault(sale) && isUnfinished(sale, prices)) {
            margin.cases.goOn(sale, prices);
        }
    }

    private boolean isUnfinished(NaiveLoan.Sale sale, NaivePrices prices) {
        boolean callIsGone = sale.reason.equals("CALL_EXPIRED") && (loan.call == null || !loan.call.is("EXPIRED"));
        return loan.bound().liquidation().closeFactor().compareTo(Fraction.ONE) >= 0
                && !callIsGone
                && margin.cases.sizing.hasNotEnded(prices)
                && loan.debt.scaledExposure(margin.today()).signum() > 0;
    }

    private void settledAfterEnd(LoanInput.LiquidationSettled said) {
        NaiveLoan.Sale sale = loan.closed.get(said.caseId());
        if (sale == null) {
            refuseIf(!wasAskedFor(said.caseId()), Refusal.CASE_UNKNOWN);
            sale = new NaiveLoan.Sale(loan.askedFor.get(said.caseId()));
            sale.id = said.caseId();
        }
        LoanInput.LiquidationSettled input = inDebt(said, sale);
        BigDecimal quantity = sale.cumQuantity.subtract(input.cumQuantity()).max(ZERO);
        BigDecimal gross = sale.cumGross.subtract(input.cumGross()).max(ZERO);
        boolean more = input.cumQuantity().compareTo(sale.cumQuantity) > 0;
        BigDecimal deskFees = more ? ZERO : sale.cumDeskFees.subtract(input.cumFees());
        if (quantity.signum() != 0 || gross.signum() != 0 || deskFees.signum() != 0) {
            sale.cumQuantity = sale.cumQuantity.subtract(quantity);
            sale.cumGross = sale.cumGross.subtract(gross);
            sale.cumDeskFees = sale.cumDeskFees.subtract(deskFees);
            BigDecimal net = gross.subtract(deskFees);
            loan.clearing = loan.clearing.subtract(net);
            loan.deskClaim = loan.deskClaim.add(net);
            reconciliation.traded(NaiveReconciliation.UNDATED);
            lines.add(Tongue.line("DeskClaimPosted", sale.id, quantity, gross, deskFees));
        }
        int before = lines.size();
        beyond(sale, input);
        if (lines.size() > before) {
            loan.closed.put(sale.id, sale); // a declined case that sold all the same
        }
    }

    void shortfallIfSoldOut() {
        if (loan.status == LoanStatus.ACTIVE
                && loan.sale == null
                && loan.stabilised.signum() == 0
                && (!loan.closed.isEmpty() || loan.inDefault.isToBeSold())
                && loan.lessThanALot()
                && loan.debt.posted().signum() > 0) {
            if (loan.call != null) {
                margin.ladder.cancelCall("NOTHING_LEFT");
            }
            loan.status = LoanStatus.SHORTFALL;
            lines.add(Tongue.line("ShortfallRecorded", loan.debt.posted()));
        }
    }

    // --- coin and cash between lender and desk
    // ----------------------------------------------------------------------------

    private NaiveCoin coinOf(String caseId, LoanInput.Stated quantity) {
        NaiveCoin coin = loan.askedFor.get(caseId);
        refuseIf(!coin.code().equals(quantity.asset()), Refusal.WRONG_ASSET);
        return coin;
    }

    After delivered(LoanInput.CollateralDelivered fact) {
        refuseIf(loan.status == LoanStatus.UNKNOWN, Refusal.UNKNOWN_LOAN);
        refuseIf(!wasAskedFor(fact.caseId()), Refusal.CASE_UNKNOWN);
        BigDecimal quantity = fact.quantity().amount();
        NaiveCoin coin = coinOf(fact.caseId(), fact.quantity());
        BigDecimal due = coin.sold.subtract(coin.delivered).max(ZERO);
        BigDecimal excess = quantity.subtract(due).max(ZERO);
        BigDecimal counted = quantity.subtract(excess);
        coin.delivered = coin.delivered.add(counted);
        coin.missing = coin.missing.add(excess);
        coin.reverted = coin.reverted.add(excess);
        reconciliation.moved(coin.code(), quantity.negate(), fact.head().occurredAt());
        reconciliation.traded(null);
        lines.add(Tongue.line("CollateralDelivered", fact.caseId(), counted, excess));
        return After.OTHER;
    }

    After returned(LoanInput.CollateralReturned fact) {
        refuseIf(loan.status == LoanStatus.UNKNOWN, Refusal.UNKNOWN_LOAN);
        refuseIf(!wasAskedFor(fact.caseId()), Refusal.CASE_UNKNOWN);
        BigDecimal quantity = fact.quantity().amount();
        NaiveCoin coin = coinOf(fact.caseId(), fact.quantity());
        BigDecimal busted = coin.delivered.subtract(coin.sold).max(ZERO);
        BigDecimal counted = quantity.min(busted);
        coin.delivered = coin.delivered.subtract(counted);
        if (quantity.compareTo(counted) > 0) {
            money.suspend(quantity.subtract(counted), fact.quantity().asset());
        }
        reconciliation.moved(coin.code(), quantity, fact.head().occurredAt());
        reconciliation.traded(null);
        lines.add(Tongue.line("CollateralReturned", fact.caseId(), counted, quantity.subtract(counted)));
        return After.OTHER;
    }

    After proceeds(LoanInput.SaleProceedsReceived fact) {
        if (!wasAskedFor(fact.caseId())) {
            money.suspend(fact.amount(), fact.paymentReference());
            return After.OTHER;
        }
        BigDecimal amount = fact.amount().amount();
        BigDecimal applied = amount.min(loan.clearing.max(ZERO));
        BigDecimal rest = amount.subtract(applied);
        loan.clearing = loan.clearing.subtract(applied);
        if (rest.signum() > 0) {
            money.suspend(rest, loan.bound().debtAsset().code());
        }
        reconciliation.traded(null);
        lines.add(Tongue.line("SaleProceedsReceived", fact.caseId(), fact.paymentReference(), applied, rest));
        return After.OTHER;
    }
}

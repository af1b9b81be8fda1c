package io.loanledger.local.checker;

import static io.loanledger.local.checker.Answer.refuseIf;
import static java.math.BigDecimal.ZERO;

import io.loanledger.local.checker.Loan.Status;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** What the liquidation processor, the desk and the bank report of a case. */
final class SaleRules {
    private final Answer answer;
    private final Loan loan;
    private final MarginRules margin;
    private final MoneyRules money;
    private final DefaultRules defaults;

    SaleRules(Answer answer, MarginRules margin, MoneyRules money, DefaultRules defaults) {
        this.answer = answer;
        this.loan = answer.loan();
        this.margin = margin;
        this.money = money;
        this.defaults = defaults;
    }

    private @Nullable Sale open(Fact reply) {
        Sale sale = loan.sale;
        return sale != null && sale.id.equals(reply.text("caseId")) ? sale : null;
    }

    void declined(Fact reply) {
        Sale sale = open(reply);
        if (sale == null) {
            Sale closed = loan.closedSales.get(reply.text("caseId"));
            refuseIf(closed != null && closed.cumQuantity.signum() != 0, "WRONG_STATUS");
            refuseIf(!loan.wasRequested(reply.text("caseId")), "CASE_UNKNOWN");
            return; // the ledger has ended it the same way
        }
        refuseIf(sale.cumQuantity.signum() != 0, "WRONG_STATUS");
        refuseIf(reply.count("version") > sale.version, "VERSION_UNKNOWN");
        if (sale.isOverfilled()) {
            loan.closedSales.put(sale.id, sale);
        }
        loan.sale = null;
        loan.basket(sale.asset).reserved = ZERO;
        boolean waits = !reply.text("reason").equals("BREACH_IS_OVER");
        loan.declines = waits ? loan.declines + 1 : 0;
        loan.retryAt = answer.now().taskTime
                + Math.min(1_000_000L << Math.min(Math.max(0, loan.declines - 1), 6), MarginRules.LONGEST_WAIT);
        answer.say(
                "LiquidationDeclined",
                "caseId",
                sale.id,
                "reason",
                reply.text("reason"),
                "indexEpoch",
                reply.micros("indexEpoch"),
                "indexSequence",
                reply.micros("indexSequence"),
                "declines",
                loan.declines,
                "retryAt",
                waits ? (Object) loan.retryAt : Said.Nothing.NULL);
    }

    void acknowledged(Fact reply) {
        BigDecimal irrevocable = reply.number("irrevocableQuantity");
        Sale sale = open(reply);
        if (sale == null) {
            refuseIf(!loan.wasRequested(reply.text("caseId")), "CASE_UNKNOWN");
            return;
        }
        refuseIf(reply.count("version") > sale.version, "VERSION_UNKNOWN");
        if (reply.count("version") < sale.version) {
            return;
        }
        refuseIf(irrevocable.compareTo(sale.reserved) > 0, "SETTLEMENT_EXCEEDS_RESERVATION");
        sale.reserved = irrevocable.max(sale.wanted).max(sale.cumQuantity);
        loan.basket(sale.asset).reserved = sale.reserved.subtract(sale.cumQuantity);
        answer.say(
                "AmendmentAcknowledged",
                "caseId",
                sale.id,
                "version",
                sale.version,
                "irrevocable",
                loan.coins(irrevocable, sale.asset),
                "reserved",
                loan.coins(sale.reserved, sale.asset));
    }

    void settled(Fact reply) {
        BigDecimal cumQuantity = reply.number("cumQuantity");
        BigDecimal cumGross = reply.number("cumGross");
        BigDecimal cumFees = reply.number("cumFees");
        Sale sale = open(reply);
        Sale turning = sale == null ? loan.closedSales.get(reply.text("caseId")) : sale;
        if (hasNoMeasure(turning)) {
            cumGross = ZERO;
            cumFees = ZERO;
        } else if (turning != null) {
            cumGross = turning.turned(cumGross, loan.terms().debtScale());
            cumFees = turning.turned(cumFees, loan.terms().debtScale());
        }
        if (sale == null) {
            settledAfterClose(reply, cumQuantity, cumGross, cumFees);
            return;
        }
        refuseIf(reply.count("version") > sale.version, "VERSION_UNKNOWN");
        BigDecimal counted = cumQuantity.min(sale.reserved);
        boolean over = counted.compareTo(cumQuantity) < 0;
        BigDecimal gross = over ? partOf(cumGross, counted, cumQuantity) : cumGross;
        BigDecimal fees = over ? partOf(cumFees, counted, cumQuantity) : cumFees;
        if (counted.compareTo(sale.cumQuantity) != 0
                || gross.compareTo(sale.cumGross) != 0
                || fees.compareTo(sale.cumDeskFees) != 0) {
            book(sale, counted, gross, fees);
        }
        postOverfill(sale, cumQuantity.subtract(counted), cumGross.subtract(gross), cumFees.subtract(fees));
        if (reply.flag("finalSettlement") && reply.count("version") == sale.version) {
            close(sale);
        }
    }

    private void book(Sale sale, BigDecimal cumQuantity, BigDecimal cumGross, BigDecimal cumFees) {
        money.postThrough(answer.today());
        BigDecimal sold = cumQuantity.subtract(sale.cumQuantity);
        BigDecimal gross = cumGross.subtract(sale.cumGross);
        BigDecimal deskFees = cumFees.subtract(sale.cumDeskFees);
        SaleSize.Costs costs = margin.size.costs(cumGross, sale.allocated.debt().add(loan.postedDebt()));
        BigDecimal fee = costs.fee().subtract(sale.fees);
        BigDecimal penalty = costs.penalty().subtract(sale.penalties);
        BigDecimal net = gross.subtract(fee).subtract(penalty);
        boolean stabilises = loan.terms().selling().plan().equals(Selling.STABILISE) && !Defaults.isReason(sale.reason);
        BigDecimal kept = stabilises ? net : ZERO;
        loan.stabilised = loan.stabilised.add(kept);
        Spread spread = stabilises ? Spread.NONE : spread(sale, net);
        int day = answer.today();
        int accruedBefore = loan.accruedTo;
        Accrual.apply(loan, spread, day);
        loan.declines = 0;
        Basket basket = loan.basket(sale.asset);
        basket.held = basket.held.subtract(sold);
        basket.sold = basket.sold.add(sold);
        loan.clearing = loan.clearing.add(gross).subtract(deskFees);
        sale.cumQuantity = cumQuantity;
        sale.cumGross = cumGross;
        sale.cumDeskFees = cumFees;
        sale.fees = sale.fees.add(fee);
        sale.penalties = sale.penalties.add(penalty);
        sale.allocated = sale.allocated.plus(spread);
        basket.reserved = sale.reserved.subtract(cumQuantity);
        answer.book(
                "SaleSettled",
                Answer.both(
                        Answer.entries(sale.asset, "COLLATERAL_PLEDGED", sold, "COIN_DUE_TO_DESK", sold.negate()),
                        Answer.both(
                                Answer.entries(
                                        loan.terms().debtAsset(),
                                        "DESK_RECEIVABLE",
                                        gross.subtract(deskFees),
                                        "DESK_COSTS",
                                        deskFees,
                                        "FEE_INCOME",
                                        fee.negate(),
                                        "PENALTY_INCOME",
                                        penalty.negate(),
                                        "STABILISED_PAYABLE",
                                        kept.negate()),
                                spread.credits(loan.terms().debtAsset()))),
                "caseId",
                sale.id,
                "sold",
                loan.coins(sold, sale.asset),
                "gross",
                loan.money(gross),
                "deskFees",
                loan.money(deskFees),
                "liquidationFee",
                loan.money(fee),
                "penalty",
                new Said.Maybe(loan.money(penalty)),
                "stabilised",
                new Said.Maybe(loan.money(kept)),
                "allocation",
                loan.spreading(spread),
                "valueDate",
                day,
                "accrual",
                Accrual.told(loan, accruedBefore, day));
        money.refundInterest();
    }

    private Spread spread(Sale sale, BigDecimal net) {
        return net.signum() >= 0
                ? loan.waterfall(net)
                : loan.terms().agreement().waterfall().back(sale.allocated, net.negate());
    }

    private BigDecimal partOf(BigDecimal amount, BigDecimal part, BigDecimal whole) {
        return amount.multiply(part).divide(whole, loan.terms().debtScale(), RoundingMode.HALF_EVEN);
    }

    /** What was sold beyond a reservation happened: it is booked, and not as the borrower's. */
    private void postOverfill(Sale sale, BigDecimal quantity, BigDecimal gross, BigDecimal fees) {
        BigDecimal moreQuantity = quantity.subtract(sale.overQuantity);
        BigDecimal moreGross = gross.subtract(sale.overGross);
        BigDecimal moreFees = fees.subtract(sale.overFees);
        if (moreQuantity.signum() == 0 && moreGross.signum() == 0 && moreFees.signum() == 0) {
            return;
        }
        sale.overQuantity = quantity;
        sale.overGross = gross;
        sale.overFees = fees;
        BigDecimal net = moreGross.subtract(moreFees);
        loan.clearing = loan.clearing.add(net);
        answer.book(
                "OverfillPosted",
                Answer.entries(loan.terms().debtAsset(), "DESK_RECEIVABLE", net, "OVERFILL", net.negate()),
                "caseId",
                sale.id,
                "quantity",
                loan.coins(moreQuantity, sale.asset),
                "gross",
                loan.money(moreGross),
                "deskFees",
                loan.money(moreFees));
    }

    private void close(Sale sale) {
        loan.sale = null;
        loan.basket(sale.asset).reserved = ZERO;
        boolean sold = sale.cumQuantity.signum() > 0;
        boolean ends = sold && !sale.is(Sale.INCREMENT);
        if (ends && sale.reason.equals("CALL_EXPIRED")) {
            loan.call = null; // the sale was its answer
        }
        if (sold && sale.reason.equals("HARD_LTV")) {
            loan.reached = Math.max(loan.reached, sale.rung); // a band has sold
        }
        loan.closedSales.put(sale.id, sale);
        answer.say(
                "LiquidationClosed",
                "caseId",
                sale.id,
                "cumQuantity",
                loan.coins(sale.cumQuantity, sale.asset),
                "cumGross",
                loan.money(sale.cumGross));
        if (ends && loan.call != null) {
            margin.calls.cancel("PRE_EMPTED");
        }
        if (sold) {
            defaults.endIfPaid();
            margin.cases.goOn(sale);
        }
    }

    /** Nothing reopens a case: what the desk takes back is claimed from it. */
    private void settledAfterClose(Fact reply, BigDecimal cumQuantity, BigDecimal cumGross, BigDecimal cumFees) {
        Sale known = loan.closedSales.get(reply.text("caseId"));
        refuseIf(known == null && !loan.wasRequested(reply.text("caseId")), "CASE_UNKNOWN");
        Sale sale = known == null ? declinedSale(reply.text("caseId")) : known;
        BigDecimal countedFees = cumQuantity.compareTo(sale.cumQuantity) > 0 ? sale.cumDeskFees : cumFees;
        BigDecimal quantity = sale.cumQuantity.subtract(cumQuantity.min(sale.cumQuantity));
        BigDecimal gross = sale.cumGross.subtract(cumGross.min(sale.cumGross));
        BigDecimal deskFees = sale.cumDeskFees.subtract(countedFees);
        if (quantity.signum() != 0 || gross.signum() != 0 || deskFees.signum() != 0) {
            claim(sale, quantity, gross, deskFees);
        }
        postOverfill(
                sale,
                cumQuantity.subtract(sale.cumQuantity),
                cumGross.subtract(sale.cumGross),
                cumFees.subtract(countedFees));
        if (known == null && sale.isOverfilled()) {
            loan.closedSales.put(sale.id, sale); // a fill of a declined case
        }
    }

    /** By what money of a declined case is turned into the debt's nobody keeps, unless the desk had sold of it by then. */
    private boolean hasNoMeasure(@Nullable Sale sale) {
        return loan.bound() && loan.terms().agreement().debtPrice() != null && (sale == null || sale.unmeasured);
    }

    private Sale declinedSale(String caseId) {
        Sale sale = new Sale();
        sale.unmeasured = true;
        sale.id = caseId;
        sale.asset = loan.soldIn(caseId);
        return sale;
    }

    private void claim(Sale sale, BigDecimal quantity, BigDecimal gross, BigDecimal deskFees) {
        sale.cumQuantity = sale.cumQuantity.subtract(quantity);
        sale.cumGross = sale.cumGross.subtract(gross);
        sale.cumDeskFees = sale.cumDeskFees.subtract(deskFees);
        BigDecimal net = gross.subtract(deskFees);
        loan.clearing = loan.clearing.subtract(net);
        loan.deskClaim = loan.deskClaim.add(net);
        answer.book(
                "DeskClaimPosted",
                Answer.entries(loan.terms().debtAsset(), "DESK_CLAIM", net, "DESK_RECEIVABLE", net.negate()),
                "caseId",
                sale.id,
                "quantity",
                loan.coins(quantity, sale.asset),
                "gross",
                loan.money(gross),
                "deskFees",
                loan.money(deskFees));
    }

    void shortfallIfSoldOut() {
        if (loan.status == Status.ACTIVE
                && loan.sale == null
                && (Defaults.sells(loan) || !loan.closedSales.isEmpty())
                && loan.lessThanALot()
                && loan.stabilised.signum() == 0
                && loan.postedDebt().signum() > 0) {
            if (loan.call != null) {
                margin.calls.cancel("NOTHING_LEFT");
            }
            loan.status = Status.SHORTFALL;
            answer.say("ShortfallRecorded", "amount", loan.money(loan.postedDebt()));
        }
    }
}

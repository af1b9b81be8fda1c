package io.loanledger.local.checker;

import static io.loanledger.local.checker.Answer.refuseIf;
import static java.math.BigDecimal.ZERO;

import io.loanledger.local.checker.Loan.Status;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What the liquidation processor, the desk and the bank report of a case. */
final class SaleRules {
    private final Answer answer;
    private final Loan loan;
    private final MarginRules margin;
    private final MoneyRules money;

    SaleRules(Answer answer, MarginRules margin, MoneyRules money) {
        this.answer = answer;
        this.loan = answer.loan();
        this.margin = margin;
        this.money = money;
    }

    private Loan.@Nullable Sale open(Fact reply) {
        Loan.Sale sale = loan.sale;
        return sale != null && sale.id.equals(reply.text("caseId")) ? sale : null;
    }

    void declined(Fact reply) {
        Loan.Sale sale = open(reply);
        if (sale == null) {
            throw new Answer.Refused("CASE_UNKNOWN");
        }
        refuseIf(sale.cumQuantity.signum() != 0, "WRONG_STATUS");
        refuseIf(reply.count("version") > sale.version, "VERSION_UNKNOWN");
        loan.sale = null;
        loan.reserved = ZERO;
        answer.say(
                "LiquidationDeclined",
                "caseId",
                sale.id,
                "reason",
                reply.text("reason"),
                "indexEpoch",
                reply.micros("indexEpoch"),
                "indexSequence",
                reply.micros("indexSequence"));
    }

    void acknowledged(Fact reply) {
        BigDecimal irrevocable = reply.number("irrevocableQuantity");
        Loan.Sale sale = open(reply);
        if (sale == null) {
            throw new Answer.Refused("CASE_UNKNOWN");
        }
        refuseIf(reply.count("version") > sale.version, "VERSION_UNKNOWN");
        if (reply.count("version") < sale.version) {
            return;
        }
        refuseIf(irrevocable.compareTo(sale.reserved) > 0, "SETTLEMENT_EXCEEDS_RESERVATION");
        sale.reserved = irrevocable.max(sale.wanted).max(sale.cumQuantity);
        loan.reserved = sale.reserved.subtract(sale.cumQuantity);
        answer.say(
                "AmendmentAcknowledged",
                "caseId",
                sale.id,
                "version",
                sale.version,
                "irrevocable",
                loan.coins(irrevocable),
                "reserved",
                loan.coins(sale.reserved));
    }

    void settled(Fact reply) {
        BigDecimal cumQuantity = reply.number("cumQuantity");
        BigDecimal cumGross = reply.number("cumGross");
        BigDecimal cumFees = reply.number("cumFees");
        Loan.Sale sale = open(reply);
        if (sale == null) {
            settledAfterClose(reply, cumQuantity, cumGross, cumFees);
            return;
        }
        refuseIf(reply.count("version") > sale.version, "VERSION_UNKNOWN");
        refuseIf(cumQuantity.compareTo(sale.reserved) > 0, "SETTLEMENT_EXCEEDS_RESERVATION");
        if (cumQuantity.compareTo(sale.cumQuantity) != 0
                || cumGross.compareTo(sale.cumGross) != 0
                || cumFees.compareTo(sale.cumDeskFees) != 0) {
            book(sale, cumQuantity, cumGross, cumFees);
        }
        if (reply.flag("finalSettlement") && reply.count("version") == sale.version) {
            close(sale);
        }
    }

    private void book(Loan.Sale sale, BigDecimal cumQuantity, BigDecimal cumGross, BigDecimal cumFees) {
        money.postThrough(answer.today());
        BigDecimal sold = cumQuantity.subtract(sale.cumQuantity);
        BigDecimal gross = cumGross.subtract(sale.cumGross);
        BigDecimal deskFees = cumFees.subtract(sale.cumDeskFees);
        BigDecimal fee = margin.fee(cumGross).subtract(sale.fees);
        BigDecimal net = gross.subtract(fee);
        Spread spread = net.signum() >= 0 ? loan.waterfall(net) : takenBack(sale.allocated, net.negate());
        int day = answer.today();
        loan.apply(spread, day);
        loan.held = loan.held.subtract(sold);
        loan.sold = loan.sold.add(sold);
        loan.clearing = loan.clearing.add(gross).subtract(deskFees);
        sale.cumQuantity = cumQuantity;
        sale.cumGross = cumGross;
        sale.cumDeskFees = cumFees;
        sale.fees = sale.fees.add(fee);
        sale.allocated = sale.allocated.plus(spread);
        loan.reserved = sale.reserved.subtract(cumQuantity);
        answer.book(
                "SaleSettled",
                Answer.both(
                        Answer.entries(loan.coinCode, "COLLATERAL_PLEDGED", sold, "COIN_DUE_TO_DESK", sold.negate()),
                        Answer.entries(
                                loan.terms().debtAsset(),
                                "DESK_RECEIVABLE",
                                gross.subtract(deskFees),
                                "DESK_COSTS",
                                deskFees,
                                "FEE_INCOME",
                                fee.negate(),
                                "FEES_RECEIVABLE",
                                spread.fees().negate(),
                                "INTEREST_RECEIVABLE",
                                spread.interest().negate(),
                                "PRINCIPAL_RECEIVABLE",
                                spread.principal().negate(),
                                "SURPLUS_PAYABLE",
                                spread.surplus().negate())),
                "caseId",
                sale.id,
                "sold",
                loan.coins(sold),
                "gross",
                loan.money(gross),
                "deskFees",
                loan.money(deskFees),
                "liquidationFee",
                loan.money(fee),
                "allocation",
                loan.spreading(spread),
                "valueDate",
                day);
        money.refundInterest();
    }

    /** The waterfall backwards: surplus, principal, interest, fees, each as far as the sale had paid it. */
    private static Spread takenBack(Spread paid, BigDecimal amount) {
        BigDecimal surplus = amount.min(paid.surplus());
        BigDecimal afterSurplus = amount.subtract(surplus);
        BigDecimal principal = afterSurplus.min(paid.principal());
        BigDecimal afterPrincipal = afterSurplus.subtract(principal);
        BigDecimal interest = afterPrincipal.min(paid.interest());
        return new Spread(afterPrincipal.subtract(interest), interest, principal, surplus).negated();
    }

    private void close(Loan.Sale sale) {
        loan.sale = null;
        loan.reserved = ZERO;
        loan.call = null; // the sale was its answer
        loan.closedSales.put(sale.id, sale);
        answer.say(
                "LiquidationClosed",
                "caseId",
                sale.id,
                "cumQuantity",
                loan.coins(sale.cumQuantity),
                "cumGross",
                loan.money(sale.cumGross));
    }

    /** Nothing reopens a case: what the desk takes back is claimed from it. */
    private void settledAfterClose(Fact reply, BigDecimal cumQuantity, BigDecimal cumGross, BigDecimal cumFees) {
        Loan.Sale sale = loan.closedSales.get(reply.text("caseId"));
        if (sale == null) {
            throw new Answer.Refused("CASE_UNKNOWN");
        }
        BigDecimal quantity = sale.cumQuantity.subtract(cumQuantity);
        BigDecimal gross = sale.cumGross.subtract(cumGross);
        BigDecimal deskFees = sale.cumDeskFees.subtract(cumFees);
        refuseIf(quantity.signum() < 0 || gross.signum() < 0, "SETTLEMENT_EXCEEDS_RESERVATION");
        if (quantity.signum() == 0 && gross.signum() == 0) {
            return;
        }
        sale.cumQuantity = cumQuantity;
        sale.cumGross = cumGross;
        sale.cumDeskFees = cumFees;
        BigDecimal net = gross.subtract(deskFees);
        loan.clearing = loan.clearing.subtract(net);
        loan.deskClaim = loan.deskClaim.add(net);
        answer.book(
                "DeskClaimPosted",
                Answer.entries(loan.terms().debtAsset(), "DESK_CLAIM", net, "DESK_RECEIVABLE", net.negate()),
                "caseId",
                sale.id,
                "quantity",
                loan.coins(quantity),
                "gross",
                loan.money(gross),
                "deskFees",
                loan.money(deskFees));
    }

    // --- coin and cash between lender and desk
    // -----------------------------------------------------------------------------

    private boolean knows(Fact fact) {
        return open(fact) != null || loan.closedSales.containsKey(fact.text("caseId"));
    }

    After delivered(Fact fact) {
        refuseIf(loan.status == Status.UNKNOWN, "UNKNOWN_LOAN");
        refuseIf(!knows(fact), "CASE_UNKNOWN");
        BigDecimal quantity = fact.number("quantity");
        BigDecimal counted = quantity.min(loan.sold.subtract(loan.delivered).max(ZERO));
        BigDecimal excess = quantity.subtract(counted);
        loan.delivered = loan.delivered.add(counted);
        loan.missing = loan.missing.add(excess);
        loan.reverted = loan.reverted.add(excess);
        answer.book(
                "CollateralDelivered",
                Answer.entries(
                        loan.coinCode,
                        "COIN_DUE_TO_DESK",
                        counted,
                        "CUSTODY",
                        quantity.negate(),
                        "MISSING_COLLATERAL",
                        excess),
                "caseId",
                fact.text("caseId"),
                "quantity",
                loan.coins(counted),
                "excess",
                loan.coins(excess));
        return After.OTHER;
    }

    After proceeds(Fact fact) {
        BigDecimal amount = fact.number("amount");
        String reference = fact.text("paymentReference");
        if (!knows(fact)) {
            money.suspend(amount, fact.text("asset"), reference);
            return After.OTHER;
        }
        BigDecimal applied = amount.min(loan.clearing.max(ZERO));
        BigDecimal rest = amount.subtract(applied);
        loan.clearing = loan.clearing.subtract(applied);
        answer.book(
                "SaleProceedsReceived",
                Answer.entries(
                        loan.terms().debtAsset(),
                        "CASH",
                        amount,
                        "DESK_RECEIVABLE",
                        applied.negate(),
                        "SUSPENSE",
                        rest.negate()),
                "caseId",
                fact.text("caseId"),
                "paymentReference",
                reference,
                "applied",
                loan.money(applied),
                "suspended",
                loan.money(rest));
        return After.OTHER;
    }

    void shortfallIfSoldOut() {
        if (loan.status == Status.ACTIVE
                && loan.sale == null
                && !loan.closedSales.isEmpty()
                && loan.lessThanALot()
                && loan.postedDebt().signum() > 0) {
            if (loan.call != null) {
                margin.cancelCall("NOTHING_LEFT");
            }
            loan.status = Status.SHORTFALL;
            answer.say("ShortfallRecorded", "amount", loan.money(loan.postedDebt()));
        }
    }
}

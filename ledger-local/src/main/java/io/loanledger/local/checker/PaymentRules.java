package io.loanledger.local.checker;

import static io.loanledger.local.checker.Answer.refuseIf;
import static java.math.BigDecimal.ZERO;

import io.loanledger.local.checker.Loan.Status;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Repayments, their reversal, and charges. */
final class PaymentRules {
    private final Answer answer;
    private final Loan loan;
    private final MoneyRules money;

    PaymentRules(Answer answer, MoneyRules money) {
        this.answer = answer;
        this.loan = answer.loan();
        this.money = money;
    }

    private Map<String, BigDecimal> cashIn(Spread spread, BigDecimal fee) {
        return Answer.both(
                Answer.entries(money.currency(), "CASH", spread.total().add(fee), "FEE_INCOME", fee.negate()),
                spread.credits(money.currency()));
    }

    After repaid(Fact fact) {
        BigDecimal amount = fact.number("amount");
        String reference = fact.text("paymentReference");
        if (!money.takesPayments()) {
            money.suspend(amount, fact.text("asset"), reference);
            return After.OTHER;
        }
        refuseIf(loan.payments.containsKey(reference), "PAYMENT_KNOWN");
        int day = money.valueDay(fact.occurredAt());
        money.postThrough(day);
        apply(reference, amount, new Paid(Spread.NONE, ZERO, day, false));
        return After.cures(After.REPAYMENT, fact.occurredAt());
    }

    /** A payment of before other terms is of the day on which they began. */
    private int valued(Paid paid) {
        return Math.max(paid.valueDay(), loan.startedOn);
    }

    /** Through the waterfall, beside what of the payment stays applied. */
    private void apply(String reference, BigDecimal amount, Paid before) {
        int day = valued(before);
        Prepayment terms = loan.terms().agreement().prepayment();
        BigDecimal fee = terms == null ? ZERO : terms.of(loan, amount, day);
        Spread spread = loan.waterfall(amount.subtract(fee));
        int accruedBefore = loan.accruedTo;
        Accrual.apply(loan, spread, day);
        loan.putPayment(
                reference, new Paid(before.spread().plus(spread), before.fee().add(fee), day, false));
        answer.book(
                "RepaymentApplied",
                cashIn(spread, fee),
                "fee",
                new Said.Maybe(loan.money(fee)),
                "paymentReference",
                reference,
                "allocation",
                loan.spreading(spread),
                "valueDate",
                day,
                "accrual",
                Accrual.told(loan, accruedBefore, day));
        money.correct(day);
    }

    After reversed(Fact fact) {
        refuseIf(loan.status == Status.UNKNOWN, "UNKNOWN_LOAN");
        String reference = fact.text("paymentReference");
        Paid paid = loan.payments.get(reference);
        if (paid == null || paid.reversed()) {
            throw new Answer.Refused("PAYMENT_UNKNOWN");
        }
        refuseIf(fact.number("amount").compareTo(paid.total()) != 0, "AMOUNT_DIFFERS");
        boolean owes = loan.status == Status.ACTIVE || loan.status == Status.SHORTFALL;
        Map<String, BigDecimal> taken =
                owes && loan.terms().agreement().waterfall().reapplies()
                        ? takeBackWhatCameAfter(reference, fact.text("reason"))
                        : Map.of();
        int day = valued(paid);
        if (owes) {
            money.postThrough(day);
        }
        Spread back = stillThere(paid.spread(), owes).negated();
        BigDecimal fee = owes ? paid.fee().negate() : ZERO;
        loan.putPayment(reference, new Paid(paid.spread(), paid.fee(), paid.valueDay(), true));
        sayReversed(reference, back, fee, day, fact.text("reason"), Said.Nothing.NULL);
        BigDecimal gone = paid.total().add(back.total()).add(fee);
        if (gone.signum() != 0) {
            money.suspend(gone.negate(), money.currency(), reference);
        }
        if (owes) {
            money.correct(day);
        }
        taken.forEach((later, amount) -> {
            Paid former = loan.payments.get(later);
            if (former != null) {
                apply(later, amount, former);
            }
        });
        return After.MOVED;
    }

    private void sayReversed(
            String reference, Spread back, BigDecimal fee, int day, String reason, Object reappliedFor) {
        int accruedBefore = loan.accruedTo;
        Accrual.apply(loan, back, day);
        answer.book(
                "RepaymentReversed",
                cashIn(back, fee),
                "fee",
                new Said.Maybe(loan.money(fee)),
                "paymentReference",
                reference,
                "allocation",
                loan.spreading(back),
                "valueDate",
                day,
                "reason",
                reason,
                "accrual",
                Accrual.told(loan, accruedBefore, day),
                "reappliedFor",
                reappliedFor);
    }

    /** Newest first; what each gave, in the order in which it was paid. */
    private Map<String, BigDecimal> takeBackWhatCameAfter(String reference, String reason) {
        List<String> order = new ArrayList<>(loan.payments.keySet());
        List<String> later = order.subList(order.indexOf(reference) + 1, order.size());
        Map<String, BigDecimal> newestFirst = new LinkedHashMap<>();
        for (String each : List.copyOf(later).reversed()) {
            Paid paid = loan.payments.get(each);
            if (paid == null || paid.reversed()) {
                continue;
            }
            Spread back = stillThere(paid.spread(), true).negated();
            BigDecimal all = back.total().subtract(paid.fee());
            if (all.signum() != 0) {
                loan.putPayment(each, new Paid(paid.spread().plus(back), ZERO, paid.valueDay(), false));
                sayReversed(each, back, paid.fee().negate(), valued(paid), reason, reference);
                newestFirst.put(each, all.negate());
            }
        }
        Map<String, BigDecimal> oldestFirst = new LinkedHashMap<>();
        for (String each : List.copyOf(newestFirst.keySet()).reversed()) {
            oldestFirst.put(each, newestFirst.getOrDefault(each, ZERO));
        }
        return oldestFirst;
    }

    /** Debt only of a loan that can owe again, surplus only as far as it is not paid out. */
    private Spread stillThere(Spread paid, boolean owes) {
        BigDecimal surplus = paid.surplus().min(loan.surplusOwed);
        return owes ? paid.withSurplus(surplus) : Spread.NONE.withSurplus(surplus);
    }

    // --- charges
    // -------------------------------------------------------------------------------------------------------

    After charged(Fact fact) {
        BigDecimal amount = fact.number("amount");
        Component component = switch (fact.text("kind")) {
            case "COSTS" -> Component.COSTS;
            case "PENALTY" -> Component.PENALTIES;
            default -> Component.FEES;
        };
        refuseIf(loan.status == Status.UNKNOWN, "UNKNOWN_LOAN");
        refuseIf(loan.status == Status.CLOSED, "LOAN_CLOSED");
        refuseIf(loan.status != Status.ACTIVE && loan.status != Status.SHORTFALL, "WRONG_STATUS");
        refuseIf(amount.negate().compareTo(loan.owed(component).max(ZERO)) > 0, "EXCEEDS_DEBT");
        charge(component, fact.text("kind"), amount, Slot.LOOSE, fact.text("reason"));
        return After.MOVED;
    }

    /** @param bucket the instalment that bears it, or none */
    void charge(Component component, String kind, BigDecimal amount, int bucket, String reason) {
        String receivable = switch (component) {
            case COSTS -> "COSTS_RECEIVABLE";
            case PENALTIES -> "PENALTIES_RECEIVABLE";
            case FEES, INTEREST, PRINCIPAL -> "FEES_RECEIVABLE";
        };
        String income = switch (component) {
            case COSTS -> "COSTS_RECHARGED";
            case PENALTIES -> "PENALTY_INCOME";
            case FEES, INTEREST, PRINCIPAL -> "FEE_INCOME";
        };
        switch (component) {
            case COSTS -> loan.costs = loan.costs.add(amount);
            case PENALTIES -> loan.penalties = loan.penalties.add(amount);
            case FEES, INTEREST, PRINCIPAL -> loan.fees = loan.fees.add(amount);
        }
        if (bucket != Slot.LOOSE) {
            Bucket late = Objects.requireNonNull(loan.bucket(bucket));
            late.fees = late.fees.add(amount);
        }
        answer.book(
                "ChargePosted",
                Answer.entries(money.currency(), receivable, amount, income, amount.negate()),
                "kind",
                kind,
                "amount",
                loan.money(amount),
                "bucket",
                bucket,
                "reason",
                reason);
    }
}

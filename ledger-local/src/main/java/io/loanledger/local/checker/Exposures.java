package io.loanledger.local.checker;

import static java.math.BigDecimal.ZERO;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.function.Predicate;

/** The debt that a loan's terms put over its collateral, times {@link Accrual#unit}; and what money does to it. */
final class Exposures {
    private Exposures() {}

    static BigDecimal on(Loan loan, int day) {
        Agreed agreed = loan.terms().agreed();
        if (agreed.ofPrincipal()) {
            return loan.principal.multiply(Accrual.unit(loan));
        }
        BigDecimal outstanding = Accrual.outstanding(loan, day);
        return agreed.ofTotalObligation()
                ? outstanding.add(toCome(loan, loan.startedOn, loan.principal, Math.max(day, loan.accruedTo)))
                : outstanding;
    }

    /** Before the payout: the principal asked for, its term counted from the day of the request. */
    static BigDecimal promised(Loan loan) {
        BigDecimal asked = loan.asked.multiply(Accrual.unit(loan));
        return loan.terms().agreed().ofTotalObligation()
                ? asked.add(toCome(loan, loan.requestedOn, loan.asked, loan.requestedOn))
                : asked;
    }

    /** Interest that some principal bears from a day through the maturity, less what the plan pays back before. */
    private static BigDecimal toCome(Loan loan, int start, BigDecimal principal, int day) {
        Integer maturity = loan.maturityFrom(start);
        if (maturity == null || maturity <= day) {
            return ZERO;
        }
        Schedule schedule = loan.terms().agreement().schedule();
        if (schedule == null || !schedule.amortises()) {
            return principal.multiply(Accrual.weight(loan, start, day, maturity));
        }
        Plan plan = start == loan.startedOn ? Instalments.plan(loan) : Instalments.planFrom(loan, start);
        BigDecimal sum = ZERO;
        BigDecimal balance = loan.planned();
        BigDecimal bears = principal;
        int from = day;
        for (int k = 0; k < plan.count(); k++) {
            int due = plan.dueOn().get(k);
            balance = balance.subtract(plan.principal().get(k));
            if (due > day) {
                sum = sum.add(bears.multiply(Accrual.weight(loan, start, from, due)));
                bears = principal.min(balance);
                from = due;
            }
        }
        return sum;
    }

    /** The exposure on a day after money has gone through the waterfall on that day. */
    static BigDecimal after(Loan loan, BigDecimal money, int day) {
        Spread spread = loan.terms()
                .agreement()
                .waterfall()
                .spread(loan, money, Accrual.toPost(loan, day), loan.defaults.toPost(loan, day));
        BigDecimal left = loan.principal.subtract(spread.principal());
        Agreed agreed = loan.terms().agreed();
        BigDecimal unit = Accrual.unit(loan);
        if (agreed.ofPrincipal()) {
            return left.multiply(unit);
        }
        BigDecimal outstanding =
                Accrual.outstanding(loan, day).subtract(spread.debt().multiply(unit));
        return agreed.ofTotalObligation()
                ? outstanding.add(toCome(loan, loan.startedOn, left, Math.max(day, loan.accruedTo)))
                : outstanding;
    }

    /** Interest that a unit of principal still bears, where that is counted: repaid, it lowers the exposure by so much more than itself. */
    static BigDecimal toComePerUnit(Loan loan, int day) {
        return loan.terms().agreed().ofTotalObligation()
                ? toCome(loan, loan.startedOn, BigDecimal.ONE, Math.max(day, loan.accruedTo))
                : ZERO;
    }

    /** All that is posted or would be on a day. */
    static BigDecimal posted(Loan loan, int day) {
        return loan.postedDebt().add(Accrual.toPost(loan, day)).add(loan.defaults.toPost(loan, day));
    }

    /** The least money, in whole units of the currency, that makes a loan stand as asked; all that is owed, exactly, rounded up, when none less does. */
    static BigDecimal leastMoney(Loan loan, int day, Predicate<BigDecimal> stands) {
        int places = loan.terms().debtScale();
        BigInteger enough = posted(loan, day)
                .max(ZERO)
                .setScale(places, RoundingMode.CEILING)
                .unscaledValue()
                .add(BigInteger.ONE);
        BigInteger tooLittle = BigInteger.ONE.negate();
        while (enough.subtract(tooLittle).compareTo(BigInteger.ONE) > 0) {
            BigInteger middle = enough.add(tooLittle).shiftRight(1);
            if (stands.test(new BigDecimal(middle, places))) {
                enough = middle;
            } else {
                tooLittle = middle;
            }
        }
        return new BigDecimal(enough, places);
    }
}

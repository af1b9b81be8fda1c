package io.loanledger.local.checker;

import static java.math.BigDecimal.ZERO;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.function.Function;

/** A loan's plan and what of it fell due. */
final class Instalments {
    private Instalments() {}

    /** Of a loan whose agreement has a schedule and whose money is out. */
    static Plan plan(Loan loan) {
        Plan known = loan.plan;
        if (known == null) {
            known = planFrom(loan, loan.startedOn);
            loan.plan = known;
        }
        return known;
    }

    /** The plan if the money went out on a day. */
    static Plan planFrom(Loan loan, int start) {
        Integer maturity = loan.maturityFrom(start);
        return planThrough(loan, start, Objects.requireNonNull(maturity, "a plan without a maturity"));
    }

    static Plan planThrough(Loan loan, int start, int maturity) {
        return Plan.of(
                Objects.requireNonNull(loan.terms().agreement().schedule(), "no schedule"),
                new Plan.Basis(
                        loan.planned(),
                        start,
                        maturity,
                        loan.terms().debtScale(),
                        Accrual.unit(loan),
                        day -> Accrual.weight(loan, start, start, day)));
    }

    /** What of a component is in no instalment. */
    static BigDecimal loose(Loan loan, Component component) {
        BigDecimal loose = loan.owed(component);
        for (Bucket bucket : loan.buckets) {
            loose = loose.subtract(bucket.unpaid().of(component));
        }
        return loose;
    }

    /** Whether a default rests on it. When no instalment is to come, principal of none is the newest one's. */
    static boolean isUnpaid(Loan loan, Bucket bucket) {
        return bucket.isOverdue()
                || (bucket == loan.buckets.getLast()
                        && (bucket.number == Bucket.ACCELERATED
                                || ScheduleRules.billed(loan) >= plan(loan).count())
                        && loose(loan, Component.PRINCIPAL).signum() > 0);
    }

    /** What the totals do not bear leaves the newest instalments. */
    static void cutToTotals(Loan loan) {
        if (loan.buckets.isEmpty()) {
            return;
        }
        BigDecimal fees = over(loan, loan.fees, bucket -> bucket.fees);
        BigDecimal interest = over(loan, loan.interest, bucket -> bucket.interest);
        BigDecimal principal = over(loan, loan.principal, bucket -> bucket.principal);
        for (Bucket bucket : loan.buckets.reversed()) {
            var cut = new Spread.Part(
                    bucket.number,
                    fees.min(bucket.fees).max(ZERO),
                    interest.min(bucket.interest).max(ZERO),
                    principal.min(bucket.principal).max(ZERO));
            bucket.take(cut);
            fees = fees.subtract(cut.fees());
            interest = interest.subtract(cut.interest());
            principal = principal.subtract(cut.principal());
        }
    }

    private static BigDecimal over(Loan loan, BigDecimal total, Function<Bucket, BigDecimal> figure) {
        return loan.buckets.stream().map(figure).reduce(ZERO, BigDecimal::add).subtract(total.max(ZERO));
    }
}

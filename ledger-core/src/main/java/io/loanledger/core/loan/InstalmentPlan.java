package io.loanledger.core.loan;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.terms.InterestTerms;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.ScheduleTerms;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * What an agreement plans from its first day: due dates and the principal of each. It follows from the terms, the principal lent, the value
 * date of the payout and the maturity alone; what is paid early or late does not move it.
 *
 * @param dueOn rising; the last is the maturity
 * @param principal of each, together the principal lent
 */
record InstalmentPlan(List<LocalDate> dueOn, List<Money> principal) {

    static InstalmentPlan of(Agreement agreement, LocalDate startedOn) {
        ProductTerms terms = agreement.terms();
        Money lent = agreement.principal();
        List<LocalDate> dueOn = new ArrayList<>();
        LocalDate maturity = Objects.requireNonNull(agreement.maturity(startedOn));
        LocalDate next;
        do {
            next = dueOn(agreement, startedOn, dueOn.size() + 1);
            dueOn.add(next);
        } while (next.isBefore(maturity));
        ScheduleTerms schedule = scheduleOf(terms);
        int early = dueOn.size() - 1;
        List<Money> principal = switch (schedule.kind()) {
            case BULLET, INTEREST_ONLY -> same(Money.zero(lent.currency()), early);
            case EQUAL_PRINCIPAL -> same(share(lent, Fraction.of(1, early + 1L)), early);
            case CUSTOM ->
                schedule.custom().stream()
                        .map(planned -> share(lent, planned.principalShare()))
                        .toList();
            case ANNUITY -> new Annuity(terms.interest(), lent, startedOn, dueOn).principal();
        };
        return new InstalmentPlan(dueOn, withRest(lent, principal));
    }

    /** The due date of an instalment: of the last one, and of any behind it, the maturity. */
    static LocalDate dueOn(Agreement agreement, LocalDate startedOn, int number) {
        ScheduleTerms schedule = scheduleOf(agreement.terms());
        LocalDate maturity = Objects.requireNonNull(agreement.maturity(startedOn));
        LocalDate regular = switch (schedule.kind()) {
            case BULLET -> maturity;
            case INTEREST_ONLY, ANNUITY, EQUAL_PRINCIPAL ->
                schedule.everyDays() > 0
                        ? startedOn.plusDays((long) number * schedule.everyDays())
                        : startedOn.plusMonths((long) number * schedule.everyMonths());
            case CUSTOM ->
                number <= schedule.custom().size()
                        ? startedOn.plusDays(schedule.custom().get(number - 1).onDay())
                        : maturity;
        };
        return regular.isBefore(maturity) ? regular : maturity;
    }

    /** What is planned to be owed after so many instalments. */
    Money balanceAfter(int instalments, Money lent) {
        Money balance = lent;
        for (Money part : principal.subList(0, instalments)) {
            balance = balance.minus(part);
        }
        return balance;
    }

    private static ScheduleTerms scheduleOf(ProductTerms terms) {
        return Objects.requireNonNull(terms.agreed().schedule(), "the agreement has no schedule");
    }

    private static Money share(Money lent, Fraction share) {
        BigDecimal exact = lent.amount().multiply(new BigDecimal(share.numerator()));
        return new Money(
                exact.divide(
                        new BigDecimal(share.denominator()), lent.currency().scale(), RoundingMode.FLOOR),
                lent.currency());
    }

    private static List<Money> same(Money each, int times) {
        return Collections.nCopies(times, each);
    }

    private static List<Money> withRest(Money lent, List<Money> early) {
        List<Money> all = new ArrayList<>(early);
        all.add(early.stream().reduce(lent, Money::minus));
        return all;
    }

    /**
     * Instalments of one amount. No power of a real number gives it: it is the least amount with which the last instalment is not larger than the
     * others, over interest as it is posted (half-even of the cumulative, days as they are counted), so that uneven months and cents are right.
     */
    private static final class Annuity {
        private final Asset currency;
        private final BigInteger lent;
        private final BigInteger[] units;
        private final BigInteger rate;
        private final BigInteger divisor;

        Annuity(InterestTerms interest, Money lent, LocalDate startedOn, List<LocalDate> dueOn) {
            currency = lent.currency();
            this.lent = lent.amount().unscaledValue();
            rate = interest.annualRate().numerator();
            divisor = interest.divisor();
            units = new BigInteger[dueOn.size()];
            long before = 0;
            for (int i = 0; i < units.length; i++) {
                long through = interest.dayCount().unitsBetween(startedOn, dueOn.get(i));
                units[i] = BigInteger.valueOf(through - before);
                before = through;
            }
        }

        List<Money> principal() {
            BigInteger count = BigInteger.valueOf(units.length);
            BigInteger least = lent.divide(count);
            // Interest is most when the least is paid, and n levels are the principal and the interest.
            BigInteger most = lent.add(paying(least).interest).divide(count).add(BigInteger.ONE);
            BigInteger level = LeastNumber.that(
                    amount -> paying(amount).last.compareTo(amount) <= 0, least, most, between(least, most));
            return paying(level).principal.stream()
                    .map(part -> new Money(new BigDecimal(part, currency.scale()), currency))
                    .toList();
        }

        /** All but straight from the least to the most: where that line meets the level. */
        private BigInteger between(BigInteger least, BigInteger most) {
            BigInteger over = paying(least).last.subtract(least);
            BigInteger under = most.subtract(paying(most).last);
            BigInteger whole = over.add(under);
            return whole.signum() <= 0
                    ? least
                    : least.add(most.subtract(least).multiply(over).divide(whole));
        }

        private record Course(List<BigInteger> principal, BigInteger last, BigInteger interest) {}

        /** @param level in the currency's smallest unit */
        private Course paying(BigInteger level) {
            List<BigInteger> early = new ArrayList<>();
            BigInteger balance = lent;
            BigInteger exact = BigInteger.ZERO;
            BigInteger posted = BigInteger.ZERO;
            BigInteger due = BigInteger.ZERO;
            for (int i = 0; i < units.length; i++) {
                exact = exact.add(balance.multiply(units[i]).multiply(rate));
                BigInteger cumulative = halfEven(exact);
                due = cumulative.subtract(posted);
                posted = cumulative;
                if (i < units.length - 1) {
                    BigInteger part = level.subtract(due).max(BigInteger.ZERO).min(balance);
                    early.add(part);
                    balance = balance.subtract(part);
                }
            }
            return new Course(early, balance.add(due), posted);
        }

        private BigInteger halfEven(BigInteger exact) {
            return new BigDecimal(exact)
                    .divide(new BigDecimal(divisor), 0, RoundingMode.HALF_EVEN)
                    .toBigInteger();
        }
    }
}

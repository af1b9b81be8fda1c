package io.loanledger.local.checker;

import static java.math.BigDecimal.ZERO;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * When instalments fall due and what principal is planned for each, from the day the money went out. The k-th stands at index k - 1.
 *
 * @param dueOn days since 1970, the last is the maturity
 * @param principal planned
 */
record Plan(List<Integer> dueOn, List<BigDecimal> principal) {

    /** What a plan is made of. */
    record Basis(
            BigDecimal asked, int start, int maturity, int scale, BigDecimal unit, IntFunction<BigDecimal> scaledRun) {
        /** Interest on principal from the start through a day, in whole units of the currency; run is already times the rate. */
        BigDecimal interest(BigDecimal scaled) {
            return scaled.divide(unit, scale, RoundingMode.HALF_EVEN);
        }
    }

    static Plan of(Schedule schedule, Basis basis) {
        List<Integer> days = days(schedule, basis.start(), basis.maturity());
        return new Plan(days, List.copyOf(principal(schedule, basis, days)));
    }

    int count() {
        return dueOn.size();
    }

    static List<Integer> days(Schedule schedule, int startedOn, int maturity) {
        List<Integer> days = new ArrayList<>();
        LocalDate start = LocalDate.ofEpochDay(startedOn);
        if (schedule.is(Schedule.CUSTOM)) {
            schedule.custom().forEach(planned -> days.add(startedOn + planned.onDay()));
        } else if (!schedule.is(Schedule.BULLET)) {
            for (int k = 1; ; k++) {
                int day = schedule.everyDays() > 0
                        ? startedOn + k * schedule.everyDays()
                        : Math.toIntExact(start.plusMonths((long) k * schedule.everyMonths())
                                .toEpochDay());
                if (day >= maturity) {
                    break;
                }
                days.add(day);
            }
        }
        days.add(maturity);
        return List.copyOf(days);
    }

    private static List<BigDecimal> principal(Schedule schedule, Basis basis, List<Integer> days) {
        if (schedule.is(Schedule.ANNUITY)) {
            return annuity(basis, days, level(basis, days));
        }
        List<BigDecimal> planned = new ArrayList<>();
        BigDecimal rest = basis.asked();
        for (int k = 0; k + 1 < days.size(); k++) {
            BigDecimal part = switch (schedule.kind()) {
                case Schedule.EQUAL_PRINCIPAL ->
                    basis.asked().divide(BigDecimal.valueOf(days.size()), basis.scale(), RoundingMode.DOWN);
                case Schedule.CUSTOM -> {
                    Ratio share = schedule.custom().get(k).share();
                    yield basis.asked().multiply(share.over()).divide(share.under(), basis.scale(), RoundingMode.DOWN);
                }
                default -> ZERO;
            };
            planned.add(part);
            rest = rest.subtract(part);
        }
        planned.add(rest);
        return planned;
    }

    /** Each instalment is the level, of which interest is a part; the last is the rest. */
    private static List<BigDecimal> annuity(Basis basis, List<Integer> days, BigDecimal level) {
        List<BigDecimal> planned = new ArrayList<>();
        BigDecimal rest = basis.asked();
        BigDecimal scaled = ZERO;
        BigDecimal before = ZERO;
        int from = basis.start();
        for (int k = 0; k + 1 < days.size(); k++) {
            scaled = scaled.add(rest.multiply(run(basis, from, days.get(k))));
            BigDecimal sum = basis.interest(scaled);
            BigDecimal part = level.subtract(sum.subtract(before)).min(rest).max(ZERO);
            planned.add(part);
            rest = rest.subtract(part);
            before = sum;
            from = days.get(k);
        }
        planned.add(rest);
        return planned;
    }

    private static BigDecimal run(Basis basis, int from, int to) {
        return basis.scaledRun().apply(to).subtract(basis.scaledRun().apply(from));
    }

    /** What the last instalment comes to, principal and interest. */
    private static BigDecimal last(Basis basis, List<Integer> days, List<BigDecimal> planned) {
        BigDecimal rest = basis.asked();
        BigDecimal scaled = ZERO;
        BigDecimal before = ZERO;
        int from = basis.start();
        for (int k = 0; k < days.size(); k++) {
            before = basis.interest(scaled);
            scaled = scaled.add(rest.multiply(run(basis, from, days.get(k))));
            rest = rest.subtract(planned.get(k));
            from = days.get(k);
        }
        return planned.getLast().add(basis.interest(scaled).subtract(before));
    }

    /** The least at which the last instalment is no more than it. */
    private static BigDecimal level(Basis basis, List<Integer> days) {
        BigDecimal all = basis.asked().multiply(run(basis, basis.start(), days.getLast()));
        BigInteger enough = basis.asked()
                .add(basis.interest(all))
                .movePointRight(basis.scale())
                .setScale(0, RoundingMode.CEILING)
                .toBigInteger();
        BigInteger tooLittle = BigInteger.ONE.negate();
        while (enough.subtract(tooLittle).compareTo(BigInteger.ONE) > 0) {
            BigInteger middle = enough.add(tooLittle).shiftRight(1);
            BigDecimal level = new BigDecimal(middle, basis.scale());
            if (last(basis, days, annuity(basis, days, level)).compareTo(level) <= 0) {
                enough = middle;
            } else {
                tooLittle = middle;
            }
        }
        return new BigDecimal(enough, basis.scale());
    }
}

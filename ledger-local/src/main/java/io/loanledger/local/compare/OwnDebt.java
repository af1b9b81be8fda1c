package io.loanledger.local.compare;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/**
 * The witness's reckoning of one debt, day by day. Simple interest: each day adds principal x its rate / 365. Compounding each second:
 * each day multiplies what is owed by (1 + rate / 365 / 86,400) to the power of 86,400. Owed in cents half-even; money pays interest, then
 * principal, and the rest is the borrower's. Days only go forward.
 */
final class OwnDebt {
    private static final BigDecimal YEAR = BigDecimal.valueOf(365);
    private static final int SECONDS_A_DAY = 86_400;
    private static final BigDecimal SECONDS_A_YEAR = BigDecimal.valueOf(365L * SECONDS_A_DAY);
    private static final MathContext EXACT_ENOUGH = new MathContext(50, RoundingMode.HALF_EVEN);
    private static final int CENTS = 2;

    private final Published terms;
    private final LocalDate startedOn;
    private final Map<BigDecimal, BigDecimal> growthOfADay = new HashMap<>();
    private BigDecimal principal;
    private BigDecimal interestPaid = BigDecimal.ZERO;
    /** Simple: interest borne through {@link #upTo}, times 365. Compounding: all that is owed then. */
    private BigDecimal exact;

    private LocalDate upTo;

    OwnDebt(Published terms, BigDecimal principal, LocalDate startedOn) {
        this.terms = terms;
        this.principal = principal;
        this.startedOn = startedOn;
        this.upTo = startedOn;
        this.exact = terms.interest().compounds() ? principal : BigDecimal.ZERO;
    }

    BigDecimal principal() {
        return principal;
    }

    /** Interest borne through a day, in cents. */
    BigDecimal interestThrough(LocalDate day) {
        BigDecimal through = exactThrough(day);
        return terms.interest().compounds()
                ? cents(through).subtract(principal).add(interestPaid)
                : cents(through.divide(YEAR, EXACT_ENOUGH));
    }

    BigDecimal interestPaid() {
        return interestPaid;
    }

    /** What settles the debt on a day, in cents. */
    BigDecimal owed(LocalDate day) {
        return principal.add(interestThrough(day)).subtract(interestPaid);
    }

    /** What the ratio of the published page counts, exact to fifty digits. */
    BigDecimal exposure(LocalDate day) {
        return switch (terms.basis()) {
            case PRINCIPAL -> principal;
            case OUTSTANDING -> outstanding(day);
            case TOTAL_OBLIGATION -> {
                LocalDate maturity = startedOn.plusDays(terms.termDays());
                yield outstanding(day.isAfter(maturity) ? day : maturity);
            }
        };
    }

    /** Takes money on a day and says what of it is left over. */
    BigDecimal pay(BigDecimal money, LocalDate day) {
        BigDecimal due = interestThrough(day).subtract(interestPaid).max(BigDecimal.ZERO);
        BigDecimal toInterest = money.min(due);
        BigDecimal toPrincipal = money.subtract(toInterest).min(principal);
        exact = exactThrough(day);
        upTo = day;
        interestPaid = interestPaid.add(toInterest);
        principal = principal.subtract(toPrincipal);
        if (terms.interest().compounds()) {
            exact = exact.subtract(toInterest).subtract(toPrincipal);
        }
        return money.subtract(toInterest).subtract(toPrincipal);
    }

    private BigDecimal outstanding(LocalDate day) {
        BigDecimal through = exactThrough(day);
        return terms.interest().compounds()
                ? through
                : principal.add(through.divide(YEAR, EXACT_ENOUGH)).subtract(interestPaid);
    }

    private BigDecimal exactThrough(LocalDate day) {
        BigDecimal through = exact;
        for (LocalDate d = upTo; d.isBefore(day); d = d.plusDays(1)) {
            BigDecimal rate = terms.interest().on(d);
            through = terms.interest().compounds()
                    ? through.multiply(growthOfADay.computeIfAbsent(rate, OwnDebt::growth), EXACT_ENOUGH)
                    : through.add(principal.multiply(rate));
        }
        return through;
    }

    private static BigDecimal growth(BigDecimal rate) {
        return BigDecimal.ONE.add(rate.divide(SECONDS_A_YEAR, EXACT_ENOUGH)).pow(SECONDS_A_DAY, EXACT_ENOUGH);
    }

    private static BigDecimal cents(BigDecimal amount) {
        return amount.setScale(CENTS, RoundingMode.HALF_EVEN);
    }
}

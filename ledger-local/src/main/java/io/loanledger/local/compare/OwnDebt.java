package io.loanledger.local.compare;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/**
 * The witness's reckoning of one debt, by the plain formula: interest so far is the sum over all days of principal x rate / 365, owed in
 * cents half-even; money pays interest, then principal, and the rest is the borrower's.
 */
final class OwnDebt {
    private static final BigDecimal YEAR = BigDecimal.valueOf(365);
    private static final MathContext EXACT_ENOUGH = new MathContext(50, RoundingMode.HALF_EVEN);
    private static final int CENTS = 2;

    private final Published terms;
    private final LocalDate startedOn;
    private BigDecimal principal;
    /** Sum of principal x days through {@link #upTo}. */
    private BigDecimal principalDays = BigDecimal.ZERO;

    private LocalDate upTo;
    private BigDecimal interestPaid = BigDecimal.ZERO;

    OwnDebt(Published terms, BigDecimal principal, LocalDate startedOn) {
        this.terms = terms;
        this.principal = principal;
        this.startedOn = startedOn;
        this.upTo = startedOn;
    }

    BigDecimal principal() {
        return principal;
    }

    /** Interest borne through a day, in cents. */
    BigDecimal interestThrough(LocalDate day) {
        return exactThrough(day).setScale(CENTS, RoundingMode.HALF_EVEN);
    }

    BigDecimal interestPaid() {
        return interestPaid;
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
        principalDays = principalDaysThrough(day);
        upTo = day;
        interestPaid = interestPaid.add(toInterest);
        principal = principal.subtract(toPrincipal);
        return money.subtract(toInterest).subtract(toPrincipal);
    }

    private BigDecimal outstanding(LocalDate day) {
        return principal.add(exactThrough(day)).subtract(interestPaid);
    }

    private BigDecimal exactThrough(LocalDate day) {
        return principalDaysThrough(day).multiply(terms.rate()).divide(YEAR, EXACT_ENOUGH);
    }

    private BigDecimal principalDaysThrough(LocalDate day) {
        return principalDays.add(principal.multiply(BigDecimal.valueOf(ChronoUnit.DAYS.between(upTo, day))));
    }
}

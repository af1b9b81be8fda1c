package io.loanledger.core.loan;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Money;
import java.math.BigDecimal;

/**
 * What a debt may hold besides principal, interest and fees.
 *
 * @param costs posted and unpaid
 * @param penalties posted and unpaid; negative when a payment valued in the past proved default interest too much
 * @param penaltyDays the one exact sum behind default interest: principal x units of the days of default, through the debt's accrued-to day
 * @param penaltiesPosted default interest posted, cumulative, paid or not
 */
public record Charges(Money costs, Money penalties, BigDecimal penaltyDays, Money penaltiesPosted) {
    public Charges {
        penaltyDays = penaltyDays.signum() == 0 ? BigDecimal.ZERO : penaltyDays;
    }

    /** Of a debt that never was in default. */
    public Charges(Money costs, Money penalties) {
        this(costs, penalties, BigDecimal.ZERO, Money.zero(costs.currency()));
    }

    public static Charges none(Asset currency) {
        Money zero = Money.zero(currency);
        return new Charges(zero, zero);
    }

    Money total() {
        return costs.plus(penalties);
    }

    Charges plus(Money moreCosts, Money morePenalties) {
        return new Charges(costs.plus(moreCosts), penalties.plus(morePenalties), penaltyDays, penaltiesPosted);
    }

    Charges withPenaltyDays(BigDecimal next) {
        return new Charges(costs, penalties, next, penaltiesPosted);
    }

    /** Default interest brought to the books. */
    Charges withPenaltyPosted(Money amount) {
        return new Charges(costs, penalties.plus(amount), penaltyDays, penaltiesPosted.plus(amount));
    }

    /** Whether there is nothing unpaid of them. */
    public boolean isNone() {
        return costs.isZero() && penalties.isZero();
    }

    /** Whether days of default have cost something, or counted. */
    public boolean knowsDefault() {
        return penaltyDays.signum() != 0 || !penaltiesPosted.isZero();
    }
}

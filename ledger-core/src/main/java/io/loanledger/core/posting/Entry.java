package io.loanledger.core.posting;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import java.math.BigDecimal;

/**
 * One line of a posting.
 *
 * @param account where
 * @param asset in which coin or currency
 * @param amount at the asset's scale; positive is a debit, negative a credit
 */
public record Entry(Account account, Asset asset, BigDecimal amount) {
    public static Entry debit(Account account, Money money) {
        return new Entry(account, money.currency(), money.amount());
    }

    public static Entry credit(Account account, Money money) {
        return new Entry(account, money.currency(), money.amount().negate());
    }

    public static Entry debit(Account account, Quantity quantity) {
        return new Entry(account, quantity.asset(), quantity.amount());
    }

    public static Entry credit(Account account, Quantity quantity) {
        return new Entry(account, quantity.asset(), quantity.amount().negate());
    }
}

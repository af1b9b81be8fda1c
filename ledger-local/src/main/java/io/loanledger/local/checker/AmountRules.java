package io.loanledger.local.checker;

import static io.loanledger.local.checker.Answer.refuseIf;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The third question at the front door: whether an amount can be, in an asset that is known and is this loan's. */
final class AmountRules {
    private static final BigDecimal LARGEST = BigDecimal.TEN.pow(24);

    private final Loan loan;
    private final Circumstances now;

    AmountRules(Loan loan, Circumstances now) {
        this.loan = loan;
        this.now = now;
    }

    void size(BigDecimal amount) {
        refuseIf(amount.signum() <= 0, "NOT_POSITIVE");
        refuseIf(amount.compareTo(LARGEST) > 0, "ABOVE_LIMIT");
    }

    private void check(BigDecimal amount, String asset, @Nullable String wanted) {
        size(amount);
        asset(amount, asset, wanted);
    }

    private void asset(BigDecimal amount, String asset, @Nullable String wanted) {
        Integer scale = now.assets.get(asset);
        if (scale == null) {
            throw new Answer.Refused("UNKNOWN_ASSET");
        }
        refuseIf(wanted != null && !wanted.equals(asset), "WRONG_ASSET");
        refuseIf(amount.stripTrailingZeros().scale() > scale, "OVER_PRECISE");
    }

    void coin(Fact fact) {
        BigDecimal quantity = fact.number("quantity");
        String asset = fact.text("asset");
        if (!loan.bound() && !now.assets.containsKey(asset)) {
            size(quantity); // the terms that name it may still come
        } else {
            check(quantity, asset, coinWanted(asset));
        }
    }

    /** The asset itself where the loan may have it. */
    private @Nullable String coinWanted(String asset) {
        if (!loan.bound()) {
            return null;
        }
        return loan.takes(asset) ? asset : loan.coinCode;
    }

    /** As coin, but nothing at all may be stated too. */
    void stated(Fact fact) {
        BigDecimal quantity = fact.number("quantity");
        refuseIf(quantity.signum() < 0, "NOT_POSITIVE");
        refuseIf(quantity.compareTo(LARGEST) > 0, "ABOVE_LIMIT");
        if (loan.bound() || now.assets.containsKey(fact.text("asset"))) {
            asset(quantity, fact.text("asset"), coinWanted(fact.text("asset")));
        }
    }

    /** What a purchase of coin has cost. */
    void spent(Fact fact) {
        check(
                fact.number("spent"),
                fact.text("spentAsset"),
                loan.bound() ? loan.terms().debtAsset() : null);
    }

    /** As money, but nothing may be asked. */
    void fee(Fact fact) {
        BigDecimal fee = fact.number("fee");
        refuseIf(fee.signum() < 0, "NOT_POSITIVE");
        refuseIf(fee.compareTo(LARGEST) > 0, "ABOVE_LIMIT");
        asset(fee, fact.text("asset"), loan.bound() ? loan.terms().debtAsset() : null);
    }

    /** As money, but a waiver is negative. */
    void charge(Fact fact) {
        BigDecimal amount = fact.number("amount");
        size(amount.abs());
        asset(amount, fact.text("asset"), loan.bound() ? loan.terms().debtAsset() : null);
    }

    void money(Fact fact) {
        boolean mayBeAny = !loan.bound();
        check(
                fact.number("amount"),
                fact.text("asset"),
                mayBeAny ? null : loan.terms().debtAsset());
    }
}

package io.loanledger.core.model;

import static io.loanledger.core.model.NaiveModel.refuseIf;

import io.loanledger.core.loan.Circumstances;
import io.loanledger.core.loan.LoanInput.Stated;
import io.loanledger.core.loan.Refusal;
import io.loanledger.core.money.Asset;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The front door: which amounts a fact may state. */
final class NaiveDoor {
    private static final BigDecimal LARGEST = BigDecimal.TEN.pow(24);

    private final NaiveLoan loan;
    private final Circumstances now;

    NaiveDoor(NaiveLoan loan, Circumstances now) {
        this.loan = loan;
        this.now = now;
    }

    void checkCoin(Stated stated) {
        if (loan.terms == null && now.asset(stated.asset()) == null) {
            checkSize(stated.amount()); // the terms that name it may still come
            return;
        }
        checkSize(stated.amount());
        Asset asset = now.asset(stated.asset());
        refuseIf(asset == null, Refusal.UNKNOWN_ASSET);
        boolean known = loan.terms == null
                || loan.coins.stream().anyMatch(coin -> coin.terms.asset().equals(asset));
        refuseIf(!known, Refusal.WRONG_ASSET);
        refuseIf(stated.amount().stripTrailingZeros().scale() > asset.scale(), Refusal.OVER_PRECISE);
    }

    /** A statement may say zero. */
    void checkStated(Stated stated) {
        if (stated.amount().signum() != 0) {
            checkCoin(stated);
        } else if (loan.terms != null || now.asset(stated.asset()) != null) {
            checkCoin(new Stated(BigDecimal.ONE, stated.asset()));
        }
    }

    /** A fee for other terms may be nothing. */
    void checkFee(Stated stated) {
        refuseIf(stated.amount().signum() < 0, Refusal.NOT_POSITIVE);
        checkDebt(stated.amount().signum() == 0 ? new Stated(BigDecimal.ONE, stated.asset()) : stated);
    }

    void checkDebt(Stated stated) {
        checkAmount(stated, loan.terms == null ? null : loan.bound().debtAsset());
    }

    void checkSize(BigDecimal amount) {
        refuseIf(amount.signum() <= 0, Refusal.NOT_POSITIVE);
        refuseIf(amount.compareTo(LARGEST) > 0, Refusal.ABOVE_LIMIT);
    }

    private void checkAmount(Stated stated, @Nullable Asset wanted) {
        checkSize(stated.amount());
        Asset asset = now.asset(stated.asset());
        refuseIf(asset == null, Refusal.UNKNOWN_ASSET);
        refuseIf(wanted != null && !wanted.equals(asset), Refusal.WRONG_ASSET);
        refuseIf(stated.amount().stripTrailingZeros().scale() > asset.scale(), Refusal.OVER_PRECISE);
    }
}

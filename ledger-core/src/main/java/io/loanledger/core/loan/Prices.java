package io.loanledger.core.loan;

import io.loanledger.core.price.IndexPrice;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Where the markets stand. */
public interface Prices {
    /** For loans of one market, whose keys do not depend on where it stands. */
    Prices NONE = market -> null;

    /** The newest index record of a market in whatever state (HALTED while the market is paused), or null before the first. */
    @Nullable
    IndexPrice price(String market);

    /** By how much coin of a market counts less because the lender's whole book has much of it; from 0 to under 1. */
    default BigDecimal addOn(String market) {
        return BigDecimal.ZERO;
    }

    /** The price at which coin is valued: the index less the market's add-on. */
    default BigDecimal counted(IndexPrice index) {
        return lessAddOn(LoanToValue.priceOf(index), addOn(index.market()));
    }

    static BigDecimal lessAddOn(BigDecimal amount, BigDecimal addOn) {
        return addOn.signum() == 0 ? amount : amount.multiply(BigDecimal.ONE.subtract(addOn));
    }
}

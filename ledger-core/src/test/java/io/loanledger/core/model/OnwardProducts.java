package io.loanledger.core.model;

import static io.loanledger.core.model.World.BTC;
import static io.loanledger.core.model.World.MARKET;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.terms.CollateralTerms;
import io.loanledger.core.terms.LiquidationTerms;
import io.loanledger.core.terms.ProductTerms;
import java.util.List;

/** Products to whose terms a running loan may go on, and some to which it cannot. */
final class OnwardProducts {
    private static final Asset EUR = new Asset("EUR", 2);

    /** In another currency. */
    private static final ProductTerms EUROS = new ProductTerms(
            "euros",
            1,
            EUR,
            List.of(new CollateralTerms(BTC, MARKET, Fraction.ZERO, Quantity.of("0.01", BTC))),
            Products.DAY.openLtv(),
            Products.DAY.ladder(),
            new LiquidationTerms(
                    Products.DAY.liquidation().threshold(),
                    Fraction.percent(60),
                    Money.of("0", EUR),
                    Fraction.percent(1),
                    Fraction.percent(2)),
            Products.DAY.interest(),
            Products.DAY.exposureBasis(),
            365);

    /** Where the coin is priced by others. */
    private static final ProductTerms ELSEWHERE = Like.the(Products.DAY, "elsewhere")
            .against(new CollateralTerms(BTC, "BTC-USDX", Fraction.ZERO, Quantity.of("0.01", BTC)))
            .terms();

    static final List<ProductTerms> ALL = List.of(
            Products.DAY,
            Products.THIRDS,
            Products.TOTAL,
            Products.PRINCIPAL,
            Products.EUROBOND,
            SaleProducts.TIERED,
            SaleProducts.RELEASING,
            SaleProducts.SMALL_STEPS,
            LadderProducts.BANDED,
            LadderProducts.DISPUTED_LADDER,
            DebtProducts.BULLET,
            DebtProducts.INTEREST_ONLY,
            DebtProducts.LEVEL,
            DebtProducts.LEVEL_TOTAL,
            DebtProducts.EQUAL_TOTAL,
            DebtProducts.LISTED,
            DebtProducts.DEFAULTING,
            DebtProducts.DEFAULT_INTEREST,
            RateProducts.STEPPED,
            RateProducts.FLOATING,
            RateProducts.PER_SECOND,
            RateProducts.FLOATING_DAILY,
            PrepaymentProducts.PREPAID,
            PrepaymentProducts.PREPAID_AGAIN,
            SaleProducts.STABILISED,
            LineProducts.REVOLVING,
            EUROS,
            ELSEWHERE);

    private OnwardProducts() {}
}

package io.loanledger.core.model;

import static io.loanledger.core.model.World.USD;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.terms.AgreementTerms;
import io.loanledger.core.terms.DebtPrice;
import io.loanledger.core.terms.LineTerms;
import io.loanledger.core.terms.OriginationTerms;
import io.loanledger.core.terms.PrepaymentTerms;
import io.loanledger.core.terms.ProductTerms;
import java.util.List;

/** The products under which facts are permuted: one for each kind of term that could make the order of facts matter. */
final class PermutedProducts {
    /** Prices what is owed by {@link #DEBT_PRICED}; it never strays far. */
    static final String DEBT_MARKET = "USD-EUR";

    static final ProductTerms PREPAYING = Like.the(Products.DAY, "prepaying")
            .agreeing(AgreementTerms.PLAIN.withPrepayment(new PrepaymentTerms(Fraction.percent(2), 0)))
            .terms();

    /** A fee of 1.00 is kept from each draw. */
    static final ProductTerms LINE = Like.the(Products.DAY, "line")
            .agreeing(AgreementTerms.PLAIN.withLine(
                    new LineTerms(true, Money.of("100", USD), new OriginationTerms(Money.of("1", USD), Fraction.ZERO))))
            .terms();

    static final ProductTerms DEBT_PRICED = Like.the(Products.DAY, "debt priced")
            .agreeing(AgreementTerms.PLAIN.withDebtPrice(new DebtPrice(DEBT_MARKET, new Asset("EUR", 2), false)))
            .terms();

    static final List<ProductTerms> ALL = List.of(
            Products.DAY,
            Products.TOTAL,
            LadderProducts.BANDED,
            LadderProducts.THREE_CALLS,
            SaleProducts.STEPS,
            MixedProducts.TWO,
            RateProducts.FLOATING,
            RateProducts.DAILY,
            DebtProducts.ORIGINATED,
            DebtProducts.REAPPLYING,
            DebtProducts.ACCELERATED,
            DebtProducts.DEFAULT_INTEREST,
            DebtProducts.DEFAULTING,
            PREPAYING,
            LINE,
            DEBT_PRICED);

    private PermutedProducts() {}

    /** Each in its turn. */
    static ProductTerms of(long history) {
        return ALL.get((int) Math.floorMod(history, (long) ALL.size()));
    }
}

package io.loanledger.core.model;

import io.loanledger.core.money.Fraction;
import io.loanledger.core.terms.PrepaymentTerms;
import io.loanledger.core.terms.ProductTerms;
import java.math.BigDecimal;
import java.util.List;

/** Products under which principal that is repaid before it is due costs a fee. */
final class PrepaymentProducts {
    static final ProductTerms PREPAID =
            prepaid(Like.the(Products.DAY, "prepaid").runningFor(50), Products.DAY, "0.02", 0);

    /** For two weeks only. */
    static final ProductTerms PREPAID_AT_FIRST =
            prepaid(Like.the(SaleProducts.BOTH_CHARGES, "prepaid at first"), Products.PLAIN, "0.035", 14);

    /** Instalments are free, what goes beyond them is not. */
    static final ProductTerms PREPAID_LEVEL =
            prepaid(Like.the(Products.DAY, "prepaid level").runningFor(200), DebtProducts.LEVEL, "0.03", 60);

    /** Principal first, and what came after a reversed payment is applied again. */
    static final ProductTerms PREPAID_AGAIN =
            prepaid(Like.the(DebtProducts.EQUAL, "prepaid again"), DebtProducts.ACCELERATED, "0.05", 0);

    /** Where the borrower can be in default. */
    static final ProductTerms PREPAID_DEFAULT =
            prepaid(Like.the(DebtProducts.DEFAULTING, "prepaid default"), DebtProducts.DEFAULTING, "0.0125", 45);

    /** Where interest compounds at a rate that moves, a call may be disputed, and most of what is early is the lender's. */
    static final ProductTerms PREPAID_DAILY = prepaid(
            Like.the(RateProducts.FLOATING_DAILY, "prepaid daily").warning(LadderProducts.DISPUTED.ladder()),
            DebtProducts.REAPPLYING,
            "0.6",
            90);

    /** What a sale keeps as money pays no fee. */
    static final ProductTerms PREPAID_STABILISED =
            prepaid(Like.the(SaleProducts.STABILISED, "prepaid stabilised"), Products.DAY, "0.01", 0);

    static final List<ProductTerms> ALL = List.of(
            PREPAID,
            PREPAID_AT_FIRST,
            PREPAID_LEVEL,
            PREPAID_AGAIN,
            PREPAID_DEFAULT,
            PREPAID_DAILY,
            PREPAID_STABILISED);

    private PrepaymentProducts() {}

    private static ProductTerms prepaid(Like like, ProductTerms agreeingAs, String rate, int freeFromDay) {
        return like.agreeing(agreeingAs
                        .agreed()
                        .withPrepayment(new PrepaymentTerms(Fraction.ofDecimal(new BigDecimal(rate)), freeFromDay)))
                .terms();
    }
}

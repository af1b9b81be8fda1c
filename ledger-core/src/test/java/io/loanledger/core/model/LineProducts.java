package io.loanledger.core.model;

import static io.loanledger.core.model.World.USD;

import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.terms.ExposureBasis;
import io.loanledger.core.terms.LineTerms;
import io.loanledger.core.terms.OriginationTerms;
import io.loanledger.core.terms.ProductTerms;
import java.math.BigDecimal;
import java.util.List;

/** Products that are a commitment, drawn in parts. */
final class LineProducts {
    /** Drawn again and again for a month or so, for a fee. */
    static final ProductTerms REVOLVING = line(
            Like.the(Products.DAY, "revolving").runningFor(40), Products.DAY, new LineTerms(true, usd("100"), fee()));

    /** Drawn once, the first draw for a fee, without an end. */
    static final ProductTerms DRAWN_ONCE = line(
            Like.the(Products.THIRDS, "drawn once").runningFor(0),
            DebtProducts.ORIGINATED,
            new LineTerms(false, usd("0"), null));

    /** On a rate that moves, with bills for its interest, and sold when they are not paid. */
    static final ProductTerms BILLED_LINE = line(
            Like.the(RateProducts.FLOATING, "billed line").runningFor(70),
            DebtProducts.DEFAULTING,
            new LineTerms(true, usd("50"), null));

    /** Where interest compounds, called three times. */
    static final ProductTerms DAILY_LINE = line(
            Like.the(RateProducts.FLOATING_DAILY, "daily line").warning(LadderProducts.THREE_CALLS.ladder()),
            RateProducts.FLOATING_DAILY,
            new LineTerms(false, usd("250"), fee()));

    /** All interest of the term counts, also that of what is on its way; all is due at once. */
    static final ProductTerms TOTAL_LINE = line(
            Like.the(Products.TOTAL, "total line").runningFor(60),
            DebtProducts.BULLET_DEFAULT,
            new LineTerms(true, usd("10"), null));

    /** Principal alone counts, what came after a reversed payment is applied again, coin is given back by rules of its own. */
    static final ProductTerms LOOSE_LINE = line(
            Like.the(SaleProducts.LOOSE, "loose line").counting(ExposureBasis.PRINCIPAL),
            DebtProducts.REAPPLYING,
            new LineTerms(true, usd("0"), new OriginationTerms(usd("0"), Fraction.ofDecimal(new BigDecimal("0.03")))));

    /** Its coin is sold in bands, and may be exchanged. */
    static final ProductTerms BANDED_LINE = line(
            Like.the(LadderProducts.BANDED, "banded line").runningFor(55),
            SaleProducts.SUBSTITUTING,
            new LineTerms(false, usd("20"), null));

    static final List<ProductTerms> ALL =
            List.of(REVOLVING, DRAWN_ONCE, BILLED_LINE, DAILY_LINE, TOTAL_LINE, LOOSE_LINE, BANDED_LINE);

    private LineProducts() {}

    private static ProductTerms line(Like like, ProductTerms agreeingAs, LineTerms line) {
        return like.agreeing(agreeingAs.agreed().withLine(line)).terms();
    }

    private static OriginationTerms fee() {
        return new OriginationTerms(usd("10"), Fraction.ofDecimal(new BigDecimal("0.01")));
    }

    private static Money usd(String amount) {
        return Money.of(amount, USD);
    }
}

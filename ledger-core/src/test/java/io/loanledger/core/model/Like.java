package io.loanledger.core.model;

import io.loanledger.core.money.Fraction;
import io.loanledger.core.terms.CollateralTerms;
import io.loanledger.core.terms.ExposureBasis;
import io.loanledger.core.terms.InterestTerms;
import io.loanledger.core.terms.LiquidationTerms;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.ReleaseTerms;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A product like another one, but for what is said. */
final class Like {
    private final ProductTerms like;
    private final String id;
    private List<CollateralTerms> collateral;
    private Fraction openLtv;
    private LiquidationTerms liquidation;
    private InterestTerms interest;
    private ExposureBasis basis;
    private int termDays;
    private @Nullable ReleaseTerms release;

    private Like(ProductTerms like, String id) {
        this.like = like;
        this.id = id;
        collateral = like.collateral();
        openLtv = like.openLtv();
        liquidation = like.liquidation();
        interest = like.interest();
        basis = like.exposureBasis();
        termDays = like.termDays();
        release = like.release();
    }

    static Like the(ProductTerms like, String id) {
        return new Like(like, id);
    }

    Like against(CollateralTerms coin) {
        collateral = List.of(coin);
        return this;
    }

    Like opening(Fraction ltv) {
        openLtv = ltv;
        return this;
    }

    Like selling(LiquidationTerms other) {
        liquidation = other;
        return this;
    }

    Like bearing(InterestTerms other) {
        interest = other;
        return this;
    }

    Like counting(ExposureBasis other) {
        basis = other;
        return this;
    }

    Like runningFor(int days) {
        termDays = days;
        return this;
    }

    Like releasing(ReleaseTerms other) {
        release = other;
        return this;
    }

    ProductTerms terms() {
        return new ProductTerms(
                id,
                1,
                like.debtAsset(),
                collateral,
                openLtv,
                like.ladder(),
                liquidation,
                interest,
                basis,
                termDays,
                release);
    }
}

package io.loanledger.core.model;

import io.loanledger.core.money.Fraction;
import io.loanledger.core.terms.AgreementTerms;
import io.loanledger.core.terms.CollateralTerms;
import io.loanledger.core.terms.ExposureBasis;
import io.loanledger.core.terms.InterestTerms;
import io.loanledger.core.terms.Ladder;
import io.loanledger.core.terms.LiquidationTerms;
import io.loanledger.core.terms.OriginationTerms;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.ReleaseTerms;
import io.loanledger.core.terms.ScheduleTerms;
import io.loanledger.core.terms.WaterfallTerms;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A product like another one, but for what is said. */
final class Like {
    private final ProductTerms like;
    private final String id;
    private List<CollateralTerms> collateral;
    private Fraction openLtv;
    private Ladder ladder;
    private LiquidationTerms liquidation;
    private InterestTerms interest;
    private ExposureBasis basis;
    private int termDays;
    private @Nullable ReleaseTerms release;
    private AgreementTerms agreed;
    private boolean mixed;
    private int version = 1;

    private Like(ProductTerms like, String id) {
        this.like = like;
        this.id = id;
        collateral = like.collateral();
        openLtv = like.openLtv();
        ladder = like.ladder();
        liquidation = like.liquidation();
        interest = like.interest();
        basis = like.exposureBasis();
        termDays = like.termDays();
        release = like.release();
        agreed = like.agreed();
        mixed = like.mixedCollateral();
    }

    static Like the(ProductTerms like, String id) {
        return new Like(like, id);
    }

    /** Any of several coins, all of them together. */
    Like against(List<CollateralTerms> coins) {
        collateral = coins;
        mixed = true;
        return this;
    }

    Like against(CollateralTerms coin) {
        collateral = List.of(coin);
        return this;
    }

    Like opening(Fraction ltv) {
        openLtv = ltv;
        return this;
    }

    Like warning(Ladder other) {
        ladder = other;
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

    Like agreeing(WaterfallTerms waterfall, @Nullable OriginationTerms origination, @Nullable ScheduleTerms schedule) {
        agreed = AgreementTerms.PLAIN
                .withWaterfall(waterfall)
                .withOrigination(origination)
                .withSchedule(schedule);
        return this;
    }

    Like agreeing(AgreementTerms other) {
        agreed = other;
        return this;
    }

    Like inVersion(int other) {
        version = other;
        return this;
    }

    ProductTerms terms() {
        return new ProductTerms(
                id,
                version,
                like.debtAsset(),
                collateral,
                openLtv,
                ladder,
                liquidation,
                interest,
                basis,
                termDays,
                release,
                agreed,
                mixed);
    }
}

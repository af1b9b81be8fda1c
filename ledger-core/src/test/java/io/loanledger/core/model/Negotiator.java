package io.loanledger.core.model;

import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.money.Threshold;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.Rate;
import io.loanledger.core.terms.ScheduleTerms;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lender and borrower agree on another day for a running loan, or on other terms; now and then on what cannot be. */
final class Negotiator extends Actor {
    Negotiator(Scene scene) {
        super(scene);
    }

    void agree() {
        ProductTerms own = loan().terms().terms();
        boolean mayExtend = loan().maturity() != null
                && (own.agreed().schedule() == null || !amortises(own.agreed().schedule()));
        if (ledger.onward().isEmpty() || (own.agreed().line() != null ? chance(90) : mayExtend && chance(45))) {
            tell("extension", amended(own.productId(), own.version(), extended(own)));
        } else {
            rollOver(own);
        }
    }

    private static boolean amortises(ScheduleTerms schedule) {
        return schedule.kind().amortises();
    }

    private LoanInput.TermsAmended amended(String productId, int version, @Nullable LocalDate maturity) {
        return new LoanInput.TermsAmended(head(), productId, version, maturity, usd(fee()), "agreed");
    }

    /** Nothing often; else some, or what brings the loan to its first limit. */
    private BigDecimal fee() {
        if (chance(50)) {
            return BigDecimal.ZERO;
        }
        if (chance(75)) {
            return BigDecimal.valueOf(random.nextInt(5_000), 2);
        }
        Threshold first = loan().terms().terms().firstLimit();
        BigDecimal left = value().multiply(new BigDecimal(first.ltv().numerator()))
                .divide(new BigDecimal(first.ltv().denominator()), 20, RoundingMode.FLOOR)
                .subtract(exposureOfBasis())
                .setScale(2, RoundingMode.FLOOR);
        return around(left, CENT).max(chance(95) ? BigDecimal.ZERO : CENT.negate());
    }

    private LocalDate today() {
        return ledger.world().taskTime().atZone(ZoneOffset.UTC).toLocalDate();
    }

    /** Some weeks more mostly; else the edges of what can be. */
    private @Nullable LocalDate extended(ProductTerms own) {
        LocalDate due = loan().maturity();
        LocalDate start = loan().debt().startedOn();
        if (due == null || start == null || chance(3)) {
            return null;
        }
        int dice = random.nextInt(100);
        LocalDate from = due.isAfter(today()) ? due : today();
        if (dice < 70) {
            return from.plusDays(1 + random.nextInt(60));
        }
        List<LocalDate> edges = new ArrayList<>(List.of(
                due, due.plusDays(1), today(), today().plusDays(1), start.plusDays(36_525), start.plusDays(36_526)));
        ScheduleTerms schedule = own.agreed().schedule();
        if (schedule != null && schedule.everyDays() > 0) {
            edges.add(start.plusDays(1_200L * schedule.everyDays()));
            edges.add(start.plusDays(1_200L * schedule.everyDays() + 1));
        }
        return one(edges);
    }

    // --- other terms
    // ------------------------------------------------------------------------------------------------

    private void rollOver(ProductTerms own) {
        ProductTerms next = chance(25) ? ownInAnotherVersion(own) : one(ledger.onward());
        ProductTerms known = ledger.world().newestTerms(next.productId());
        if ((known == null || known.version() < next.version()) && chance(93)) {
            ledger.publish(next);
        }
        if (next.interest().rate() instanceof Rate.Referenced read
                && ledger.world().series(read.rateId()).isEmpty()
                && chance(80)) {
            ledger.fix(read.rateId(), today(), BigDecimal.valueOf(2 + random.nextInt(40), 2));
        }
        int version = chance(96) ? next.version() : next.version() + 1;
        tell("rollover", amended(next.productId(), version, maturityUnder(next)));
    }

    /** Its product as it is sold by now: all of its terms may be others. */
    private ProductTerms ownInAnotherVersion(ProductTerms own) {
        ProductTerms newest = ledger.world().newestTerms(own.productId());
        int version = newest == null ? own.version() : newest.version();
        if (version > own.version() && chance(60)) {
            return newest;
        }
        ProductTerms like = chance(40) ? own : one(ledger.onward());
        return Like.the(like, own.productId()).inVersion(version + 1).terms();
    }

    private @Nullable LocalDate maturityUnder(ProductTerms next) {
        if (chance(next.termDays() == 0 ? 92 : 60)) {
            return null;
        }
        if (chance(70)) {
            return today().plusDays(1 + random.nextInt(120));
        }
        return one(List.of(
                today(),
                today().plusDays(1),
                today().minusDays(1),
                today().plusDays(36_525),
                today().plusDays(36_526)));
    }
}

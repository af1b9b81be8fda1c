package io.loanledger.core.model;

import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.Rate;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Who fixes the rate that a product reads: mostly for days to come, now and then late, in large steps as in small ones. */
final class RateOffice extends Actor {
    private final ProductTerms product;

    RateOffice(Scene scene, ProductTerms product) {
        super(scene);
        this.product = product;
    }

    /** Whether there was something to fix. */
    boolean fix() {
        if (!(termsOr(product).interest().rate() instanceof Rate.Referenced read)) {
            return false;
        }
        Instant now = ledger.world().taskTime().equals(Instant.EPOCH)
                ? World.START
                : ledger.world().taskTime();
        LocalDate day = now.atZone(ZoneOffset.UTC)
                .toLocalDate()
                .plusDays(random.nextInt(chance(80) ? 7 : 40) - (chance(70) ? 0 : 6));
        if (ledger.world().series(read.rateId()).fixedFor(day) != null) {
            return false;
        }
        ledger.fix(read.rateId(), day, value(read));
        return true;
    }

    private BigDecimal value(Rate.Referenced read) {
        return switch (read) {
            case Rate.Kinked kinked ->
                chance(30)
                        ? around(kinked.kink(), new BigDecimal("0.000001"))
                        : BigDecimal.valueOf(random.nextInt(120) - 8, 2);
            case Rate.Floating floating -> BigDecimal.valueOf(random.nextInt(chance(70) ? 900 : 6_000) - 200L, 4);
        };
    }
}

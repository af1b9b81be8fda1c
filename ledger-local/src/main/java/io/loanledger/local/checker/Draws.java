package io.loanledger.local.checker;

import static java.math.BigDecimal.ZERO;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What of a commitment is drawn, on its way, and left. One thread. */
final class Draws {
    /** The principal of the request. */
    BigDecimal commitment = ZERO;

    boolean firstIsNamed;
    boolean ended;
    List<Draw> all = new ArrayList<>(0);

    @Nullable
    Draw find(String id) {
        return all.stream().filter(draw -> draw.id.equals(id)).findFirst().orElse(null);
    }

    BigDecimal pending() {
        return all.stream().filter(Draw::isPending).map(draw -> draw.amount).reduce(ZERO, BigDecimal::add);
    }

    /** Of the commitment; what is repaid may be drawn again where it revolves. */
    private BigDecimal used(Loan loan, Line line) {
        if (line.revolving()) {
            return loan.principal.max(ZERO);
        }
        return all.stream()
                .filter(draw -> draw.stage == Draw.Stage.CONFIRMED)
                .map(draw -> draw.amount)
                .reduce(loan.asked, BigDecimal::add);
    }

    BigDecimal available(Loan loan, Line line) {
        return commitment.subtract(used(loan, line)).subtract(pending());
    }

    /** Whether more may be drawn, or is on its way: then a clear debt ends nothing. */
    boolean isOpen(Loan loan) {
        Line line = loan.bound() ? loan.terms().agreement().line() : null;
        boolean undrawn =
                line != null && !ended && (line.revolving() || used(loan, line).compareTo(commitment) < 0);
        return undrawn || pending().signum() > 0;
    }

    /** The exposure with what is pending, and more, counted as principal from a day on. */
    BigDecimal scaledExposure(Loan loan, BigDecimal more, int day) {
        BigDecimal added = pending().add(more);
        return loan.scaledExposure(day)
                .add(added.multiply(Accrual.unit(loan)))
                .add(added.multiply(Exposures.toComePerUnit(loan, day)));
    }

    Draws copy() {
        Draws copy = new Draws();
        copy.commitment = commitment;
        copy.firstIsNamed = firstIsNamed;
        copy.ended = ended;
        copy.all = new ArrayList<>(all.size());
        all.forEach(draw -> copy.all.add(draw.copy()));
        return copy;
    }
}

package io.loanledger.core.loan;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What was drawn of a line after its first payout.
 *
 * @param draws in the order in which they were instructed
 * @param ended whether nothing can be drawn any more
 */
public record Draws(List<Disbursement> draws, boolean ended) {
    /** Of a loan that is paid out at once. */
    public static final Draws NONE = new Draws(List.of(), false);

    public Draws {
        draws = List.copyOf(draws);
    }

    /** The draw of this id. */
    public Optional<Disbursement> draw(String disbursementId) {
        for (Disbursement draw : draws) {
            if (draw.disbursementId().equals(disbursementId)) {
                return Optional.of(draw);
            }
        }
        return Optional.empty();
    }

    /** What the bank was asked to pay and has neither paid nor failed to. */
    public Money pending(Asset currency) {
        return sum(draws.stream().filter(Disbursement::isPending), currency);
    }

    Money confirmed(Asset currency) {
        return sum(draws.stream().filter(draw -> draw.stage() == Disbursement.Stage.CONFIRMED), currency);
    }

    private static Money sum(Stream<Disbursement> some, Asset currency) {
        return some.map(Disbursement::amount).reduce(Money.zero(currency), Money::plus);
    }

    boolean isPending() {
        return !draws.isEmpty() && draws.stream().anyMatch(Disbursement::isPending);
    }

    /** Those that the bank was not asked to stop yet. */
    List<Disbursement> instructed() {
        return draws.isEmpty()
                ? List.of()
                : draws.stream()
                        .filter(draw -> draw.stage() == Disbursement.Stage.INSTRUCTED)
                        .toList();
    }

    Draws with(Disbursement draw) {
        List<Disbursement> next = new ArrayList<>(draws);
        next.add(draw);
        return new Draws(next, ended);
    }

    /** A bug to ask of a draw that there is not. */
    Draws at(String disbursementId, Disbursement.Stage stage) {
        if (draw(disbursementId).isEmpty()) {
            throw new IllegalStateException("no draw " + disbursementId);
        }
        return new Draws(
                draws.stream()
                        .map(draw -> draw.disbursementId().equals(disbursementId) ? draw.at(stage) : draw)
                        .toList(),
                ended);
    }

    Draws asEnded() {
        return new Draws(draws, true);
    }
}

package io.loanledger.core.model;

import io.loanledger.core.loan.Decision;
import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanDecider;
import io.loanledger.core.loan.LoanEvent;
import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.loan.LoanStatus;
import io.loanledger.core.loan.LoanTriggers;
import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.price.IndexState;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Where one loan's history is played before the ledger's decider. Every input and its answer goes to a witness: the naive model and
 * the laws are witnesses.
 */
final class Stage {
    final World world = new World();
    private final List<String> story = new ArrayList<>();
    private final Witness witness;
    private Loan loan;

    /** Hears every input with its answer, in order; fails by throwing. */
    @FunctionalInterface
    interface Witness {
        void hears(Told told);
    }

    /**
     * One input and its answer.
     *
     * @param kind what happened, in words, for tables
     * @param askedFor whether the loan's triggers asked for it; true for all that comes from outside
     */
    record Told(String kind, LoanInput input, boolean askedFor, Loan before, Decision decision, World world) {
        List<LoanEvent> events() {
            return steps().stream().map(Decision.Step::event).toList();
        }

        List<Decision.Step> steps() {
            return decision instanceof Decision.Accepted accepted ? accepted.steps() : List.of();
        }
    }

    Stage(String loanId, Witness witness) {
        this.loan = Loan.unknown(loanId);
        this.witness = witness;
    }

    Loan loan() {
        return loan;
    }

    Stage tell(String kind, LoanInput input) {
        return tell(kind, input, true);
    }

    private Stage tell(String kind, LoanInput input, boolean askedFor) {
        Loan before = loan;
        Told told = new Told(kind, input, askedFor, before, LoanDecider.decide(before, input, world), world);
        if (!told.steps().isEmpty()) {
            loan = told.steps().getLast().after();
        }
        story.add(world.taskTime() + " " + kind + " " + input + "\n      " + String.join("\n      ", Tongue.of(told)));
        try {
            witness.hears(told);
        } catch (AssertionError failure) {
            throw new AssertionError(failure.getMessage() + "\nafter\n  " + String.join("\n  ", story), failure);
        }
        return this;
    }

    /** A price record: what is due before it first, then the price if its market is open. Both are told whether asked for or not. */
    void price(String kind, Instant at, BigDecimal price, IndexState state) {
        LoanTriggers due = LoanTriggers.of(loan, world.taskTime(), 0);
        world.moveClock(at);
        // Terms that arrive are no trigger of a loan: the task tells the loans that wait for them.
        boolean waitsForTerms = loan.status() == LoanStatus.REQUESTED && loan.agreement() == null;
        boolean passes = due.decideAt() != null && due.decideAt().isBefore(world.taskTime());
        tell(kind + " (time)", new LoanInput.TimePassed(world.taskTime()), passes || waitsForTerms);
        IndexPrice index = world.quote(at, price, state);
        if (state.isOpen()) {
            LoanTriggers triggers = LoanTriggers.of(loan, world.taskTime(), 0);
            long key = key(price);
            boolean visits = key <= triggers.fallingKey() || key >= triggers.risingKey();
            tell(kind, new LoanInput.PriceObserved(index), visits);
        }
    }

    static long key(BigDecimal price) {
        return price.setScale(LoanTriggers.KEY_SCALE, RoundingMode.UNNECESSARY)
                .unscaledValue()
                .longValueExact();
    }
}

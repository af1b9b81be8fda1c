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
import io.loanledger.core.terms.ProductTerms;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The ledger's decider alone, as actors meet it: one loan's history is played before it. Every input and its answer goes to a witness: the naive model and
 * the laws are witnesses.
 */
public final class Stage implements Ledger {
    final World world = new World();
    private final List<Chapter> story = new ArrayList<>();
    private final Witness witness;
    private Loan loan;

    /** Hears every input with its answer, in order; fails by throwing. */
    @FunctionalInterface
    public interface Witness {
        void hears(Told told);
    }

    /**
     * One input and its answer.
     *
     * @param kind what happened, in words, for tables
     * @param askedFor whether the loan's triggers asked for it; true for all that comes from outside
     */
    public record Told(String kind, LoanInput input, boolean askedFor, Loan before, Decision decision, World world) {
        public List<LoanEvent> events() {
            return steps().stream().map(Decision.Step::event).toList();
        }

        public List<Decision.Step> steps() {
            return decision instanceof Decision.Accepted accepted ? accepted.steps() : List.of();
        }
    }

    /** What was told and when, written out only for a failure. */
    private record Chapter(Instant time, Told told) {
        @Override
        public String toString() {
            return time + " " + told.kind() + " " + told.input() + "\n      "
                    + String.join("\n      ", Tongue.of(told));
        }
    }

    public Stage(String loanId, Witness witness) {
        this.loan = Loan.unknown(loanId);
        this.witness = witness;
    }

    @Override
    public Loan loan() {
        return loan;
    }

    @Override
    public World world() {
        return world;
    }

    @Override
    public void publish(ProductTerms product) {
        world.publish(product);
    }

    /** The actors answer themselves. */
    @Override
    public boolean answersClaims() {
        return false;
    }

    @Override
    public boolean sells() {
        return false;
    }

    @Override
    public void tell(String kind, LoanInput input) {
        tell(kind, input, true);
    }

    private void tell(String kind, LoanInput input, boolean askedFor) {
        Loan before = loan;
        Told told = new Told(kind, input, askedFor, before, decide(before, kind, input), world);
        if (!told.steps().isEmpty()) {
            loan = told.steps().getLast().after();
        }
        story.add(new Chapter(world.taskTime(), told));
        try {
            witness.hears(told);
        } catch (AssertionError failure) {
            throw new AssertionError(failure.getMessage() + whole(), failure);
        }
    }

    private String whole() {
        return story.stream().map(Chapter::toString).collect(Collectors.joining("\n  ", "\nafter\n  ", ""));
    }

    private LoanTriggers triggers() {
        try {
            return LoanTriggers.of(loan, world, world.taskTime(), 0);
        } catch (RuntimeException broken) {
            throw new AssertionError("no triggers: " + broken + whole(), broken);
        }
    }

    /** A broken invariant is told of with all that led to it. */
    private Decision decide(Loan before, String kind, LoanInput input) {
        try {
            return LoanDecider.decide(before, input, world);
        } catch (RuntimeException broken) {
            throw new AssertionError(kind + " " + input + ": " + broken + whole(), broken);
        }
    }

    /**
     * A price record, as the task takes one: what is due before its time first, by the clock and the price before it; then the clock
     * moves and the price is told if its market is open. Both are told whether the loan's triggers ask for them or not.
     */
    @Override
    public void price(String kind, Instant at, BigDecimal price, IndexState state) {
        price(kind, World.MARKET, at, price, state);
    }

    @Override
    public void price(String kind, String market, Instant at, BigDecimal price, IndexState state) {
        LoanTriggers due = triggers();
        world.arrive(at);
        Instant moved = at.isAfter(world.taskTime()) ? at : world.taskTime();
        // Terms that arrive are no trigger of a loan: the task tells the loans that wait for them.
        boolean waitsForTerms = loan.status() == LoanStatus.REQUESTED && loan.agreement() == null;
        boolean passes = due.decideAt() != null && due.decideAt().isBefore(moved);
        tell(kind + " (time)", new LoanInput.TimePassed(moved), passes || waitsForTerms);
        world.moveClock(at);
        LoanTriggers triggers = triggers();
        IndexPrice index = world.quote(market, at, price, state);
        if (state.isOpen()) {
            tell(kind, new LoanInput.PriceObserved(index), visits(triggers, market, key(world, index)));
        }
    }

    /** Whether a price asks for the loan by the keys of its market. */
    static boolean visits(LoanTriggers triggers, String market, long key) {
        if (market.equals(triggers.market())) {
            return key <= triggers.fallingKey() || key >= triggers.risingKey();
        }
        return triggers.further().stream()
                .filter(keys -> keys.market().equals(market))
                .anyMatch(keys -> key <= keys.fallingKey() || key >= keys.risingKey());
    }

    /** Keys are prices that count: less what the whole book takes from them. */
    static long key(World world, IndexPrice index) {
        return index.price()
                .multiply(BigDecimal.ONE.subtract(world.addOn(index.market())))
                .setScale(LoanTriggers.KEY_SCALE, RoundingMode.DOWN)
                .unscaledValue()
                .longValueExact();
    }
}

package io.loanledger.local.compare;

import io.loanledger.core.lender.Lender;
import io.loanledger.core.lender.Lenders;
import io.loanledger.core.loan.Circumstances;
import io.loanledger.core.loan.Decision;
import io.loanledger.core.loan.FactHead;
import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanDecider;
import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.loan.LoanStatus;
import io.loanledger.core.loan.LoanTriggers;
import io.loanledger.core.money.Asset;
import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.RateSeries;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * One loan of one lender, told the prices as a task of the ledger tells them: what is due strictly before a price happens first, and a
 * price visits the loan only beyond its trigger keys. Around it stand {@link Neighbours}, and a {@link Witness} watches. One thread.
 */
final class PlayedLoan implements Circumstances {
    private static final Duration A_MOMENT = Duration.ofMillis(1);

    private record Errand(Instant due, long number, Runnable deed) {}

    private final Lender lender;
    private final Borrower borrower;
    private final Witness witness;
    private final Neighbours neighbours;
    private final PriorityQueue<Errand> errands =
            new PriorityQueue<>(Comparator.comparing(Errand::due).thenComparing(Errand::number));
    private Loan loan;
    private Instant taskTime = Instant.EPOCH;
    private PriceTape.@Nullable Tick tick;
    private @Nullable LoanTriggers triggers;
    private long numbers;

    PlayedLoan(Lender lender, Borrower borrower, Witness witness, Slippage slippage) {
        this.lender = lender;
        this.borrower = borrower;
        this.witness = witness;
        this.neighbours = new Neighbours(this, borrower, witness, slippage);
        this.loan = Loan.unknown(borrower.name().replace("borrower", "loan"));
    }

    Loan loan() {
        return loan;
    }

    /** Asked for, secured and paid out, then aged to the scenario's first moment. */
    void open(Instant at, BigDecimal price, BigDecimal principal, Instant until) {
        taskTime = at;
        tick = PriceTape.before(at, price);
        witness.priceIs(price, at);
        tell(new LoanInput.LoanRequested(
                head(),
                borrower.name(),
                lender.terms().productId(),
                new LoanInput.Stated(principal, Lenders.USD.code()),
                Lenders.BTC.code()));
        neighbours.lock(borrower.coins());
        if (loan.status() == LoanStatus.ISSUED) {
            neighbours.payOut(principal);
        }
        if (loan.status() != LoanStatus.ACTIVE) {
            witness.found(Violation.Invariant.TAKEN, "not paid out but " + loan.status() + " for " + principal);
            return;
        }
        for (Instant due = triggers().decideAt();
                due != null && due.isBefore(until);
                due = triggers().decideAt()) {
            taskTime = due.plus(A_MOMENT);
            witness.priceIs(price(), taskTime);
            tell(new LoanInput.TimePassed(taskTime));
            runErrands();
        }
        taskTime = until;
    }

    void play(PriceTape tape) {
        for (PriceTape.Tick next : tape.ticks()) {
            if (loan.status() == LoanStatus.CLOSED) {
                return;
            }
            at(next);
        }
    }

    private void at(PriceTape.Tick next) {
        taskTime = next.index().priceTime();
        witness.priceIs(price(), taskTime);
        LoanTriggers armed = triggers();
        if (armed.decideAt() != null && armed.decideAt().isBefore(taskTime)) {
            tell(new LoanInput.TimePassed(taskTime));
        }
        tick = next;
        witness.priceIs(price(), taskTime);
        if (armed.keysValidUntil() != null && taskTime.isAfter(armed.keysValidUntil())) {
            triggers = null;
        }
        armed = triggers();
        if (next.key() <= armed.fallingKey() || next.key() >= armed.risingKey()) {
            tell(new LoanInput.PriceObserved(next.index()));
        }
        witness.afterPrice(loan);
        runErrands();
    }

    // --- for the neighbours ------------------------------------------------------------------------------------------

    /** Has something done later, in the order of time; at the next price at the earliest. */
    void later(Duration delay, Runnable deed) {
        errands.add(new Errand(taskTime.plus(delay), ++numbers, deed));
    }

    BigDecimal price() {
        if (tick == null) {
            throw new IllegalStateException("no price yet");
        }
        return tick.price();
    }

    FactHead head() {
        long number = ++numbers;
        return new FactHead("fact-" + number, taskTime, "compare", number, taskTime);
    }

    void tell(LoanInput input) {
        Decision decision = LoanDecider.decide(loan, input, this);
        triggers = null;
        switch (decision) {
            case Decision.Accepted accepted -> {
                for (Decision.Step step : accepted.steps()) {
                    loan = step.after();
                    witness.saw(step.event(), loan);
                }
                for (Decision.Step step : accepted.steps()) {
                    neighbours.answer(step.event());
                }
            }
            case Decision.Refused refused ->
                witness.found(
                        Violation.Invariant.TAKEN,
                        "%s of %s: %s"
                                .formatted(refused.refusal(), input.getClass().getSimpleName(), refused.detail()));
            case Decision.Repeated repeated ->
                witness.found(Violation.Invariant.TAKEN, input.getClass().getSimpleName() + " was taken for a repeat");
        }
    }

    private void runErrands() {
        for (Errand next = errands.peek(); next != null && !next.due().isAfter(taskTime); next = errands.peek()) {
            errands.remove().deed().run();
        }
    }

    private LoanTriggers triggers() {
        LoanTriggers known = triggers;
        if (known == null) {
            known = LoanTriggers.of(loan, this, taskTime, 0);
            triggers = known;
        }
        return known;
    }

    // --- the circumstances -------------------------------------------------------------------------------------------

    @Override
    public Instant taskTime() {
        return taskTime;
    }

    @Override
    public @Nullable ProductTerms newestTerms(String productId) {
        return lender.terms().productId().equals(productId) ? lender.terms() : null;
    }

    @Override
    public @Nullable Asset asset(String code) {
        if (code.equals(Lenders.BTC.code())) {
            return Lenders.BTC;
        }
        return code.equals(Lenders.USD.code()) ? Lenders.USD : null;
    }

    @Override
    public @Nullable IndexPrice price(String market) {
        return tick != null && market.equals(Lenders.MARKET) ? tick.index() : null;
    }

    @Override
    public RateSeries series(String rateId) {
        return rateId.equals(Lenders.UTILISATION) ? Utilisation.SERIES : RateSeries.EMPTY;
    }

    @Override
    public boolean isFresh(String market) {
        return price(market) != null;
    }
}

package io.loanledger.core.loan;

import io.loanledger.core.money.Asset;
import io.loanledger.core.price.IndexPrice;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A decision while it is being made: the events so far and the loan after them. Lives inside one call of the decider. */
final class Draft {
    private final Circumstances now;
    private final @Nullable FactHead fact;
    /** Of its event id; 0 without one. */
    private final long factDigest;

    private final List<Decision.Step> steps = new ArrayList<>(4);
    private Loan loan;
    private @Nullable IndexPrice visited;
    /** As the decision is to see the markets: the record visited in its own market, the newest one in any other. */
    private final Prices judged = new Prices() {
        @Override
        public @Nullable IndexPrice price(String market) {
            return record(market);
        }

        @Override
        public BigDecimal addOn(String market) {
            return now.addOn(market);
        }
    };

    Draft(Loan loan, @Nullable FactHead fact, Circumstances now) {
        this.loan = loan;
        this.fact = fact;
        this.factDigest = fact == null ? 0 : Digests.of(fact.eventId());
        this.now = now;
    }

    Loan loan() {
        return loan;
    }

    Circumstances now() {
        return now;
    }

    /** The fact by which the decision is being made, if it came before. */
    Optional<SeenFact> seen() {
        return loan.memory().find(factDigest);
    }

    /** The UTC date of task time: through this day interest counts. */
    LocalDate today() {
        return dateOf(now.taskTime());
    }

    static LocalDate dateOf(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC).toLocalDate();
    }

    /** Today, or the last day through which interest was posted. */
    LocalDate bookDate() {
        LocalDate accruedTo = loan.debt().accruedTo();
        return accruedTo != null && accruedTo.isAfter(today()) ? accruedTo : today();
    }

    /** The value date of a fact: its own, but neither before the loan began nor after the ledger's clock. */
    LocalDate valueDate(FactHead head) {
        LocalDate stated = dateOf(head.occurredAt());
        LocalDate latest = bookDate();
        LocalDate earliest = loan.debt().startedOn();
        if (stated.isAfter(latest)) {
            return latest;
        }
        return earliest != null && stated.isBefore(earliest) ? earliest : stated;
    }

    Asset debtAsset() {
        return loan.terms().terms().debtAsset();
    }

    /** The currency money has to be in: the loan's once terms are bound, until then any that some terms have named. */
    @Nullable
    Asset moneyFor(LoanInput.Stated stated) {
        return loan.agreement() == null ? now.asset(stated.asset()) : debtAsset();
    }

    /** As {@link #moneyFor}, for coin. */
    @Nullable
    Asset coinFor(LoanInput.Stated stated) {
        return loan.agreement() == null
                ? now.asset(stated.asset())
                : Objects.requireNonNullElse(
                        loan.terms().coin(stated.asset()), loan.terms().collateralAsset());
    }

    /** How the loan's interest runs. */
    RateClock clock() {
        return RateClock.of(loan, now);
    }

    /** What an event of this day has to tell of the rate; null where the terms say it. */
    @Nullable
    BigDecimal accrualTo(LocalDate day) {
        return loan.debt().accrual(clock(), day);
    }

    /** Whether the loan's rate is known: the terms state it, or it was fixed once. */
    boolean rateIsKnown() {
        return clock().isKnown();
    }

    /** From here on this record counts for its market, and the newest one for any other. */
    void visitAt(IndexPrice index) {
        visited = index;
    }

    /** What a price record and the rates say, of the coin of the record's market. */
    Quote quote(IndexPrice index) {
        return loan.isMixed()
                ? Basket.quote(loan, index, judged, clock())
                : new Quote(
                        LoanToValue.priceOf(index),
                        clock(),
                        null,
                        List.of(),
                        now.addOn(index.market()),
                        DebtMarket.index(loan, judged));
    }

    /** The same of a loan as it may become, at the newest records. */
    static Quote quote(Loan loan, IndexPrice index, Circumstances now) {
        RateClock clock = RateClock.of(loan, now);
        return loan.isMixed()
                ? Basket.quote(loan, index, now, clock)
                : new Quote(
                        LoanToValue.priceOf(index),
                        clock,
                        null,
                        List.of(),
                        now.addOn(index.market()),
                        DebtMarket.index(loan, now));
    }

    /** The record by which a market is judged: the one visited, else the newest, in whatever state; null before the first. */
    @Nullable
    IndexPrice record(String market) {
        return visited != null && visited.market().equals(market) ? visited : now.price(market);
    }

    /** The record by which one of the loan's coins is judged; of a loan on one asset the given one. */
    IndexPrice recordOf(Collateral coin, IndexPrice own) {
        return loan.isMixed() ? Objects.requireNonNull(record(Basket.market(loan, coin))) : own;
    }

    /** The time of a price of all the loan's markets: that of the newest record among them. */
    Instant timeOf(IndexPrice index) {
        DebtIndex debt = loan.isMixed() ? null : DebtMarket.index(loan, judged);
        if (debt != null) {
            return debt.priceTime().isAfter(index.priceTime()) ? debt.priceTime() : index.priceTime();
        }
        return loan.isMixed() ? Basket.newest(loan, judged).priceTime() : index.priceTime();
    }

    /** The newest index record of the loan's market that has a price, in whatever state; of several markets the newest of all. */
    @Nullable
    IndexPrice price() {
        if (loan.isMixed()) {
            return Basket.isPriced(loan, judged) ? Basket.newest(loan, judged) : null;
        }
        if (DebtMarket.isPriced(loan)) {
            return DebtMarket.isPriced(loan, judged) ? record(loan.terms().market()) : null;
        }
        String market = loan.market();
        IndexPrice index = market == null ? null : now.price(market);
        return index == null || index.price() == null ? null : index;
    }

    /** As {@link #price()}, only in an open state. */
    @Nullable
    IndexPrice openPrice() {
        IndexPrice index = price();
        return index != null && index.state().isOpen() && isOpen() ? index : null;
    }

    /** Whether every market of a loan of several is open. */
    boolean isOpen() {
        if (DebtMarket.isPriced(loan)) {
            return DebtMarket.isOpen(loan, judged);
        }
        return !loan.isMixed() || Basket.isOpen(loan, judged);
    }

    /** The record that is visited, in whichever of the loan's markets; without a visit the one that is told of. */
    IndexPrice visitedOr(IndexPrice told) {
        return visited == null ? told : visited;
    }

    /** Whether {@link #visitedOr} is the newest record of its market: the price of an open sweep may be superseded. */
    boolean isAtNewest(IndexPrice told) {
        IndexPrice seen = visitedOr(told);
        return seen.equals(now.price(seen.market()));
    }

    /** As {@link #openPrice()}, and young enough by the broker's clock. */
    @Nullable
    IndexPrice freshPrice() {
        IndexPrice index = openPrice();
        return index != null && isFresh(index) ? index : null;
    }

    private boolean isFresh(IndexPrice index) {
        if (DebtMarket.isPriced(loan)) {
            return DebtMarket.markets(loan).stream().allMatch(now::isFresh);
        }
        return loan.isMixed() ? Basket.markets(loan).stream().allMatch(now::isFresh) : now.isFresh(index.market());
    }

    void emit(LoanEvent event) {
        if (fact != null && steps.isEmpty()) {
            loan = loan.remembering(factDigest, fact.contentDigest(), fact.occurredAt(), now.taskTime());
        }
        loan = LoanEvolution.evolve(loan, event);
        steps.add(new Decision.Step(event, loan));
    }

    List<LoanEvent> events() {
        List<LoanEvent> events = new ArrayList<>(steps.size());
        for (Decision.Step step : steps) {
            events.add(step.event());
        }
        return events;
    }

    Decision accepted() {
        return new Decision.Accepted(steps);
    }
}

package io.loanledger.core.protocol;

import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.model.Ledger;
import io.loanledger.core.model.RandomHistory;
import io.loanledger.core.model.World;
import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.price.IndexState;
import io.loanledger.core.terms.ProductTerms;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/**
 * The generator's actors around the loans of one walk. They see what the ledger has committed and speak into wires, so that what they say
 * is read later, twice, out of order or never; processor and desk are the walk's own.
 */
final class Actors {
    /** Between prices. Over the days of a history the processor would forget what is over, as its rules say, and the laws know no more. */
    private static final Duration LONGEST_SILENCE = Duration.ofHours(1);

    private final Map<String, RandomHistory> histories = new TreeMap<>();
    private final Map<String, Spoken> ledgers = new TreeMap<>();

    /** What happens next around one of the loans. */
    List<Action> next(Random random, State now) {
        List<Loan> loans = now.committedLedger().loans;
        String loanId = loans.get(random.nextInt(loans.size())).loanId();
        Spoken ledger = ledgers.computeIfAbsent(loanId, Spoken::new);
        ledger.look(now);
        histories
                .computeIfAbsent(loanId, id -> RandomHistory.around(random, ledger, Shop.TERMS, Shop.Level.HIGH.price))
                .goOn();
        return List.copyOf(ledger.said);
    }

    /** The ledger as it stood when an actor looked, and what he said then. */
    private static final class Spoken implements Ledger {
        private final String loanId;
        private final List<Action> said = new ArrayList<>();
        private World world = new World();
        private Loan loan;
        private Instant clock = Shop.START;

        Spoken(String loanId) {
            this.loanId = loanId;
            loan = Loan.unknown(loanId);
        }

        void look(State now) {
            said.clear();
            clock = now.clock();
            loan = now.committedLedger().loan(loanId);
            IndexPrice index = Objects.requireNonNull(now.committedLedger().index);
            world = new World();
            world.publish(Shop.TERMS);
            world.moveClock(now.committedLedger().taskTime);
            world.observe(index);
        }

        @Override
        public Loan loan() {
            return loan;
        }

        @Override
        public World world() {
            return world;
        }

        /** Replies and claims come from the walk's own parties. */
        @Override
        public void tell(String kind, LoanInput input) {
            if (input instanceof LoanInput.Fact fact) {
                said.add(new Action.Say(loanId, fact));
            }
        }

        /** The index's clock is the one on the wall, which the ledger may lag behind. */
        @Override
        public void price(String kind, Instant at, BigDecimal price, IndexState state) {
            Instant latest = clock.plus(LONGEST_SILENCE);
            Instant next = !at.isAfter(clock) ? clock.plus(Shop.STEP) : at.isAfter(latest) ? latest : at;
            said.add(new Action.Quote(next, price, state));
        }

        @Override
        public void publish(ProductTerms product) {
            throw new IllegalStateException("the shop's terms are known");
        }

        @Override
        public List<ProductTerms> onward() {
            return List.of();
        }

        @Override
        public boolean answersClaims() {
            return true;
        }

        @Override
        public boolean sells() {
            return true;
        }
    }
}

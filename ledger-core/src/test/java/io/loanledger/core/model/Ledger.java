package io.loanledger.core.model;

import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.price.IndexState;
import io.loanledger.core.terms.AddOn;
import io.loanledger.core.terms.ProductTerms;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * A ledger as those outside it meet it: one loan's standing, the market and its clock, and an ear. {@link RandomHistory} needs no more,
 * so the same actors drive the decider alone ({@link Stage}), the decider behind topics and stores, and the decider with the liquidation
 * processor behind wires that fail.
 */
public interface Ledger {
    /** The loan as others can know it. */
    Loan loan();

    World world();

    /**
     * Says something to the loan. It may be read later, or never.
     *
     * @param kind what happened, in words, for tables
     */
    void tell(String kind, LoanInput input);

    /** The index writes a record. */
    void price(String kind, Instant at, BigDecimal price, IndexState state);

    /** The index of another market writes a record. */
    default void price(String kind, String market, Instant at, BigDecimal price, IndexState state) {
        if (!market.equals(World.MARKET)) {
            throw new UnsupportedOperationException("nobody here trades on " + market);
        }
        price(kind, at, price, state);
    }

    /** The lender publishes terms. */
    void publish(ProductTerms product);

    /** A rate that terms name is fixed from a day on; no day twice. */
    default void fix(String rateId, LocalDate from, BigDecimal value) {
        world().fix(rateId, from, value);
    }

    /** The lender says by how much coin of a market counts less. */
    default void addOn(String market, AddOn addOn) {
        world().addOn(market, addOn);
    }

    /** The products of which a history draws one. */
    default List<ProductTerms> products() {
        return Products.ALL;
    }

    /** Products to whose terms the actors may agree to go on; nothing where terms are what they are. */
    default List<ProductTerms> onward() {
        return OnwardProducts.ALL;
    }

    /** Whether claims of proofs are answered without the actors. */
    boolean answersClaims();

    /** Whether cases are worked on without the actors, by a processor and a desk of its own. */
    boolean sells();
}

package io.loanledger.benchmarks.core;

import io.loanledger.benchmarks.world.IndexFeed;
import io.loanledger.core.loan.Circumstances;
import io.loanledger.core.loan.Decision;
import io.loanledger.core.loan.FactHead;
import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanDecider;
import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.loan.LoanInput.Stated;
import io.loanledger.core.loan.LoanStatus;
import io.loanledger.core.money.Asset;
import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.events.FannedTerms;
import io.loanledger.events.FannedTermsKind;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.local.sim.DemoProducts;
import io.loanledger.streams.wire.BroadcastMapping;
import io.loanledger.streams.wire.MappedBroadcast;
import io.loanledger.streams.wire.TermsResolver;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One loan of the demo's product, 10,000 USD on one bitcoin of 20,000, paid out, with its circumstances: what a task knows when the next record
 * comes. One thread.
 */
final class CoreLoan implements Circumstances, TermsResolver {

    static final Instant NOW = Instant.parse("2026-01-05T12:00:00Z");

    private static final String LOAN_ID = "loan-00000001";
    private static final String PRODUCER = "bench";
    private static final String PROOF = "coin";
    private static final String DEBT = "USD";
    private static final String COIN = "BTC";

    private final ProductTerms terms = terms();
    private final IndexPrice price = priced("20000.00", 1);
    private final Loan active;

    CoreLoan() {
        Loan loan = Loan.unknown(LOAN_ID);
        loan = told(
                loan,
                new LoanInput.LoanRequested(
                        head("request"),
                        "borrower",
                        DemoProducts.PATIENT,
                        new Stated(new BigDecimal("10000.00"), DEBT),
                        COIN));
        loan = told(
                loan,
                new LoanInput.CollateralLocked(head("lock"), PROOF, new Stated(new BigDecimal("1.00000000"), COIN)));
        loan = told(loan, new LoanInput.ClaimGranted(PROOF));
        String payout = Objects.requireNonNull(loan.disbursement()).disbursementId();
        active = told(
                loan,
                new LoanInput.DisbursementConfirmed(
                        head("payout"), payout, new Stated(new BigDecimal("10000.00"), DEBT)));
        if (active.status() != LoanStatus.ACTIVE) {
            throw new IllegalStateException("the loan is " + active.status());
        }
    }

    Loan active() {
        return active;
    }

    /** The most frequent fact: a payment. */
    static LoanInput repayment() {
        return new LoanInput.RepaymentReceived(head("repaid"), "payment-1", new Stated(new BigDecimal("125.50"), DEBT));
    }

    /** A price at which the loan is sold. */
    static LoanInput breach() {
        return new LoanInput.PriceObserved(priced("12000.00", 2));
    }

    /** The steps of a decision that is expected to change the loan. */
    Decision.Accepted decide(LoanInput input) {
        return switch (LoanDecider.decide(active, input, this)) {
            case Decision.Accepted accepted -> accepted;
            case Decision.Refused refused -> throw new IllegalStateException(refused.toString());
            case Decision.Repeated repeated -> throw new IllegalStateException("repeated");
        };
    }

    private Loan told(Loan loan, LoanInput input) {
        return switch (LoanDecider.decide(loan, input, this)) {
            case Decision.Accepted accepted -> accepted.steps().getLast().after();
            case Decision.Refused refused -> throw new IllegalStateException(refused.toString());
            case Decision.Repeated repeated -> throw new IllegalStateException("repeated");
        };
    }

    private static FactHead head(String eventId) {
        return new FactHead(eventId, NOW, PRODUCER, 1, NOW);
    }

    private static ProductTerms terms() {
        // A process of JMH begins here: until the catalogue is there, Avro trusts no class of the contract.
        if (!TopicCatalogue.ALL.contains(TopicCatalogue.TERMS_FANNED)) {
            throw new IllegalStateException("the catalogue knows no terms");
        }
        FannedTerms fanned = FannedTerms.newBuilder()
                .setEpoch(1)
                .setSequence(1)
                .setKind(FannedTermsKind.PRODUCT_TERMS)
                .setProductTerms(DemoProducts.terms(
                        DemoProducts.PATIENT, Duration.ofHours(24), Duration.ofMinutes(10), NOW, PRODUCER))
                .build();
        if (BroadcastMapping.terms(fanned) instanceof MappedBroadcast.Terms mapped
                && mapped.change() instanceof MappedBroadcast.ProductChanged product) {
            return product.terms();
        }
        throw new IllegalStateException("the demo's terms cannot be read");
    }

    private static IndexPrice priced(String price, long sequence) {
        io.loanledger.events.IndexPrice record = IndexFeed.record(1, sequence, NOW, new BigDecimal(price));
        if (BroadcastMapping.price(IndexFeed.MARKET, record) instanceof MappedBroadcast.Price mapped) {
            return mapped.index();
        }
        throw new IllegalStateException("the price cannot be read");
    }

    @Override
    public Instant taskTime() {
        return NOW;
    }

    @Override
    public @Nullable ProductTerms newestTerms(String productId) {
        return productId.equals(terms.productId()) ? terms : null;
    }

    @Override
    public @Nullable Asset asset(String code) {
        return Stream.of(terms.debtAsset(), terms.collateral().getFirst().asset())
                .filter(asset -> asset.code().equals(code))
                .findFirst()
                .orElse(null);
    }

    @Override
    public @Nullable IndexPrice price(String market) {
        return market.equals(IndexFeed.MARKET) ? price : null;
    }

    @Override
    public boolean isFresh(String market) {
        return market.equals(IndexFeed.MARKET);
    }

    @Override
    public ProductTerms terms(String productId, int version) {
        return terms;
    }
}

package io.loanledger.local.sim;

import io.loanledger.events.LoanRequested;
import io.loanledger.events.MarginCallDisputeAnswered;
import io.loanledger.events.MarginCallDisputed;
import io.loanledger.events.ReconversionRequested;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.local.topic.RecordSink;

/**
 * The simulated lender's front office: publishes the two products, asks for loans and passes on what borrowers want of them. It reads nothing.
 * Safe for any thread if its sink is.
 */
public final class SimulatedOrigination {

    private static final String PRODUCER = "simulated-origination";

    private final RecordSink outbox;
    private final ScenarioClock clock;

    public SimulatedOrigination(RecordSink outbox, ScenarioClock clock) {
        this.outbox = outbox;
        this.clock = clock;
    }

    public void publishProducts() {
        DemoProducts.all(clock.now(), PRODUCER)
                .forEach(terms -> outbox.send(TopicCatalogue.TERMS, terms.getProductId(), terms));
    }

    public void request(LoanPlan plan) {
        LoanRequested request = LoanRequested.newBuilder()
                .setEventId("request-" + plan.loanId())
                .setOccurredAt(clock.now())
                .setProducer(PRODUCER)
                .setLoanId(plan.loanId())
                .setBorrowerId(plan.borrowerId())
                .setProductId(plan.productId())
                .setPrincipal(plan.principal().toPlainString())
                .setDebtAsset(DemoProducts.DEBT_ASSET)
                .setCollateralAsset(DemoProducts.COLLATERAL_ASSET)
                .build();
        outbox.send(TopicCatalogue.LOANS, plan.loanId(), request);
    }

    /** The borrower objects to a margin call. */
    public void dispute(String loanId, String callId) {
        MarginCallDisputed disputed = MarginCallDisputed.newBuilder()
                .setEventId("disputed-" + callId)
                .setOccurredAt(clock.now())
                .setProducer(PRODUCER)
                .setLoanId(loanId)
                .setCallId(callId)
                .setReason("the price is not what I see elsewhere")
                .build();
        outbox.send(TopicCatalogue.LOANS, loanId, disputed);
    }

    /** The lender's word on a disputed call: upheld, it is withdrawn. */
    public void answer(String loanId, String callId, boolean upheld) {
        MarginCallDisputeAnswered answered = MarginCallDisputeAnswered.newBuilder()
                .setEventId("answered-" + callId)
                .setOccurredAt(clock.now())
                .setProducer(PRODUCER)
                .setLoanId(loanId)
                .setCallId(callId)
                .setUpheld(upheld)
                .setReason(upheld ? "the price was wrong" : "the price was right")
                .build();
        outbox.send(TopicCatalogue.LOANS, loanId, answered);
    }

    /** The borrower wants coin for the proceeds that were kept. {@code occasion} tells two requests of a loan apart. */
    public void askForCoin(String loanId, String occasion) {
        ReconversionRequested requested = ReconversionRequested.newBuilder()
                .setEventId("reconversion-" + occasion)
                .setOccurredAt(clock.now())
                .setProducer(PRODUCER)
                .setLoanId(loanId)
                .build();
        outbox.send(TopicCatalogue.LOANS, loanId, requested);
    }
}

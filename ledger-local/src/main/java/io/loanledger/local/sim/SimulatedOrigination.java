package io.loanledger.local.sim;

import io.loanledger.events.LoanRequested;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.local.topic.RecordSink;

/** The simulated lender's front office: publishes the two products and asks for loans. It reads nothing. For one thread. */
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
}

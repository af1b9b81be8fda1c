package io.loanledger.core.model;

import io.loanledger.core.loan.FactHead;
import io.loanledger.core.loan.LoanInput.Fact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What the actors of one history share: chance, the ledger, and all that was told. */
final class Scene {
    final Random random;
    final Ledger ledger;
    final List<Fact> told = new ArrayList<>();
    private int facts;

    Scene(Random random, Ledger ledger) {
        this.random = random;
        this.ledger = ledger;
    }

    void tell(String kind, Fact fact) {
        ledger.tell(kind, fact);
        told.add(fact);
    }

    FactHead head(Instant at) {
        facts++;
        return new FactHead(
                ledger.loan().loanId() + "-" + facts,
                at,
                "actor",
                facts,
                ledger.world().appendedAt());
    }

    int facts() {
        return facts;
    }
}

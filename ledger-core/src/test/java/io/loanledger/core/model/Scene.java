package io.loanledger.core.model;

import io.loanledger.core.loan.FactHead;
import io.loanledger.core.loan.LoanInput.Fact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What the actors of one history share: chance, the stage, and all that was told. */
final class Scene {
    final Random random;
    final Stage stage;
    final List<Fact> told = new ArrayList<>();
    private int facts;

    Scene(Random random, Stage stage) {
        this.random = random;
        this.stage = stage;
    }

    void tell(String kind, Fact fact) {
        stage.tell(kind, fact);
        told.add(fact);
    }

    FactHead head(Instant at) {
        facts++;
        return new FactHead(stage.loan().loanId() + "-" + facts, at, "actor", facts, stage.world.taskTime());
    }

    int facts() {
        return facts;
    }
}

package io.loanledger.core.model;

import io.loanledger.core.terms.Ladder;
import io.loanledger.core.terms.Rung;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The one margin call of a loan, overwritten as it goes on. */
final class NaiveCall {
    static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

    final String id;
    final Instant issuedAt;
    int rung;
    Instant deadline = NEVER;
    Instant expiresAt = NEVER;
    String stage = "RUNNING";

    @Nullable
    Instant healedSince;

    /** Set at the first dispute, never cleared: a call is disputed once. */
    @Nullable
    Instant disputedAt;

    @Nullable
    Instant answerBy;

    NaiveCall(String id, int rung, Instant issuedAt) {
        this.id = id;
        this.rung = rung;
        this.issuedAt = issuedAt;
    }

    boolean is(String other) {
        return stage.equals(other);
    }

    /** While the clock stands everything is in time; a withdrawn call asks for nothing. */
    boolean isInTime(Instant valueTime) {
        return is("DISPUTED") || (!is("WITHDRAWN") && !valueTime.isAfter(deadline));
    }

    /** The clock begins, or is shortened; a period of nothing is no clock. */
    void run(Rung on, Instant from, Ladder ladder) {
        Instant end = on.period().isZero() ? NEVER : from.plus(on.period());
        if (end.isBefore(deadline)) {
            deadline = end;
            expiresAt = end.plus(ladder.factLag());
        }
    }

    /** The clock stood for so long. */
    void standStill(Duration time) {
        if (!deadline.equals(NEVER)) {
            deadline = deadline.plus(time);
            expiresAt = expiresAt.plus(time);
        }
    }

    @Override
    public String toString() {
        return Tongue.line(
                id,
                rung,
                deadline,
                stage,
                String.valueOf(healedSince),
                String.valueOf(disputedAt),
                String.valueOf(answerBy));
    }
}

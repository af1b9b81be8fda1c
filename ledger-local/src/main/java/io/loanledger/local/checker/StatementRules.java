package io.loanledger.local.checker;

import io.loanledger.local.checker.CustodyAccount.Difference;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;

/** What the custodian states against what its own facts add up to. Two figures that differ as they did before are no news. */
final class StatementRules {
    private static final Set<String> MOVE_COIN = Set.of(
            "CollateralLocked",
            "CollateralLockReverted",
            "CollateralReleased",
            "CollateralDelivered",
            "CollateralReturned",
            "CollateralReconverted");

    private final Answer answer;
    private final CustodyAccount custody;

    StatementRules(Answer answer) {
        this.answer = answer;
        this.custody = answer.loan().custody;
    }

    /** A statement that is not later than what moved coin may have been made before it: it says nothing. */
    After stated(Fact fact) {
        String asset = fact.text("asset");
        long cut = fact.occurredAt();
        Difference open = custody.open.get(asset);
        if (cut > custody.movedAt && (open == null || cut >= open.asOf())) {
            compare(asset, new Difference(custody.sum(asset), fact.number("quantity"), cut));
        }
        return After.OTHER;
    }

    /** A fact that came after a statement whose cut contains it moves what the statement was compared with. */
    void follow(Fact fact, CustodyAccount before) {
        if (!MOVE_COIN.contains(fact.type())) {
            return;
        }
        custody.movedAt = Math.max(custody.movedAt, fact.occurredAt());
        for (Map.Entry<String, Difference> each : before.open.entrySet()) {
            String asset = each.getKey();
            Difference open = each.getValue();
            BigDecimal moved = custody.sum(asset).subtract(before.sum(asset));
            if (fact.occurredAt() <= open.asOf()) {
                compare(asset, new Difference(open.ours().add(moved), open.theirs(), open.asOf()));
            }
        }
    }

    private void compare(String asset, Difference now) {
        Difference former = custody.open.get(asset);
        BigDecimal formerGap = former == null ? BigDecimal.ZERO : former.gap();
        if (now.gap().compareTo(formerGap) == 0) {
            return;
        }
        boolean settled = now.gap().signum() == 0;
        if (settled) {
            custody.open.remove(asset);
        } else {
            custody.open.put(asset, now);
        }
        answer.say(
                Decision.DIFFERENCE + (settled ? "Settled" : "Found"),
                "counterparty",
                "CUSTODIAN",
                "kind",
                "HELD",
                "assetCode",
                asset,
                "ours",
                new Said.Figure(now.ours()),
                "theirs",
                new Said.Figure(now.theirs()),
                "asOf",
                now.asOf());
    }
}

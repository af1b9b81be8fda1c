package io.loanledger.core.model;

import io.loanledger.core.loan.FactHead;
import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.loan.LoanInput.Stated;
import io.loanledger.core.loan.Pledge;
import io.loanledger.core.model.Play.Item;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The facts of one history, by topic. */
final class Script {
    final Random random;
    final List<List<Item>> topics = new ArrayList<>();
    private int facts;
    private final String principal = "5000.00";
    String lastPrice = "12000";

    Script(long seed) {
        random = new Random(seed);
    }

    private FactHead head(Instant at) {
        facts++;
        return new FactHead("fact-" + facts, at, "outside", facts, at);
    }

    private static Item always(LoanInput input) {
        return play -> () -> play.stage.tell(input.getClass().getSimpleName(), input);
    }

    /** Once the clock has reached the fact's day: until then its value date would be cut off. */
    private static Item onItsDay(Instant at, LoanInput input) {
        return play -> PermutedFactsTest.day(play.stage.world.taskTime()).isBefore(PermutedFactsTest.day(at))
                ? null
                : always(input).apply(play);
    }

    private static Stated usd(String amount) {
        return new Stated(new BigDecimal(amount), "USD");
    }

    private static Stated btc(String amount) {
        return new Stated(new BigDecimal(amount), "BTC");
    }

    private void topic(Item... items) {
        topics.add(List.of(items));
    }

    void prices(int days, String... prices) {
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < prices.length; i++) {
            String price = prices[i];
            Instant at = World.START.plus(Duration.ofDays((long) days * i)).plusSeconds(60L * i);
            items.add(play -> () -> play.price(at, price));
        }
        topics.add(items);
    }

    void lending(boolean hold) {
        List<Item> items = new ArrayList<>();
        items.add(always(new LoanInput.LoanRequested(
                head(World.START), "borrower", Products.DAY.productId(), usd(principal), "BTC")));
        if (hold) {
            items.add(always(new LoanInput.ComplianceStatusChanged(head(World.START), true, "review")));
            items.add(always(new LoanInput.ComplianceStatusChanged(head(World.START), false, "clear")));
        }
        topics.add(items);
    }

    void custody(boolean revert, boolean detect) {
        List<Item> items = new ArrayList<>();
        items.add(always(new LoanInput.CollateralLocked(head(World.START), "tx:1", btc("1"))));
        if (detect) {
            items.add(always(new LoanInput.CollateralDetected(head(World.START), "tx:2", btc("0.3"), 0)));
        }
        items.add(always(new LoanInput.CollateralLocked(head(World.START), "tx:2", btc("0.3"))));
        if (revert) {
            items.add(always(new LoanInput.CollateralLockReverted(head(World.START), "tx:2", "reorganised")));
        }
        topics.add(items);
        topic(claim("tx:1"), claim("tx:2"));
    }

    private Item claim(String proof) {
        return play -> play.loan()
                        .pledge(proof)
                        .filter(p -> p.stage() != Pledge.Stage.DETECTED)
                        .isPresent()
                ? always(new LoanInput.ClaimGranted(proof)).apply(play)
                : null;
    }

    /** With {@code chargedBack} the second payment may never have come. */
    void money(int days, boolean chargedBack, String... amounts) {
        List<Item> items = new ArrayList<>();
        LoanInput confirmed = new LoanInput.DisbursementConfirmed(head(World.START), "P/disbursement", usd(principal));
        items.add(play ->
                play.loan().disbursement() == null ? null : always(confirmed).apply(play));
        for (int i = 0; i < amounts.length; i++) {
            Instant at = World.START.plus(Duration.ofDays((long) days * i));
            items.add(onItsDay(at, new LoanInput.RepaymentReceived(head(at), "pay-" + i, usd(amounts[i]))));
            if (chargedBack && i == 1) {
                items.add(
                        always(new LoanInput.RepaymentReversed(head(at), "pay-" + i, usd(amounts[i]), "charged back")));
            }
        }
        topics.add(items);
    }

    void terms() {
        topic(play -> () -> play.stage.world.publish(Products.DAY));
    }
}

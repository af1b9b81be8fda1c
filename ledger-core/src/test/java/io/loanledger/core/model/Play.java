package io.loanledger.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.loan.LiquidationCase;
import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanEvent;
import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.price.IndexState;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One order in which a script is told. */
final class Play {
    private static final Instant NOON = World.START.plus(Duration.ofHours(12));

    /** So often a price that changes nothing, until everything that a clock brings has come. */
    private static final int QUIET_PRICES = 6;

    /** One thing that a topic brings next; null while its cause is missing. */
    interface Item extends Function<Play, @Nullable Runnable> {}

    final List<LoanEvent> events = new ArrayList<>();
    final Stage stage = new Stage("P", told -> this.events.addAll(told.events()));

    Loan loan() {
        return stage.loan();
    }

    void price(String market, Instant at, String price) {
        stage.price("price", market, at, new BigDecimal(price), IndexState.LIVE);
    }

    /** Tells everything, each time the next of the topic that is chosen; returns how many could be chosen at each step. */
    List<Integer> tell(Script script, Function<Integer, Integer> choice) {
        List<List<Item>> topics = script.topics;
        int[] next = new int[topics.size()];
        List<Integer> choices = new ArrayList<>();
        int quiet = 0;
        while (quiet < QUIET_PRICES) {
            List<Integer> ready = new ArrayList<>();
            for (int topic = 0; topic < topics.size(); topic++) {
                if (next[topic] < topics.get(topic).size()
                        && topics.get(topic).get(next[topic]).apply(this) != null) {
                    ready.add(topic);
                }
            }
            if (!ready.isEmpty()) {
                int topic = ready.get(choice.apply(ready.size()));
                choices.add(ready.size());
                topics.get(topic).get(next[topic]++).apply(this).run();
                quiet = 0;
            } else if (loan().openCase() != null) {
                sellAll();
            } else {
                quiet++;
                Instant now = stage.world.taskTime();
                Instant at = now.isBefore(NOON) ? NOON : now.plusSeconds(70);
                script.lastPrices.forEach((market, price) -> price(market, at, price));
            }
        }
        for (int topic = 0; topic < topics.size(); topic++) {
            assertThat(next[topic])
                    .as("topic %d is told to its end", topic)
                    .isEqualTo(topics.get(topic).size());
        }
        return choices;
    }

    /** The desk sells what is reserved, at the newest price of its market. */
    private void sellAll() {
        LiquidationCase open = loan().openCase();
        String market = loan().terms()
                .terms()
                .collateral(open.reserved().asset().code())
                .orElseThrow()
                .market();
        BigDecimal quantity = open.reserved().amount();
        BigDecimal gross = quantity.multiply(stage.world.price(market).price()).setScale(2, RoundingMode.DOWN);
        BigDecimal soldBefore = open.cumQuantity().amount();
        assertThat(soldBefore).isZero();
        stage.tell(
                "sold",
                new LoanInput.LiquidationSettled(
                        open.caseId(), open.version(), quantity, gross, BigDecimal.ZERO, true));
    }

    boolean sold() {
        return events.stream().anyMatch(LoanEvent.SaleSettled.class::isInstance);
    }

    <E extends LoanEvent> List<E> all(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}

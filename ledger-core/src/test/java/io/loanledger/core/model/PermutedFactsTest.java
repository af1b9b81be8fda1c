package io.loanledger.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * The order of input does not matter. The same facts, in every order that the world can bring (a topic keeps its order, topics
 * interleave freely, a confirmation follows its instruction, a rate is fixed before its day), end in the same position, under each of
 * {@link PermutedProducts}, with five differences that are justified, and of which the test shows that they are only that:
 *
 * <ul>
 *   <li>SOLD: a price that breaches is read before the money or the coin that would have prevented it, so the desk sells in one order
 *       and not in the other (or sells another quantity). The request's evidence holds, no coin and no money is lost: what the borrower
 *       owes differs by exactly what the sale brought. A default of a payment that is read too late sells likewise.
 *   <li>LATE: money is read after interest was posted past its value date. It then pays that interest before principal, and interest
 *       carries none itself: what is owed differs by less than a rate on the interest of the whole time.
 *   <li>CHARGED: money is read after its instalment was late, and the late fee or the default interest stands. What is owed without it
 *       differs by no more than LATE, with what was charged for interest.
 *   <li>FREE: a payment while a call stands is asked for, and bears no fee of prepayment. What is owed differs by exactly that fee.
 *   <li>GROSS: a lock that is reverted before its claim is answered was never credited; credited first, it went in and out. What is
 *       deposited less what is reverted is the same.
 * </ul>
 *
 * <p>Requests (a release, a draw, a cancellation) are no facts: whether they are granted depends on when they are asked.
 */
class PermutedFactsTest {
    private static final int HISTORIES = Integer.getInteger("ledger.histories", 4_800) / 10;
    private static final int ORDERS = 12;
    private static final int MOST_ORDERS_OF_A_SMALL_SET = 20_000;
    private static final String[] FIXINGS = {"0.05", "0.08", "0.02", "0.09"};
    private static final BigDecimal HIGHEST_FIXING = new BigDecimal("0.09");

    static LocalDate day(Instant instant) {
        return instant.atZone(ZoneOffset.UTC).toLocalDate();
    }

    private static Ended play(Script script, long seed) {
        Play play = new Play();
        play.tell(script, new Random(seed)::nextInt);
        return new Ended(play);
    }

    /** How many orders were alike, or differed in which way, under which product. */
    private static final class Classes extends TreeMap<String, Integer> {
        private static final long serialVersionUID = 1L;

        void count(String kind, Script script) {
            merge(kind + " " + script.product.productId(), 1, Integer::sum);
        }

        static Classes sumOf(Collection<Classes> parts) {
            Classes sum = new Classes();
            parts.forEach(part -> part.forEach((kind, n) -> sum.merge(kind, n, Integer::sum)));
            System.out.println("orders " + sum);
            return sum;
        }
    }

    // --- the laws
    // --------------------------------------------------------------------------------------------------------

    private static Script quiet(long seed) {
        Script script = new Script(seed, PermutedProducts.of(seed));
        script.terms();
        script.fixings(FIXINGS[0]);
        script.prices(0, "12000", "11800", "12100");
        script.draw(0);
        script.lending(script.random.nextBoolean());
        script.custody(script.random.nextBoolean(), script.random.nextBoolean());
        script.money(0, script.random.nextBoolean(), "100.00", "250.00", "1.01");
        return script;
    }

    @Test
    void endsAlikeInEveryOrderOfASmallSet() {
        Script script = new Script(RandomHistory.SEED, Products.DAY);
        script.terms();
        script.prices(0, "12000");
        script.lending(false);
        script.custody(true, false);
        script.money(0, false, "100.00");
        Map<String, Integer> ends = new HashMap<>();
        int orders = everyOrder(script, ended -> ends.merge(ended.position(), 1, Integer::sum));
        System.out.printf("%d orders of a small set, all of them%n", orders);
        assertThat(ends).hasSize(1);
        assertThat(orders).isBetween(1_000, MOST_ORDERS_OF_A_SMALL_SET - 1);
    }

    /** Counts through the choices as through the digits of a number. */
    private static int everyOrder(Script script, Consumer<Ended> told) {
        List<Integer> path = new ArrayList<>();
        int orders = 0;
        while (orders < MOST_ORDERS_OF_A_SMALL_SET) {
            int[] step = new int[1];
            List<Integer> taken = new ArrayList<>();
            Play play = new Play();
            List<Integer> choices = play.tell(script, size -> {
                int now = step[0]++;
                int chosen = now < path.size() ? path.get(now) : 0;
                taken.add(chosen);
                return chosen;
            });
            told.accept(new Ended(play));
            orders++;
            int last = choices.size() - 1;
            while (last >= 0 && taken.get(last) + 1 >= choices.get(last)) {
                last--;
            }
            if (last < 0) {
                return orders;
            }
            path.clear();
            path.addAll(taken.subList(0, last));
            path.add(taken.get(last) + 1);
        }
        return orders;
    }

    @Test
    void endsAlikeWhenNothingIsSold() throws InterruptedException {
        Classes classes = Classes.sumOf(SideBySide.play(HISTORIES, Classes::new, (seed, tally) -> {
            Script script = quiet(seed);
            String first = play(script, seed).position();
            for (int order = 1; order < ORDERS; order++) {
                assertThat(play(script, seed * ORDERS + order).position())
                        .as("%s, history %d order %d", script.product.productId(), seed, order)
                        .isEqualTo(first);
                tally.count("SAME", script);
            }
        }));
        assertThat(classes).hasSize(PermutedProducts.ALL.size());
    }

    @Test
    void losesNeitherCoinNorMoneyWhenItSellsInOneOrderAndNotInAnother() throws InterruptedException {
        Classes classes = Classes.sumOf(SideBySide.play(HISTORIES, Classes::new, (seed, tally) -> {
            Script script = new Script(seed, PermutedProducts.of(seed));
            script.terms();
            script.fixings(FIXINGS[0]);
            script.prices(0, "12000", "6800", "5900", "6400", "12000");
            script.lending(false);
            script.custody(script.random.nextInt(4) == 0, script.random.nextBoolean());
            script.money(0, false, "700.00", "500.00");
            Map<BigDecimal, String> unsold = new HashMap<>();
            String conserved = null;
            for (int order = 0; order < ORDERS; order++) {
                Ended ended = play(script, seed * ORDERS + order);
                String what = "%s, history %d order %d".formatted(script.product.productId(), seed, order);
                conserved = conserved == null ? ended.conserved() : conserved;
                assertThat(ended.conserved()).as(what).isEqualTo(conserved);
                assertThat(ended.unjustifiedSales()).as(what).isEmpty();
                if (ended.play().sold()) {
                    tally.count("SOLD", script);
                } else {
                    BigDecimal free = ended.prepaymentFees().stripTrailingZeros();
                    String former = unsold.putIfAbsent(free, ended.position());
                    assertThat(former == null ? ended.position() : former)
                            .as(what)
                            .isEqualTo(ended.position());
                    tally.count(former == null && unsold.size() > 1 ? "FREE" : "SAME", script);
                }
            }
        }));
        assertThat(classes.keySet())
                .contains("FREE prepaying")
                .containsAll(ofEach("SOLD"))
                .containsAll(ofEach("SAME"));
    }

    private static List<String> ofEach(String kind) {
        return PermutedProducts.ALL.stream()
                .map(product -> kind + " " + product.productId())
                .toList();
    }

    /** One order of a history that lasts for weeks, and the first of its orders that sold nothing. */
    private record Pair(Ended one, Ended first) {
        private static final LocalDate END = day(World.START.plus(Duration.ofDays(60)));

        BigDecimal off() {
            return one.owed(END).subtract(first.owed(END)).abs();
        }

        BigDecimal most() {
            return one.mostOnWhatWasDiverted(END, HIGHEST_FIXING).max(first.mostOnWhatWasDiverted(END, HIGHEST_FIXING));
        }

        String kind() {
            return one.charged().compareTo(first.charged()) != 0 ? "CHARGED" : off().signum() == 0 ? "SAME" : "LATE";
        }
    }

    @Test
    void differsByInterestOnWhatWasDivertedWhenMoneyIsReadAfterLaterInterestWasPosted() throws InterruptedException {
        Classes classes = Classes.sumOf(SideBySide.play(HISTORIES, Classes::new, (seed, tally) -> {
            Script script = new Script(seed, PermutedProducts.of(seed));
            script.terms();
            script.fixings(FIXINGS);
            script.prices(9, "12000", "11800", "12100", "12200", "12000");
            script.draw(9);
            script.lending(script.random.nextBoolean());
            script.custody(false, script.random.nextBoolean());
            script.money(9, false, "100.00", "250.00", "1.01", "400.00");
            Ended first = null;
            String conserved = null;
            for (int order = 0; order < ORDERS; order++) {
                Ended ended = play(script, seed * ORDERS + order);
                String what = "%s, history %d order %d".formatted(script.product.productId(), seed, order);
                conserved = conserved == null ? ended.conserved() : conserved;
                assertThat(ended.conserved()).as(what).isEqualTo(conserved);
                assertThat(ended.unjustifiedSales()).as(what).isEmpty();
                if (ended.play().sold()) {
                    tally.count("SOLD", script);
                    continue;
                }
                first = first == null ? ended : first;
                Pair pair = new Pair(ended, first);
                assertThat(pair.off()).as(what).isLessThanOrEqualTo(pair.most());
                tally.count(pair.kind(), script);
            }
        }));
        assertThat(classes.keySet())
                .contains("LATE day", "LATE floating", "CHARGED accelerated", "CHARGED prepaying", "SOLD defaulting");
    }
}

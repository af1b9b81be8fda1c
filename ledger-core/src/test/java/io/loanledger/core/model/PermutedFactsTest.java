package io.loanledger.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanEvent;
import io.loanledger.core.money.Money;
import io.loanledger.core.terms.InterestTerms;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The order of input does not matter. The same facts, in every order that the world can bring (a topic keeps its order, topics
 * interleave freely, a confirmation follows its instruction), end in the same position, with three differences that are justified, and
 * of which the test shows that they are only that:
 *
 * <ul>
 *   <li>SOLD: a price that breaches is read before the money or the coin that would have prevented it, so the desk sells in one order
 *       and not in the other (or sells another quantity). The request's evidence holds, no coin and no money is lost: what the borrower
 *       owes differs by exactly what the sale brought.
 *   <li>LATE: money is read after interest was posted past its value date. It then pays that interest before principal, and interest
 *       carries none itself: what is owed differs by less than a year's rate on the interest of the whole time.
 *   <li>GROSS: a lock that is reverted before its claim is answered was never credited; credited first, it went in and out. What is
 *       deposited less what is reverted is the same.
 * </ul>
 *
 * <p>Requests (a release, a cancellation) are no facts: whether they are granted depends on when they are asked.
 */
class PermutedFactsTest {
    private static final int HISTORIES = Integer.getInteger("ledger.histories", 2_000) / 10;
    private static final int ORDERS = 12;
    private static final int MOST_ORDERS_OF_A_SMALL_SET = 20_000;
    /** 5,000 at 12 % for 60 days are 98.63 of interest; 12 % on that for 60 days are 1.95. */
    private static final BigDecimal INTEREST_ON_INTEREST = new BigDecimal("1.95");

    static LocalDate day(Instant instant) {
        return instant.atZone(ZoneOffset.UTC).toLocalDate();
    }

    // --- what is compared
    // ------------------------------------------------------------------------------------------------

    /** All that is not a count of how often something was asked; coin that went in and out again is netted. */
    private static String position(Loan loan) {
        String net = Tongue.plain(
                loan.collateral().deposited().minus(loan.collateral().reverted()));
        return Stream.concat(
                        Stream.of(Picture.of(loan).split("; "))
                                .filter(figure -> !figure.startsWith("silent")
                                        && !figure.contains(" deposited ")
                                        && !figure.contains(" reverted ")),
                        Stream.of("stayed " + net))
                .toList()
                .toString();
    }

    /** What nothing can change but money and coin themselves: the borrower's net debt before any sale, and all coin that came. */
    private static String conserved(Play play) {
        Loan loan = play.loan();
        BigDecimal owed = loan.debt()
                .posted()
                .minus(loan.debt().interestPosted())
                .minus(loan.settlement().surplusOwed())
                .minus(loan.settlement().surplusPaying())
                .amount();
        for (Money suspended : loan.suspense()) {
            owed = owed.subtract(suspended.amount());
        }
        for (LoanEvent event : play.events) {
            if (event instanceof LoanEvent.SaleSettled sale) {
                owed = owed.add(sale.gross().minus(sale.liquidationFee()).amount());
            }
        }
        BigDecimal coin = loan.collateral()
                .held()
                .plus(loan.collateral().sold())
                .plus(loan.collateral().released())
                .plus(loan.collateral().reverted())
                .minus(loan.collateral().missing())
                .amount();
        return "owed before sales " + Tongue.plain(owed) + ", coin " + Tongue.plain(coin);
    }

    /** Principal and interest, posted or not, through a day; to twenty places. */
    private static BigDecimal exposure(Loan loan, LocalDate through) {
        InterestTerms terms = loan.terms().terms().interest();
        LocalDate startedOn = loan.debt().startedOn();
        LocalDate accruedTo = loan.debt().accruedTo();
        BigDecimal days = loan.debt()
                .principalDays()
                .add(loan.debt()
                        .principal()
                        .amount()
                        .multiply(BigDecimal.valueOf(terms.dayCount().unitsBetween(startedOn, through)
                                - terms.dayCount().unitsBetween(startedOn, accruedTo))));
        BigDecimal interest = days.multiply(new BigDecimal(terms.annualRate().numerator()))
                .divide(new BigDecimal(terms.divisor()), 20, RoundingMode.HALF_EVEN);
        return loan.debt().posted().minus(loan.debt().interestPosted()).amount().add(interest);
    }

    private static Play play(Script script, Random random) {
        Play play = new Play();
        play.tell(script.topics, random::nextInt, script.lastPrice);
        return play;
    }

    // --- the laws
    // --------------------------------------------------------------------------------------------------------

    private static Script quiet(long seed) {
        Script script = new Script(seed);
        script.terms();
        script.prices(0, "12000", "11800", "12100");
        script.lending(script.random.nextBoolean());
        script.custody(script.random.nextBoolean(), script.random.nextBoolean());
        script.money(0, script.random.nextBoolean(), "100.00", "250.00", "1.01");
        return script;
    }

    @Test
    void endsAlikeInEveryOrderOfASmallSet() {
        Script script = new Script(RandomHistory.SEED);
        script.terms();
        script.prices(0, "12000");
        script.lending(false);
        script.custody(true, false);
        script.money(0, false, "100.00");
        Map<String, Integer> ends = new HashMap<>();
        int orders = everyOrder(script, play -> ends.merge(position(play.loan()), 1, Integer::sum));
        System.out.printf("%d orders of a small set, all of them%n", orders);
        assertThat(ends).hasSize(1);
        assertThat(orders).isBetween(1_000, MOST_ORDERS_OF_A_SMALL_SET - 1);
    }

    /** Counts through the choices as through the digits of a number. */
    private static int everyOrder(Script script, Consumer<Play> ended) {
        List<Integer> path = new ArrayList<>();
        int orders = 0;
        while (orders < MOST_ORDERS_OF_A_SMALL_SET) {
            int[] step = new int[1];
            List<Integer> taken = new ArrayList<>();
            Play play = new Play();
            List<Integer> choices = play.tell(
                    script.topics,
                    size -> {
                        int now = step[0]++;
                        int chosen = now < path.size() ? path.get(now) : 0;
                        taken.add(chosen);
                        return chosen;
                    },
                    script.lastPrice);
            ended.accept(play);
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
    void endsAlikeWhenNothingIsSold() {
        for (int history = 0; history < HISTORIES; history++) {
            long seed = RandomHistory.SEED + history;
            Script script = quiet(seed);
            String first = position(play(script, new Random(seed)).loan());
            for (int order = 1; order < ORDERS; order++) {
                assertThat(position(
                                play(script, new Random(seed * ORDERS + order)).loan()))
                        .as("history %d order %d", seed, order)
                        .isEqualTo(first);
            }
        }
    }

    @Test
    void losesNeitherCoinNorMoneyWhenItSellsInOneOrderAndNotInAnother() {
        Map<String, Integer> classes = new TreeMap<>();
        for (int history = 0; history < HISTORIES; history++) {
            long seed = RandomHistory.SEED + history;
            Script script = new Script(seed);
            script.terms();
            script.prices(0, "12000", "6800", "5900", "6400", "12000");
            script.lending(false);
            script.custody(script.random.nextInt(4) == 0, script.random.nextBoolean());
            script.money(0, false, "700.00", "500.00");
            String unsold = null;
            String conserved = null;
            for (int order = 0; order < ORDERS; order++) {
                Play play = play(script, new Random(seed * ORDERS + order));
                String kept = conserved(play);
                conserved = conserved == null ? kept : conserved;
                String what = "history " + seed + " order " + order;
                if (play.sold()) {
                    classes.merge("SOLD", 1, Integer::sum);
                    assertThat(kept).as(what).isEqualTo(conserved);
                    play.events.stream()
                            .filter(LoanEvent.LiquidationRequested.class::isInstance)
                            .forEach(e -> assertThat(((LoanEvent.LiquidationRequested) e)
                                            .evidence()
                                            .holds())
                                    .as(what)
                                    .isTrue());
                } else {
                    classes.merge("SAME", 1, Integer::sum);
                    String end = position(play.loan());
                    unsold = unsold == null ? end : unsold;
                    assertThat(end).as(what).isEqualTo(unsold);
                }
            }
        }
        System.out.println("orders by class " + classes);
        assertThat(classes).containsKeys("SAME", "SOLD");
    }

    @Test
    void differsByInterestOnInterestWhenMoneyIsReadAfterLaterInterestWasPosted() {
        BigDecimal most = BigDecimal.ZERO;
        int same = 0;
        for (int history = 0; history < HISTORIES; history++) {
            long seed = RandomHistory.SEED + history;
            Script script = new Script(seed);
            script.terms();
            script.prices(9, "12000", "11800", "12100", "12200", "12000");
            script.lending(script.random.nextBoolean());
            script.custody(false, script.random.nextBoolean());
            script.money(9, false, "100.00", "250.00", "1.01", "400.00");
            LocalDate end = day(World.START.plus(Duration.ofDays(60)));
            BigDecimal first = null;
            for (int order = 0; order < ORDERS; order++) {
                BigDecimal owed =
                        exposure(play(script, new Random(seed * ORDERS + order)).loan(), end);
                first = first == null ? owed : first;
                BigDecimal off = owed.subtract(first).abs();
                same += off.signum() == 0 ? 1 : 0;
                most = most.max(off);
                assertThat(off).as("history %d order %d", seed, order).isLessThan(INTEREST_ON_INTEREST);
            }
        }
        System.out.printf("LATE: %d of %d orders exactly alike, at most %s off%n", same, HISTORIES * ORDERS, most);
    }
}

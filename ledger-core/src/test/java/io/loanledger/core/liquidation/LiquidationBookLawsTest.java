package io.loanledger.core.liquidation;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.liquidation.BookEffect.AlarmKind;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.price.IndexState;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random histories against an honest desk whose reports repeat and overtake one another, each law checked after every input. */
class LiquidationBookLawsTest {
    private static final int STEPS = 800;

    private record Step(BookInput input, Instant now) {}

    /** The desk's own truth about one order, kept apart from the book's. */
    private static final class DeskOrder {
        final OrderEntry order;
        Quantity filled = Quantity.zero(Market.BTC);
        boolean over;

        DeskOrder(OrderEntry order) {
            this.order = order;
        }

        Quantity leaves() {
            return over ? Quantity.zero(Market.BTC) : order.quantity().minus(filled);
        }
    }

    private final MarketRules rules = Market.rules("0.7", "150000.00", 3, 5);
    private LiquidationBook book = new LiquidationBook(rules);
    private final List<Step> history = new ArrayList<>();
    private final List<List<BookEffect>> effects = new ArrayList<>();
    private final Map<String, DeskOrder> desk = new HashMap<>();
    private final List<BookInput> inFlight = new ArrayList<>();
    private final Map<Long, IndexPrice> prices = new HashMap<>();
    private final Map<String, SaleRequest> requests = new HashMap<>();
    private final Map<String, Integer> versions = new HashMap<>();
    private final Map<String, BigDecimal> largest = new HashMap<>();
    private final Map<String, String> lastWords = new HashMap<>();
    private final Map<String, Quantity> told = new HashMap<>();
    private final Set<String> deliveredFills = new HashSet<>();
    private Quantity deliveredQuantity = Quantity.zero(Market.BTC);
    private Instant now = Market.T0;
    private BigDecimal price = new BigDecimal("74000.00");
    private long sequence;
    private int executions;
    private int orders;
    private int fills;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void keepsItsLawsThroughAnyHistory(long seed) {
        Random random = new Random(seed);
        for (int step = 0; step < STEPS; step++) {
            BookInput input = next(random);
            List<BookEffect> seen = book.apply(input, now).effects();
            history.add(new Step(input, now));
            effects.add(seen);
            check("seed " + seed + ", step " + step + ", " + input, input, seen);
            if (random.nextInt(50) == 0) {
                book = restored("seed " + seed + ", step " + step);
            }
        }
        assertThat(orders).as("seed %d placed orders", seed).isGreaterThan(20);
        assertThat(fills).as("seed %d had fills", seed).isGreaterThan(20);
        replayDoesTheSame(seed);
    }

    // ---- the laws
    // ----------------------------------------------------------------------------------------------------

    private void check(String where, BookInput input, List<BookEffect> seen) {
        if (input instanceof BookInput.Report report
                && report.report().execType().isFill()
                && deliveredFills.add(report.report().execId())) {
            deliveredQuantity = deliveredQuantity.plus(report.report().lastQty());
        }
        for (BookEffect effect : seen) {
            switch (effect) {
                case BookEffect.PlaceOrder placed -> checkOrder(where, placed.order());
                case BookEffect.CancelOrder cancel -> deskCancels(cancel.order());
                case BookEffect.AskStatus ask -> deskAnswers(where, ask.order());
                case BookEffect.Settle settle -> checkSettlement(where, settle);
                case BookEffect.DeclineCase decline -> lastWord(where, decline.caseId(), "declined");
                case BookEffect.AckAmend ack ->
                    assertThat(ack.irrevocable().amount()).as(where).isLessThanOrEqualTo(largest.get(ack.caseId()));
                case BookEffect.FormBlock formed ->
                    assertThat(formed.block().members()).as(where).isNotEmpty();
                case BookEffect.RecordExecution recorded ->
                    assertThat(requests).as(where).containsKey(recorded.task().caseId());
                case BookEffect.RaiseAlarm alarm ->
                    assertThat(alarm.kind())
                            .as("%s: %s", where, alarm.detail())
                            .isIn(AlarmKind.ORDER_OVERDUE, AlarmKind.CANCEL_REFUSED, AlarmKind.LOST_FILLS);
                case BookEffect.Suspend suspend ->
                    throw new AssertionError(where + ": an honest desk's report was set aside: " + suspend);
            }
        }
        Quantity sum = told.values().stream().reduce(Quantity.zero(Market.BTC), Quantity::plus);
        assertThat(sum).as("%s: fills told to cases", where).isEqualTo(deliveredQuantity);
    }

    private void checkOrder(String where, OrderEntry order) {
        orders++;
        assertThat(desk).as("%s: order ids are used once", where).doesNotContainKey(order.orderId());
        desk.put(order.orderId(), new DeskOrder(order));
        IndexPrice index = prices.get(order.sequence());
        assertThat(index.state().isOpen()).as("%s: index open", where).isTrue();
        assertThat(Duration.between(index.priceTime(), now))
                .as("%s: index young", where)
                .isLessThanOrEqualTo(rules.maxPriceAge());
        assertThat(order.quantity()).as(where).isLessThanOrEqualTo(rules.maxOrderQuantity());
        Quantity total = Quantity.zero(Market.BTC);
        for (OrderEntry.Allocation part : order.allocations()) {
            total = total.plus(part.quantity());
            SaleRequest request = requests.get(part.caseId());
            assertThat(lastWords).as("%s: no order after the last word", where).doesNotContainKey(part.caseId());
            if (request.reason().restsOnPrice()) {
                assertThat(request.evidence().isBreachedAt(index.price()))
                        .as("%s: breach holds", where)
                        .isTrue();
            }
            assertThat(order.limit())
                    .as("%s: floor of %s", where, part.caseId())
                    .isGreaterThanOrEqualTo(index.price().multiply(BigDecimal.ONE.subtract(request.floorDiscount())));
            assertThat(everAtTheDesk(part.caseId()))
                    .as("%s: SellBound of %s by the desk's own books", where, part.caseId())
                    .isLessThanOrEqualTo(largest.get(part.caseId()));
        }
        assertThat(total).as("%s: allocations sum", where).isEqualTo(order.quantity());
        assertThat(desk.values().stream().filter(other -> other.order.blockId().equals(order.blockId()) && !other.over))
                .as("%s: one order at a time per block", where)
                .hasSize(1);
    }

    /** The most that the desk can have sold of a case once all its open orders fill, each order's part rounded up. */
    private BigDecimal everAtTheDesk(String caseId) {
        BigDecimal sum = BigDecimal.ZERO;
        for (DeskOrder order : desk.values()) {
            for (OrderEntry.Allocation part : order.order.allocations()) {
                if (part.caseId().equals(caseId)) {
                    Quantity reach = order.filled.plus(order.leaves());
                    boolean whole = reach.equals(order.order.quantity());
                    sum = sum.add(whole ? part.quantity().amount() : deskShare(order, caseId));
                }
            }
        }
        return sum;
    }

    private static BigDecimal deskShare(DeskOrder order, String caseId) {
        List<java.math.BigInteger> weights = order.order.allocations().stream()
                .map(part -> part.quantity().amount().unscaledValue())
                .toList();
        java.math.BigInteger[] shares = ProRata.shares(order.filled.amount().unscaledValue(), weights);
        for (int i = 0; i < shares.length; i++) {
            if (order.order.allocations().get(i).caseId().equals(caseId)) {
                return new BigDecimal(shares[i], Market.BTC.scale());
            }
        }
        throw new AssertionError("no part for " + caseId);
    }

    private void checkSettlement(String where, BookEffect.Settle settle) {
        CaseSettlement settlement = settle.settlement();
        assertThat(settlement.cumQty().amount()).as(where).isLessThanOrEqualTo(largest.get(settle.caseId()));
        assertThat(settlement.cumQty())
                .as("%s: an honest desk's fills never lower %s", where, settle.caseId())
                .isGreaterThanOrEqualTo(told.getOrDefault(settle.caseId(), Quantity.zero(Market.BTC)));
        told.put(settle.caseId(), settlement.cumQty());
        if (settlement.complete()) {
            lastWord(where, settle.caseId(), "settled");
        }
    }

    private void lastWord(String where, String caseId, String word) {
        String before = lastWords.put(caseId, word);
        assertThat(before == null || before.equals(word))
                .as("%s: one kind of last word on %s", where, caseId)
                .isTrue();
    }

    private LiquidationBook restored(String where) {
        LiquidationBook copy = LiquidationBook.restore(rules, book.entries());
        assertThat(new HashSet<>(copy.entries())).as(where).isEqualTo(new HashSet<>(book.entries()));
        return copy;
    }

    private void replayDoesTheSame(long seed) {
        LiquidationBook again = new LiquidationBook(rules);
        Map<EntryKey, BookEntry> stored = new HashMap<>();
        for (int i = 0; i < history.size(); i++) {
            Outcome outcome = again.apply(history.get(i).input(), history.get(i).now());
            assertThat(outcome.effects())
                    .as("seed %d, step %d replayed", seed, i)
                    .isEqualTo(effects.get(i));
            outcome.changed().forEach(entry -> stored.put(entry.key(), entry));
            outcome.removed().forEach(stored::remove);
        }
        assertThat(new HashSet<>(again.entries())).isEqualTo(new HashSet<>(book.entries()));
        // What was handed out to be stored is the book; the market's own entry is stored from its first change on.
        assertThat(new HashSet<>(stored.values())).isEqualTo(new HashSet<>(again.entries()));
    }

    // ---- what happens next
    // -------------------------------------------------------------------------------------------

    private BookInput next(Random random) {
        now = now.plusMillis(random.nextInt(400));
        int choice = random.nextInt(100);
        if (sequence == 0 || choice < 25) {
            return nextPrice(random);
        }
        if (choice < 38) {
            return nextRequest(random);
        }
        if (choice < 46 && !requests.isEmpty()) {
            return nextAmendment(random);
        }
        if (choice < 48) {
            return new BookInput.SwitchKill(random.nextInt(4) == 0);
        }
        if (choice < 50) {
            return new BookInput.PauseMarket(random.nextInt(4) == 0);
        }
        if (choice < 75) {
            deskActs(random);
        }
        if (inFlight.isEmpty()) {
            return nextPrice(random);
        }
        int pick = random.nextInt(inFlight.size());
        // One in five stays in flight and is delivered again.
        return random.nextInt(5) == 0 ? inFlight.get(pick) : inFlight.remove(pick);
    }

    private BookInput nextPrice(Random random) {
        price = price.add(new BigDecimal(random.nextInt(400_001) - 200_000).movePointLeft(2))
                .max(new BigDecimal("60000.00"))
                .min(new BigDecimal("76500.00"));
        IndexState state = random.nextInt(12) == 0 ? IndexState.SUSPECT : IndexState.LIVE;
        IndexPrice index = Market.index(++sequence, price.toPlainString(), state, now);
        prices.put(sequence, index);
        return new BookInput.ObserveIndex(index);
    }

    private BookInput nextRequest(Random random) {
        String id = "case-" + requests.size();
        Market words = new Market(rules);
        words.now = now.minusSeconds(random.nextInt(20) == 0 ? 40 : 0);
        words.sequence = sequence;
        SaleReason reason = random.nextInt(4) == 0 ? SaleReason.CALL_EXPIRED : SaleReason.HARD_LTV;
        String reserved =
                new BigDecimal(1 + random.nextInt(10_000)).movePointLeft(4).toPlainString();
        SaleEvidence evidence = words.evidence(
                price.toPlainString(), new BigDecimal(56_000 + random.nextInt(6_000)).toPlainString(), "1");
        SaleRequest request = words.request(id, reason, reserved, evidence);
        requests.put(id, request);
        versions.put(id, 1);
        largest.put(id, request.reserved().amount());
        return new BookInput.RequestSale(request);
    }

    private BookInput nextAmendment(Random random) {
        String id = "case-" + random.nextInt(requests.size());
        int version = versions.merge(id, random.nextInt(4) == 0 ? 0 : 1, Integer::sum);
        BigDecimal reserved = new BigDecimal(random.nextInt(10_000)).movePointLeft(4);
        Quantity quantity = new Quantity(reserved, Market.BTC);
        if (version > 1) {
            largest.merge(id, quantity.amount(), BigDecimal::max);
        }
        return new BookInput.AmendSale(new SaleAmendment(id, "loan-" + id, version, quantity, null));
    }

    private void deskActs(Random random) {
        List<DeskOrder> open = desk.values().stream()
                .filter(order -> !order.over)
                .sorted(java.util.Comparator.comparing(order -> order.order.orderId()))
                .toList();
        if (open.isEmpty()) {
            return;
        }
        DeskOrder order = open.get(random.nextInt(open.size()));
        if (now.isAfter(order.order.expireAt()) || random.nextInt(6) == 0) {
            order.over = true;
            inFlight.add(new BookInput.Report(state(order, ExecType.EXPIRED, OrdStatus.EXPIRED)));
            return;
        }
        long units = order.leaves().amount().unscaledValue().longValueExact();
        Quantity part = new Quantity(
                new BigDecimal(
                        java.math.BigInteger.valueOf(random.nextInt(3) == 0 ? units : 1 + random.nextLong(units)), 8),
                Market.BTC);
        order.filled = order.filled.plus(part);
        order.over = order.filled.equals(order.order.quantity());
        fills++;
        inFlight.add(new BookInput.Report(new ExecutionReport(
                "DESK",
                order.order.orderId(),
                "E" + ++executions,
                null,
                ExecType.TRADE,
                order.over ? OrdStatus.FILLED : OrdStatus.PARTIALLY_FILLED,
                part,
                order.order.limit().add(BigDecimal.ONE),
                order.filled,
                order.leaves(),
                new BigDecimal("0.37"),
                now)));
    }

    private void deskAnswers(String where, OrderEntry asked) {
        assertThat(now).as(where).isAfter(asked.expireAt().plus(rules.overdueAfter()));
        DeskOrder order = desk.get(asked.orderId());
        order.over = true;
        inFlight.add(new BookInput.Report(state(order, ExecType.ORDER_STATUS, OrdStatus.EXPIRED)));
    }

    private void deskCancels(OrderEntry asked) {
        DeskOrder order = desk.get(asked.orderId());
        if (order.over) {
            inFlight.add(new BookInput.CancelRefused("DESK", asked.orderId()));
        } else {
            order.over = true;
            inFlight.add(new BookInput.Report(state(order, ExecType.CANCELED, OrdStatus.CANCELED)));
        }
    }

    private ExecutionReport state(DeskOrder order, ExecType type, OrdStatus status) {
        return new ExecutionReport(
                "DESK",
                order.order.orderId(),
                "E" + ++executions,
                null,
                type,
                status,
                Quantity.zero(Market.BTC),
                BigDecimal.ZERO,
                order.filled,
                Quantity.zero(Market.BTC),
                BigDecimal.ZERO,
                now);
    }
}

package io.loanledger.core.liquidation;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.money.Quantity;
import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.price.IndexState;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A desk that says anything at any time: fills of what it had ended, busts of busts, counts that fit nothing, the same id with other
 * content, silence. Whatever it says, the book neither breaks nor is halted, settles no case beyond what it ever reserved, and a book
 * restored from its entries answers the same.
 */
class UnrulyDeskTest {
    private static final int STEPS = 700;

    private final MarketRules rules = Market.rules("0.7", "150000.00", 3, 5);
    private LiquidationBook book = new LiquidationBook(rules);
    private final List<OrderEntry> orders = new ArrayList<>();
    private final List<String> executions = new ArrayList<>(List.of("E0"));
    private final Map<String, BigDecimal> largest = new HashMap<>();
    private final Map<String, Integer> versions = new HashMap<>();
    private final Map<BookEffect.AlarmKind, Integer> alarms = new EnumMap<>(BookEffect.AlarmKind.class);
    private final Map<BookEffect.SuspenseReason, Integer> suspended = new EnumMap<>(BookEffect.SuspenseReason.class);
    private Instant now = Market.T0;
    private long sequence;
    private int questions;

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25, 26, 27, 28})
    void neitherBreaksTheBookNorSellsMoreThanWasReserved(long seed) {
        run(seed);
    }

    /** A generator that never makes the case proves nothing about it. */
    @Test
    void reachesEveryAlarmAndEveryReasonToSetAside() {
        for (long seed = 31; seed < 39; seed++) {
            UnrulyDeskTest one = new UnrulyDeskTest();
            one.run(seed);
            one.alarms.forEach((kind, count) -> alarms.merge(kind, count, Integer::sum));
            one.suspended.forEach((reason, count) -> suspended.merge(reason, count, Integer::sum));
            questions += one.questions;
        }
        Set<BookEffect.AlarmKind> expected = Set.of(
                BookEffect.AlarmKind.ORDER_REJECTED,
                BookEffect.AlarmKind.ORDER_OVERDUE,
                BookEffect.AlarmKind.CANCEL_REFUSED,
                BookEffect.AlarmKind.ORDER_REVIVED,
                BookEffect.AlarmKind.CUMULATIVE_MISMATCH,
                BookEffect.AlarmKind.LOST_FILLS,
                BookEffect.AlarmKind.OVER_COMMITTED);
        assertThat(alarms.keySet()).as("%s", alarms).isEqualTo(expected);
        assertThat(suspended.keySet())
                .as("%s", suspended)
                .contains(
                        BookEffect.SuspenseReason.UNKNOWN_ORDER,
                        BookEffect.SuspenseReason.OVERFILL,
                        BookEffect.SuspenseReason.OVERSOLD_CASE,
                        BookEffect.SuspenseReason.CONFLICTING_FILL);
        assertThat(questions).isPositive();
    }

    private void run(long seed) {
        Random random = new Random(seed);
        LiquidationBook twin = new LiquidationBook(rules);
        for (int step = 0; step < STEPS; step++) {
            now = now.plusMillis(random.nextInt(30) == 0 ? 95_000 : random.nextInt(400));
            BookInput input = next(random);
            String where = "seed " + seed + ", step " + step + ", " + input;
            List<BookEffect> seen = book.apply(input, now).effects();
            assertThat(twin.apply(input, now).effects()).as(where).isEqualTo(seen);
            assertThat(book.isHalted()).as("%s: %s", where, seen).isFalse();
            seen.forEach(effect -> note(where, effect));
            if (random.nextInt(25) == 0) {
                twin = LiquidationBook.restore(rules, book.entries());
                assertThat(new HashSet<>(twin.entries())).as(where).isEqualTo(new HashSet<>(book.entries()));
            }
        }
        assertThat(orders).as("seed %d placed orders", seed).hasSizeGreaterThan(20);
    }

    private void note(String where, BookEffect effect) {
        switch (effect) {
            case BookEffect.PlaceOrder placed -> orders.add(placed.order());
            case BookEffect.AskStatus ask -> questions++;
            case BookEffect.Settle settle ->
                assertThat(settle.settlement().cumQty().amount())
                        .as("%s: SellBound of %s", where, settle.caseId())
                        .isNotNegative()
                        .isLessThanOrEqualTo(largest.get(settle.caseId()));
            case BookEffect.AckAmend ack ->
                assertThat(ack.irrevocable().amount())
                        .as(where)
                        .isNotNegative()
                        .isLessThanOrEqualTo(largest.get(ack.caseId()));
            case BookEffect.RaiseAlarm alarm -> alarms.merge(alarm.kind(), 1, Integer::sum);
            case BookEffect.Suspend suspend -> suspended.merge(suspend.reason(), 1, Integer::sum);
            case BookEffect.CancelOrder cancel -> assertThat(cancel.cancelId()).isNotBlank();
            case BookEffect.DeclineCase decline -> assertThat(largest).containsKey(decline.caseId());
            case BookEffect.FormBlock formed ->
                assertThat(formed.block().members()).as(where).isNotEmpty();
            case BookEffect.RecordExecution recorded ->
                assertThat(largest).containsKey(recorded.task().caseId());
        }
    }

    private BookInput next(Random random) {
        int choice = random.nextInt(100);
        if (sequence == 0 || choice < 25 || (orders.isEmpty() && choice >= 37)) {
            return price(random);
        }
        if (choice < 37) {
            return request(random);
        }
        if (choice < 45 && !largest.isEmpty()) {
            return amendment(random);
        }
        if (choice < 47) {
            return new BookInput.SwitchKill(random.nextInt(4) == 0);
        }
        if (choice < 49) {
            return new BookInput.PauseMarket(random.nextInt(4) == 0);
        }
        OrderEntry order = orders.get(Math.max(0, orders.size() - 1 - random.nextInt(random.nextInt(12) + 1)));
        if (choice < 54) {
            return new BookInput.CancelRefused("DESK", order.orderId());
        }
        return new BookInput.Report(report(random, order));
    }

    private BookInput price(Random random) {
        BigDecimal price = new BigDecimal(60_000 + random.nextInt(16_500));
        IndexState state = random.nextInt(12) == 0 ? IndexState.SUSPECT : IndexState.LIVE;
        IndexPrice index = Market.index(++sequence, price.toPlainString(), state, now);
        return new BookInput.ObserveIndex(index);
    }

    private BookInput request(Random random) {
        String id = "case-" + largest.size();
        Market words = new Market(rules);
        words.now = now;
        words.sequence = sequence;
        String reserved =
                new BigDecimal(1 + random.nextInt(10_000)).movePointLeft(4).toPlainString();
        SaleReason reason = random.nextInt(2) == 0 ? SaleReason.CALL_EXPIRED : SaleReason.HARD_LTV;
        SaleRequest request = words.request(id, reason, reserved, words.evidence("66000.00", "60000.00", "1"));
        versions.put(id, 1);
        largest.put(id, request.reserved().amount());
        return new BookInput.RequestSale(request);
    }

    private BookInput amendment(Random random) {
        String id = "case-" + random.nextInt(largest.size());
        int version = versions.merge(id, 1, Integer::sum);
        Quantity reserved = new Quantity(new BigDecimal(random.nextInt(10_000)).movePointLeft(4), Market.BTC);
        largest.merge(id, reserved.amount(), BigDecimal::max);
        return new BookInput.AmendSale(new SaleAmendment(id, "loan-" + id, version, reserved, null));
    }

    private ExecutionReport report(Random random, OrderEntry order) {
        ExecType type = any(random, List.of(ExecType.values()));
        if (random.nextInt(2) == 0) {
            type = ExecType.TRADE;
        }
        OrdStatus status = any(random, List.of(OrdStatus.values()));
        Quantity zero = Quantity.zero(Market.BTC);
        Quantity last = type.isFill() ? part(random, order, random.nextInt(8) == 0 ? 2 : 1) : zero;
        Quantity cum = random.nextInt(3) == 0 ? zero : part(random, order, 1);
        Quantity leaves = random.nextInt(2) == 0 ? zero : order.quantity().minus(cum);
        boolean known = random.nextInt(6) == 0;
        String execId = known ? executions.get(random.nextInt(executions.size())) : "E" + executions.size();
        if (!known) {
            executions.add(execId);
        }
        return new ExecutionReport(
                "DESK",
                random.nextInt(40) == 0 ? "nobody's" : order.orderId(),
                execId,
                type.isReversal() ? executions.get(Math.max(0, executions.size() - 1 - random.nextInt(9))) : null,
                type,
                status,
                last,
                type.isFill() ? order.limit() : BigDecimal.ZERO,
                cum,
                leaves,
                type.isFill() ? new BigDecimal("0.37") : BigDecimal.ZERO,
                now.minus(Duration.ofMillis(random.nextInt(2_000))));
    }

    private static <T> T any(Random random, List<T> among) {
        return among.get(random.nextInt(among.size()));
    }

    private static Quantity part(Random random, OrderEntry order, int most) {
        BigInteger units = order.quantity().amount().unscaledValue();
        long upTo = units.longValueExact() * most;
        return new Quantity(new BigDecimal(BigInteger.valueOf(1 + random.nextLong(upTo)), 8), Market.BTC);
    }
}

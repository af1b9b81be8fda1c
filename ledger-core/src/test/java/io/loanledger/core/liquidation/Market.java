package io.loanledger.core.liquidation;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.money.Threshold;
import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.price.IndexState;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A bitcoin market with a book, for tests: short words for inputs, and the effects of the last one. */
final class Market {
    static final Asset BTC = new Asset("BTC", 8);
    static final Asset USD = new Asset("USD", 2);
    static final Instant T0 = Instant.parse("2020-03-12T20:00:00Z");
    static final MarketRules RULES = rules("10", "1000000.00", 4, 100);

    LiquidationBook book;
    Instant now = T0;
    long sequence;
    Outcome last = new Outcome(List.of(), List.of(), List.of());
    private int executions;

    Market(MarketRules rules) {
        book = new LiquidationBook(rules);
    }

    static MarketRules rules(String maxOrder, String notional, int blocks, int members) {
        return new MarketRules(
                "BTC-USD",
                BTC,
                USD,
                new BigDecimal("0.01"),
                Quantity.of(maxOrder, BTC),
                Money.of(notional, USD),
                blocks,
                members,
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofSeconds(1),
                Duration.ofSeconds(60),
                Duration.ofDays(7));
    }

    /** At {@code price} now, a market that was never seen before included. */
    static Market at(String price) {
        Market market = new Market(RULES);
        market.price(price);
        return market;
    }

    List<BookEffect> apply(BookInput input) {
        last = book.apply(input, now);
        return last.effects();
    }

    List<BookEffect> price(String price) {
        return price(price, IndexState.LIVE);
    }

    List<BookEffect> price(String price, IndexState state) {
        return apply(new BookInput.ObserveIndex(index(++sequence, price, state, now)));
    }

    static IndexPrice index(long sequence, String price, IndexState state, Instant time) {
        return new IndexPrice("BTC-USD", 1, sequence, time, new BigDecimal(price), state, "", 3, List.of());
    }

    Market after(Duration time) {
        now = now.plus(time);
        return this;
    }

    /** 80 % of the collateral's value met at exactly {@code debt / collateral / 0.8}. */
    SaleEvidence evidence(String price, String debt, String collateral) {
        return new SaleEvidence(
                1,
                sequence,
                now,
                new BigDecimal(price),
                Money.of(debt, USD),
                Quantity.of(collateral, BTC),
                BigDecimal.ZERO,
                Threshold.reaches(Fraction.percent(80)));
    }

    SaleRequest request(String id, SaleReason reason, String reserved, SaleEvidence evidence) {
        return new SaleRequest(
                id,
                "loan-" + id,
                1,
                reason,
                Quantity.of(reserved, BTC),
                Quantity.of("0.0001", BTC),
                new BigDecimal("0.02"),
                now,
                evidence);
    }

    /** 60,000 owed on 1 BTC: met from 75,000.00 down. */
    List<BookEffect> sell(String id, String reserved) {
        return apply(new BookInput.RequestSale(
                request(id, SaleReason.HARD_LTV, reserved, evidence("75000.00", "60000.00", "1"))));
    }

    List<BookEffect> amend(String id, int version, String reserved) {
        return apply(new BookInput.AmendSale(
                new SaleAmendment(id, "loan-" + id, version, Quantity.of(reserved, BTC), null)));
    }

    List<BookEffect> report(ExecutionReport report) {
        return apply(new BookInput.Report(report));
    }

    ExecutionReport trade(OrderEntry order, String qty, String price, String cum, String fee) {
        Quantity leaves = order.quantity().minus(Quantity.of(cum, BTC)).max(Quantity.zero(BTC));
        return new ExecutionReport(
                "DESK",
                order.orderId(),
                "E" + ++executions,
                null,
                ExecType.TRADE,
                leaves.isZero() ? OrdStatus.FILLED : OrdStatus.PARTIALLY_FILLED,
                Quantity.of(qty, BTC),
                new BigDecimal(price),
                Quantity.of(cum, BTC),
                leaves,
                new BigDecimal(fee),
                now);
    }

    ExecutionReport state(OrderEntry order, ExecType type, OrdStatus status, String cum, String leaves) {
        return new ExecutionReport(
                "DESK",
                order.orderId(),
                "E" + ++executions,
                null,
                type,
                status,
                Quantity.zero(BTC),
                BigDecimal.ZERO,
                Quantity.of(cum, BTC),
                Quantity.of(leaves, BTC),
                BigDecimal.ZERO,
                now);
    }

    ExecutionReport bust(ExecutionReport fill, String cum) {
        return new ExecutionReport(
                "DESK",
                fill.orderId(),
                "E" + ++executions,
                fill.execId(),
                ExecType.TRADE_CANCEL,
                fill.ordStatus(),
                Quantity.zero(BTC),
                BigDecimal.ZERO,
                Quantity.of(cum, BTC),
                fill.leavesQty(),
                BigDecimal.ZERO,
                now);
    }

    /** The desk says that a fill was of {@code corrected}, and that this is all that is filled. */
    ExecutionReport correction(ExecutionReport fill, String corrected) {
        Quantity quantity = bitcoin(corrected);
        return new ExecutionReport(
                fill.desk(),
                fill.orderId(),
                "C" + fill.execId(),
                fill.execId(),
                ExecType.TRADE_CORRECT,
                fill.ordStatus(),
                quantity,
                fill.lastPx(),
                quantity,
                fill.leavesQty(),
                BigDecimal.ZERO,
                now);
    }

    static Quantity bitcoin(String amount) {
        return Quantity.of(amount, BTC);
    }

    <T extends BookEffect> List<T> effects(Class<T> type) {
        return of(last.effects(), type);
    }

    static <T extends BookEffect> List<T> of(List<BookEffect> effects, Class<T> type) {
        List<T> found = new ArrayList<>();
        for (BookEffect effect : effects) {
            if (type.isInstance(effect)) {
                found.add(type.cast(effect));
            }
        }
        return found;
    }

    /** The one order that the last input placed. */
    OrderEntry order() {
        List<BookEffect.PlaceOrder> orders = effects(BookEffect.PlaceOrder.class);
        if (orders.size() != 1) {
            throw new AssertionError("expected one order among " + last.effects());
        }
        return orders.getFirst().order();
    }

    /** "v1 0.5" of each amendment that the last input answered. */
    String acks() {
        return String.join(
                " ",
                effects(BookEffect.AckAmend.class).stream()
                        .map(ack -> "v" + ack.version() + " "
                                + ack.irrevocable()
                                        .amount()
                                        .stripTrailingZeros()
                                        .toPlainString())
                        .toList());
    }

    /** Why the last input set reports aside. */
    List<BookEffect.SuspenseReason> suspended() {
        return effects(BookEffect.Suspend.class).stream()
                .map(BookEffect.Suspend::reason)
                .toList();
    }

    /** What the last input raised alarms about. */
    List<BookEffect.AlarmKind> alarms() {
        return effects(BookEffect.RaiseAlarm.class).stream()
                .map(BookEffect.RaiseAlarm::kind)
                .toList();
    }

    /** "cum gross fees" and "final" of the one settlement that the last input sent; "none" without one. */
    String settled() {
        List<BookEffect.Settle> settles = effects(BookEffect.Settle.class);
        if (settles.size() > 1) {
            throw new AssertionError("expected one settlement among " + last.effects());
        }
        return settles.isEmpty() ? "none" : text(settles.getFirst().settlement());
    }

    static String text(CaseSettlement settlement) {
        return settlement.cumQty().amount().stripTrailingZeros().toPlainString() + " "
                + settlement.cumGross().amount().toPlainString() + " "
                + settlement.cumFees().amount().toPlainString()
                + (settlement.complete() ? " final" : "");
    }
}

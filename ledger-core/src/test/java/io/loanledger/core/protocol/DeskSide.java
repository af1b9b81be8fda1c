package io.loanledger.core.protocol;

import io.loanledger.core.liquidation.ExecType;
import io.loanledger.core.liquidation.ExecutionReport;
import io.loanledger.core.liquidation.OrdStatus;
import io.loanledger.core.liquidation.OrderEntry;
import io.loanledger.core.money.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The desk as a state machine: the only one that knows what was really sold. */
final class DeskSide extends Side {
    private static final BigDecimal COMMISSION = BigDecimal.ONE;
    private static final BigDecimal TWO = BigDecimal.valueOf(2);

    final List<DeskOrder> orders;

    record DeskFill(String execId, Quantity quantity, BigDecimal price, boolean busted) {}

    /**
     * One order.
     *
     * @param acknowledged whether the processor was told of it
     * @param endedAs how it was ended before it was filled; null while it lives
     * @param cancelAsked whether a cancel is unanswered
     * @param reports how many were sent
     * @param last the last one
     */
    record DeskOrder(
            OrderEntry order,
            List<DeskFill> fills,
            boolean acknowledged,
            @Nullable OrdStatus endedAs,
            boolean cancelAsked,
            int reports,
            @Nullable ExecutionReport last) {
        Quantity filled() {
            return fills.stream()
                    .filter(f -> !f.busted())
                    .map(DeskFill::quantity)
                    .reduce(Shop.none(), Quantity::plus);
        }

        /** Half-even at the cent, once an order. */
        BigDecimal gross() {
            return fills.stream()
                    .filter(f -> !f.busted())
                    .map(f -> f.price().multiply(f.quantity().amount()))
                    .reduce(BigDecimal.ZERO, BigDecimal::add)
                    .setScale(2, RoundingMode.HALF_EVEN);
        }

        /** What can still be filled. */
        Quantity leaves() {
            return endedAs != null
                    ? Shop.none()
                    : order.quantity().minus(filled()).max(Shop.none());
        }

        DeskOrder with(List<DeskFill> next) {
            return new DeskOrder(order, List.copyOf(next), true, endedAs, cancelAsked, reports, last);
        }

        DeskOrder ended(OrdStatus as) {
            return new DeskOrder(order, fills, true, as, false, reports, last);
        }

        DeskOrder asked(boolean cancel) {
            return new DeskOrder(order, fills, acknowledged, endedAs, cancel, reports, last);
        }

        DeskOrder reported(ExecutionReport report) {
            return new DeskOrder(order, fills, true, endedAs, cancelAsked, reports + 1, report);
        }

        @Nullable
        DeskFill lastFill() {
            return fills.stream().filter(f -> !f.busted()).reduce((a, b) -> b).orElse(null);
        }
    }

    record Acted(DeskSide after, List<Sent> sent) {}

    DeskSide(List<DeskOrder> orders) {
        this.orders = List.copyOf(orders);
    }

    @Override
    String content() {
        return orders.toString();
    }

    /** Takes an order or a cancel; an order id that came before is the same order. */
    DeskSide take(Message message) {
        switch (message) {
            case Message.Order m -> {
                if (find(m.order().orderId()) >= 0) {
                    return this;
                }
                List<DeskOrder> next = new ArrayList<>(orders);
                next.add(new DeskOrder(m.order(), List.of(), false, null, false, 0, null));
                return new DeskSide(next);
            }
            case Message.Cancel m -> {
                int at = find(m.orderId());
                return at < 0 ? this : replacing(at, orders.get(at).asked(true));
            }
            default -> throw new IllegalStateException("not for the desk: " + message);
        }
    }

    private int find(String orderId) {
        for (int i = 0; i < orders.size(); i++) {
            if (orders.get(i).order().orderId().equals(orderId)) {
                return i;
            }
        }
        return -1;
    }

    private DeskSide replacing(int at, DeskOrder order) {
        List<DeskOrder> next = new ArrayList<>(orders);
        next.set(at, order);
        return new DeskSide(next);
    }

    boolean can(DeskMove move, int at) {
        DeskOrder o = orders.get(at);
        boolean live = o.leaves().isPositive();
        return switch (move) {
            case ACKNOWLEDGE -> live && !o.acknowledged();
            case FILL_PART -> live && o.filled().isZero();
            case FILL_REST, EXPIRE, CANCEL_UNASKED, DONE_FOR_DAY -> live;
            case REJECT -> live && !o.acknowledged();
            case CANCEL -> live && o.cancelAsked();
            case PENDING_CANCEL -> live && o.cancelAsked();
            case REFUSE_CANCEL -> o.cancelAsked();
            case BUST, CORRECT_PRICE, CORRECT_QUANTITY -> o.lastFill() != null;
            case STATUS -> o.acknowledged();
            case REPEAT -> o.last() != null;
            case OVERFILL -> o.endedAs() == null;
            case STRANGE_FILL -> true;
        };
    }

    Acted act(DeskMove move, int at, Instant clock) {
        DeskOrder o = orders.get(at);
        return switch (move) {
            case ACKNOWLEDGE -> report(at, o, ExecType.NEW, null, null, null, clock);
            case FILL_PART -> fill(at, o, half(o.order().quantity()).min(o.leaves()), clock);
            case FILL_REST -> fill(at, o, o.leaves(), clock);
            case OVERFILL -> fill(at, o, o.leaves().plus(Shop.btc("0.5")), clock);
            case EXPIRE -> report(at, o.ended(OrdStatus.EXPIRED), ExecType.EXPIRED, null, null, null, clock);
            case REJECT -> report(at, o.ended(OrdStatus.REJECTED), ExecType.REJECTED, null, null, null, clock);
            case CANCEL, CANCEL_UNASKED ->
                report(at, o.ended(OrdStatus.CANCELED), ExecType.CANCELED, null, null, null, clock);
            case PENDING_CANCEL -> report(at, o, ExecType.PENDING_CANCEL, OrdStatus.PENDING_CANCEL, null, null, clock);
            case DONE_FOR_DAY -> report(at, o, ExecType.DONE_FOR_DAY, OrdStatus.DONE_FOR_DAY, null, null, clock);
            case STATUS -> report(at, o, ExecType.ORDER_STATUS, null, null, null, clock);
            case REFUSE_CANCEL ->
                new Acted(
                        replacing(at, o.asked(false)),
                        List.of(new Sent(
                                Channel.REPORTS,
                                new Message.CancelRefused(o.order().orderId()))));
            case REPEAT -> new Acted(this, List.of(new Sent(Channel.REPORTS, new Message.Report(o.last()))));
            case BUST -> reverse(at, o, null, clock);
            case CORRECT_PRICE -> {
                DeskFill last = o.lastFill();
                yield reverse(
                        at,
                        o,
                        new DeskFill(execId(o), last.quantity(), last.price().subtract(BigDecimal.ONE), false),
                        clock);
            }
            case CORRECT_QUANTITY -> {
                DeskFill last = o.lastFill();
                yield reverse(at, o, new DeskFill(execId(o), half(last.quantity()), last.price(), false), clock);
            }
            case STRANGE_FILL -> {
                ExecutionReport strange = new ExecutionReport(
                        Shop.DESK,
                        "nobody's",
                        "nobody's/1",
                        null,
                        ExecType.TRADE,
                        OrdStatus.FILLED,
                        Shop.btc("1"),
                        o.order().limit(),
                        Shop.btc("1"),
                        Shop.none(),
                        BigDecimal.ZERO,
                        clock);
                yield new Acted(this, List.of(new Sent(Channel.REPORTS, new Message.Report(strange))));
            }
        };
    }

    private static Quantity half(Quantity quantity) {
        return new Quantity(quantity.amount().divide(TWO), quantity.asset());
    }

    private static String execId(DeskOrder o) {
        return "x" + (o.reports() + 1);
    }

    /** At the limit, so that gross is plain. */
    private Acted fill(int at, DeskOrder o, Quantity quantity, Instant clock) {
        DeskFill fill = new DeskFill(execId(o), quantity, o.order().limit(), false);
        List<DeskFill> fills = new ArrayList<>(o.fills());
        fills.add(fill);
        return report(at, o.with(fills), ExecType.TRADE, null, fill, null, clock);
    }

    private Acted reverse(int at, DeskOrder o, @Nullable DeskFill instead, Instant clock) {
        DeskFill last = o.lastFill();
        List<DeskFill> fills = new ArrayList<>(o.fills());
        fills.set(fills.indexOf(last), new DeskFill(last.execId(), last.quantity(), last.price(), true));
        if (instead != null) {
            fills.add(instead);
        }
        ExecType type = instead == null ? ExecType.TRADE_CANCEL : ExecType.TRADE_CORRECT;
        return report(at, o.with(fills), type, null, instead, last.execId(), clock);
    }

    private Acted report(
            int at,
            DeskOrder o,
            ExecType type,
            @Nullable OrdStatus said,
            @Nullable DeskFill fill,
            @Nullable String execRefId,
            Instant clock) {
        ExecutionReport report = new ExecutionReport(
                Shop.DESK,
                o.order().orderId(),
                execId(o),
                execRefId,
                type,
                said == null ? statusOf(o) : said,
                fill == null ? Shop.none() : fill.quantity(),
                fill == null ? BigDecimal.ZERO : fill.price(),
                o.filled(),
                said == OrdStatus.DONE_FOR_DAY ? Shop.none() : o.leaves(),
                fill == null ? BigDecimal.ZERO : COMMISSION,
                // A desk's reports on one order have rising times; reports on different orders may share one.
                clock.plusMillis(o.reports()));
        return new Acted(
                replacing(at, o.reported(report)), List.of(new Sent(Channel.REPORTS, new Message.Report(report))));
    }

    private static OrdStatus statusOf(DeskOrder o) {
        if (o.endedAs() != null) {
            return o.endedAs();
        }
        if (!o.leaves().isPositive()) {
            return OrdStatus.FILLED;
        }
        return o.filled().isPositive() ? OrdStatus.PARTIALLY_FILLED : OrdStatus.NEW;
    }
}

package io.loanledger.local.checker;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.generic.GenericRecord;

/** An order by itself: the price it rests on, its limit, its parts, and that each case is sold for a reason that holds. One thread. */
final class OrderChecks {
    private final History history;
    private final WireReading reading;
    private final CheckSettings settings;
    private final Map<String, SaleCase> cases;
    private final Tally tally;
    private final Map<String, MarketSeries> markets = new HashMap<>();

    OrderChecks(
            History history, WireReading reading, CheckSettings settings, Map<String, SaleCase> cases, Tally tally) {
        this.history = history;
        this.reading = reading;
        this.settings = settings;
        this.cases = cases;
        this.tally = tally;
    }

    private MarketSeries market(String name) {
        return markets.computeIfAbsent(name, market -> {
            MarketSeries series = new MarketSeries();
            int partitions = history.partitions(Topics.INDEX);
            if (partitions == 0) {
                return series;
            }
            int home = Intake.home(market.getBytes(StandardCharsets.UTF_8), partitions);
            history.read(Topics.INDEX, home, message -> {
                GenericRecord record = reading.read(message.value()).record();
                if (record != null && record.get("market").toString().equals(market)) {
                    series.add(IndexRecord.read(record, message, series.size()));
                }
            });
            return series;
        });
    }

    void check(DeskOrder order) {
        GenericRecord record = order.record;
        String market = record.get("symbol").toString();
        IndexRecord index = market(market).find((Long) record.get("indexEpoch"), (Long) record.get("indexSequence"));
        boolean open = index != null && index.open();
        tally.holds(
                Check.ORDER_ON_YOUNG_EVIDENCE,
                open,
                order.place,
                () -> "names no committed, open index price: " + record.get("indexEpoch") + "/"
                        + record.get("indexSequence"));
        if (index != null && open) {
            long age = Math.abs((Long) record.get("transactTime") - index.priceTime());
            tally.holds(
                    Check.ORDER_ON_YOUNG_EVIDENCE,
                    age <= settings.priceAge().toNanos() / 1_000,
                    order.place,
                    () -> "rests on " + index.name() + ", which was " + age + " us away");
            checkFloor(order, market, index);
            order.parts.forEach((caseId, quantity) -> checkReason(order, caseId, index));
        }
        BigDecimal sum = order.parts.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        tally.holds(
                Check.ORDER_ARITHMETIC,
                sum.compareTo(order.quantity()) == 0 && sum.signum() > 0,
                order.place,
                () -> "its parts add up to " + sum + ", not to " + order.quantity());
    }

    private void checkFloor(DeskOrder order, String market, IndexRecord index) {
        BigDecimal discount = null;
        for (String caseId : order.parts.keySet()) {
            GenericRecord request = Objects.requireNonNull(cases.get(caseId)).request;
            if (request != null) {
                BigDecimal own = new BigDecimal(request.get("floorDiscount").toString());
                discount = discount == null ? own : discount.min(own);
            }
        }
        if (discount == null) {
            return;
        }
        BigDecimal floor = index.priced().multiply(BigDecimal.ONE.subtract(discount));
        BigDecimal price = new BigDecimal(order.record.get("price").toString());
        BigDecimal tick = settings.tickSizes().get(market);
        BigDecimal due = tick == null
                ? null
                : floor.divide(tick, 0, RoundingMode.CEILING)
                        .max(BigDecimal.ONE)
                        .multiply(tick);
        tally.holds(
                Check.ORDER_ARITHMETIC,
                due == null ? price.compareTo(floor) >= 0 : price.compareTo(due) == 0,
                order.place,
                () -> "its price is " + price + ", the floor " + (due == null ? floor : due));
    }

    private void checkReason(DeskOrder order, String caseId, IndexRecord index) {
        SaleCase sale = Objects.requireNonNull(cases.get(caseId));
        GenericRecord request = sale.request;
        String place = order.place + " case " + caseId;
        if (!tally.holds(Check.ORDER_HAS_A_REASON, request != null, place, () -> "nobody has requested this case")) {
            return;
        }
        GenericRecord asked = Objects.requireNonNull(request);
        tally.holds(
                Check.ORDER_HAS_A_REASON,
                sale.requestedAt <= order.at
                        && asked.get("market")
                                .toString()
                                .equals(order.record.get("symbol").toString()),
                place,
                () -> "requested later, or in another market");
        if (!asked.get("reason").toString().equals("HARD_LTV")) {
            return; // an expired call is recomputed with its loan
        }
        GenericRecord evidence = (GenericRecord) asked.get("evidence");
        tally.holds(
                Check.ORDER_HAS_A_REASON,
                SaleCase.Exposed.read(evidence)
                        .isBreachedAt(new BigDecimal(evidence.get("price").toString())),
                place,
                () -> "the evidence does not meet its own threshold: " + evidence);
        tally.holds(
                Check.ORDER_HAS_A_REASON,
                sale.evidence.stream().anyMatch(each -> each.isBreachedAt(index.priced())),
                place,
                () -> "the breach was over at " + index.priced());
    }
}

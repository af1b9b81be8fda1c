package io.loanledger.local.checker;

import io.loanledger.local.checker.Source.Place;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Orders, executions and settlements, told from the topics of the liquidation alone. */
final class Sales {
    private final History history;
    private final WireReading reading;
    private final CheckSettings settings;
    private final DeadLetters deadLetters;
    private final Tally tally;
    private final Map<String, SaleCase> cases = new TreeMap<>();
    private final Map<String, DeskOrder> orders = new HashMap<>();
    private final Map<Limit, Limit> limits = new HashMap<>();

    Sales(History history, WireReading reading, CheckSettings settings, DeadLetters deadLetters, Tally tally) {
        this.history = history;
        this.reading = reading;
        this.settings = settings;
        this.deadLetters = deadLetters;
        this.tally = tally;
    }

    int orders() {
        return orders.size();
    }

    /** Reads everything and checks orders against requests, prices and reports. */
    void check() {
        each(Topics.REQUESTS, this::requested);
        each(Topics.REPLIES, this::replied);
        each(Topics.ORDERS, this::ordered);
        each(Topics.EXECUTIONS, this::reported);
        each(Topics.EXECUTION_RECORDS, this::scheduled);
        OrderChecks checks = new OrderChecks(history, reading, settings, cases, tally);
        Stops stops = new Stops(history, reading, tally);
        for (DeskOrder order : orders.values()) {
            checks.check(order);
            stops.checkOrder(order);
        }
        cases.values().forEach(this::checkBound);
        cases.values().forEach(this::checkSettlement);
    }

    private void each(String topic, java.util.function.BiConsumer<Message, GenericRecord> take) {
        for (int p = 0; p < history.partitions(topic); p++) {
            history.read(topic, p, message -> {
                GenericRecord record = reading.read(message.value()).record();
                if (record != null) {
                    take.accept(message, record);
                }
            });
        }
    }

    private SaleCase saleCase(GenericRecord record) {
        return cases.computeIfAbsent(record.get("caseId").toString(), SaleCase::new);
    }

    // --- reading
    // -----------------------------------------------------------------------------------------------------------

    private void requested(Message message, GenericRecord record) {
        SaleCase sale = saleCase(record);
        if (record.getSchema().getName().equals("LiquidationRequested")) {
            if (sale.request != null) {
                return; // complained of as an announcement that is not once
            }
            sale.request = record;
            sale.requestedAt = message.timestampMillis();
        }
        sale.versions.add(new SaleCase.Version(
                (Integer) record.get("version"),
                new BigDecimal(record.get("reservedQuantity").toString()),
                message.timestampMillis()));
        if (record.get("evidence") instanceof GenericRecord evidence) {
            sale.evidence.add(exposed(evidence));
            evidence.put("sources", List.of()); // the most of its memory, and held against the index with the journal
        }
    }

    /** One limit in memory for each product's. */
    private SaleCase.Exposed exposed(GenericRecord evidence) {
        SaleCase.Exposed read = SaleCase.Exposed.read(evidence);
        return new SaleCase.Exposed(
                read.exposure(),
                read.counted(),
                read.stabilised(),
                limits.computeIfAbsent(read.limit(), limit -> limit));
    }

    private void replied(Message message, GenericRecord record) {
        SaleCase sale = saleCase(record);
        switch (record.getSchema().getName()) {
            case "LiquidationDeclined" -> sale.declines.add(record);
            case "AmendAck" ->
                sale.acks.add(new SaleCase.Ack(
                        (Integer) record.get("version"),
                        new BigDecimal(record.get("irrevocableQuantity").toString()),
                        message.timestampMillis()));
            case "LiquidationSettled" -> sale.settlements.add(record);
            default -> tally.note("replies of an unknown kind", 1);
        }
    }

    private void ordered(Message message, GenericRecord record) {
        if (!record.getSchema().getName().equals("SellOrder")) {
            return;
        }
        DeskOrder order = new DeskOrder(message, record);
        DeskOrder before = orders.putIfAbsent(order.id, order);
        tally.holds(
                Check.ORDER_ARITHMETIC,
                before == null,
                order.place,
                () -> "its id stands at " + Objects.requireNonNull(before).place + " too");
        if (before == null) {
            order.parts
                    .keySet()
                    .forEach(caseId ->
                            cases.computeIfAbsent(caseId, SaleCase::new).orders.add(order));
        }
    }

    private final Map<String, GenericRecord> executions = new HashMap<>();

    private void reported(Message message, GenericRecord record) {
        Place place = new Place(message.topic(), message.partition(), message.offset());
        boolean setAside = deadLetters.of(settings.processorGroup(), place) != null;
        if (!record.getSchema().getName().equals("ExecutionReport")) {
            return;
        }
        String orderId = orderOf(record);
        DeskOrder order = orders.get(orderId);
        tally.holds(
                Check.FILLS_KNOWN,
                order != null || setAside || notTaken(message),
                message.place(),
                () -> "reports order " + orderId + ", which was never sent");
        if (order == null || notTaken(message)) {
            return;
        }
        String fill = record.get("senderCompId") + "/" + order.id + "/" + record.get("execId");
        GenericRecord before = isTrade(record) ? executions.putIfAbsent(fill, record) : null;
        if (before != null) {
            boolean same = sameFill(before, record);
            tally.holds(
                    Check.FILLS_KNOWN,
                    same || setAside,
                    message.place(),
                    () -> "execution " + fill + " came before with other figures, and was not set aside");
            if (!same) {
                return;
            }
        }
        order.reported(record, message.timestampMillis());
    }

    /** As in FIX: the answer to a cancel carries the cancel's id, and the order's under OrigClOrdID. */
    private static String orderOf(GenericRecord report) {
        Object original = report.get("origClOrdId");
        return (original == null ? report.get("clOrdId") : original).toString();
    }

    private boolean notTaken(Message message) {
        return message.offset()
                >= history.notTakenFrom(settings.processorGroup(), message.topic(), message.partition());
    }

    private static boolean isTrade(GenericRecord record) {
        String type = record.get("execType").toString();
        return type.equals("TRADE") || type.equals("TRADE_CORRECT");
    }

    private static boolean sameFill(GenericRecord one, GenericRecord other) {
        for (String field : List.of("lastQty", "lastPx", "commission")) {
            if (new BigDecimal(one.get(field).toString())
                            .compareTo(new BigDecimal(other.get(field).toString()))
                    != 0) {
                return false;
            }
        }
        return true;
    }

    private void scheduled(Message message, GenericRecord record) {
        if (record.getSchema().getName().equals("ExecutionRecord")) {
            saleCase(record).queued = record.get("endedAt") == null;
        }
    }

    // --- orders
    // ------------------------------------------------------------------------------------------------------------

    /** At each order of a case: what is filled and may still fill, with the new one, is within what may be in force. */
    private void checkBound(SaleCase sale) {
        List<DeskOrder> sent = new ArrayList<>(sale.orders);
        sent.sort(java.util.Comparator.comparingLong(order -> order.at));
        for (int i = 0; i < sent.size(); i++) {
            DeskOrder order = sent.get(i);
            BigDecimal used = Objects.requireNonNull(order.parts.get(sale.id));
            for (DeskOrder former : sent.subList(0, i)) {
                used = used.add(reach(former, sale.id, order.at));
            }
            BigDecimal all = used;
            BigDecimal most = sale.mostReservedAt(order.at);
            tally.holds(
                    Check.SELL_BOUND,
                    all.compareTo(most) <= 0,
                    order.place + " case " + sale.id,
                    () -> "brings live and filled to " + all + ", reserved is at most " + most);
        }
    }

    private static BigDecimal reach(DeskOrder order, String caseId, long at) {
        if (order.isLive(at)) {
            return Objects.requireNonNull(order.parts.get(caseId));
        }
        BigDecimal filled = order.filled(at).min(order.quantity());
        BigDecimal part = Objects.requireNonNull(order.parts.get(caseId));
        return order.parts.size() == 1
                ? filled
                : filled.multiply(part).divide(order.quantity(), part.scale(), RoundingMode.DOWN);
    }

    // --- settlements
    // ---------------------------------------------------------------------------------------------------------

    private void checkSettlement(SaleCase sale) {
        GenericRecord request = sale.request;
        if (request == null) {
            return;
        }
        GenericRecord last = sale.lastSettlement();
        BigDecimal quantity = BigDecimal.ZERO;
        BigDecimal gross = BigDecimal.ZERO;
        BigDecimal fees = BigDecimal.ZERO;
        int coinScale = new BigDecimal(request.get("reservedQuantity").toString()).scale();
        int moneyScale = new BigDecimal(((GenericRecord) request.get("evidence"))
                        .get("exposure")
                        .toString())
                .scale();
        for (DeskOrder order : sale.orders) {
            DeskOrder.Share share =
                    Objects.requireNonNull(order.shares(coinScale, moneyScale).get(sale.id));
            quantity = quantity.add(share.quantity());
            gross = gross.add(share.gross());
            fees = fees.add(share.fees());
        }
        BigDecimal most = sale.mostReservedAt(Long.MAX_VALUE);
        if (quantity.compareTo(most) > 0) {
            tally.note("cases oversold by late fills", 1);
            return;
        }
        String sold = text(quantity, gross, fees);
        String settled = last == null
                ? text(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO)
                : text(number(last, "cumQuantity"), number(last, "cumGross"), number(last, "cumFees"));
        tally.holds(
                Check.SETTLEMENT_IS_FILLS,
                sold.equals(settled),
                "case " + sale.id,
                () -> "executions add up to " + sold + ", settled is " + settled);
    }

    private static BigDecimal number(GenericRecord record, String field) {
        return new BigDecimal(record.get(field).toString());
    }

    private static String text(BigDecimal quantity, BigDecimal gross, BigDecimal fees) {
        return plain(quantity) + " for " + plain(gross) + " less " + plain(fees);
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    // --- the ledger's side
    // -----------------------------------------------------------------------------------------------------

    /** What a replayed loan knows of its cases, against what the processor said. */
    void compare(Loan loan) {
        for (Sale closed : loan.closedSales.values()) {
            compare(loan, closed, true);
        }
        Sale open = loan.sale;
        if (open != null) {
            compare(loan, open, false);
        }
    }

    private void compare(Loan loan, Sale sale, boolean closed) {
        SaleCase told = cases.get(sale.id);
        if (told == null) {
            return; // complained of as a request that was not announced
        }
        GenericRecord last = told.lastSettlement();
        String posted = text(
                sale.cumQuantity.add(sale.overQuantity),
                sale.cumGross.add(sale.overGross),
                sale.cumDeskFees.add(sale.overFees));
        Set<String> settled = new HashSet<>();
        settled.add(text(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO));
        if (last != null) {
            settled.clear();
            int places = loan.terms().debtScale();
            settled.add(text(
                    number(last, "cumQuantity"),
                    sale.turned(number(last, "cumGross"), places),
                    sale.turned(number(last, "cumFees"), places)));
        }
        tally.holds(
                Check.NO_DOUBLE_SALE,
                settled.contains(posted) || !settings.everythingTaken(),
                "case " + sale.id,
                () -> "posted is " + posted + " of loan " + loan.id + ", settled " + settled);
        if (!closed) {
            String why = whyOpen(told, last);
            tally.holds(
                    Check.CASE_CLOSED_OR_EXPLAINED,
                    why != null || !settings.everythingTaken(),
                    "case " + sale.id,
                    () -> "is open, and nothing is queued, live, unanswered or unpaid");
            tally.note("open cases: " + (why == null ? "of a ledger that goes on working" : why), 1);
        } else {
            tally.holds(Check.CASE_CLOSED_OR_EXPLAINED, true, sale.id, () -> "");
        }
    }

    private static @Nullable String whyOpen(SaleCase told, @Nullable GenericRecord last) {
        if (told.orders.stream().anyMatch(order -> order.isLive(Long.MAX_VALUE))) {
            return "an order is live at the desk";
        }
        if (told.queued) {
            return "queued at the processor";
        }
        int newest =
                told.versions.stream().mapToInt(SaleCase.Version::version).max().orElse(1);
        boolean acknowledged = newest == 1 || told.acks.stream().anyMatch(ack -> ack.version() >= newest);
        if (!acknowledged) {
            return "the newest amendment is not answered";
        }
        return last == null && told.declines.isEmpty() ? "not answered by the processor yet" : null;
    }
}

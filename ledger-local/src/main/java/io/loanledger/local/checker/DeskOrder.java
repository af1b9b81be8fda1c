package io.loanledger.local.checker;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** An order and what desks reported of it. Busts and corrections take back the fill that they name. */
final class DeskOrder {
    final String id;
    final GenericRecord record;
    final String place;
    final long at;
    final Map<String, BigDecimal> parts = new LinkedHashMap<>();
    private final List<Report> reports = new ArrayList<>();

    /** @param at the broker's time of the report */
    private record Report(GenericRecord record, long at) {}

    /** A fill that counts. */
    private record Fill(BigDecimal quantity, BigDecimal price, BigDecimal commission) {}

    DeskOrder(Message message, GenericRecord record) {
        id = record.get("clOrdId").toString();
        this.record = record;
        place = message.place() + " order " + id;
        at = message.timestampMillis();
        for (Object each : (List<?>) record.get("allocations")) {
            GenericRecord part = (GenericRecord) each;
            parts.merge(
                    part.get("allocAccount").toString(),
                    new BigDecimal(part.get("allocQty").toString()),
                    BigDecimal::add);
        }
    }

    BigDecimal quantity() {
        return new BigDecimal(record.get("orderQty").toString());
    }

    void reported(GenericRecord report, long reportedAt) {
        reports.add(new Report(report, reportedAt));
    }

    /** The fills that count, of what the broker had taken before a moment. */
    private Map<String, Fill> fills(long before) {
        Map<String, Fill> fills = new HashMap<>();
        List<String> busted = new ArrayList<>();
        for (Report report : reports) {
            if (report.at() >= before) {
                continue;
            }
            GenericRecord r = report.record();
            String type = r.get("execType").toString();
            String desk = r.get("senderCompId").toString();
            if (type.equals("TRADE") || type.equals("TRADE_CORRECT")) {
                fills.putIfAbsent(
                        desk + "/" + r.get("execId"),
                        new Fill(number(r, "lastQty"), number(r, "lastPx"), number(r, "commission")));
            }
            if (type.equals("TRADE_CANCEL") || type.equals("TRADE_CORRECT")) {
                busted.add(desk + "/" + r.get("execRefId"));
            }
        }
        busted.forEach(fills::remove);
        return fills;
    }

    private static BigDecimal number(GenericRecord record, String field) {
        return new BigDecimal(record.get(field).toString());
    }

    /** Whether the desk may still fill it, by what it had said before a moment. */
    boolean isLive(long before) {
        GenericRecord last = null;
        for (Report report : reports) {
            String type = report.record().get("execType").toString();
            if (report.at() < before && !type.equals("PENDING_CANCEL")) {
                last = report.record();
            }
        }
        return last == null || !hasEnded(last);
    }

    private static boolean hasEnded(GenericRecord report) {
        String status = report.get("ordStatus").toString();
        return switch (status) {
            case "CANCELED", "EXPIRED", "REJECTED" -> true;
            case "DONE_FOR_DAY" -> false;
            default -> number(report, "leavesQty").signum() == 0 && !status.equals("NEW");
        };
    }

    BigDecimal filled(long before) {
        return fills(before).values().stream().map(Fill::quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Quantity, gross and fees of one member of the order. */
    record Share(BigDecimal quantity, BigDecimal gross, BigDecimal fees) {}

    /** Each case's share of what counts: at most what was ordered, divided by Webster's method to the last unit. */
    Map<String, Share> shares(int coinScale, int moneyScale) {
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal gross = BigDecimal.ZERO;
        BigDecimal fees = BigDecimal.ZERO;
        for (Fill fill : fills(Long.MAX_VALUE).values()) {
            sum = sum.add(fill.quantity());
            gross = gross.add(fill.quantity().multiply(fill.price()));
            fees = fees.add(fill.commission());
        }
        BigDecimal counted = sum.min(quantity());
        if (counted.compareTo(sum) < 0) {
            gross = gross.multiply(counted).divide(sum, moneyScale, RoundingMode.HALF_EVEN);
            fees = fees.multiply(counted).divide(sum, moneyScale, RoundingMode.HALF_EVEN);
        }
        List<BigInteger> weights =
                parts.values().stream().map(part -> units(part, coinScale)).toList();
        BigInteger[] quantities = Webster.shares(units(counted, coinScale), weights);
        BigInteger[] amounts = Webster.shares(units(gross, moneyScale), weights);
        BigInteger[] commissions = Webster.shares(units(fees, moneyScale), weights);
        Map<String, Share> shares = new LinkedHashMap<>();
        int i = 0;
        for (String caseId : parts.keySet()) {
            shares.put(
                    caseId,
                    new Share(
                            new BigDecimal(quantities[i], coinScale),
                            new BigDecimal(amounts[i], moneyScale),
                            new BigDecimal(commissions[i], moneyScale)));
            i++;
        }
        return shares;
    }

    private static BigInteger units(BigDecimal amount, int scale) {
        return amount.setScale(scale, RoundingMode.HALF_EVEN).unscaledValue();
    }

    @Nullable
    String blockId() {
        Object block = record.get("blockId");
        return block == null ? null : block.toString();
    }
}

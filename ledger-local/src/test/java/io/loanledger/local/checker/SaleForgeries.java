package io.loanledger.local.checker;

import java.util.List;
import org.apache.avro.generic.GenericRecord;

/** Histories in which an order, a fill or a settlement is not what was sold. */
final class SaleForgeries {
    private SaleForgeries() {}

    /** The case L3/case/1 is sold out, but neither processor nor ledger ever said so. */
    private static void neverSettled(Forger forger) {
        forger.remove(
                Topics.REPLIES,
                reply -> reply.get("caseId").toString().equals("L3/case/1") && (Boolean) reply.get("finalSettlement"));
        boolean[] first = {true};
        boolean[] over = {false};
        forger.remove(Topics.JOURNAL, event -> {
            if (Forger.is("SaleSettled", "L3").test(event)) {
                over[0] = !first[0];
                first[0] = false;
            }
            return over[0] && Forger.loanOf(event).equals("L3");
        });
        forger.mendJournal();
    }

    static List<Forgery> all() {
        return List.of(
                new Forgery("a case that stays open", Check.CASE_CLOSED_OR_EXPLAINED, SaleForgeries::neverSettled),
                new Forgery(
                        "a fill doubled under another id",
                        Check.SETTLEMENT_IS_FILLS,
                        forger -> forger.repeat(Topics.EXECUTIONS, fill -> true, fill -> fill.put("execId", "X9"))),
                new Forgery(
                        "a fill that was never settled",
                        Check.SETTLEMENT_IS_FILLS,
                        forger -> forger.alter(
                                Topics.EXECUTIONS,
                                "ExecutionReport",
                                fill -> true,
                                fill -> fill.put("commission", "1.01"))),
                new Forgery(
                        "an order without a case",
                        Check.ORDER_HAS_A_REASON,
                        forger -> forger.alter(
                                Topics.ORDERS,
                                "SellOrder",
                                order -> true,
                                order -> ((GenericRecord) ((List<?>) order.get("allocations")).getFirst())
                                        .put("allocAccount", "nobody/case/1"))),
                new Forgery(
                        "a case whose evidence does not hold",
                        Check.ORDER_HAS_A_REASON,
                        forger -> forger.alter(
                                Topics.REQUESTS,
                                "LiquidationRequested",
                                request -> request.get("caseId").toString().equals("L3/case/1"),
                                request -> Forger.put(request, "evidence/exposure", "4000.00"))),
                new Forgery(
                        "an order id twice",
                        Check.ORDER_ARITHMETIC,
                        forger -> forger.repeat(Topics.ORDERS, order -> true, order -> order.put("attempt", 2))),
                new Forgery(
                        "an order a cent under the floor",
                        Check.ORDER_ARITHMETIC,
                        forger -> forger.alter(
                                Topics.ORDERS, "SellOrder", order -> true, order -> order.put("price", "6124.99"))),
                new Forgery(
                        "an order on a price of ten seconds ago",
                        Check.ORDER_ON_YOUNG_EVIDENCE,
                        forger -> forger.alter(
                                Topics.ORDERS,
                                "SellOrder",
                                order -> true,
                                order -> order.put("transactTime", (Long) order.get("transactTime") + 10_000_000))),
                new Forgery(
                        "an order at a price that is not in the index",
                        Check.ORDER_ON_YOUNG_EVIDENCE,
                        forger -> forger.alter(
                                Topics.ORDERS, "SellOrder", order -> true, order -> order.put("indexSequence", 999L))),
                new Forgery(
                        "a second order beside a live one",
                        Check.SELL_BOUND,
                        forger ->
                                forger.repeat(Topics.ORDERS, order -> true, order -> order.put("clOrdId", "another"))),
                new Forgery(
                        "a fill of an order that was never sent",
                        Check.FILLS_KNOWN,
                        forger -> forger.repeat(Topics.EXECUTIONS, fill -> true, fill -> fill.put("clOrdId", "never"))),
                new Forgery(
                        "an execution id with other figures",
                        Check.FILLS_KNOWN,
                        forger -> forger.repeat(Topics.EXECUTIONS, fill -> true, fill -> fill.put("lastPx", "1.00"))),
                new Forgery(
                        "a settlement a cent higher",
                        Check.SETTLEMENT_IS_FILLS,
                        forger -> forger.alter(
                                Topics.REPLIES,
                                "LiquidationSettled",
                                reply -> (Boolean) reply.get("finalSettlement"),
                                reply -> reply.put("cumGross", "1.00"))),
                new Forgery(
                        "coin settled that the ledger did not book",
                        Check.NO_DOUBLE_SALE,
                        forger -> forger.repeat(
                                Topics.REPLIES, reply -> true, reply -> reply.put("cumQuantity", "0.05000000"))));
    }
}

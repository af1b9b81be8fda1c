package io.loanledger.local.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.loanledger.core.lender.Lender;
import io.loanledger.core.lender.Lenders;

/** The figures of a comparison for other programs: amounts as decimal strings, counts as numbers. */
final class ComparisonJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ComparisonJson() {}

    static String of(Comparison comparison) {
        ObjectNode root = JSON.createObjectNode()
                .put("borrowers", comparison.borrowers())
                .put("seed", Long.toString(comparison.seed()))
                .put("slippageBasisPoints", comparison.slippage().basisPoints())
                .put("ok", comparison.holds());
        ArrayNode scenarios = root.putArray("scenarios");
        comparison.results().forEach(result -> scenario(result, scenarios.addObject()));
        ArrayNode lenders = root.putArray("lenders");
        Lenders.ALL_SEVEN.forEach(lender -> lender(lender, lenders.addObject()));
        ArrayNode violations = root.putArray("violations");
        comparison
                .violations()
                .forEach(violation -> violations
                        .addObject()
                        .put("invariant", violation.invariant().name())
                        .put("where", violation.where())
                        .put("what", violation.what()));
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree that was just built cannot be written", impossible);
        }
    }

    private static void scenario(Comparison.Result result, ObjectNode to) {
        PriceTape tape = result.tape();
        to.put("scenario", tape.scenario())
                .put("start", tape.start().toString())
                .put("end", tape.end().toString())
                .put("firstPrice", tape.first().toPlainString())
                .put("lowestPrice", tape.low().toPlainString())
                .put("lastPrice", tape.last().toPlainString());
        ArrayNode rows = to.putArray("lenders");
        for (LenderFigures row : result.rows()) {
            rows.addObject()
                    .put("lender", row.lender())
                    .put("loans", row.loans)
                    .put("notIn", row.notKept)
                    .put("lent", row.lent.toPlainString())
                    .put("notices", row.notices)
                    .put("calls", row.calls)
                    .put("accelerated", row.accelerated)
                    .put("cures", row.cures)
                    .put("callsRunOut", row.expired)
                    .put("sales", row.liquidations)
                    .put("loansSold", row.loansSold)
                    .put("sold", row.sold.toPlainString())
                    .put("proceeds", row.proceeds.toPlainString())
                    .put("charged", row.charged.toPlainString())
                    .put("keptAsMoney", row.kept.toPlainString())
                    .put("surplus", row.surplus.toPlainString())
                    .put("shortfalls", row.shortfalls)
                    .put("shortfall", row.shortfall.toPlainString());
        }
    }

    private static void lender(Lender lender, ObjectNode to) {
        to.put("lender", lender.name())
                .put("source", lender.source())
                .put("published", lender.published())
                .put("product", lender.terms().productId());
        ArrayNode assumed = to.putArray("assumed");
        lender.assumed().forEach(assumed::add);
        ArrayNode approximated = to.putArray("approximated");
        lender.approximated().forEach(approximated::add);
    }
}

package io.loanledger.local.checker;

import static io.loanledger.local.checker.SceneTerms.fraction;
import static io.loanledger.local.checker.SceneTerms.percent;
import static io.loanledger.local.checker.SceneTerms.reaches;

import io.loanledger.events.ComplianceStatus;
import io.loanledger.events.ComplianceStatusChanged;
import io.loanledger.events.Ladder;
import io.loanledger.events.ProductTerms;
import io.loanledger.events.Rung;
import io.loanledger.events.RungAction;
import io.loanledger.events.topic.TopicCatalogue;
import java.util.List;
import java.util.function.Predicate;
import org.apache.avro.generic.GenericRecord;

/** A quarter of the coin at 65 %, another at 70 %; a call between them, notices under and over them. */
final class BandScenes {
    private BandScenes() {}

    private static ProductTerms terms() {
        List<Rung> rungs = List.of(
                new Rung(reaches(55), RungAction.NOTICE, percent(52), 0L, null),
                new Rung(reaches(65), RungAction.SELL, percent(60), 0L, fraction("1/4")),
                new Rung(reaches(68), RungAction.CALL, percent(62), 86_400L, null),
                new Rung(reaches(70), RungAction.SELL, percent(62), 0L, fraction("1/4")),
                new Rung(reaches(72), RungAction.NOTICE, percent(60), 0L, null));
        return SceneTerms.product().setLadder(new Ladder(rungs, 0L, 0L, 0L)).build();
    }

    private static void play(RecordedLedger ledger) {
        ledger.active("L1");
        ledger.priceAfter(1, "9000");
        ledger.priceAfter(1, "7692");
        LedgerScenes.declined(ledger, "L1", "L1/case/1", "BREACH_IS_OVER");
        ledger.priceAfter(1, "7690");
        LedgerScenes.settle(ledger, "L1", "L1/case/2", "7690");
        ledger.priceAfter(1, "7100");
        ledger.priceAfter(1, "6100");
        ledger.priceAfter(1, "5900");
        LedgerScenes.settle(ledger, "L1", "L1/case/3", "5900");
        ledger.priceAfter(1, "5700");
        ledger.priceAfter(1, "6500");
        ledger.priceAfter(1, "10000");
        ledger.active("L2");
        ledger.active("L3");
        ledger.send(
                TopicCatalogue.LOANS,
                "L3",
                new ComplianceStatusChanged(
                        ledger.nextId(), ledger.now, "test", "L3", ComplianceStatus.FROZEN, "a hold"));
        ledger.priceAfter(
                1, "6900"); // over two bands at once; the one that is held is called, and told of what lies under the
        // bands
        ledger.repaid("some", "L2", "400.00");
        ledger.priceAfter(1, "10000");
    }

    private static Predicate<GenericRecord> request(String caseId) {
        return event -> event.getSchema().getName().equals("LiquidationRequested")
                && event.get("caseId").toString().equals(caseId);
    }

    static Scene bands() {
        return new Scene(
                "a share at each band",
                BandScenes::terms,
                BandScenes::play,
                List.of(
                        "LiquidationRequested",
                        "LiquidationDeclined",
                        "LiquidationAmended",
                        "RungsCleared",
                        "MarginCallCured"),
                List.of(
                        Forgeries.goneFrom(
                                "a band that nobody sold", "L1", request("L1/case/1"), Check.BREACH_IMPLIES_ACTION),
                        Forgeries.goneFrom(
                                "a band forgotten with its decline",
                                "L1",
                                request("L1/case/2"),
                                Check.BREACH_IMPLIES_ACTION),
                        Forgeries.goneFrom(
                                "a second band that nobody sold",
                                "L1",
                                request("L1/case/3"),
                                Check.BREACH_IMPLIES_ACTION),
                        altered("one band where two were jumped over", "L2", "reserved/amount", "0.25000000"),
                        altered("a band called a part", "L2", "mode", "PARTIAL"),
                        altered("another band", "L1", "rung", 4),
                        Forgeries.goneFrom(
                                "bands that were not armed again", "L1", "RungsCleared", Check.BREACH_IMPLIES_ACTION)));
    }

    private static Forgery altered(String what, String loanId, String path, Object value) {
        return Forgeries.altered(
                what, Forger.is("LiquidationRequested", loanId), path, value, Check.DECISION_RECOMPUTED);
    }

    static List<Scene> all() {
        return List.of(bands());
    }
}

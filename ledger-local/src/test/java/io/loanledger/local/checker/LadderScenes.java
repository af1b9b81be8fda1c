package io.loanledger.local.checker;

import static io.loanledger.local.checker.SceneTerms.percent;
import static io.loanledger.local.checker.SceneTerms.reaches;

import io.loanledger.events.Ladder;
import io.loanledger.events.MarginCallDisputeAnswered;
import io.loanledger.events.MarginCallDisputed;
import io.loanledger.events.ProductTerms;
import io.loanledger.events.Rung;
import io.loanledger.events.RungAction;
import io.loanledger.events.topic.TopicCatalogue;
import java.time.Duration;
import java.util.List;

/** A notice at 55 %, a call at 70 % for a day, at 75 % for four hours, a dwell of an hour, disputes within two hours. */
final class LadderScenes {
    private static final long HOUR = Duration.ofHours(1).toSeconds();

    private LadderScenes() {}

    private static Rung rung(RungAction action, int threshold, int level, long period) {
        return new Rung(reaches(threshold), action, percent(level), period, null);
    }

    private static ProductTerms terms(List<Rung> rungs, long dwell) {
        return SceneTerms.product()
                .setLadder(new Ladder(rungs, dwell, 2 * HOUR, 12 * HOUR))
                .build();
    }

    private static ProductTerms threeRungs() {
        return terms(
                List.of(
                        rung(RungAction.NOTICE, 55, 52, 0),
                        rung(RungAction.CALL, 70, 60, 24 * HOUR),
                        rung(RungAction.CALL, 75, 65, 4 * HOUR)),
                HOUR);
    }

    private static void dispute(RecordedLedger ledger, String loanId) {
        ledger.send(
                TopicCatalogue.LOANS,
                loanId,
                new MarginCallDisputed(ledger.nextId(), ledger.now, "test", loanId, loanId + "/call/1", "not so"));
    }

    private static void answer(RecordedLedger ledger, String loanId, boolean upheld) {
        ledger.send(
                TopicCatalogue.LOANS,
                loanId,
                new MarginCallDisputeAnswered(
                        ledger.nextId(), ledger.now, "test", loanId, loanId + "/call/1", upheld, "looked at"));
    }

    static Scene notices() {
        return new Scene(
                "notices and a dwell",
                LadderScenes::threeRungs,
                ledger -> {
                    ledger.active("L1");
                    ledger.priceAfter(1, "9000");
                    ledger.priceAfter(1, "9700");
                    ledger.priceAfter(1, "7142.85");
                    ledger.priceAfter(HOUR, "8400");
                    ledger.priceAfter(HOUR / 2, "8000");
                    ledger.priceAfter(60, "8400");
                    ledger.priceAfter(60, "8500");
                    ledger.priceAfter(HOUR, "8400");
                    ledger.priceAfter(1, "9000");
                    ledger.priceAfter(1, "7000");
                    ledger.priceAfter(1, "6600");
                    ledger.priceAfter(1, "6500");
                    ledger.priceAfter(6 * HOUR, "6550");
                    LedgerScenes.settle(ledger, "L1", "L1/case/1", "6550");
                    ledger.priceAfter(1, "10000");
                },
                List.of(
                        "MarginNoticeIssued",
                        "RungsCleared",
                        "CureDwellStarted",
                        "CureDwellEnded",
                        "MarginCallCured",
                        "MarginCallAccelerated",
                        "MarginCallExpired",
                        "SaleSettled"),
                List.of(
                        gone("a notice that nobody gave", "MarginNoticeIssued"),
                        gone("a rung that was not armed again", "RungsCleared"),
                        gone("a dwell that did not begin", "CureDwellStarted"),
                        gone("a dwell that went on over its level", "CureDwellEnded"),
                        Forgeries.goneFrom("a dwell that cured nothing", "L1", "MarginCallCured", Check.DEADLINE_ACTS),
                        gone("a call that did not move up", "MarginCallAccelerated"),
                        Forgeries.altered("a longer time than the rung's", "MarginCallAccelerated", "deadline", 1L),
                        Forgeries.altered("another rung", "MarginCallIssued", "rung", 3),
                        Forgeries.altered("a dwell from a moment before", "CureDwellStarted", "since", 1L),
                        Forgeries.altered("too many rungs left", "RungsCleared", "reached", 1),
                        new Forgery(
                                "a notice told twice",
                                Check.PUBLIC_RECORD_ONCE,
                                forger -> forger.repeat(
                                        Topics.MARGIN_CALLS,
                                        told -> told.getSchema().getName().equals("MarginNoticeIssued"),
                                        told -> {})),
                        new Forgery(
                                "an acceleration that nobody was told of",
                                Check.PUBLIC_RECORD_ONCE,
                                forger -> forger.remove(
                                        Topics.MARGIN_CALLS,
                                        told -> told.getSchema().getName().equals("MarginCallAccelerated")))));
    }

    private static Forgery gone(String what, String type) {
        return Forgeries.goneFrom(what, "L1", type, Check.BREACH_IMPLIES_ACTION);
    }

    static Scene disputes() {
        return new Scene(
                "disputes upheld, rejected and not answered",
                LadderScenes::threeRungs,
                ledger -> {
                    List.of("L1", "L2", "L3", "L5").forEach(ledger::active);
                    ledger.priceAfter(1, "7142.85");
                    ledger.priceAfter(HOUR, "7100");
                    dispute(ledger, "L1");
                    dispute(ledger, "L2");
                    dispute(ledger, "L3");
                    ledger.priceAfter(HOUR, "6650");
                    answer(ledger, "L1", true);
                    answer(ledger, "L2", false);
                    dispute(ledger, "L2");
                    ledger.priceAfter(HOUR, "6600");
                    dispute(ledger, "L5");
                    ledger.priceAfter(11 * HOUR, "7100");
                    answer(ledger, "L3", true);
                    ledger.priceAfter(1, "8600");
                    ledger.priceAfter(2 * HOUR, "8600");
                    ledger.priceAfter(1, "10000");
                    ledger.active("L7");
                    ledger.priceAfter(1, "7142.85");
                    dispute(ledger, "L7");
                    answer(ledger, "L7", true);
                    ledger.priceAfter(1, "7100");
                    ledger.priceAfter(1, "8600");
                    ledger.priceAfter(1, "10000");
                },
                List.of("MarginCallDisputed", "MarginCallDisputeClosed", "MarginCallCancelled"),
                List.of(
                        Forgeries.altered("upheld, not rejected", "MarginCallDisputeClosed", "outcome", "REJECTED"),
                        Forgeries.altered("more time to answer", "MarginCallDisputed", "answerBy", 1L),
                        Forgeries.goneFrom(
                                "a dispute that never lapsed", "L3", "MarginCallDisputeClosed", Check.DEADLINE_ACTS),
                        Forgeries.goneFrom(
                                "a withdrawn call that stayed",
                                "L7",
                                "MarginCallCancelled",
                                Check.BREACH_IMPLIES_ACTION),
                        Forgeries.rejected("a dispute refused as of no loan", "CALL_NOT_DISPUTABLE", "UNKNOWN_LOAN"),
                        Forgeries.goneFrom(
                                "a dispute without an effect", "L2", "MarginCallDisputed", Check.INPUT_HAS_ONE_EFFECT),
                        new Forgery(
                                "a withdrawal told again at the end",
                                Check.PUBLIC_RECORD_ONCE,
                                forger -> forger.repeat(
                                        Topics.MARGIN_CALLS,
                                        told -> told.getSchema().getName().equals("MarginCallDisputeClosed"),
                                        told -> {}))));
    }

    static Scene withoutAClock() {
        return new Scene(
                "a call without a clock",
                () -> terms(List.of(rung(RungAction.CALL, 70, 60, 0)), 0),
                ledger -> {
                    ledger.active("L1");
                    ledger.priceAfter(1, "7000");
                    ledger.priceAfter(Duration.ofDays(40).toSeconds(), "7100");
                    ledger.priceAfter(1, "6000");
                    LedgerScenes.settle(ledger, "L1", "L1/case/1", "6000");
                    ledger.priceAfter(1, "10000");
                },
                List.of("MarginCallIssued", "MarginCallCancelled", "SaleSettled"),
                List.of(Forgeries.altered("a clock after all", "MarginCallIssued", "deadline", 1L)));
    }

    static Scene withoutACall() {
        return new Scene(
                "notices alone",
                () -> terms(List.of(rung(RungAction.NOTICE, 60, 55, 0), rung(RungAction.NOTICE, 65, 60, 0)), 0),
                ledger -> {
                    ledger.active("L1");
                    ledger.priceAfter(1, "8300");
                    ledger.priceAfter(1, "7600");
                    ledger.priceAfter(1, "8400");
                    ledger.priceAfter(1, "7600");
                    ledger.priceAfter(1, "6200");
                    LedgerScenes.settle(ledger, "L1", "L1/case/1", "6200");
                    ledger.priceAfter(1, "10000");
                },
                List.of("MarginNoticeIssued", "RungsCleared", "SaleSettled"),
                List.of(
                        Forgeries.altered("the wrong notice", "MarginNoticeIssued", "rung", 2),
                        gone("no second notice", "RungsCleared")));
    }

    static List<Scene> all() {
        return List.of(notices(), disputes(), withoutAClock(), withoutACall());
    }
}

package io.loanledger.local.checker;

import io.loanledger.events.CustodyStatement;
import io.loanledger.events.topic.TopicCatalogue;
import java.time.Duration;

/** Broken loans, and what operators do about them. */
final class OperatorScenes {
    private OperatorScenes() {}

    /** A loan breaks; a payment comes and is kept; two operators skip what broke it; the payment comes again and is booked. */
    static void quarantine(RecordedLedger ledger) {
        ledger.active("Q1");
        long broken = breakDown(ledger, "Q1");
        ledger.repaid("kept", "Q1", "100.00");
        ledger.priceAfter(1, "9990");
        ledger.order("skip-1", TopicCatalogue.COLLATERAL, 0, broken);
        ledger.mend("Q1", "Q1/release/9");
        ledger.repaid("kept", "Q1", "100.00");
        ledger.priceAfter(1, "10000");
    }

    /** A loan breaks while it is being sold: what is not sold yet is taken back. */
    static void quarantineOfASale(RecordedLedger ledger) {
        ledger.active("Q3");
        ledger.priceAfter(1, "6250");
        long broken = breakDown(ledger, "Q3");
        ledger.order("skip-3", TopicCatalogue.COLLATERAL, 0, broken);
        ledger.mend("Q3", "Q3/release/9");
        ledger.priceAfter(1, "10000");
    }

    /** A record is skipped before it comes. */
    static void skip(RecordedLedger ledger) {
        ledger.active("Q6");
        ledger.order("skip-6", TopicCatalogue.MOVEMENTS, 0, ledger.nextOffset(TopicCatalogue.MOVEMENTS, 0));
        ledger.repaid("skipped", "Q6", "100.00");
        ledger.repaid("taken", "Q6", "10.00");
    }

    /** A stray that was under way when its order came, and one that is skipped under the place where it came home. */
    static void skippedStrays(RecordedLedger ledger) {
        ledger.active("S2");
        ledger.order("skip-stray", TopicCatalogue.MOVEMENTS, 1, ledger.nextOffset(TopicCatalogue.MOVEMENTS, 1));
        ledger.repaidAstray("S2", "50.00");
        ledger.order("skip-at-home", TopicCatalogue.STRAYED, 0, ledger.nextOffset(TopicCatalogue.STRAYED, 0));
        ledger.repaidAstray("S2", "60.00");
        ledger.repaidAstray("S2", "70.00");
    }

    /**
     * A loan breaks after its sale, and what the desk owes falls due meanwhile. The statement that comes first after the lift agrees: all
     * that it brings are the differences with the desk, and for that its id is remembered.
     */
    static void overdueAfterQuarantine(RecordedLedger ledger) {
        ledger.active("S4");
        ledger.priceAfter(1, "6250");
        LedgerScenes.settle(ledger, "S4", "S4/case/1", "6250");
        ledger.priceAfter(1, "10000");
        long broken = breakDown(ledger, "S4");
        ledger.priceAfter(Duration.ofDays(4).toSeconds(), "10000");
        ledger.order("skip-4", TopicCatalogue.COLLATERAL, 0, broken);
        ledger.mend("S4", "S4/release/9");
        stated(ledger, "stated-of-S4", "S4", "1.00000000");
        stated(ledger, "stated-of-S4", "S4", "0.90000000");
    }

    private static void stated(RecordedLedger ledger, String eventId, String loanId, String quantity) {
        ledger.send(
                TopicCatalogue.COLLATERAL,
                loanId,
                new CustodyStatement(eventId, ledger.now, "test", loanId, "BTC", quantity));
    }

    private static long breakDown(RecordedLedger ledger, String loanId) {
        ledger.breakRelease(loanId, loanId + "/release/9", "0.50000000");
        long broken = ledger.nextOffset(TopicCatalogue.COLLATERAL, 0);
        ledger.released(loanId, 9, "0.50000000");
        return broken;
    }
}

package io.loanledger.local.checker;

import io.loanledger.events.topic.TopicCatalogue;

/** Broken loans, and what operators do about them. */
final class OperatorScenes {
    private OperatorScenes() {}

    /** A loan breaks; a payment comes and is kept; two operators skip what broke it; the payment comes again and is booked. */
    static void quarantine(RecordedLedger ledger) {
        ledger.active("Q1");
        long broken = breakDown(ledger, "Q1");
        ledger.repaid("kept", "Q1", "100.00");
        ledger.priceAfter(1, "9990");
        ledger.order("skip-1", TopicCatalogue.COLLATERAL, broken);
        ledger.mend("Q1", "Q1/release/9");
        ledger.repaid("kept", "Q1", "100.00");
        ledger.priceAfter(1, "10000");
    }

    /** A loan breaks while it is being sold: what is not sold yet is taken back. */
    static void quarantineOfASale(RecordedLedger ledger) {
        ledger.active("Q3");
        ledger.priceAfter(1, "6250");
        long broken = breakDown(ledger, "Q3");
        ledger.order("skip-3", TopicCatalogue.COLLATERAL, broken);
        ledger.mend("Q3", "Q3/release/9");
        ledger.priceAfter(1, "10000");
    }

    /** A record is skipped before it comes. */
    static void skip(RecordedLedger ledger) {
        ledger.active("Q6");
        ledger.order("skip-6", TopicCatalogue.MOVEMENTS, ledger.nextOffset(TopicCatalogue.MOVEMENTS));
        ledger.repaid("skipped", "Q6", "100.00");
        ledger.repaid("taken", "Q6", "10.00");
    }

    private static long breakDown(RecordedLedger ledger, String loanId) {
        ledger.breakRelease(loanId, loanId + "/release/9", "0.50000000");
        long broken = ledger.nextOffset(TopicCatalogue.COLLATERAL);
        ledger.released(loanId, 9, "0.50000000");
        return broken;
    }
}

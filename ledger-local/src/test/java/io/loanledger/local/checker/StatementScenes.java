package io.loanledger.local.checker;

import java.time.Duration;

/** What the custodian states: agreeing, short, over, overtaken by a fact that comes late, and settled. */
final class StatementScenes {
    private StatementScenes() {}

    static void statements(RecordedLedger ledger) {
        ledger.active("Q9");
        ledger.priceAfter(60, "10000");
        ledger.stated("Q9", "1.00000000", ledger.now);
        ledger.stated("Q9", "0.90000000", ledger.now);
        ledger.stated("Q9", "0.90000000", ledger.now.plusSeconds(1));
        ledger.priceAfter(60, "10000");
        ledger.repaid("all-of-Q9", "Q9", "6000.00");
        ledger.stated("Q9", "1.00000000", ledger.now);
        ledger.released("Q9", 1, "1.00000000");
        ledger.stated("Q9", "1.00000000", ledger.now.minus(Duration.ofSeconds(30)));
        ledger.stated("Q9", "0.25000000", ledger.now.plusSeconds(1));
        ledger.stated("Q9", "0", ledger.now.plusSeconds(2));
    }

    /** Coin that was locked, stated short, then taken back by a fact that lies before the statement. */
    static void lateFact(RecordedLedger ledger) {
        ledger.active("R7");
        ledger.locked("R7", "more-coin-of-R7", "0.50000000");
        ledger.priceAfter(60, "10000");
        ledger.stated("R7", "1.00000000", ledger.now.plusSeconds(5));
        ledger.reverted("R7", "more-coin-of-R7");
    }
}

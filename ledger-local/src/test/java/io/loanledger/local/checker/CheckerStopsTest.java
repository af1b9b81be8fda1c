package io.loanledger.local.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.local.checker.CheckReport.Violation;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Sales around a kill switch and a pause: held they are fine, in spite of them they are found. */
class CheckerStopsTest {
    @TempDir
    static Path folder;

    private static RecordedLedger ledger;

    /** Under the kill switch a sale is asked for and ordered once it is let go; in the pause a breach waits for its end. */
    @BeforeAll
    static void record() {
        ledger = RecordedLedger.open(folder);
        ledger.active("Q1");
        ledger.kill(true);
        ledger.priceAfter(120, "6250");
        ledger.kill(false);
        LedgerScenes.settle(ledger, "Q1", "Q1/case/1", "6250");
        ledger.priceAfter(1, "10000");
        ledger.active("Q3");
        ledger.pause(true);
        ledger.priceAfter(1, "6250");
        ledger.pause(false);
        ledger.repaid("after-the-pause", "Q1", "1.00"); // by which the partition says that it knows of the end
        ledger.priceAfter(1, "6240");
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    @Test
    void findsNothingWrongWithWhatWaitsForTheEndOfAStop() {
        CheckReport report = Checker.check(ledger.history, CheckSettings.defaults());
        assertThat(report.violations()).isEmpty();
        assertThat(report.counts().get(Check.NO_SALE_WHILE_STOPPED).looked())
                .as("two requests, and an order under two stops")
                .isEqualTo(4);
    }

    static List<Forgery> forgeries() {
        return List.of(
                new Forgery(
                        "an order under the kill switch",
                        Check.NO_SALE_WHILE_STOPPED,
                        forger -> forger.remove(
                                Topics.TERMS_FANNED,
                                terms -> terms.get("killSwitch") instanceof GenericRecord kill
                                        && !(Boolean) kill.get("engaged"))),
                new Forgery(
                        "an order in a pause",
                        Check.NO_SALE_WHILE_STOPPED,
                        forger -> forger.alter(
                                Topics.TERMS_FANNED, "FannedTerms", terms -> terms.get("killSwitch") != null, terms -> {
                                    GenericRecord pause =
                                            forger.first(Topics.TERMS_FANNED, each -> each.get("marketPause") != null);
                                    terms.put("killSwitch", null);
                                    terms.put("kind", pause.get("kind"));
                                    terms.put("marketPause", pause.get("marketPause"));
                                })),
                new Forgery(
                        "a request in a pause",
                        Check.NO_SALE_WHILE_STOPPED,
                        forger -> forger.remove(
                                Topics.TERMS_FANNED,
                                terms -> terms.get("marketPause") instanceof GenericRecord pause
                                        && !(Boolean) pause.get("paused"))),
                new Forgery("a breach forgotten in a pause", Check.BREACH_IMPLIES_ACTION, forger -> {
                    forger.remove(Topics.JOURNAL, Forger.is("LiquidationRequested", "Q3"));
                    forger.mendJournal();
                }),
                new Forgery("a request by a task that had read of the pause", Check.NO_SALE_WHILE_STOPPED, forger -> {
                    readOnlyOfThePause(forger, "RepaymentApplied", "Q1");
                    readOnlyOfThePause(forger, "LiquidationRequested", "Q3");
                    forger.mendJournal();
                }),
                new Forgery("terms that were read and then not", Check.CAUSE_COMMITTED, forger -> {
                    readOnlyOfThePause(forger, "LiquidationRequested", "Q3");
                    forger.mendJournal();
                }));
    }

    private static void readOnlyOfThePause(Forger forger, String type, String loanId) {
        GenericRecord pause = forger.first(Topics.TERMS_FANNED, each -> each.get("marketPause") != null);
        forger.alter(
                Topics.JOURNAL,
                type,
                Forger.is(type, loanId),
                event -> Forger.put(event, "header/termsSequence", pause.get("sequence")));
    }

    @TestFactory
    Stream<DynamicTest> findsEveryForgery() {
        return forgeries().stream()
                .map(forgery -> DynamicTest.dynamicTest(forgery.what(), () -> {
                    Forger forger = new Forger(ledger.history);
                    forgery.deed().accept(forger);
                    assertThat(Checker.check(forger.history, CheckSettings.defaults())
                                    .violations())
                            .extracting(Violation::check)
                            .contains(forgery.check());
                }));
    }
}

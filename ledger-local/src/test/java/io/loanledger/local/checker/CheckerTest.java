package io.loanledger.local.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.local.checker.CheckReport.Violation;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The checker over what the ledger's real topology did: nothing is wrong with it, and every forgery is found by the check named. */
class CheckerTest {
    @TempDir
    static Path folder;

    private static RecordedLedger ledger;

    @BeforeAll
    static void record() {
        ledger = RecordedLedger.open(folder);
        LedgerScenes.lifeToClose(ledger);
        LedgerScenes.callAndCure(ledger);
        LedgerScenes.sale(ledger);
        LedgerScenes.expiry(ledger);
        LedgerScenes.stray(ledger);
        OperatorScenes.quarantine(ledger);
        OperatorScenes.quarantineOfASale(ledger);
        OperatorScenes.skip(ledger);
        StatementScenes.statements(ledger);
        StatementScenes.lateFact(ledger);
        OperatorScenes.skippedStrays(ledger);
        LedgerScenes.seenInTime(ledger);
        OperatorScenes.overdueAfterQuarantine(ledger);
    }

    private static CheckSettings settings() {
        return CheckSettings.defaults().withOperatorKeys(OperatorKey.parse(ledger.operators.lines()));
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    @Test
    void findsNothingWrongWithWhatTheLedgerDid() {
        CheckReport report = Checker.check(ledger.history, settings());
        assertThat(report.violations()).isEmpty();
        assertThat(report.holds()).isTrue();
        assertThat(report.loans()).isEqualTo(14);
        assertThat(report.orders()).isEqualTo(3);
        // What is never looked at would hold for ever.
        assertThat(report.counts())
                .allSatisfy((check, count) ->
                        assertThat(count.looked()).as(check.name()).isPositive());
        assertThat(report.lines(50).getLast())
                .startsWith("CHECK OK loans=14 orders=3 journal=")
                .endsWith("violations=0");
    }

    private static Stream<Forgery> forgeries() {
        return Stream.of(
                        journal(),
                        InputForgeries.all(),
                        world(),
                        strays(),
                        SaleForgeries.all(),
                        OperatorForgeries.all(),
                        StatementForgeries.all())
                .flatMap(List::stream);
    }

    @Test
    void triesEveryCheckWithAForgery() {
        Stream<Forgery> all = Stream.concat(forgeries(), CheckerStopsTest.forgeries().stream());
        assertThat(all.map(Forgery::check)).contains(Check.values());
    }

    @TestFactory
    Stream<DynamicTest> findsEveryForgery() {
        return forgeries()
                .map(forgery -> DynamicTest.dynamicTest(forgery.what(), () -> {
                    Forger forger = new Forger(ledger.history);
                    forgery.deed().accept(forger);
                    CheckReport report = Checker.check(forger.history, settings());
                    assertThat(report.violations()).extracting(Violation::check).contains(forgery.check());
                    assertThat(report.lines(1).getLast()).startsWith("CHECK FAILED");
                }));
    }

    private static List<Forgery> journal() {
        return List.of(
                new Forgery("an amount off by a cent", Check.DECISION_RECOMPUTED, forger -> {
                    forger.alter(
                            Topics.JOURNAL,
                            "RepaymentApplied",
                            event -> true,
                            event -> Forger.put(event, "allocation/principal/amount", "100.01"));
                    forger.mendJournal();
                }),
                new Forgery("a balance off by a cent", Check.BALANCES_RECOMPUTED, forger -> {
                    forger.alter(
                            Topics.JOURNAL,
                            "RepaymentApplied",
                            event -> true,
                            event -> Forger.put(event, "balances/principal", "4900.01"));
                    forger.mendJournal();
                }),
                new Forgery("a double entry off by a cent on both sides", Check.POSTINGS_RECOMPUTED, forger -> {
                    forger.alter(Topics.JOURNAL, "RepaymentApplied", event -> true, event -> {
                        for (Object each : (List<?>) event.get("postings")) {
                            GenericRecord entry = (GenericRecord) each;
                            if (entry.get("amount").toString().equals("100.00")) {
                                entry.put("amount", "100.01");
                            } else if (entry.get("amount").toString().equals("-100.00")) {
                                entry.put("amount", "-100.01");
                            }
                        }
                    });
                    forger.mendJournal();
                }),
                new Forgery("a posting on one side only", Check.POSTINGS_RECOMPUTED, forger -> {
                    forger.alter(
                            Topics.JOURNAL,
                            "RepaymentApplied",
                            event -> true,
                            event -> ((List<?>) event.get("postings")).removeLast());
                    forger.mendJournal();
                }),
                new Forgery("coin from nowhere, in event, double entry and balance", Check.CONSERVATION, forger -> {
                    forger.alter(Topics.JOURNAL, "CollateralCredited", event -> true, event -> {
                        Forger.put(event, "quantity/amount", "2.00000000");
                        Forger.put(event, "balances/held", "2.00000000");
                        for (Object each : (List<?>) event.get("postings")) {
                            GenericRecord entry = (GenericRecord) each;
                            entry.put("amount", entry.get("amount").toString().replace("1.0", "2.0"));
                        }
                    });
                    forger.mendJournal();
                }),
                new Forgery("cash from nowhere, in event and balance", Check.CONSERVATION, forger -> {
                    forger.alter(Topics.JOURNAL, "RepaymentApplied", event -> true, event -> {
                        Forger.put(event, "allocation/principal/amount", "100.01");
                        Forger.put(event, "balances/principal", "4899.99");
                    });
                    forger.mendJournal();
                }),
                new Forgery(
                        "a record gone",
                        Check.JOURNAL_SEQUENCE,
                        forger -> forger.remove(Topics.JOURNAL, Forger.is("MarginCallCured", "L2"))),
                new Forgery(
                        "a record gone, numbers and hashes mended but the loan's versions", Check.VERSION_FENCE, f -> {
                            f.alter(
                                    Topics.JOURNAL,
                                    "MarginCallCured",
                                    event -> true,
                                    event -> Forger.put(event, "header/loanVersion", 99L));
                        }),
                new Forgery(
                        "another byte under the old hash",
                        Check.HASH_CHAIN,
                        forger -> forger.alter(
                                Topics.JOURNAL,
                                "LoanRequested",
                                event -> true,
                                event -> event.put("borrowerId", "bob"))),
                new Forgery(
                        "a chain that was cut and joined",
                        Check.HASH_CHAIN,
                        forger -> forger.alter(
                                Topics.JOURNAL,
                                "CollateralReleased",
                                event -> true,
                                event -> event.put(
                                        "hash",
                                        new GenericData.Fixed(
                                                event.getSchema()
                                                        .getField("hash")
                                                        .schema(),
                                                new byte[32])))),
                new Forgery("a cause that was never committed", Check.CAUSE_COMMITTED, forger -> {
                    forger.alter(
                            Topics.JOURNAL,
                            "DisbursementConfirmed",
                            event -> true,
                            event -> Forger.put(event, "header/causeOffset", 4_711L));
                    forger.mendJournal();
                }),
                new Forgery("a cause with other content", Check.CAUSE_COMMITTED, forger -> {
                    forger.alter(
                            Topics.JOURNAL,
                            "RepaymentApplied",
                            event -> true,
                            event -> Forger.put(event, "header/causeContentDigest", 1L));
                    forger.mendJournal();
                }),
                new Forgery("a task time that no price had", Check.CAUSE_COMMITTED, forger -> {
                    forger.alter(
                            Topics.JOURNAL,
                            "RepaymentApplied",
                            event -> true,
                            event -> Forger.put(event, "header/taskTime", 1L));
                    forger.mendJournal();
                }),
                new Forgery("evidence of a price that never was", Check.EVIDENCE, forger -> {
                    forger.alter(
                            Topics.JOURNAL,
                            "LiquidationRequested",
                            event -> true,
                            event -> Forger.put(event, "evidence/index/price", "6249"));
                    forger.mendJournal();
                }),
                new Forgery("a lot too much sold", Check.DECISION_RECOMPUTED, forger -> {
                    forger.alter(
                            Topics.JOURNAL,
                            "LiquidationRequested",
                            event -> true,
                            event -> Forger.put(event, "reserved/amount", "0.99990000"));
                    forger.mendJournal();
                }));
    }

    private static List<Forgery> world() {
        return List.of(
                new Forgery(
                        "a call announced twice",
                        Check.PUBLIC_RECORD_ONCE,
                        forger -> forger.repeat(Topics.MARGIN_CALLS, call -> true, call -> {})),
                new Forgery(
                        "a call that the journal does not know",
                        Check.PUBLIC_RECORD_ONCE,
                        forger -> forger.alter(
                                Topics.MARGIN_CALLS,
                                "MarginCallIssued",
                                call -> true,
                                call -> call.put("repayToCure", "0.01"))),
                new Forgery(
                        "a payout not instructed",
                        Check.PUBLIC_RECORD_ONCE,
                        forger -> forger.remove(
                                Topics.PAYMENT_INSTRUCTIONS,
                                instruction -> instruction.getSchema().getName().equals("Disburse"))),
                new Forgery(
                        "coin released twice",
                        Check.PUBLIC_RECORD_ONCE,
                        forger -> forger.repeat(Topics.CUSTODY_INSTRUCTIONS, instruction -> true, instruction -> {})),
                new Forgery(
                        "a request to sell more than the journal's",
                        Check.PUBLIC_RECORD_ONCE,
                        forger -> forger.alter(
                                Topics.REQUESTS,
                                "LiquidationRequested",
                                request -> true,
                                request -> request.put("reservedQuantity", "1.00000000"))),
                new Forgery(
                        "a proof granted to a second loan",
                        Check.ONE_PROOF_ONE_LOAN,
                        forger -> forger.repeat(Topics.CLAIM_RESULTS, result -> true, result -> {})),
                new Forgery(
                        "a claim that nobody answered",
                        Check.ONE_PROOF_ONE_LOAN,
                        forger -> forger.remove(
                                Topics.CLAIM_RESULTS,
                                result -> result.get("loanId").toString().equals("L2"))));
    }

    private static List<Forgery> strays() {
        return List.of(
                new Forgery("a stray that nobody sent home", Check.STRAY_BROUGHT_HOME, forger -> {
                    forger.history.remove(Topics.STRAYED, message -> true);
                    forger.remove(Topics.JOURNAL, forger.fromOn("RepaymentApplied", "L7"));
                    forger.mendJournal();
                }),
                new Forgery(
                        "a stray sent home twice",
                        Check.STRAY_BROUGHT_HOME,
                        forger -> forger.repeat(Topics.STRAYED, record -> true, record -> {})),
                new Forgery(
                        "a stray sent home that never strayed",
                        Check.STRAY_BROUGHT_HOME,
                        forger -> forger.history.remove(Topics.MOVEMENTS, message -> message.partition() == 1)));
    }
}

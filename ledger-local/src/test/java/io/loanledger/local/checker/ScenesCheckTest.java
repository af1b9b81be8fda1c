package io.loanledger.local.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.local.checker.CheckReport.Violation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Ledger and checker agree under every kind of terms, and what is forged in a history of such terms is found. */
class ScenesCheckTest {
    @TempDir
    static Path folder;

    private static final List<RecordedLedger> LEDGERS = new ArrayList<>();

    static List<Scene> scenes() {
        String only = System.getProperty("checker.scene", "");
        return Stream.of(
                        SaleScenes.all(),
                        RateScenes.all(),
                        LadderScenes.all(),
                        BandScenes.all(),
                        AgreementScenes.all(),
                        DefaultScenes.all(),
                        AmendmentScenes.all(),
                        BasketScenes.all())
                .flatMap(List::stream)
                .filter(scene -> scene.name().matches(".*(" + only + ").*"))
                .toList();
    }

    @AfterAll
    static void close() {
        LEDGERS.forEach(RecordedLedger::close);
    }

    @TestFactory
    Stream<DynamicContainer> findsWhatIsForgedAndNothingElse() {
        return scenes().stream().map(scene -> DynamicContainer.dynamicContainer(scene.name(), tests(scene)));
    }

    private static Stream<DynamicTest> tests(Scene scene) {
        RecordedLedger ledger = new RecordedLedger(folder.resolve(Integer.toString(LEDGERS.size())));
        LEDGERS.add(ledger);
        ledger.terms(scene.terms().get());
        ledger.price(RecordedLedger.START, "10000");
        scene.play().accept(ledger);
        return Stream.concat(
                Stream.of(DynamicTest.dynamicTest("nothing is wrong with it", () -> agrees(scene, ledger.history))),
                scene.forgeries().stream()
                        .map(forgery -> DynamicTest.dynamicTest(forgery.what(), () -> finds(forgery, ledger.history))));
    }

    private static void agrees(Scene scene, RecordedHistory history) {
        WireReading reading = new WireReading(history);
        Set<String> happened = history.of(Topics.JOURNAL).stream()
                .map(message -> reading.read(message.value()).record())
                .map(event -> event == null ? "" : event.getSchema().getName())
                .collect(Collectors.toSet());
        assertThat(happened).containsAll(scene.happens());
        assertThat(history.of(Topics.DEAD_LETTERS)).isEmpty();
        assertThat(Checker.check(history, CheckSettings.defaults()).violations())
                .isEmpty();
    }

    private static void finds(Forgery forgery, RecordedHistory history) {
        Forger forger = new Forger(history);
        forgery.deed().accept(forger);
        CheckReport report = Checker.check(forger.history, CheckSettings.defaults());
        assertThat(report.violations()).extracting(Violation::check).contains(forgery.check());
    }
}

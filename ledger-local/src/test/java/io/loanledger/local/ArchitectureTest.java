package io.loanledger.local;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Rules about the project as a whole; this module is the one that sees all of it. */
class ArchitectureTest {

    private static final JavaClasses PROJECT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.loanledger");

    private static final List<String> SERVICES = List.of("streams", "ingest", "liquidation");

    @TestFactory
    List<DynamicTest> servicesMeetOnlyInTopics() {
        List<DynamicTest> pairs = new ArrayList<>();
        for (String service : SERVICES) {
            List<String> others = new ArrayList<>(SERVICES);
            others.remove(service);
            others.add("local");
            String[] forbidden = others.stream()
                    .map(other -> "io.loanledger." + other + "..")
                    .toArray(String[]::new);
            pairs.add(DynamicTest.dynamicTest(
                    service,
                    () -> noClasses()
                            .that()
                            .resideInAPackage("io.loanledger." + service + "..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(forbidden)
                            .because("services are deployed apart and meet only in topics")
                            .allowEmptyShould(true)
                            .check(PROJECT)));
        }
        return pairs;
    }

    @Test
    void bindingOfTheContractKnowsNothingOfTheLedger() {
        noClasses()
                .that()
                .resideInAPackage("io.loanledger.events..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.loanledger.core..",
                        "io.loanledger.streams..",
                        "io.loanledger.ingest..",
                        "io.loanledger.liquidation..",
                        "io.loanledger.local..")
                .because("a custody system or a desk adds it to its own build")
                .check(PROJECT);
    }

    @Test
    void onlyTheSettingsTableReadsTheEnvironment() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("io.loanledger.events.settings.SettingsTable")
                .should()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .because("every setting has a row with a name, a unit, a default and a check")
                .check(PROJECT);
    }

    @Test
    void namesSayWhatAClassDoes() {
        classes()
                .should()
                .haveSimpleNameNotEndingWith("Util")
                .andShould()
                .haveSimpleNameNotEndingWith("Utils")
                .andShould()
                .haveSimpleNameNotEndingWith("Helper")
                .andShould()
                .haveSimpleNameNotEndingWith("Manager")
                .andShould()
                .haveSimpleNameNotEndingWith("Impl")
                .andShould()
                .resideOutsideOfPackages("..util..", "..utils..", "..common..", "..impl..", "..helper..")
                .check(PROJECT);
    }
}

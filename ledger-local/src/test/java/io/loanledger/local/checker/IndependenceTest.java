package io.loanledger.local.checker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The checker shares no code with what it checks, and still means the same topics. */
class IndependenceTest {
    private static final JavaClasses CHECKER = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.loanledger.local.checker");

    @Test
    void dependsOnNothingOfTheLedger() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.loanledger.local.checker..",
                        "java..",
                        "org.apache.kafka.clients..",
                        "org.apache.kafka.common..",
                        "org.apache.avro..",
                        "com.fasterxml.jackson..",
                        "org.jspecify.annotations..")
                .because("a fault that ledger and checker shared would be seen by neither")
                .check(CHECKER);
    }

    @Test
    void namesTheTopicsOfTheCatalogue() {
        List<String> catalogue = TopicCatalogue.ALL.stream().map(Topic::name).toList();
        assertThat(catalogue).containsAll(Topics.ALL);
        // Ticks are the index's business, and a desk's reports are read where it wrote them.
        assertThat(catalogue.stream().filter(name -> !Topics.ALL.contains(name)))
                .containsExactlyInAnyOrder(
                        TopicCatalogue.TICKS_OF_VENUES.name(), TopicCatalogue.LIQUIDATION_STRAYED.name());
    }
}

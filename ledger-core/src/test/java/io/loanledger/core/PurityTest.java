package io.loanledger.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The core is a function of its inputs: replaying the same inputs anywhere, at any time, gives the same bytes. These rules keep out
 * what would make it anything else.
 */
class PurityTest {

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.loanledger.core");

    private static final Set<String> SOURCES_OF_CHANCE = Set.of(
            "java.util.Random",
            "java.util.SplittableRandom",
            "java.util.concurrent.ThreadLocalRandom",
            "java.security.SecureRandom",
            "java.time.Clock");

    private static final Set<String> CALLS_THAT_ANSWER_DIFFERENTLY = Set.of(
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.lang.System.getenv",
            "java.lang.System.getProperty",
            "java.lang.System.identityHashCode",
            "java.lang.Math.random",
            "java.lang.StrictMath.random",
            "java.util.UUID.randomUUID",
            "java.util.Collections.shuffle",
            "java.lang.Thread.sleep");

    /** Plain, boxed, and as the elements of an array, whose name is the JVM's: {@code [[D} is {@code double[][]}. */
    private static final Pattern FLOATING =
            Pattern.compile("float|double|\\[+[FD]|(\\[+L)?java\\.lang\\.(Float|Double);?");

    @Test
    void dependsOnNothingButTheJdk() {
        holds(classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.loanledger.core..", "java..", "org.jspecify..", ""));
    }

    @Test
    void doesNoInputOrOutput() {
        // Bytes in memory and the names of character sets are neither.
        holds(noClasses()
                .should()
                .dependOnClassesThat(in(
                        "java.io", "java.net", "java.nio.channels", "java.nio.file", "java.sql", "java.util.logging")));
    }

    @Test
    void asksNeitherClockNorChanceNorEnvironment() {
        holds(noClasses()
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "are a source of time or chance",
                        type -> SOURCES_OF_CHANCE.contains(type.getName())
                                || type.getPackageName().startsWith("java.util.random"))));
        holds(noClasses()
                .should()
                .accessTargetWhere(DescribedPredicate.describe(
                        "answers differently each time", PurityTest::answersDifferentlyEachTime)));
    }

    @Test
    void startsNoThread() {
        holds(noClasses()
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "run something elsewhere",
                        type -> type.getName().equals("java.lang.Thread")
                                || type.getPackageName().equals("java.util.concurrent"))));
    }

    @Test
    void computesWithoutFloatingPoint() {
        holds(classes().should(new UsesNoFloatingPoint()));
    }

    private static void holds(ArchRule rule) {
        rule.because("a replay must decide as the first run did").check(CORE);
    }

    private static DescribedPredicate<JavaClass> in(String... roots) {
        return DescribedPredicate.describe(
                "are in " + String.join(", ", roots),
                type -> Stream.of(roots).anyMatch(root -> (type.getPackageName() + ".").startsWith(root + ".")));
    }

    private static boolean answersDifferentlyEachTime(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String name = access.getTarget().getName();
        return CALLS_THAT_ANSWER_DIFFERENTLY.contains(owner + "." + name)
                || (owner.startsWith("java.time.") && name.equals("now"));
    }

    /** Fields, parameters and results, and every call whose parameters or result are floating point. */
    private static final class UsesNoFloatingPoint extends ArchCondition<JavaClass> {

        UsesNoFloatingPoint() {
            super("use no float and no double");
        }

        @Override
        public void check(JavaClass type, ConditionEvents events) {
            for (JavaField field : type.getFields()) {
                report(type, field.getFullName(), Stream.of(field.getRawType()), events);
            }
            for (JavaCodeUnit unit : type.getCodeUnits()) {
                report(
                        type,
                        unit.getFullName(),
                        Stream.concat(unit.getRawParameterTypes().stream(), Stream.of(unit.getRawReturnType())),
                        events);
            }
            Stream.concat(type.getMethodCallsFromSelf().stream(), type.getConstructorCallsFromSelf().stream())
                    .forEach(call -> {
                        CodeUnitCallTarget target = call.getTarget();
                        report(
                                type,
                                call.getDescription(),
                                Stream.concat(
                                        target.getRawParameterTypes().stream(), Stream.of(target.getRawReturnType())),
                                events);
                    });
        }

        private static void report(JavaClass type, String where, Stream<JavaClass> types, ConditionEvents events) {
            if (types.anyMatch(each -> FLOATING.matcher(each.getName()).matches())) {
                events.add(SimpleConditionEvent.violated(type, where + " is floating point"));
            }
        }
    }
}

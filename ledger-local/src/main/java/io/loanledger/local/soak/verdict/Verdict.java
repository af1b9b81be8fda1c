package io.loanledger.local.soak.verdict;

import io.loanledger.local.journal.FoldProcess;
import io.loanledger.local.soak.stack.ServiceKind;
import io.loanledger.local.soak.stack.ServiceProcess;
import io.loanledger.local.soak.stack.SoakStack;
import io.loanledger.streams.wire.StateDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the topics and the stores say once the services have ended: the journal without gap and its chain whole, the independent checker's
 * word on every loan and every order, the fold of the journal equal to what each instance's folder holds.
 *
 * @param checks what was looked at and found, in words
 * @param findings what does not hold
 */
public record Verdict(List<String> checks, List<String> findings) {
    public Verdict {
        checks = List.copyOf(checks);
        findings = List.copyOf(findings);
    }

    /** Reads everything back. {@code log} takes a line for each step. */
    public static Verdict of(SoakStack stack, Consumer<String> log) throws InterruptedException {
        List<String> checks = new ArrayList<>();
        List<String> findings = new ArrayList<>();
        FoldProcess.Outcome fold = fold(stack);
        note(
                checks,
                findings,
                log,
                fold.faults() == 0,
                "journal: " + fold.records() + " records, " + fold.faults()
                        + " faults in sequence, versions and hash chain; "
                        + fold.digest().loans() + " loans");
        CheckerRun checker = CheckerRun.over(stack);
        note(checks, findings, log, checker.holds(), "independent checker: " + checker.verdict());
        checks.addAll(checker.violations());
        for (ServiceProcess instance : stack.services(ServiceKind.LEDGER)) {
            Optional<StateDigest> stores =
                    StoreDigests.of(instance, fold.digest().loans());
            note(
                    checks,
                    findings,
                    log,
                    stores.filter(fold.digest()::equals).isPresent(),
                    "stores of " + instance.name() + ": "
                            + stores.map(digest -> digest.equals(fold.digest())
                                            ? "equal to the fold of the journal"
                                            : "DIFFER from the fold: " + digest + " and " + fold.digest())
                                    .orElse("could not be read"));
        }
        FoldProcess.Outcome again = fold(stack);
        note(
                checks,
                findings,
                log,
                again.records() == fold.records(),
                "an instance that starts when all is over decides " + (again.records() - fold.records())
                        + " things more");
        return new Verdict(checks, findings);
    }

    private static FoldProcess.Outcome fold(SoakStack stack) throws InterruptedException {
        try (FoldProcess process =
                FoldProcess.start(stack.connection(), stack.folder().resolve("fold.log"))) {
            return process.await();
        }
    }

    private static void note(
            List<String> checks, List<String> findings, Consumer<String> log, boolean holds, String what) {
        log.accept(what);
        checks.add(what);
        if (!holds) {
            findings.add(what);
        }
    }
}

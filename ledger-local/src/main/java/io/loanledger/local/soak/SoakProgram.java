package io.loanledger.local.soak;

import java.nio.file.Path;
import java.util.function.Consumer;

/** Runs a soak and writes its report: what the command line calls. */
public final class SoakProgram {

    private SoakProgram() {}

    /**
     * Runs to the end. {@code out} takes what each kind of fault came to, and the findings.
     *
     * @param folder takes report.md and report.json
     * @return the last line, which begins with SOAK OK or SOAK FAILED
     */
    public static String run(Soak soak, Path folder, Consumer<String> out) throws InterruptedException {
        SoakReport report = new SoakReport(soak.run());
        report.writeTo(folder);
        report.kinds().forEach(out);
        report.findings().forEach(finding -> out.accept("FINDING " + finding));
        out.accept("report: " + folder.resolve("report.md"));
        return report.lastLine();
    }
}

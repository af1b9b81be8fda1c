package io.loanledger.local.planted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** A process of its own: runs test classes and writes down how many passed and which one failed first. */
final class TestRun {
    private TestRun() {}

    /**
     * Runs and writes.
     *
     * @param args the file for the result, then the full names of test classes
     */
    public static void main(String[] args) throws IOException {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(Arrays.stream(args)
                        .skip(1)
                        .map(DiscoverySelectors::selectClass)
                        .toList())
                .build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, listener);
        TestExecutionSummary summary = listener.getSummary();
        List<String> lines = List.of(
                Long.toString(summary.getTestsSucceededCount()),
                Long.toString(summary.getTotalFailureCount()),
                summary.getFailures().stream()
                        .findFirst()
                        .map(TestRun::describe)
                        .orElse(""));
        Files.write(Path.of(args[0]), lines);
        // Threads that a test left behind do not keep the process.
        System.exit(0);
    }

    private static String describe(TestExecutionSummary.Failure failure) {
        TestIdentifier test = failure.getTestIdentifier();
        String className = test.getUniqueIdObject().getSegments().stream()
                .filter(segment -> segment.getType().equals("class"))
                .map(segment -> segment.getValue().replaceAll(".*\\.", ""))
                .findFirst()
                .orElse("");
        return (className + ": " + test.getDisplayName()).replaceAll("\\s+", " ");
    }
}

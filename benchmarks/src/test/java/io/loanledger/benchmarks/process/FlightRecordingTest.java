package io.loanledger.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.benchmarks.profile.CpuSamples;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightRecordingTest {

    private static final long SPENT = 300_000_000;

    @Test
    void holdsTheStacksOfWhatWasComputedMeanwhile(@TempDir Path folder) {
        FlightRecording recording = FlightRecording.begin();
        long result = spendProcessorTime();
        Path file = folder.resolve("own.jfr");
        recording.end(file);
        List<List<String>> stacks = CpuSamples.read(file);
        assertThat(stacks)
                .as("%d samples; result %d", stacks.size(), result)
                .anySatisfy(stack -> assertThat(stack)
                        .contains(FlightRecordingTest.class.getName() + ".holdsTheStacksOfWhatWasComputedMeanwhile"));
    }

    private static long spendProcessorTime() {
        var thread = ManagementFactory.getThreadMXBean();
        long until = thread.getCurrentThreadCpuTime() + SPENT;
        long state = 1;
        while (thread.getCurrentThreadCpuTime() < until) {
            for (int n = 0; n < 10_000; n++) {
                state = state * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
            }
        }
        return state;
    }
}

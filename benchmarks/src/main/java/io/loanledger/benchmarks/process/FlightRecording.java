package io.loanledger.benchmarks.process;

import io.loanledger.benchmarks.profile.CpuSamples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;

/**
 * A recording of what this process spends its processor time on. From JDK 25 on Linux samples that time itself, native code included; before that and elsewhere
 * it looks at the threads that run Java code and, apart from them, at those in native code.
 */
final class FlightRecording {

    private final Recording recording;

    private FlightRecording(Recording recording) {
        this.recording = recording;
    }

    static FlightRecording begin() {
        var recording = new Recording();
        if (FlightRecorder.getFlightRecorder().getEventTypes().stream()
                .anyMatch(type -> type.getName().equals(CpuSamples.OF_TIME))) {
            recording.enable(CpuSamples.OF_TIME).with("throttle", CpuSamples.EVERY);
        } else {
            recording.enable(CpuSamples.OF_JAVA).with("period", CpuSamples.EVERY);
            recording.enable(CpuSamples.OF_NATIVE).with("period", CpuSamples.EVERY);
        }
        recording.start();
        return new FlightRecording(recording);
    }

    void end(Path file) {
        try (recording) {
            recording.stop();
            recording.dump(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}

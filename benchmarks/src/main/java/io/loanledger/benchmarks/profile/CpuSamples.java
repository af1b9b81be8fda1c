package io.loanledger.benchmarks.profile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/** The samples of one recording. */
public final class CpuSamples {

    /** Of processor time, native code included; a JDK from 25 on has it on Linux. */
    public static final String OF_TIME = "jdk.CPUTimeSample";

    /** Of threads that run Java code. */
    public static final String OF_JAVA = "jdk.ExecutionSample";

    /** Of threads in native code, those that wait there included. */
    public static final String OF_NATIVE = "jdk.NativeMethodSample";

    /** Between two samples of a thread. Shorter ones get lost where the system's own timer is coarser. */
    public static final String EVERY = "10ms";

    private CpuSamples() {}

    /**
     * The stacks of a recording, the innermost frame first; a stack that could not be walked has no frames. Of those in native code outside of
     * {@link #OF_TIME} only RocksDB's count: of others nobody knows whether they work or wait.
     */
    public static List<List<String>> read(Path file) {
        List<List<String>> stacks = new ArrayList<>();
        try (var recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                stackOf(recording.readEvent()).ifPresent(stacks::add);
            }
            return stacks;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static Optional<List<String>> stackOf(RecordedEvent event) {
        return switch (event.getEventType().getName()) {
            case OF_TIME, OF_JAVA -> Optional.of(frames(event));
            case OF_NATIVE ->
                Optional.of(frames(event))
                        .filter(frames -> !frames.isEmpty() && frames.getFirst().startsWith("org.rocksdb."));
            default -> Optional.empty();
        };
    }

    private static List<String> frames(RecordedEvent event) {
        RecordedStackTrace trace = event.getStackTrace();
        return trace == null
                ? List.of()
                : trace.getFrames().stream().map(CpuSamples::name).toList();
    }

    private static String name(RecordedFrame frame) {
        return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
    }
}

package io.loanledger.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** What of a process lies in memory: its heap as far as it was touched, stores, code, stacks. Told by Linux alone. */
final class ResidentMemory {

    private static final String RESIDENT = "VmRSS:";
    private static final long KILOBYTE = 1 << 10;

    private ResidentMemory() {}

    /** Bytes; empty where the system does not tell, and when the process has ended. */
    static OptionalLong of(long pid) {
        try {
            return in(Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")));
        } catch (IOException notTold) {
            return OptionalLong.empty();
        }
    }

    /** Reads it out of the lines of {@code /proc/<pid>/status}. */
    static OptionalLong in(List<String> status) {
        return status.stream()
                .filter(line -> line.startsWith(RESIDENT))
                .mapToLong(line -> Long.parseLong(line.substring(RESIDENT.length())
                                .replace("kB", "")
                                .strip())
                        * KILOBYTE)
                .findFirst();
    }
}

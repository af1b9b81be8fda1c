package io.loanledger.benchmarks;

import io.loanledger.benchmarks.world.BenchCluster;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.utils.AppInfoParser;

/** Under which conditions a run measured: without them its figures say nothing. */
final class BenchConditions {

    private static final long MEGABYTE = 1L << 20;
    private static final Path PROCESSOR = Path.of("/proc/cpuinfo");
    private static final String MODEL = "model name";

    private BenchConditions() {}

    static Map<String, String> of(BenchPlan plan) {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        Map<String, String> conditions = new LinkedHashMap<>();
        conditions.put("run", plan.name() + ", " + Instant.now().truncatedTo(ChronoUnit.SECONDS));
        conditions.put("processors", system.getAvailableProcessors() + processorModel());
        conditions.put("memory", system.getTotalMemorySize() / MEGABYTE + " MiB");
        conditions.put("load at start", String.format(Locale.ROOT, "%.2f", system.getSystemLoadAverage()));
        conditions.put("system", system.getName() + " " + system.getVersion() + " " + system.getArch());
        conditions.put(
                "java",
                System.getProperty("java.vm.name") + " " + Runtime.version() + ", every process with ParallelGC");
        conditions.put(
                "kafka",
                AppInfoParser.getVersion() + ", one broker in a JVM of its own on the same processors, replication 1, "
                        + BenchCluster.PARTITIONS + " partitions, exactly_once_v2");
        conditions.put("threads", plan.threads() + " stream threads");
        conditions.put(
                "rounds",
                plan.rounds() + ", " + plan.starts() + " where processes are started; core by "
                        + (plan.core().forks() > 0 ? "forks of JMH" : "JMH in one process"));
        conditions.put(
                "book", plan.broker().loans() + " loans on the broker, " + plan.crashLoans() + " of them in the crash");
        conditions.put(
                "latency",
                "open loop at " + plan.broker().ticksPerSecond() + " ticks/s, "
                        + plan.broker().ticksPerRound() + " a round, from the intended send time");
        return conditions;
    }

    private static String processorModel() {
        if (!Files.isReadable(PROCESSOR)) {
            return "";
        }
        try (var lines = Files.lines(PROCESSOR)) {
            return lines.filter(line -> line.startsWith(MODEL))
                    .findFirst()
                    .map(line -> ", " + line.substring(line.indexOf(':') + 1).strip())
                    .orElse("");
        } catch (IOException unreadable) {
            return "";
        }
    }
}

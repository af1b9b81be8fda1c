package io.loanledger.local.soak.fault;

import io.loanledger.events.service.Invariant;
import io.loanledger.local.soak.stack.ServiceKind;
import io.loanledger.local.soak.stack.ServiceProcess;
import io.loanledger.local.soak.stack.SoakStack;
import io.loanledger.local.soak.stack.Supervisor;
import io.loanledger.local.stack.FolderTree;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What happens to the folders in which instances keep their stores. For one thread. */
final class StateFaults {

    /** A store that was just opened takes some 35 KiB, and an instance has six at least: so small a disk is always full. */
    private static final int SMALLEST_DISK_KIB = 96;

    private static final int MORE_KIB = 64;
    private static final Duration READY = Duration.ofMinutes(2);
    private static final Duration LOOK = Duration.ofMillis(200);

    /** Mounts a small file system over the state folder, for this process and its children alone, and becomes the rest of the words. */
    private static final String SMALL_DISK = "mount -t tmpfs -o size=\"$1\"k tmpfs \"$2\" && shift 2 && exec \"$@\"";

    private static final List<String> OWN_MOUNTS = List.of("unshare", "-Urm");
    private static final String FULL = "No space left";
    private static final List<String> CORRUPT =
            List.of("Corruption", "checksum", "corrupt", Invariant.STORE_WHOLE.title());

    private final SoakStack stack;

    StateFaults(SoakStack stack) {
        this.stack = stack;
    }

    RunningFault delete(ServiceKind kind, PlannedFault fault) {
        ServiceProcess service = stack.instance(kind, fault.target());
        stack.supervisor().killForGood(service, "SIGKILL, fault " + fault.number());
        int files = deleteAll(service.state());
        return () -> {
            stack.supervisor().want(service);
            return RunningFault.Ended.asExpected("deleted " + files + " files of " + service.name());
        };
    }

    RunningFault flipBit(PlannedFault fault) {
        ServiceProcess service = stack.instance(ServiceKind.LEDGER, fault.target());
        stack.supervisor().stop(service, "SIGTERM, fault " + fault.number());
        String flipped;
        try {
            flipped = flip(service.state(), new Random(fault.chance()));
        } catch (RunningFault.Skipped skipped) {
            stack.supervisor().want(service);
            throw skipped;
        }
        return () -> {
            stack.supervisor().expectDamage(service, CORRUPT);
            stack.supervisor().want(service);
            boolean ready = awaitReady(service);
            boolean named = !stack.supervisor().damaged().contains(service);
            if (!ready) {
                stack.supervisor().startAfresh(service, "SIGKILL and folder deleted, fault " + fault.number());
            }
            String seen = named
                    ? " named it and its folder was deleted"
                    : " runs over it: the block has not been read so far";
            return new RunningFault.Ended(flipped + "; " + service.name() + (ready ? seen : " DID NOT COME UP"), ready);
        };
    }

    RunningFault fillDisk(PlannedFault fault) {
        requireOwnMounts();
        ServiceProcess service = stack.instance(ServiceKind.LEDGER, fault.target());
        stack.supervisor().stop(service, "SIGTERM, fault " + fault.number());
        int size = SMALLEST_DISK_KIB + new Random(fault.chance()).nextInt(MORE_KIB);
        int mark = stack.supervisor().exits().size();
        long logMark = service.logMark();
        var prefix = new ArrayList<>(OWN_MOUNTS);
        prefix.addAll(List.of(
                "/bin/sh",
                "-c",
                SMALL_DISK,
                "sh",
                Integer.toString(size),
                service.state().toString()));
        stack.supervisor().want(service, prefix);
        return () -> {
            // On a slow machine it may open its first store only now.
            long giveUpAt = System.nanoTime() + READY.toNanos();
            while (!isFull(service, mark, logMark) && System.nanoTime() < giveUpAt) {
                TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
            }
            boolean full = isFull(service, mark, logMark);
            int ends = endedByItself(service, mark).size();
            stack.supervisor().killForGood(service, "SIGKILL, end of fault " + fault.number());
            stack.supervisor().want(service);
            return new RunningFault.Ended(
                    service.name() + " on " + size + " KiB: ended " + ends + " times by itself"
                            + (full ? ", its disk full" : ", ITS DISK NEVER FULL"),
                    full);
        };
    }

    /** Its exits that nobody asked for, behind so many of all exits: an earlier fault's say nothing about this one. */
    private List<Supervisor.Exit> endedByItself(ServiceProcess service, int mark) {
        return stack.supervisor().exits().stream()
                .skip(mark)
                .filter(exit -> exit.service().equals(service.name()) && !exit.expected())
                .toList();
    }

    private boolean isFull(ServiceProcess service, int mark, long logMark) {
        return service.hasSaid(logMark, List.of(FULL))
                || endedByItself(service, mark).stream()
                        .anyMatch(exit -> exit.cause().contains(FULL));
    }

    private static void requireOwnMounts() {
        var probe = new ArrayList<>(OWN_MOUNTS);
        probe.add("true");
        try {
            int exitCode = new ProcessBuilder(probe)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            if (exitCode != 0) {
                throw new RunningFault.Skipped(
                        "this system permits no mounts in a namespace of one's own (unshare -Urm)");
            }
        } catch (IOException none) {
            throw new RunningFault.Skipped("this system has no unshare: " + none.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether it comes up in time, at once or over an empty folder. */
    private static boolean awaitReady(ServiceProcess service) throws InterruptedException {
        long giveUpAt = System.nanoTime() + READY.toNanos();
        while (!service.isReady()) {
            if (System.nanoTime() > giveUpAt) {
                return false;
            }
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        }
        return true;
    }

    /** Flips one bit of a table file; of another file of a store when there is no table yet. */
    private static String flip(Path state, Random random) {
        List<Path> candidates = files(state).stream()
                .filter(file -> file.toString().contains("rocksdb"))
                .toList();
        List<Path> tables = candidates.stream()
                .filter(file -> file.toString().endsWith(".sst"))
                .toList();
        List<Path> chosenFrom = tables.isEmpty()
                ? candidates.stream()
                        .filter(file -> file.getFileName().toString().startsWith("MANIFEST"))
                        .toList()
                : tables;
        if (chosenFrom.isEmpty()) {
            throw new RunningFault.Skipped("the instance has no store yet");
        }
        Path file = chosenFrom.get(random.nextInt(chosenFrom.size()));
        try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
            long at = random.nextLong(bytes.length());
            bytes.seek(at);
            int before = bytes.read();
            bytes.seek(at);
            bytes.write(before ^ (1 << random.nextInt(8)));
            return "flipped a bit of byte " + at + " of " + bytes.length() + " of " + state.relativize(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> Files.isRegularFile(file) && file.toFile().length() > 0)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int deleteAll(Path folder) {
        try {
            return FolderTree.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + folder, e);
        }
    }
}

package io.loanledger.benchmarks.profile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Processor time by room. The samples say how the threads of Java shared theirs; what the process spent beyond that went to collector and compiler.
 */
public final class CpuProfile {

    private static final double NANOS_PER_MICRO = 1e3;
    private static final int TOP = 8;
    private static final double PER_CENT = 100;

    private final int events;
    private final long processNanos;
    private final double inJava;
    private final int samples;
    private final Map<Room, Map<String, Integer>> methods = new EnumMap<>(Room.class);

    /**
     * Sorts samples into rooms.
     *
     * @param stacks the innermost frame first; one without frames could not be walked and says nothing
     * @param javaNanos processor time of the threads of Java
     * @param processNanos processor time of the whole process meanwhile
     * @param events that it worked off meanwhile
     */
    public CpuProfile(List<List<String>> stacks, long javaNanos, long processNanos, int events) {
        List<List<String>> walked =
                stacks.stream().filter(stack -> !stack.isEmpty()).toList();
        if (events <= 0 || processNanos <= 0 || walked.isEmpty()) {
            throw new IllegalArgumentException(
                    walked.size() + " samples of " + events + " events in " + processNanos + " ns");
        }
        this.events = events;
        this.processNanos = processNanos;
        this.inJava = Math.clamp((double) javaNanos / processNanos, 0, 1);
        this.samples = walked.size();
        for (List<String> stack : walked) {
            methods.computeIfAbsent(Room.of(stack), any -> new HashMap<>()).merge(stack.getFirst(), 1, Integer::sum);
        }
    }

    /** Microseconds of processor time that a room takes of one event. Together they are what the process spent. */
    public double microsPerEvent(Room room) {
        return share(room) * processNanos / NANOS_PER_MICRO / events;
    }

    /** The part of the process's processor time that a room took, from 0 to 1. */
    public double share(Room room) {
        return room == Room.JVM ? 1 - inJava : inJava * count(room) / samples;
    }

    /** The table for people: rooms, the largest first, and the methods in which their time was spent. */
    public List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(String.format(
                Locale.ROOT,
                "%d events, %.2f us CPU each, %d samples",
                events,
                processNanos / NANOS_PER_MICRO / events,
                samples));
        List<Room> rooms = new ArrayList<>(List.of(Room.values()));
        rooms.sort(Comparator.comparingDouble(this::share).reversed());
        for (Room room : rooms) {
            lines.add("");
            lines.add(String.format(
                    Locale.ROOT,
                    "%-9s %5.1f %%  %8.2f us/event",
                    room.title(),
                    share(room) * PER_CENT,
                    microsPerEvent(room)));
            methods.getOrDefault(room, Map.of()).entrySet().stream()
                    .sorted(Map.Entry.<String, Integer>comparingByValue()
                            .reversed()
                            .thenComparing(Map.Entry.comparingByKey()))
                    .limit(TOP)
                    .forEach(top -> lines.add(String.format(
                            Locale.ROOT,
                            "          %5.1f %%  %s",
                            top.getValue() * PER_CENT * inJava / samples,
                            top.getKey())));
        }
        return lines;
    }

    private int count(Room room) {
        return methods.getOrDefault(room, Map.of()).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }
}

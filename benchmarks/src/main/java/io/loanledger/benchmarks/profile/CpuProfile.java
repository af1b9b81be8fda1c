package io.loanledger.benchmarks.profile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Processor time by room. The samples say how it is shared among the threads of Java; what the process spent beyond that went to collector and compiler.
 */
public final class CpuProfile {

    private static final double NANOS_PER_MICRO = 1e3;
    private static final int TOP = 8;
    private static final double PER_CENT = 100;

    private final int events;
    private final long processNanos;
    private final long nanosPerSample;
    private final Map<Room, Map<String, Integer>> samples = new EnumMap<>(Room.class);

    /**
     * Sorts samples into rooms.
     *
     * @param stacks the innermost frame first; one without frames could not be walked
     * @param nanosPerSample processor time that each stands for
     * @param processNanos processor time of the whole process meanwhile
     * @param events that it worked off meanwhile
     */
    public CpuProfile(List<List<String>> stacks, long nanosPerSample, long processNanos, int events) {
        if (events <= 0 || processNanos <= 0) {
            throw new IllegalArgumentException(events + " events in " + processNanos + " ns");
        }
        this.events = events;
        this.processNanos = processNanos;
        this.nanosPerSample = nanosPerSample;
        for (List<String> stack : stacks) {
            Room room = stack.isEmpty() ? Room.JVM : Room.of(stack);
            samples.computeIfAbsent(room, any -> new HashMap<>())
                    .merge(stack.isEmpty() ? "(no stack)" : stack.getFirst(), 1, Integer::sum);
        }
    }

    /** Microseconds of processor time that a room takes of one event. Together they are what the process spent. */
    public double microsPerEvent(Room room) {
        return share(room) * processNanos / NANOS_PER_MICRO / events;
    }

    /** The part of the process's processor time that a room took, from 0 to 1. */
    public double share(Room room) {
        double sampled = (double) sampled() * nanosPerSample;
        // More samples than processor time: a sampler's inaccuracy. Then the samples are all that there is to share.
        double whole = Math.max((double) processNanos, sampled);
        double ofRoom = (double) count(room) * nanosPerSample;
        return (room == Room.JVM ? ofRoom + whole - sampled : ofRoom) / whole;
    }

    /** The table for people: rooms, the largest first, and the methods in which their time was spent. */
    public List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(String.format(
                Locale.ROOT,
                "%d events, %.2f us CPU each, %d samples",
                events,
                processNanos / NANOS_PER_MICRO / events,
                sampled()));
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
            samples.getOrDefault(room, Map.of()).entrySet().stream()
                    .sorted(Map.Entry.<String, Integer>comparingByValue()
                            .reversed()
                            .thenComparing(Map.Entry.comparingByKey()))
                    .limit(TOP)
                    .forEach(top -> lines.add(String.format(
                            Locale.ROOT,
                            "          %5.1f %%  %s",
                            top.getValue() * PER_CENT / Math.max(1, sampled()),
                            top.getKey())));
        }
        return lines;
    }

    private int count(Room room) {
        return samples.getOrDefault(room, Map.of()).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    private int sampled() {
        int all = 0;
        for (Room room : samples.keySet()) {
            all += count(room);
        }
        return all;
    }
}

package io.loanledger.benchmarks;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Measures that are taken together, in the order in which they are taken. */
public enum MeasureGroup {
    /** The pure core, by JMH. */
    CORE,
    /** Quiet ticks and heap of one task, without a broker. */
    TICKS,
    /** What a loan takes up, and what that lets expect of a larger book. */
    CAPACITY,
    /** Facts a second and processor time for each. */
    EVENTS,
    /** Where that time goes, by Java's flight recorder. */
    PROFILE,
    /** Resident memory under a steady load. */
    CHURN,
    /** From a tick to the breach and to the sell order. */
    LATENCY,
    /** Many loans breached by one price. */
    CRASH,
    /** The journal told again. */
    FOLD,
    /** Stores and index of an instance that lost its disk. */
    RESTORE,
    /** Facts a second with two threads and with one. */
    THREADS,
    /** An active instance killed, its standby taking over. */
    FAILOVER;

    /** Whether it needs a broker with a book on it. */
    boolean needsBook() {
        return switch (this) {
            case CORE, TICKS -> false;
            case CAPACITY, EVENTS, PROFILE, CHURN, LATENCY, CRASH, FOLD, RESTORE, THREADS, FAILOVER -> true;
        };
    }

    /** As options name it. */
    String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The groups of a list such as {@code events,fold}; empty when it names something else. */
    static Optional<Set<MeasureGroup>> of(String list) {
        Set<MeasureGroup> groups = EnumSet.noneOf(MeasureGroup.class);
        for (String title : list.split(",", -1)) {
            Optional<MeasureGroup> group = Stream.of(values())
                    .filter(each -> each.title().equals(title.strip()))
                    .findFirst();
            if (group.isEmpty()) {
                return Optional.empty();
            }
            groups.add(group.get());
        }
        return Optional.of(groups);
    }

    /** All titles, for messages. */
    static String titles() {
        return Stream.of(values()).map(MeasureGroup::title).collect(Collectors.joining(", "));
    }
}

package io.loanledger.streams.task;

/** How late the oldest unpaid instalment of a loan is, in the classes in which lenders report it. */
public enum DaysPastDue {
    UP_TO_30("1-30", 1, 30),
    UP_TO_60("31-60", 31, 60),
    UP_TO_90("61-90", 61, 90),
    OVER_90("over 90", 91, Long.MAX_VALUE);

    private final String title;
    private final long first;
    private final long last;

    DaysPastDue(String title, long first, long last) {
        this.title = title;
        this.first = first;
        this.last = last;
    }

    public String title() {
        return title;
    }

    boolean holds(long days) {
        return days >= first && days <= last;
    }
}

package io.loanledger.ingest;

/** What time it is for an index. */
public enum IndexClock {
    /** The process's clock: when ticks cease, the index ages and says so. */
    WALL,
    /** The newest tick's time, for replays: when ticks cease, time stands still. */
    TICKS
}

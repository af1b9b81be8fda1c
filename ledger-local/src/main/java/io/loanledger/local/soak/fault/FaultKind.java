package io.loanledger.local.soak.fault;

import java.time.Duration;
import java.util.Locale;

/** What can happen, how long it lasts, and what is expected of the ledger then. */
public enum FaultKind {
    LEDGER_KILLED(
            Domain.LEDGER,
            0,
            0,
            "SIGKILL of an instance of ledger-streams; it is started again over its folder",
            "its open transaction is aborted; the instance takes its tasks back, or the other takes over after the session time-out"),
    LEDGER_LOST(
            Domain.LEDGER,
            20,
            25,
            "SIGKILL of an instance of ledger-streams that stays away",
            "the other instance takes all its tasks over within session time-out and restore"),
    LEDGER_FROZEN(
            Domain.LEDGER,
            8,
            14,
            "SIGSTOP of an instance of ledger-streams for longer than transaction and session time-out, then SIGCONT",
            "the other takes over; the frozen one is fenced, writes nothing more of its old transaction, and restores"),
    LIQUIDATION_KILLED(
            Domain.LIQUIDATION,
            0,
            0,
            "SIGKILL of an instance of liquidation-processor; it is started again over its folder",
            "no order is doubled or lost: order ids follow from the case"),
    LIQUIDATION_LOST(
            Domain.LIQUIDATION,
            20,
            25,
            "SIGKILL of an instance of liquidation-processor that stays away",
            "the other instance takes the market over; open cases go on"),
    LIQUIDATION_FROZEN(
            Domain.LIQUIDATION,
            8,
            14,
            "SIGSTOP of an instance of liquidation-processor for longer than its time-outs, then SIGCONT",
            "fenced, restored, no order on evidence that grew old meanwhile, no double sale"),
    INGEST_KILLED(
            Domain.INGEST,
            0,
            0,
            "SIGKILL of the active price-ingest",
            "its stand-by takes over in a higher epoch; the first price after the gap releases no flood"),
    INGEST_FROZEN(
            Domain.INGEST,
            8,
            14,
            "SIGSTOP of the active price-ingest for longer than its transaction time-out, then SIGCONT",
            "its stand-by takes over; the frozen one is fenced and ends by itself"),
    INGEST_RIVAL(
            Domain.INGEST,
            5,
            8,
            "a second price-ingest is started beside the active one",
            "one of the two, mostly the first, is fenced and ends by itself; (epoch, sequence) go on rising"),
    BROKER_KILLED(
            Domain.BROKERS,
            5,
            12,
            "SIGKILL of one broker of three, started again",
            "leaders and coordinators move; nothing that was acknowledged is lost"),
    MAJORITY_LOST(
            Domain.BROKERS,
            8,
            14,
            "SIGKILL of two brokers of three: fewer than min.insync.replicas are left",
            "nothing is acknowledged and no decision is made until one is back; then all goes on"),
    COORDINATORS_MOVED(
            Domain.BROKERS,
            2,
            4,
            "the coordinators of all transactions and groups move to other brokers, all brokers running",
            "transactions in flight end on the new coordinators; no instance stops"),
    REGISTRY_DOWN(
            Domain.REGISTRY,
            10,
            20,
            "the schema registry is killed and started again",
            "schemas that were seen are known; whoever needs a new one waits and loses nothing"),
    NETWORK_CUT(
            Domain.NETWORK,
            8,
            16,
            "the second instance of every service is cut off from the brokers; connections stay open and silent",
            "the first instances take over; the ones cut off are fenced when they come back"),
    NETWORK_SLOW(
            Domain.NETWORK,
            15,
            25,
            "every packet between the second instances and the brokers takes 40 ms longer",
            "slower, and nothing else"),
    NETWORK_RESET(
            Domain.NETWORK,
            2,
            4,
            "every connection of the second instances is closed, five times in a row",
            "they connect again; idempotence and transactions hide it"),
    STATE_DELETED(
            Domain.LEDGER,
            2,
            5,
            "SIGKILL of an instance of ledger-streams; its state folder is deleted before it starts again",
            "stores are restored from the changelogs, equal to the last bit"),
    BOOK_DELETED(
            Domain.LIQUIDATION,
            2,
            5,
            "SIGKILL of an instance of liquidation-processor; its state folder is deleted before it starts again",
            "its book is restored from the changelog; no order is doubled"),
    BIT_FLIPPED(
            Domain.LEDGER,
            2,
            4,
            "an instance of ledger-streams ends in order; one bit of one of its RocksDB files is flipped; it starts again",
            "a wrong bit is never served: the checksum stops the instance before it commits, the folder is deleted, the stores are restored"),
    DISK_FULL(
            Domain.LEDGER,
            20,
            30,
            "an instance of ledger-streams runs on a file system of some 100 KiB",
            "it stops when the disk is full, the other goes on; with room again it restores"),
    REBALANCE(
            Domain.LEDGER,
            25,
            35,
            "a third instance of ledger-streams joins, takes tasks, and leaves",
            "tasks move twice; each loan is decided by one instance at a time"),
    INPUT_REPEATED(
            Domain.INPUT,
            15,
            25,
            "three of ten facts are sent twice, the second time up to 2.5 s later",
            "each changes state once"),
    INPUT_REORDERED(
            Domain.INPUT,
            15,
            25,
            "four of ten facts are up to 2.5 s late, each by its own: a lock before its request, a lock before its detection",
            "same loans as in order"),
    INPUT_ASTRAY(
            Domain.INPUT,
            15,
            25,
            "three of ten facts are written to a partition that is not their key's",
            "they are sent home and applied there once"),
    TICK_FLOOD(
            Domain.INPUT,
            10,
            15,
            "venues trade twenty times as often",
            "the index stays at its pace; the ledger does not lag"),
    POISON(
            Domain.INPUT,
            2,
            4,
            "bytes that are no record, in every input topic and every partition",
            "dead letters; nothing stops");

    /** What a fault touches. Two faults at a time touch different ones. */
    public enum Domain {
        LEDGER,
        LIQUIDATION,
        INGEST,
        BROKERS,
        REGISTRY,
        NETWORK,
        INPUT
    }

    private final Domain domain;
    private final int shortestSeconds;
    private final int longestSeconds;
    private final String what;
    private final String expected;

    FaultKind(Domain domain, int shortestSeconds, int longestSeconds, String what, String expected) {
        this.domain = domain;
        this.shortestSeconds = shortestSeconds;
        this.longestSeconds = longestSeconds;
        this.what = what;
        this.expected = expected;
    }

    public Domain domain() {
        return domain;
    }

    public Duration shortest() {
        return Duration.ofSeconds(shortestSeconds);
    }

    public Duration longest() {
        return Duration.ofSeconds(longestSeconds);
    }

    /** What is done, in words. */
    public String what() {
        return what;
    }

    /** The outcome that is expected, in words. */
    public String expected() {
        return expected;
    }

    /** Whether nobody may expect a decision while it lasts. */
    public boolean forbidsProgress() {
        return this == MAJORITY_LOST;
    }

    /** Whether its outcome could not be told if the ways to the brokers, or the brokers themselves, failed at the same time. */
    public boolean needsBrokers() {
        return this == LEDGER_FROZEN || this == LIQUIDATION_FROZEN || this == INGEST_FROZEN;
    }

    /** As a person writes it on the command line: {@code ledger-killed}. */
    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

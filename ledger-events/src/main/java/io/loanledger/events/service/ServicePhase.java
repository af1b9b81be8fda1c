package io.loanledger.events.service;

/**
 * Where a service stands in its life, as the health endpoints report it. A service that restores its stores is alive and must not be
 * killed for it (the restore would begin again), but is not ready. Only {@link #FAILED} ends liveness.
 */
public enum ServicePhase {
    /** Checks topics and connects; nothing is processed yet. */
    STARTING,
    /** Rebalances or restores its state stores. */
    RESTORING,
    /** Processes records. */
    RUNNING,
    /** Was told to end and finishes what is in hand. */
    STOPPING,
    /** Stopped by itself and processes nothing until it is started anew: a broken invariant, a fence, an exception. */
    FAILED;

    /** Whether the process should be left running. */
    public boolean alive() {
        return this != FAILED;
    }

    /** Whether the service does its work now. */
    public boolean ready() {
        return this == RUNNING;
    }
}

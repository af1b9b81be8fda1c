package io.loanledger.local.stack;

import io.loanledger.local.net.FreePorts;
import io.loanledger.local.net.PortOwner;

/** A port that the run needs has another listener; the message names it as far as it is known. */
public final class PortTaken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private PortTaken(int port, String purpose, String option) {
        super("port " + port + ", wanted for " + purpose + ", is taken"
                + PortOwner.of(port).map(owner -> " by " + owner).orElse("")
                + ": end what listens there, or name another with " + option);
    }

    /** Throws unless a server could listen on the port. */
    public static void refuseUnlessFree(int port, String purpose, String option) {
        if (!FreePorts.isFree(port)) {
            throw new PortTaken(port, purpose, option);
        }
    }
}

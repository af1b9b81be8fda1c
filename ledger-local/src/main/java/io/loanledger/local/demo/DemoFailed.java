package io.loanledger.local.demo;

/** The demo did not show what it must; the message is the reason on its last line. */
public final class DemoFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DemoFailed(String reason) {
        super(reason);
    }

    DemoFailed(String reason, Throwable cause) {
        super(reason, cause);
    }
}

package io.loanledger.local.operator;

/** An order cannot be made, signed or published as asked; the message says why and shows nothing that is secret. */
public final class OrderRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public OrderRefused(String message) {
        super(message);
    }
}

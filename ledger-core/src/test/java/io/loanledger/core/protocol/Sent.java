package io.loanledger.core.protocol;

/** A message and where it goes. Two with the same content are equal. */
final class Sent extends Side {
    private final Channel channel;
    private final Message message;

    Sent(Channel channel, Message message) {
        this.channel = channel;
        this.message = message;
    }

    Channel channel() {
        return channel;
    }

    Message message() {
        return message;
    }

    @Override
    String content() {
        return message.toString();
    }

    @Override
    public String toString() {
        return digest();
    }
}

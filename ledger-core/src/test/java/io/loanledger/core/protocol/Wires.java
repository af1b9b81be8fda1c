package io.loanledger.core.protocol;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What is on its way, by channel; a channel without messages has no entry. Immutable. */
record Wires(Map<Channel, List<Sent>> queues) {
    static final Wires EMPTY = new Wires(Map.of());

    List<Sent> on(Channel channel) {
        return queues.getOrDefault(channel, List.of());
    }

    boolean isEmpty() {
        return queues.isEmpty();
    }

    int waiting() {
        return queues.values().stream().mapToInt(List::size).sum();
    }

    Wires with(List<Sent> sent) {
        Wires next = this;
        for (Sent one : sent) {
            List<Sent> queue = new ArrayList<>(next.on(one.channel()));
            queue.add(one);
            next = next.replacing(one.channel(), queue);
        }
        return next;
    }

    Wires without(Channel channel, int position) {
        List<Sent> queue = new ArrayList<>(on(channel));
        queue.remove(position);
        return replacing(channel, queue);
    }

    /** The messages come first again: what was read and not committed. */
    Wires back(List<Sent> read) {
        Wires next = this;
        for (Sent one : read.reversed()) {
            List<Sent> queue = new ArrayList<>(next.on(one.channel()));
            queue.addFirst(one);
            next = next.replacing(one.channel(), queue);
        }
        return next;
    }

    private Wires replacing(Channel channel, List<Sent> queue) {
        Map<Channel, List<Sent>> next = new EnumMap<>(Channel.class);
        next.putAll(queues);
        if (queue.isEmpty()) {
            next.remove(channel);
        } else {
            next.put(channel, List.copyOf(queue));
        }
        return new Wires(next);
    }
}

package io.loanledger.local.checker;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One stream of inputs that a task reads in its order: its partition of a topic, or of the strayed records. Which of them have events is
 * known before the replay; those between two that have are silent, and were processed between those two.
 */
final class Source {
    final String name;
    final List<Message> inputs = new ArrayList<>();
    /** By place where their producer wrote them. */
    private final Map<Place, Integer> numbers = new HashMap<>();

    private final BitSet withEvents = new BitSet();
    final List<SilentInput> waiting = new ArrayList<>();
    int next;

    /** Where a record stands. */
    record Place(String topic, int partition, long offset) {}

    Source(String name) {
        this.name = name;
    }

    /** False when its place is there already. */
    boolean add(Message input) {
        boolean first =
                numbers.putIfAbsent(new Place(input.topic(), input.partition(), input.offset()), inputs.size()) == null;
        inputs.add(input);
        return first;
    }

    /** The input's number, or -1. */
    int find(Place place) {
        return numbers.getOrDefault(place, -1);
    }

    void hasEvents(int number) {
        withEvents.set(number);
    }

    boolean isSilent(int number) {
        return !withEvents.get(number);
    }
}

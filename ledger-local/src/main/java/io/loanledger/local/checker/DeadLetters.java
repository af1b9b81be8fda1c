package io.loanledger.local.checker;

import io.loanledger.local.checker.Source.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the services set aside, by the place where it stood. */
final class DeadLetters {

    /** One record set aside. */
    record Letter(String service, String reason, String place) {}

    /** They set bytes aside before they note how far they have read: after a crash in between they say the same again. */
    private static final Set<String> AT_LEAST_ONCE = Set.of("price-ingest", "terms-fan-out");

    private final Map<Place, List<Letter>> letters = new HashMap<>();

    static DeadLetters read(History history, Tally tally) {
        DeadLetters all = new DeadLetters();
        for (int p = 0; p < history.partitions(Topics.DEAD_LETTERS); p++) {
            history.read(Topics.DEAD_LETTERS, p, message -> all.add(message, tally));
        }
        return all;
    }

    void add(Message message, Tally tally) {
        String topic = message.header("dlq.topic");
        String partition = message.header("dlq.partition");
        String offset = message.header("dlq.offset");
        String service = message.header("dlq.service");
        String reason = message.header("dlq.reason");
        if (topic == null || partition == null || offset == null || service == null || reason == null) {
            tally.wrong(Check.DEAD_LETTER_JUSTIFIED, message.place(), "does not say where it came from, and why");
            return;
        }
        Place place = new Place(topic, Integer.parseInt(partition), Long.parseLong(offset));
        letters.computeIfAbsent(place, p -> new ArrayList<>())
                .add(new Letter(service, reason, topic + "-" + partition + "@" + offset));
    }

    /** The letter of a service about a place; more than one is a violation of its own, found in {@link #checkOnce}. */
    @Nullable
    Letter of(String service, Place place) {
        for (Letter letter : letters.getOrDefault(place, List.of())) {
            if (letter.service().equals(service)) {
                return letter;
            }
        }
        return null;
    }

    boolean isFor(String service, Place place, String reason) {
        Letter letter = of(service, place);
        return letter != null && letter.reason().equals(reason);
    }

    /** Where a service set records aside for a reason. */
    List<Place> of(String service, String reason) {
        return letters.entrySet().stream()
                .filter(entry -> entry.getValue().stream()
                        .anyMatch(letter -> letter.service().equals(service)
                                && letter.reason().equals(reason)))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Nothing is set aside twice by one service, but for the same words of one that may say them again. */
    void checkOnce(Tally tally) {
        letters.forEach((place, all) -> {
            Map<String, String> reasons = new HashMap<>();
            boolean once = true;
            for (Letter letter : all) {
                String said = reasons.putIfAbsent(letter.service(), letter.reason());
                once &= said == null || (AT_LEAST_ONCE.contains(letter.service()) && said.equals(letter.reason()));
            }
            tally.holds(
                    Check.DEAD_LETTER_JUSTIFIED,
                    once,
                    all.getFirst().place(),
                    () -> "set aside " + all.size() + " times: " + all);
        });
    }
}

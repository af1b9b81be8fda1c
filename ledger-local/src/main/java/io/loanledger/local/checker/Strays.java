package io.loanledger.local.checker;

import io.loanledger.local.checker.Source.Place;
import java.util.HashMap;
import java.util.Map;

/** Records found in a partition that is not their key's, and those that came home, over all partitions. */
final class Strays {
    private final Map<Place, Integer> left = new HashMap<>();
    private final Map<Place, Integer> home = new HashMap<>();

    void left(Message message, int foundIn) {
        left.put(new Place(message.topic(), message.partition(), message.offset()), foundIn);
    }

    void cameHome(Message origin, int partition) {
        home.merge(new Place(origin.topic(), origin.partition(), origin.offset()), 1, Integer::sum);
    }

    void check(Tally tally) {
        left.forEach((place, partition) -> tally.holds(
                Check.STRAY_BROUGHT_HOME,
                home.getOrDefault(place, 0) == 1,
                place.toString(),
                () -> "came home " + home.getOrDefault(place, 0) + " times"));
        home.keySet().stream()
                .filter(place -> !left.containsKey(place))
                .forEach(place -> tally.wrong(
                        Check.STRAY_BROUGHT_HOME, place.toString(), "came home, but stands in no wrong partition"));
    }
}

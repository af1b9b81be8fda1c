package io.loanledger.local.checker;

import io.loanledger.local.checker.Source.Place;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

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

    /** @param skipped places of records that were set aside by order, which need not have come home before */
    void check(Predicate<Place> skipped, Tally tally) {
        left.forEach((place, partition) -> {
            int times = home.getOrDefault(place, 0);
            tally.holds(
                    Check.STRAY_BROUGHT_HOME,
                    times == 1 || (times == 0 && skipped.test(place)),
                    place.toString(),
                    () -> "came home " + times + " times");
        });
        home.keySet().stream()
                .filter(place -> !left.containsKey(place))
                .forEach(place -> tally.wrong(
                        Check.STRAY_BROUGHT_HOME, place.toString(), "came home, but stands in no wrong partition"));
    }
}

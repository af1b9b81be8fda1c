package io.loanledger.local.checker;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;

/**
 * Kill switch and pauses, and what was done in spite of them.
 *
 * <p>The journal says which terms a task had read when it decided: there a pause is held exactly. Orders do not say it, and share no
 * topic with the terms; of them is asked that no stop of theirs, as fanned out to their partition, was in force without a break from
 * {@value #OVERLAP_MILLIS} ms before the order to {@value #SKEW_MILLIS} ms after it, by the brokers' times of append. The first is far
 * longer than what a service that sells on prices of a few seconds can lie behind, the second is for brokers whose clocks differ.
 */
final class Stops {
    private static final long OVERLAP_MILLIS = 60_000;
    private static final long SKEW_MILLIS = 1_000;
    private static final String KILL = "the kill switch";

    private final History history;
    private final WireReading reading;
    private final Tally tally;
    private final Map<Integer, Map<String, List<Turn>>> byPartition = new HashMap<>();

    /** Engaged or let go, at a broker's time. */
    private record Turn(long at, boolean engaged) {}

    Stops(History history, WireReading reading, Tally tally) {
        this.history = history;
        this.reading = reading;
        this.tally = tally;
    }

    /** No loan asks for a sale in a market that its task knows to be paused. */
    static void checkRequests(Decision decision, Circumstances now, Tally tally) {
        for (GenericRecord event : decision.events) {
            if (event.getSchema().getName().equals("LiquidationRequested")
                    && event.get("evidence") instanceof GenericRecord evidence) {
                String market =
                        ((GenericRecord) evidence.get("index")).get("market").toString();
                tally.holds(
                        Check.NO_SALE_WHILE_STOPPED,
                        !now.paused.contains(market),
                        decision.place(),
                        () -> "asks for a sale while " + market + " is paused");
            }
        }
    }

    void checkOrder(DeskOrder order) {
        int partitions = history.partitions(Topics.TERMS_FANNED);
        if (partitions == 0) {
            return;
        }
        String market = order.record.get("symbol").toString();
        int home = Intake.home(market.getBytes(StandardCharsets.UTF_8), partitions);
        Map<String, List<Turn>> turns = byPartition.computeIfAbsent(home, this::read);
        for (String stop : List.of(KILL, market)) {
            tally.holds(
                    Check.NO_SALE_WHILE_STOPPED,
                    !isInForce(turns.getOrDefault(stop, List.of()), order.at),
                    order.place,
                    () -> "was sent under " + (stop.equals(KILL) ? KILL : "a pause of " + market));
        }
    }

    private static boolean isInForce(List<Turn> turns, long at) {
        boolean before = false;
        for (Turn turn : turns) {
            if (turn.at() <= at - OVERLAP_MILLIS) {
                before = turn.engaged();
            } else if (turn.at() <= at + SKEW_MILLIS && !turn.engaged()) {
                return false;
            }
        }
        return before;
    }

    private Map<String, List<Turn>> read(int partition) {
        Map<String, List<Turn>> turns = new HashMap<>();
        history.read(Topics.TERMS_FANNED, partition, message -> {
            GenericRecord record = reading.read(message.value()).record();
            if (record != null && record.get("killSwitch") instanceof GenericRecord kill) {
                add(turns, KILL, message, (Boolean) kill.get("engaged"));
            } else if (record != null && record.get("marketPause") instanceof GenericRecord pause) {
                add(turns, pause.get("market").toString(), message, (Boolean) pause.get("paused"));
            }
        });
        return turns;
    }

    private static void add(Map<String, List<Turn>> turns, String stop, Message message, boolean engaged) {
        turns.computeIfAbsent(stop, s -> new ArrayList<>()).add(new Turn(message.timestampMillis(), engaged));
    }
}

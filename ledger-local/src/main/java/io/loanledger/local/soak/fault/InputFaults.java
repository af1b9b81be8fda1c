package io.loanledger.local.soak.fault;

import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.local.soak.world.SoakOutbox;
import io.loanledger.local.soak.world.SoakOutbox.Disorder;
import io.loanledger.local.soak.world.SoakWorld;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What happens to the ledger's inputs. For one thread. */
final class InputFaults {

    /** Written by others than the ledger's own services. */
    private static final List<Topic> INPUTS = List.of(
            TopicCatalogue.COLLATERAL,
            TopicCatalogue.LOANS,
            TopicCatalogue.MOVEMENTS,
            TopicCatalogue.TERMS,
            TopicCatalogue.TICKS_OF_VENUES,
            TopicCatalogue.EXECUTIONS);

    private static final int FLOOD = 20;
    private static final int KEYS = 8;
    private static final int UNKNOWN_SCHEMA = 1_999_999_999;

    private final SoakWorld world;

    InputFaults(SoakWorld world) {
        this.world = world;
    }

    RunningFault repeat() {
        return disturb(new Disorder(300, 0, 0), "sent twice");
    }

    RunningFault reorder() {
        return disturb(new Disorder(0, 400, 0), "late");
    }

    RunningFault sendAstray() {
        return disturb(new Disorder(0, 0, 300), "astray");
    }

    RunningFault flood() {
        world.tickTimes(FLOOD);
        return () -> {
            world.tickTimes(1);
            return RunningFault.Ended.asExpected("venues trade at their usual pace again");
        };
    }

    RunningFault poison(PlannedFault fault) {
        var random = new Random(fault.chance());
        List<byte @Nullable []> doses = doses(random);
        int sent = 0;
        for (Topic topic : INPUTS) {
            for (byte @Nullable [] dose : doses) {
                for (int key = 0; key < KEYS; key++) {
                    world.outbox()
                            .sendBytes(
                                    topic,
                                    ("poison-" + fault.number() + "-" + key).getBytes(StandardCharsets.UTF_8),
                                    dose);
                    sent++;
                }
            }
            world.outbox().sendBytes(topic, null, doses.getLast());
            sent++;
        }
        return RunningFault.over(sent + " records that are none");
    }

    /** One of each way in which bytes can be no record. */
    private static List<byte @Nullable []> doses(Random random) {
        var noise = new byte[40];
        random.nextBytes(noise);
        noise[0] = 7;
        var unknown = new byte[] {0, 0, 0, 0, 0, 1, 2, 3};
        for (int i = 0; i < Integer.BYTES; i++) {
            unknown[1 + i] = (byte) (UNKNOWN_SCHEMA >>> (8 * (3 - i)));
        }
        var cutShort = new byte[] {0, 0, 0, 0, 1, 2};
        var doses = new ArrayList<byte @Nullable []>();
        doses.add(new byte[0]);
        doses.add(noise);
        doses.add(unknown);
        doses.add(cutShort);
        doses.add(null);
        doses.add(new byte[] {0, 0});
        return doses;
    }

    private RunningFault disturb(Disorder disorder, String how) {
        SoakOutbox outbox = world.outbox();
        long before = outbox.disturbed();
        outbox.disturb(disorder);
        return () -> {
            outbox.disturb(Disorder.NONE);
            return RunningFault.Ended.asExpected((outbox.disturbed() - before) + " facts " + how);
        };
    }
}

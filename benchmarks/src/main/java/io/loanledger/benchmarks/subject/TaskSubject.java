package io.loanledger.benchmarks.subject;

import io.loanledger.benchmarks.process.ChildLink;
import io.loanledger.benchmarks.process.LiveHeap;
import io.loanledger.benchmarks.task.ForeignKeyJoin;
import io.loanledger.benchmarks.task.LoneTask;
import io.loanledger.benchmarks.world.BenchBook;
import io.loanledger.core.trigger.LoanSlots;
import io.loanledger.core.trigger.TriggerIndex;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Measures one task without a broker, in a process of its own. Arguments: rounds, then ticks a round. It answers to {@code ticks FEW MANY}
 * with nanoseconds a tick, a series of rounds for each; to {@code after LOANS} with the same of a task of which a tenth was sold, of one of
 * which none was, and how many were sold; to {@code join LOANS} with nanoseconds a tick; to {@code heap LOANS} with bytes a loan;
 * to {@code index LOANS} with bytes a loan of both sides, and nanoseconds a look.
 */
public final class TaskSubject {

    /** A price at which nothing of the task's loans is due; it moves by cents. */
    private static final BigDecimal QUIET = new BigDecimal("20000.00");

    private static final int CENTS = 100;

    /** Ten of a hundred loans of {@link LoneTask#over} are sold at this price or a higher one. */
    private static final BigDecimal SELLS_A_TENTH = new BigDecimal("4750.00");

    private static final int TENTH = 10;
    private static final int COLLECTIONS = 3;

    private final int rounds;
    private final int ticksPerRound;

    private TaskSubject(int rounds, int ticksPerRound) {
        this.rounds = rounds;
        this.ticksPerRound = ticksPerRound;
    }

    public static void main(String[] words) throws InterruptedException {
        ChildLink link = ChildLink.open();
        var subject = new TaskSubject(Integer.parseInt(words[0]), Integer.parseInt(words[1]));
        link.serve("", subject::answer);
        System.exit(0);
    }

    private String answer(String command) {
        String[] words = command.split(" ", -1);
        return switch (words[0]) {
            case "ticks" -> ticks(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
            case "after" -> after(Integer.parseInt(words[1]));
            case "join" -> join(Integer.parseInt(words[1]));
            case "heap" -> heap(Integer.parseInt(words[1]));
            case "index" -> index(Integer.parseInt(words[1]));
            default -> throw new IllegalArgumentException(command);
        };
    }

    /** Both tasks in turn; the first rounds of each warm the code and are not told. */
    private String ticks(int few, int many) {
        try (LoneTask small = LoneTask.over(few);
                LoneTask large = LoneTask.over(many)) {
            return inTurns(small, large);
        }
    }

    /**
     * The tenth that fires first is sold, in sweeps as after a crash, and those of which margin was called on the way are cured when the price comes
     * back; then the ticks are quiet again. Beside it a task to which none of that happened.
     */
    private String after(int loans) {
        try (LoneTask crashed = LoneTask.over(loans);
                LoneTask fresh = LoneTask.over(loans)) {
            int sold = crashed.sweep(SELLS_A_TENTH);
            if (sold != loans / TENTH || crashed.sweep(QUIET) != 0) {
                throw new IllegalStateException("sold " + sold + " of " + loans + " loans, not a tenth");
            }
            return inTurns(crashed, fresh) + ";" + sold;
        }
    }

    private String inTurns(LoneTask one, LoneTask other) {
        List<Double> ofOne = new ArrayList<>();
        List<Double> ofOther = new ArrayList<>();
        for (int round = -rounds; round < rounds; round++) {
            double first = nanosPerTick(one);
            double second = nanosPerTick(other);
            if (round >= 0) {
                ofOne.add(first);
                ofOther.add(second);
            }
        }
        return line(ofOne) + ";" + line(ofOther);
    }

    private double nanosPerTick(LoneTask task) {
        List<byte[]> ticks = new ArrayList<>(ticksPerRound);
        for (int n = 0; n < ticksPerRound; n++) {
            ticks.add(task.tick(QUIET.add(BigDecimal.valueOf(n % CENTS, 2))));
        }
        int sent = task.sent();
        long began = System.nanoTime();
        task.ticks(ticks);
        long nanos = System.nanoTime() - began;
        if (task.sent() != sent) {
            throw new IllegalStateException("a tick was not quiet: it sent " + (task.sent() - sent) + " records");
        }
        return (double) nanos / ticksPerRound;
    }

    private String join(int loans) {
        try (ForeignKeyJoin join = new ForeignKeyJoin(loans)) {
            List<Double> perTick = new ArrayList<>();
            for (int round = -1; round < rounds; round++) {
                long began = System.nanoTime();
                join.price(QUIET.longValue() + round);
                long nanos = System.nanoTime() - began;
                if (round >= 0) {
                    perTick.add((double) nanos);
                }
            }
            if (join.breaches() > 0) {
                throw new IllegalStateException("a tick was not quiet: the join found " + join.breaches());
            }
            return line(perTick);
        }
    }

    /** All that a task holds on the heap for its loans: ids, both sides, deadlines, ends of keys. */
    private String heap(int loans) {
        try (LoneTask few = LoneTask.over(1)) {
            long before = LiveHeap.bytes(COLLECTIONS);
            try (LoneTask many = LoneTask.over(loans)) {
                double bytes = (double) (LiveHeap.bytes(COLLECTIONS) - before) / loans;
                many.price(QUIET); // neither is gone before this
                few.price(QUIET);
                return line(List.of(bytes));
            }
        }
    }

    /** The two ordered sets of one market with every loan in both, which is the most it can be, and a look at each. */
    private String index(int loans) {
        LoanSlots slots = new LoanSlots(loans);
        TriggerIndex falling = TriggerIndex.falling(slots.byId());
        TriggerIndex rising = TriggerIndex.rising(slots.byId());
        for (int number = 0; number < loans; number++) {
            int slot = slots.assign(BenchBook.idOf(number));
            // Spread over the book without an order: a multiplicative hash of the number.
            long key = Math.floorMod(number * 2_654_435_761L, 1_000_000_007L);
            falling.put(slot, key);
            rising.put(slot, 2_000_000_000L + key);
        }
        double bytes = (double) (falling.retainedBytes() + rising.retainedBytes()) / loans;
        List<Double> nanos = new ArrayList<>();
        for (int round = -rounds; round < rounds; round++) {
            double perLook = nanosPerLook(falling, rising);
            if (round >= 0) {
                nanos.add(perLook);
            }
        }
        return line(List.of(bytes)) + ";" + line(nanos);
    }

    private double nanosPerLook(TriggerIndex falling, TriggerIndex rising) {
        long quiet = 1_500_000_000L;
        int fired = 0;
        long began = System.nanoTime();
        for (int n = 0; n < ticksPerRound; n++) {
            fired += (falling.fires(quiet + n % CENTS) ? 1 : 0) + (rising.fires(quiet - n % CENTS) ? 1 : 0);
        }
        long nanos = System.nanoTime() - began;
        if (fired != 0) {
            throw new IllegalStateException("a look was not quiet");
        }
        return (double) nanos / ticksPerRound;
    }

    private static String line(List<Double> figures) {
        return figures.stream()
                .map(figure -> String.format(Locale.ROOT, "%.3f", figure))
                .collect(Collectors.joining(" "));
    }
}

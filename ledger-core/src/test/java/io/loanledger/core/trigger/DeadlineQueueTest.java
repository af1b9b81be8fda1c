package io.loanledger.core.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DeadlineQueueTest {
    @Test
    void isNotDueAtTheInstantOfTheDeadline() {
        DeadlineQueue queue = new DeadlineQueue(Integer::compare);
        queue.put(0, 1_000);

        assertThat(queue.isDueBefore(999)).isFalse();
        assertThat(queue.isDueBefore(1_000)).isFalse();
        assertThat(queue.isDueBefore(1_001)).isTrue();
    }

    @Test
    void takesTheEarliestFirstAndEqualOnesInOrder() {
        DeadlineQueue queue = new DeadlineQueue(Integer::compare);
        queue.put(4, 20);
        queue.put(2, 20);
        queue.put(1, 10);
        queue.put(3, 30);

        assertThat(queue.best()).isEqualTo(1);
        assertThat(queue.bestDeadlineMicros()).isEqualTo(10);
        assertThat(due(queue, 30, 2)).containsExactly(1, 2);
        assertThat(due(queue, 30, 2)).containsExactly(4);
        assertThat(queue.deadlineMicrosOf(3)).isEqualTo(30);
        assertThat(queue.best()).isEqualTo(3);
    }

    @Test
    void movesAndForgetsADeadline() {
        DeadlineQueue queue = new DeadlineQueue(Integer::compare);
        queue.put(0, 10);
        queue.put(1, 20);
        queue.put(0, 30);

        assertThat(queue.best()).isEqualTo(1);
        assertThat(queue.remove(1)).isTrue();
        assertThat(queue.remove(1)).isFalse();
        assertThat(due(queue, 31, 5)).containsExactly(0);
        assertThat(queue.best()).isEqualTo(DeadlineQueue.NONE);
        assertThat(queue.size()).isZero();
    }

    @Test
    void agreesWithASortedMapOverRandomHistories() {
        for (long seed = 1; seed <= 40; seed++) {
            Random random = new Random(seed);
            DeadlineQueue queue = new DeadlineQueue(Integer::compare);
            long[] deadlineOf = new long[100];
            TreeMap<Long, Integer> model = new TreeMap<>();
            long now = 0;
            for (int step = 0; step < 2_000; step++) {
                int slot = random.nextInt(100);
                if (random.nextInt(4) > 0) {
                    // The slot in the low digits: the model's keys are distinct and tie by slot.
                    long deadline = (now / 100 + random.nextInt(20)) * 100 + slot;
                    model.remove(deadlineOf[slot]);
                    model.put(deadline, slot);
                    deadlineOf[slot] = deadline;
                    queue.put(slot, deadline / 100);
                } else {
                    now += random.nextInt(300);
                    List<Integer> expected =
                            new ArrayList<>(model.headMap(now / 100 * 100).values());
                    model.headMap(now / 100 * 100).clear();
                    assertThat(due(queue, now / 100, 1_000))
                            .as("seed %d step %d", seed, step)
                            .isEqualTo(expected);
                }
                assertThat(queue.size()).as("seed %d step %d", seed, step).isEqualTo(model.size());
            }
        }
    }

    private static List<Integer> due(DeadlineQueue queue, long nowMicros, int most) {
        int[] into = new int[most];
        int taken = queue.takeDueBefore(nowMicros, into);
        return Arrays.stream(into, 0, taken).boxed().toList();
    }
}

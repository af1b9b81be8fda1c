package io.loanledger.core.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The index against a sorted set of the JDK, and the cost that it promises. */
class TriggerIndexTest {
    private record Entry(long key, int slot) {}

    @Test
    void firesFallingFromTheHighestKeyDown() {
        TriggerIndex index = TriggerIndex.falling(Integer::compare);
        index.put(0, 70_00);
        index.put(1, 80_00);
        index.put(2, 60_00);

        assertThat(index.fires(80_01)).isFalse();
        assertThat(index.fires(80_00)).isTrue();
        assertThat(fired(index, 65_00, 10)).containsExactly(1, 0);
        assertThat(index.best()).isEqualTo(2);
        assertThat(index.bestKey()).isEqualTo(60_00);
    }

    @Test
    void firesRisingFromTheLowestKeyUp() {
        TriggerIndex index = TriggerIndex.rising(Integer::compare);
        index.put(0, 70_00);
        index.put(1, 80_00);
        index.put(2, 60_00);

        assertThat(index.fires(59_99)).isFalse();
        assertThat(index.fires(60_00)).isTrue();
        assertThat(fired(index, 75_00, 10)).containsExactly(2, 0);
        assertThat(index.best()).isEqualTo(1);
    }

    @Test
    void leavesWhatDoesNotFitForTheNextChunk() {
        TriggerIndex index = TriggerIndex.falling(Integer::compare);
        for (int slot = 0; slot < 5; slot++) {
            index.put(slot, 100 + slot);
        }

        assertThat(fired(index, 0, 2)).containsExactly(4, 3);
        assertThat(index.bestKey()).isEqualTo(102);
        assertThat(fired(index, 0, 2)).containsExactly(2, 1);
        assertThat(fired(index, 0, 2)).containsExactly(0);
        assertThat(fired(index, 0, 2)).isEmpty();
    }

    @Test
    void ordersEqualKeysByTheCallersOrderWhateverTheSlots() {
        // The order of the loans, not of their slots: slot 7 is the first loan.
        SlotOrder reversed = (first, second) -> Integer.compare(second, first);
        for (TriggerIndex index : List.of(TriggerIndex.falling(reversed), TriggerIndex.rising(reversed))) {
            for (int slot : new int[] {3, 7, 1, 5}) {
                index.put(slot, 50);
            }
            assertThat(fired(index, 50, 9)).containsExactly(7, 5, 3, 1);
        }
    }

    @Test
    void keepsTheEndsOfTheLongRangeInOrder() {
        TriggerIndex falling = TriggerIndex.falling(Integer::compare);
        falling.put(0, Long.MIN_VALUE);
        falling.put(1, Long.MAX_VALUE);
        assertThat(fired(falling, Long.MAX_VALUE, 9)).containsExactly(1);
        assertThat(falling.fires(Long.MIN_VALUE + 1)).isFalse();
        assertThat(fired(falling, Long.MIN_VALUE, 9)).containsExactly(0);
    }

    @Test
    void saysWhenItIsEmpty() {
        TriggerIndex index = TriggerIndex.rising(Integer::compare);

        assertThat(index.best()).isEqualTo(TriggerIndex.NONE);
        assertThat(index.fires(Long.MAX_VALUE)).isFalse();
        assertThat(index.remove(3)).isFalse();
        assertThat(index.contains(3)).isFalse();
        assertThatThrownBy(index::bestKey).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> index.keyOf(3)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> index.put(-1, 5)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource(TriggerIndex.Side.class)
    void agreesWithASortedSetOverRandomHistories(TriggerIndex.Side side) {
        for (long seed = 1; seed <= 40; seed++) {
            Random random = new Random(seed);
            int slots = 1 + random.nextInt(300);
            // The rank of a loan's id, unrelated to its slot; few keys, so that many are equal.
            int[] rankOfSlot = shuffled(slots, random);
            SlotOrder order = (first, second) -> Integer.compare(rankOfSlot[first], rankOfSlot[second]);
            TriggerIndex index =
                    side == TriggerIndex.Side.FALLING ? TriggerIndex.falling(order) : TriggerIndex.rising(order);
            Comparator<Entry> byKey = Comparator.comparingLong(Entry::key);
            TreeSet<Entry> model = new TreeSet<>((side == TriggerIndex.Side.FALLING ? byKey.reversed() : byKey)
                    .thenComparing(Entry::slot, order::compare));
            Map<Integer, Entry> bySlot = new HashMap<>();

            for (int step = 0; step < 3_000; step++) {
                int slot = random.nextInt(slots);
                long key = random.nextInt(50);
                int action = random.nextInt(10);
                if (action < 6) {
                    Entry moved = new Entry(key, slot);
                    Entry former = bySlot.put(slot, moved);
                    if (former != null) {
                        model.remove(former);
                    }
                    model.add(moved);
                    index.put(slot, key);
                } else if (action < 8) {
                    Entry former = bySlot.remove(slot);
                    assertThat(index.remove(slot))
                            .as("seed %d step %d", seed, step)
                            .isEqualTo(former != null);
                    if (former != null) {
                        model.remove(former);
                    }
                } else {
                    int most = random.nextInt(20);
                    List<Integer> expected = new ArrayList<>();
                    while (expected.size() < most
                            && !model.isEmpty()
                            && fires(side, model.first().key(), key)) {
                        Entry first = model.removeFirst();
                        bySlot.remove(first.slot());
                        expected.add(first.slot());
                    }
                    assertThat(fired(index, key, most))
                            .as("seed %d step %d", seed, step)
                            .isEqualTo(expected);
                }
                assertThat(index.size()).as("seed %d step %d", seed, step).isEqualTo(model.size());
                assertThat(index.best())
                        .as("seed %d step %d", seed, step)
                        .isEqualTo(
                                model.isEmpty()
                                        ? TriggerIndex.NONE
                                        : model.first().slot());
                assertThat(index.contains(slot))
                        .as("seed %d step %d", seed, step)
                        .isEqualTo(bySlot.containsKey(slot));
                if (bySlot.containsKey(slot)) {
                    assertThat(index.keyOf(slot)).isEqualTo(bySlot.get(slot).key());
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 100_000})
    void visitsNoLoanOnAQuietTick(int loans) {
        int[] comparisons = new int[1];
        TriggerIndex index = TriggerIndex.falling((first, second) -> {
            comparisons[0]++;
            return Integer.compare(first, second);
        });
        for (int slot = 0; slot < loans; slot++) {
            // Many equal keys, so that any work on the tree would have to ask the order.
            index.put(slot, 5_000_00000000L + slot % 7);
        }
        comparisons[0] = 0;

        int[] visited = new int[16];
        int visits = 0;
        for (long tick = 0; tick < 1_000; tick++) {
            visits += index.takeFired(6_000_00000000L + tick, visited);
        }

        assertThat(visits).isZero();
        assertThat(comparisons[0]).isZero();
        assertThat(index.size()).isEqualTo(loans);
    }

    @Test
    void holdsALoanOnBothSidesInThirtyThreeBytes() {
        int loans = 1_000_000;
        TriggerIndex falling = TriggerIndex.falling(Integer::compare);
        TriggerIndex rising = TriggerIndex.rising(Integer::compare);
        for (int slot = 0; slot < loans; slot++) {
            falling.put(slot, slot);
            rising.put(slot, loans - slot);
        }

        assertThat((falling.retainedBytes() + rising.retainedBytes()) / (double) loans)
                .isLessThan(33.0);
    }

    private static boolean fires(TriggerIndex.Side side, long key, long tick) {
        return side == TriggerIndex.Side.FALLING ? tick <= key : tick >= key;
    }

    private static List<Integer> fired(TriggerIndex index, long tick, int most) {
        int[] into = new int[most];
        int taken = index.takeFired(tick, into);
        return Arrays.stream(into, 0, taken).boxed().toList();
    }

    private static int[] shuffled(int length, Random random) {
        int[] values = new int[length];
        for (int i = 0; i < length; i++) {
            int j = random.nextInt(i + 1);
            values[i] = values[j];
            values[j] = i;
        }
        return values;
    }
}

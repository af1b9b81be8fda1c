package io.loanledger.core.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LoanSlotsTest {
    @Test
    void givesEachLoanOneSlotAndFindsItAgain() {
        LoanSlots slots = new LoanSlots();

        assertThat(slots.assign("loan-1")).isZero();
        assertThat(slots.assign("loan-2")).isOne();
        assertThat(slots.assign("loan-1")).isZero();
        assertThat(slots.slotOf("loan-2")).isOne();
        assertThat(slots.slotOf("loan-3")).isEqualTo(LoanSlots.NONE);
        assertThat(slots.idOf(1)).isEqualTo("loan-2");
        assertThat(slots.size()).isEqualTo(2);
        assertThat(slots.slotLimit()).isEqualTo(2);
    }

    @Test
    void givesAReleasedSlotToTheNextLoan() {
        LoanSlots slots = new LoanSlots();
        slots.assign("a");
        slots.assign("b");
        slots.assign("c");

        assertThat(slots.release("b")).isOne();
        assertThat(slots.release("b")).isEqualTo(LoanSlots.NONE);
        assertThat(slots.release("a")).isZero();
        assertThatThrownBy(() -> slots.idOf(1)).isInstanceOf(IllegalStateException.class);
        assertThat(slots.assign("d")).isZero();
        assertThat(slots.assign("e")).isOne();
        assertThat(slots.assign("f")).isEqualTo(3);
    }

    @Test
    void keepsEveryKindOfId() {
        LoanSlots slots = new LoanSlots();
        List<String> ids = List.of("", "é", "契約-7", "😀", "?", "a".repeat(LoanSlots.MAX_ID_BYTES));
        for (String id : ids) {
            slots.assign(id);
        }
        for (int slot = 0; slot < ids.size(); slot++) {
            assertThat(slots.slotOf(ids.get(slot))).isEqualTo(slot);
            assertThat(slots.idOf(slot)).isEqualTo(ids.get(slot));
        }
    }

    @Test
    void refusesWhatIsNoId() {
        LoanSlots slots = new LoanSlots();
        slots.assign("?");
        for (String id : List.of("\uD83D", "\uDE00", "\uD83Dx", "a".repeat(LoanSlots.MAX_ID_BYTES + 1))) {
            assertThat(slots.slotOf(id)).isEqualTo(LoanSlots.NONE);
            assertThat(slots.release(id)).isEqualTo(LoanSlots.NONE);
            assertThatThrownBy(() -> slots.assign(id)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void ordersByIdWhateverTheSlots() {
        LoanSlots slots = new LoanSlots();
        int second = slots.assign("loan-10");
        int third = slots.assign("loan-2");
        int first = slots.assign("loan-1");
        int last = slots.assign("loané");
        SlotOrder order = slots.byId();

        assertThat(order.compare(first, second)).isNegative();
        assertThat(order.compare(second, third)).isNegative();
        assertThat(order.compare(third, last)).isNegative();
        assertThat(order.compare(last, first)).isPositive();
        assertThat(order.compare(third, third)).isZero();
    }

    @Test
    void agreesWithAMapOverRandomHistories() {
        for (long seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            LoanSlots slots = new LoanSlots();
            Map<String, Integer> model = new HashMap<>();
            for (int step = 0; step < 5_000; step++) {
                String id = "loan-" + "x".repeat(random.nextInt(12)) + random.nextInt(400);
                if (random.nextInt(5) < 3) {
                    Integer former = model.get(id);
                    int slot = slots.assign(id);
                    if (former == null) {
                        assertThat(model).as("seed %d step %d", seed, step).doesNotContainValue(slot);
                        model.put(id, slot);
                    } else {
                        assertThat(slot).as("seed %d step %d", seed, step).isEqualTo(former);
                    }
                } else {
                    Integer former = model.remove(id);
                    assertThat(slots.release(id))
                            .as("seed %d step %d", seed, step)
                            .isEqualTo(former == null ? LoanSlots.NONE : former);
                }
                assertThat(slots.size()).isEqualTo(model.size());
                assertThat(slots.slotOf(id)).isEqualTo(model.getOrDefault(id, LoanSlots.NONE));
            }
            model.forEach((id, slot) -> {
                assertThat(slots.slotOf(id)).isEqualTo(slot);
                assertThat(slots.idOf(slot)).isEqualTo(id);
            });
        }
    }

    @Test
    void doesNotGrowWhileLoansComeAndGo() {
        LoanSlots slots = new LoanSlots();
        List<String> open = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            open.add("loan-%08d".formatted(i));
            slots.assign(open.getLast());
        }
        long bytes = slots.retainedBytes();

        Random random = new Random(7);
        Set<Integer> used = new HashSet<>();
        for (int i = 10_000; i < 200_000; i++) {
            int gone = random.nextInt(open.size());
            slots.release(open.get(gone));
            open.set(gone, "loan-%08d".formatted(i));
            used.add(slots.assign(open.get(gone)));
        }

        assertThat(slots.slotLimit()).isEqualTo(10_000);
        assertThat(used).allMatch(slot -> slot < 10_000);
        assertThat(slots.retainedBytes()).isEqualTo(bytes);
    }

    @Test
    void holdsAnIdOf36CharactersIn56Bytes() {
        int loans = 300_000;
        LoanSlots slots = new LoanSlots(loans);
        for (int i = 0; i < loans; i++) {
            slots.assign("00000000-0000-4000-8000-%012d".formatted(i));
        }

        assertThat(slots.size()).isEqualTo(loans);
        assertThat(slots.retainedBytes() / (double) loans).isLessThanOrEqualTo(56.0);
        assertThat(slots.slotOf("00000000-0000-4000-8000-000000123456")).isEqualTo(123_456);
    }
}

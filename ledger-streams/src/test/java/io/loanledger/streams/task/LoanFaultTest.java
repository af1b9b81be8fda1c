package io.loanledger.streams.task;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which exceptions quarantine a loan, and which stop the task. */
class LoanFaultTest {
    static Stream<RuntimeException> ofOneLoan() {
        return Stream.of(
                new IllegalStateException("StoredLoan: cannot be read"),
                new IllegalStateException("CollateralConservation: less than nothing"),
                new IllegalStateException("nobody gave this a name"),
                new IllegalArgumentException("negative quantity"),
                new ArithmeticException("integer overflow"),
                new NoSuchElementException("no such pledge"),
                new NullPointerException("money before terms"),
                new DateTimeException("day out of range"));
    }

    static Stream<RuntimeException> ofTheTask() {
        return Stream.of(
                new IllegalStateException("VersionFence: L1 at version 3"),
                new IllegalStateException("TaskState: a loan is bound to unknown terms P/9"),
                new IllegalStateException("BookEqualsSum: by the way"),
                new IllegalStateException("wrapped", new IllegalStateException("TaskState: cannot be read")),
                new ProcessorStateException("the store failed"),
                new InvalidStateStoreException("the store is closed"),
                new ArrayIndexOutOfBoundsException("the index of the task"),
                new ClassCastException("a bug"));
    }

    @ParameterizedTest
    @MethodSource("ofOneLoan")
    void leavesAlone(RuntimeException broken) {
        assertThatCode(() -> LoanFault.orThrow(broken)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("ofTheTask")
    void throwsOn(RuntimeException broken) {
        assertThatThrownBy(() -> LoanFault.orThrow(broken)).isSameAs(broken);
    }
}

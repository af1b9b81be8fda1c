package io.loanledger.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResidentMemoryTest {

    @Test
    void isReadInKilobytes() {
        assertThat(ResidentMemory.in(
                        List.of("Name:\tjava", "VmHWM:\t  999999 kB", "VmRSS:\t  123456 kB", "Threads:\t40")))
                .hasValue(123_456L << 10);
    }

    @Test
    void isEmptyWhereItIsNotTold() {
        assertThat(ResidentMemory.in(List.of("Name:\tjava"))).isEmpty();
        assertThat(ResidentMemory.of(Long.MAX_VALUE)).isEmpty();
    }
}

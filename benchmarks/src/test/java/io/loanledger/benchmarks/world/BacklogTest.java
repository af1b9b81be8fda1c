package io.loanledger.benchmarks.world;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BacklogTest {

    @Test
    void aPaymentIsKnownByItsNumberInTheBytesOfARecord() {
        String id = Backlog.idOf(1_234);
        assertThat(id).isEqualTo("repaid-0000001234");
        assertThat(Backlog.paymentIn("\u0002" + id + "567\u0000")).hasValue(1_234);
        assertThat(Backlog.paymentIn("disbursed-0000001234")).isEmpty();
    }
}

package io.loanledger.local.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.local.soak.world.SoakWatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoakIdlenessTest {

    @ParameterizedTest(name = "{0} loans and {1} orders")
    @CsvSource({"0, 0, 2", "7, 0, 1", "7, 1, 0"})
    void aSoakWithoutLoansOrOrdersDoesNotHold(long loans, long orders, int findings) {
        var counts = new SoakWatch.Counts(loans, 0, 0, 0, orders, 0);
        assertThat(Soak.idleness(counts)).hasSize(findings);
    }
}

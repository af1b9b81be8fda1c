package io.loanledger.local.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.local.soak.world.SoakWatch;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoakIdlenessTest {

    @ParameterizedTest(name = "{0} minutes with {1} loans and {2} orders")
    @CsvSource({"1, 0, 0, 1", "1, 7, 0, 0", "2, 7, 0, 0", "3, 7, 0, 1", "3, 0, 0, 2", "3, 7, 1, 0", "30, 7, 0, 1"})
    void aSoakWithoutLoansOrALongOneWithoutOrdersDoesNotHold(long minutes, long loans, long orders, int findings) {
        var counts = new SoakWatch.Counts(loans, 0, 0, 0, orders, 0);
        assertThat(Soak.idleness(Duration.ofMinutes(minutes), counts)).hasSize(findings);
    }
}

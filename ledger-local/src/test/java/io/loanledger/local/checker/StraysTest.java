package io.loanledger.local.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A record in a wrong partition comes home once; one that was skipped there need not come at all. */
class StraysTest {
    private static final Message ASTRAY =
            new Message(Topics.MOVEMENTS, 1, 7, 0, new byte[] {'L'}, new byte[0], Map.of());

    @ParameterizedTest(name = "home {0} times, skipped {1}")
    @CsvSource({
        "1, false, true",
        "1, true, true",
        "0, true, true",
        "0, false, false",
        "2, false, false",
        "2, true, false"
    })
    void comesHomeOnceOrIsSkipped(int times, boolean skipped, boolean right) {
        Strays strays = new Strays();
        strays.left(ASTRAY, 1);
        for (int i = 0; i < times; i++) {
            strays.cameHome(ASTRAY, 0);
        }
        Tally tally = new Tally(10);
        strays.check(place -> skipped, tally);

        assertThat(tally.report(0, 0, 0, 0).violations())
                .extracting(CheckReport.Violation::check)
                .isEqualTo(right ? List.of() : List.of(Check.STRAY_BROUGHT_HOME));
    }
}

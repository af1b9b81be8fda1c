package io.loanledger.streams.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.terms.AgreementTerms;
import io.loanledger.core.terms.Component;
import io.loanledger.core.terms.OriginationTerms;
import io.loanledger.core.terms.ScheduleTerms;
import io.loanledger.core.terms.WaterfallTerms;
import io.loanledger.events.DayCount;
import io.loanledger.events.DebtComponent;
import io.loanledger.events.PlannedInstalment;
import io.loanledger.events.ScheduleKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Waterfall, fee of the payout and schedule as a lender writes them. */
class AgreedTermsMappingTest {
    private static final Asset USD = new Asset("USD", 2);
    private static final List<DebtComponent> ORDER = List.of(
            DebtComponent.INTEREST,
            DebtComponent.PRINCIPAL,
            DebtComponent.FEES,
            DebtComponent.COSTS,
            DebtComponent.PENALTIES);

    private final Problems problems = new Problems();

    private static io.loanledger.events.Fraction percent(String percent) {
        return new io.loanledger.events.Fraction(percent, "100");
    }

    private static io.loanledger.events.AgreementTerms agreement(List<DebtComponent> order, ScheduleKind kind) {
        return io.loanledger.events.AgreementTerms.newBuilder()
                .setDayCount(DayCount.ACT_360)
                .setWaterfall(new io.loanledger.events.WaterfallTerms(order, true, true))
                .setOrigination(new io.loanledger.events.OriginationTerms("25.00", percent("1")))
                .setSchedule(new io.loanledger.events.ScheduleTerms(
                        kind,
                        0,
                        0,
                        List.of(new PlannedInstalment(30, percent("40"))),
                        10,
                        3_600L,
                        "5.00",
                        percent("5")))
                .build();
    }

    @Test
    void readsAllOfIt() {
        assertThat(AgreedTermsMapping.agreed(agreement(ORDER, ScheduleKind.CUSTOM), USD, problems))
                .isEqualTo(AgreementTerms.PLAIN
                        .withWaterfall(new WaterfallTerms(
                                List.of(
                                        Component.INTEREST,
                                        Component.PRINCIPAL,
                                        Component.FEES,
                                        Component.COSTS,
                                        Component.PENALTIES),
                                true,
                                true))
                        .withOrigination(new OriginationTerms(Money.of("25.00", USD), Fraction.percent(1)))
                        .withSchedule(new ScheduleTerms(
                                ScheduleTerms.Kind.CUSTOM,
                                0,
                                0,
                                List.of(new ScheduleTerms.Planned(30, Fraction.percent(40))),
                                10,
                                Duration.ofHours(1),
                                Money.of("5.00", USD),
                                Fraction.percent(5))));
        assertThat(problems.unreadable()).isNull();
    }

    @Test
    void readsNothingAsThePlainTerms() {
        assertThat(AgreedTermsMapping.agreed(null, USD, problems)).isEqualTo(AgreementTerms.PLAIN);
        assertThat(AgreedTermsMapping.agreed(
                        io.loanledger.events.AgreementTerms.newBuilder()
                                .setDayCount(DayCount.ACT_360)
                                .build(),
                        USD,
                        problems))
                .isEqualTo(AgreementTerms.PLAIN);
    }

    @Test
    void readsNoSymbolThatItDoesNotKnowAndNoHalfWaterfall() {
        assertThatThrownBy(() -> AgreedTermsMapping.agreed(agreement(ORDER, ScheduleKind.UNKNOWN), USD, problems))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(problems.unreadable()).isNotNull();
        assertThatThrownBy(() ->
                        AgreedTermsMapping.agreed(agreement(ORDER.subList(0, 4), ScheduleKind.CUSTOM), USD, problems))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

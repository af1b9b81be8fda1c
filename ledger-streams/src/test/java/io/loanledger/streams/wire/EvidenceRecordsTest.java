package io.loanledger.streams.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.loan.DebtIndex;
import io.loanledger.core.loan.PriceEvidence;
import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.money.Threshold;
import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.price.IndexState;
import io.loanledger.core.terms.ExposureBasis;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Evidence as who sells reads it: multiplied out it gives the breach again. */
class EvidenceRecordsTest {
    private static final Asset BTC = new Asset("BTC", 8);
    private static final Asset COIN_DOLLAR = new Asset("USDX", 6);
    private static final Asset USD = new Asset("USD", 2);
    private static final Instant NOON = Instant.parse("2020-03-12T12:00:00Z");

    @Test
    void saysTheExposureInTheCurrencyItIsSoldFor() {
        DebtIndex debt = new DebtIndex(USD, "USDX-USD", 3, 7, NOON, new BigDecimal("1.17"));
        // 60,000.000001 count for 70,200.00000117; 10 BTC for 100,000 / 1.17
        var told = EvidenceRecords.of(evidence(
                Money.of("60000.000001", COIN_DOLLAR),
                new BigDecimal("60000.000001").multiply(new BigDecimal("117")),
                new BigDecimal("10000000"),
                null,
                null,
                debt));
        assertThat(told.getExposure()).isEqualTo("70200.01");
        assertThat(told.getDebtAsset()).isEqualTo("USD");
        assertThat(told.getDebtPrice()).isEqualTo("1.17");
        assertThat(told.getCollateralQuantity()).isEqualTo("10.00000000");
    }

    @Test
    void saysWhatCountedOfCoinThatTheBookHasTooMuchOf() {
        var told = EvidenceRecords.of(evidence(
                Money.of("70000.00", USD),
                new BigDecimal("70000"),
                new BigDecimal("87500"),
                new BigDecimal("8.75"),
                new BigDecimal("0.125"),
                null));
        assertThat(told.getExposure()).isEqualTo("70000.00");
        assertThat(told.getDebtAsset()).isEqualTo("USD");
        assertThat(told.getDebtPrice()).isNull();
        assertThat(told.getCollateralQuantity()).isEqualTo("8.75000000");
        assertThat(told.getPledgedQuantity()).isEqualTo("10.00000000");
        assertThat(told.getHaircut()).isEqualTo("0");
        assertThat(told.getAddOn()).isEqualTo("0.125");
    }

    private static PriceEvidence evidence(
            Money exposure,
            BigDecimal numerator,
            BigDecimal denominator,
            @Nullable BigDecimal counted,
            @Nullable BigDecimal addOn,
            @Nullable DebtIndex debt) {
        return new PriceEvidence(
                new IndexPrice("BTC-USD", 1, 1, NOON, new BigDecimal("10000"), IndexState.LIVE, "", 3, List.of()),
                exposure,
                Quantity.of("10", BTC),
                Fraction.ZERO,
                Threshold.reaches(Fraction.percent(70)),
                numerator,
                denominator,
                "p",
                1,
                ExposureBasis.OUTSTANDING,
                null,
                counted,
                null,
                List.of(),
                addOn,
                debt);
    }
}

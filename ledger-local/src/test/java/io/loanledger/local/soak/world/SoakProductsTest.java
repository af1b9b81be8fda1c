package io.loanledger.local.soak.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.events.FannedTerms;
import io.loanledger.events.FannedTermsKind;
import io.loanledger.events.ProductTerms;
import io.loanledger.events.RateFixing;
import io.loanledger.streams.wire.BroadcastMapping;
import io.loanledger.streams.wire.MappedBroadcast;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SoakProductsTest {

    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    @Test
    void areTermsThatTheLedgerTakes() {
        for (ProductTerms product : SoakProducts.all(NOW)) {
            FannedTerms fanned = FannedTerms.newBuilder()
                    .setEpoch(1)
                    .setSequence(1)
                    .setKind(FannedTermsKind.PRODUCT_TERMS)
                    .setProductTerms(product)
                    .build();
            assertThat(BroadcastMapping.terms(fanned))
                    .as(product.getProductId())
                    .isInstanceOfSatisfying(
                            MappedBroadcast.Terms.class,
                            read -> assertThat(read.change()).isInstanceOf(MappedBroadcast.ProductChanged.class));
        }
        for (RateFixing fixing : SoakProducts.fixings(NOW)) {
            FannedTerms fanned = FannedTerms.newBuilder()
                    .setEpoch(1)
                    .setSequence(1)
                    .setKind(FannedTermsKind.RATE_FIXING)
                    .setRateFixing(fixing)
                    .build();
            assertThat(BroadcastMapping.terms(fanned)).isInstanceOf(MappedBroadcast.Terms.class);
        }
    }

    @Test
    void lendHalfOnTheDemosTermsAndTheRestEvenlyOnTheOthers() {
        Map<String, Long> loans = LongStream.rangeClosed(1, 1_200)
                .mapToObj(SoakProducts::of)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

        assertThat(loans).hasSize(8).containsEntry(SoakProducts.PATIENT, 300L).containsEntry(SoakProducts.SWIFT, 300L);
        assertThat(loans.values()).allMatch(count -> count == 300 || count == 100);
        assertThat(loans.keySet())
                .containsExactlyInAnyOrderElementsOf(SoakProducts.all(NOW).stream()
                        .map(ProductTerms::getProductId)
                        .toList());
    }
}

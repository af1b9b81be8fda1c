package io.loanledger.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.price.IndexSource;
import io.loanledger.core.price.IndexSource.Status;
import io.loanledger.core.price.IndexState;
import io.loanledger.events.IndexSourceStatus;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IndexRecordsTest {
    private static final Instant NOW = Instant.parse("2020-03-12T10:30:00.123456Z");

    @Test
    void writesTheVenuesThatQuotedWithTheWeightOfThoseThatCount() {
        var wire = IndexRecords.toWire(index(
                IndexState.DEGRADED,
                new BigDecimal("5966.79"),
                source("alpha", "5966.80", Status.USED),
                source("bravo", "5900.00", Status.CLAMPED),
                source("charlie", "59.66", Status.OUTLIER),
                source("delta", "5967.00", Status.USED),
                new IndexSource("echo", null, Status.AGED, null),
                new IndexSource("foxtrot", null, Status.UNCONVERTED, NOW)));

        assertThat(wire.getPrice()).isEqualTo("5966.79");
        assertThat(wire.getPriceTime()).isEqualTo(NOW);
        assertThat(wire.getEpoch()).isEqualTo(4);
        assertThat(wire.getSequence()).isEqualTo(17);
        assertThat(wire.getSources())
                .extracting(source -> source.getVenue() + " " + source.getWeight() + " " + source.getStatus())
                .containsExactly(
                        "alpha 0.333333 USED",
                        "bravo 0.333333 CLAMPED",
                        "charlie 0 OUTLIER",
                        "delta 0.333333 USED",
                        "foxtrot 0 UNCONVERTED");
        assertThat(wire.getSources().getLast().getPrice()).isNull();
    }

    @Test
    void writesAStaleIndexThatNeverHadAPrice() {
        var wire = IndexRecords.toWire(index(IndexState.STALE, null));

        assertThat(wire.getPrice()).isNull();
        assertThat(IndexRecords.fromWire(wire)).contains(index(IndexState.STALE, null));
    }

    @ParameterizedTest
    @EnumSource(IndexState.class)
    void readsBackWhatItWrote(IndexState state) {
        IndexPrice index = index(state, new BigDecimal("0.8700"));

        assertThat(IndexRecords.fromWire(IndexRecords.toWire(index))).contains(index);
    }

    @Test
    void doesNotGoOnFromARecordThatIsNoIndex() {
        var written = IndexRecords.toWire(index(IndexState.LIVE, new BigDecimal("1")));
        var open = io.loanledger.events.IndexPrice.newBuilder(written)
                .setPrice("0.9e1")
                .build();

        assertThat(IndexRecords.fromWire(open)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Status.class)
    void namesEveryStatusAsTheWireDoes(Status status) {
        var wire = IndexRecords.toWire(index(IndexState.LIVE, BigDecimal.ONE, source("alpha", "1", status)));

        assertThat(wire.getSources().getFirst().getStatus()).isEqualTo(IndexSourceStatus.valueOf(status.name()));
    }

    private static IndexPrice index(IndexState state, @Nullable BigDecimal price, IndexSource... sources) {
        return new IndexPrice("BTC-USD", 4, 17, NOW, price, state, "why", 3, new ArrayList<>(List.of(sources)));
    }

    private static IndexSource source(String venue, String price, Status status) {
        return new IndexSource(venue, new BigDecimal(price), status, NOW);
    }
}

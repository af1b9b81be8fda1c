package io.loanledger.ingest;

import io.loanledger.core.money.Decimals;
import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.price.IndexSource;
import io.loanledger.core.price.IndexState;
import io.loanledger.core.price.VenueQuote;
import io.loanledger.events.IndexSourceStatus;
import io.loanledger.events.PriceTick;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Between the records of the wire and the values of the core. */
final class IndexRecords {
    private IndexRecords() {}

    /** What a tick says, or empty when it does not say it. */
    static Optional<VenueQuote> quoteOf(PriceTick tick) {
        return switch (tick.getKind()) {
            case TRADE ->
                decimal(tick.getPrice())
                        .map(price -> VenueQuote.ofTrade(
                                tick.getVenue(), tick.getQuoteCurrency(), price, tick.getOccurredAt()));
            case QUOTE ->
                decimal(tick.getBid())
                        .flatMap(bid -> decimal(tick.getAsk())
                                .map(ask -> new VenueQuote(
                                        tick.getVenue(), tick.getQuoteCurrency(), bid, ask, tick.getOccurredAt())));
            case UNKNOWN -> Optional.empty();
        };
    }

    static io.loanledger.events.IndexPrice toWire(IndexPrice index) {
        BigDecimal price = index.price();
        String weight = IndexSource.shareRoundedHalfEven(index.sources()).toPlainString();
        return io.loanledger.events.IndexPrice.newBuilder()
                .setMarket(index.market())
                .setEpoch(index.epoch())
                .setSequence(index.sequence())
                .setPriceTime(index.priceTime())
                .setPrice(price == null ? null : price.toPlainString())
                .setState(toWire(index.state()))
                .setStateReason(index.stateReason())
                .setQuorum(index.quorum())
                .setSources(index.sources().stream()
                        .flatMap(source -> toWire(source, weight).stream())
                        .toList())
                .build();
    }

    /**
     * The part of a former record from which its successor goes on; empty if it is none that this service wrote. Its sources are not
     * needed and left out.
     */
    static Optional<IndexPrice> fromWire(io.loanledger.events.IndexPrice index) {
        Optional<BigDecimal> price = decimal(index.getPrice());
        Optional<IndexState> state = fromWire(index.getState());
        boolean usable = state.isPresent() && (price.isPresent() || !state.get().isOpen());
        return usable
                ? Optional.of(new IndexPrice(
                        index.getMarket(),
                        index.getEpoch(),
                        index.getSequence(),
                        index.getPriceTime(),
                        price.orElse(null),
                        state.get(),
                        index.getStateReason(),
                        index.getQuorum(),
                        List.of()))
                : Optional.empty();
    }

    /** A venue that never quoted is not on the wire. */
    private static Optional<io.loanledger.events.IndexSource> toWire(IndexSource source, String weight) {
        Instant observedAt = source.observedAt();
        BigDecimal price = source.price();
        return observedAt == null
                ? Optional.empty()
                : Optional.of(io.loanledger.events.IndexSource.newBuilder()
                        .setVenue(source.venue())
                        .setPrice(price == null ? null : price.toPlainString())
                        .setWeight(source.counts() ? weight : "0")
                        .setStatus(toWire(source.status()))
                        .setObservedAt(observedAt)
                        .build());
    }

    private static IndexSourceStatus toWire(IndexSource.Status status) {
        return switch (status) {
            case USED -> IndexSourceStatus.USED;
            case CLAMPED -> IndexSourceStatus.CLAMPED;
            case AGED -> IndexSourceStatus.AGED;
            case WIDE_SPREAD -> IndexSourceStatus.WIDE_SPREAD;
            case INSANE -> IndexSourceStatus.INSANE;
            case OUTLIER -> IndexSourceStatus.OUTLIER;
            case UNCONVERTED -> IndexSourceStatus.UNCONVERTED;
        };
    }

    private static io.loanledger.events.IndexState toWire(IndexState state) {
        return switch (state) {
            case LIVE -> io.loanledger.events.IndexState.LIVE;
            case DEGRADED -> io.loanledger.events.IndexState.DEGRADED;
            case STALE -> io.loanledger.events.IndexState.STALE;
            case SUSPECT -> io.loanledger.events.IndexState.SUSPECT;
            case HALTED -> io.loanledger.events.IndexState.HALTED;
        };
    }

    private static Optional<IndexState> fromWire(io.loanledger.events.IndexState state) {
        return switch (state) {
            case LIVE -> Optional.of(IndexState.LIVE);
            case DEGRADED -> Optional.of(IndexState.DEGRADED);
            case STALE -> Optional.of(IndexState.STALE);
            case SUSPECT -> Optional.of(IndexState.SUSPECT);
            case HALTED -> Optional.of(IndexState.HALTED);
            case UNKNOWN -> Optional.empty();
        };
    }

    private static Optional<BigDecimal> decimal(@Nullable String text) {
        return text == null ? Optional.empty() : Decimals.parse(text);
    }
}

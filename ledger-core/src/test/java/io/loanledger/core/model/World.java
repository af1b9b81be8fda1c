package io.loanledger.core.model;

import io.loanledger.core.loan.Circumstances;
import io.loanledger.core.money.Asset;
import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.price.IndexState;
import io.loanledger.core.terms.AddOn;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.RateSeries;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The circumstances of a random history: a clock, a market, terms that were published. Beside the ledger's clock runs the broker's,
 * which alone says whether a price is young enough to lend on.
 */
public final class World implements Circumstances {
    static final Asset BTC = new Asset("BTC", 8);
    static final Asset USD = new Asset("USD", 2);
    public static final Asset ETH = new Asset("ETH", 18);
    public static final Asset SOL = new Asset("SOL", 9);
    public static final Instant START = Instant.parse("2020-03-01T00:00:00Z");
    public static final String MARKET = "BTC-USD";

    private static final Duration FRESH_FOR = Duration.ofSeconds(5);

    private static final Map<String, Asset> ASSETS =
            Map.of("BTC", BTC, "USD", USD, "EUR", new Asset("EUR", 2), "ETH", ETH, "SOL", SOL);

    private final Map<String, ProductTerms> terms = new HashMap<>();
    private final Map<String, RateSeries> rates = new HashMap<>();
    private final Map<String, Quoted> quoted = new HashMap<>();
    private final Map<String, AddOn> addOns = new HashMap<>();
    private Instant taskTime = Instant.EPOCH;
    private long sequence;
    private Instant appendedAt = Instant.EPOCH;

    public void publish(ProductTerms product) {
        terms.put(product.productId(), product);
    }

    /** A rate is fixed from a day on. */
    public void fix(String rateId, LocalDate from, BigDecimal value) {
        rates.put(rateId, series(rateId).with(from, value));
    }

    /** Of a market's add-ons the one of the highest version stands. */
    public void addOn(String market, AddOn addOn) {
        addOns.merge(market, addOn, (former, next) -> next.version() > former.version() ? next : former);
    }

    @Override
    public BigDecimal addOn(String market) {
        AddOn stands = addOns.get(market);
        return stands == null ? BigDecimal.ZERO : stands.share();
    }

    @Override
    public RateSeries series(String rateId) {
        return rates.getOrDefault(rateId, RateSeries.EMPTY);
    }

    /** The broker takes a record. */
    public void arrive(Instant at) {
        appendedAt = at.isAfter(appendedAt) ? at : appendedAt;
    }

    /** Another's index record is the newest. */
    public void observe(IndexPrice newest) {
        arrive(newest.priceTime());
        quoted.put(newest.market(), new Quoted(newest, appendedAt));
    }

    /** So long that the newest price is too old to lend on. */
    void standStill() {
        arrive(appendedAt.plus(FRESH_FOR).plusMillis(1));
    }

    /** The broker's clock. */
    public Instant appendedAt() {
        return appendedAt;
    }

    /** The ledger's clock, which a price moves once what is due before it was told. */
    public void moveClock(Instant to) {
        taskTime = to.isAfter(taskTime) ? to : taskTime;
    }

    IndexPrice quote(Instant at, BigDecimal price, IndexState state) {
        return quote(MARKET, at, price, state);
    }

    IndexPrice quote(String market, Instant at, BigDecimal price, IndexState state) {
        IndexPrice index = new IndexPrice(market, 1, ++sequence, at, price, state, "", 3, List.of());
        arrive(at);
        quoted.put(market, new Quoted(index, appendedAt));
        return index;
    }

    /** Of the market on which every product trades. */
    public @Nullable IndexPrice index() {
        return price(MARKET);
    }

    /** The newest record of a market, and when the broker took it. */
    private record Quoted(IndexPrice index, Instant appendedAt) {}

    @Override
    public Instant taskTime() {
        return taskTime;
    }

    @Override
    public @Nullable ProductTerms newestTerms(String productId) {
        return terms.get(productId);
    }

    @Override
    public @Nullable Asset asset(String code) {
        return ASSETS.get(code);
    }

    @Override
    public @Nullable IndexPrice price(String market) {
        Quoted newest = quoted.get(market);
        return newest == null ? null : newest.index();
    }

    @Override
    public boolean isFresh(String market) {
        Quoted newest = quoted.get(market);
        return newest != null && !appendedAt.isAfter(newest.appendedAt().plus(FRESH_FOR));
    }
}

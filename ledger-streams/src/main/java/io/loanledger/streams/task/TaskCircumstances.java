package io.loanledger.streams.task;

import io.loanledger.core.loan.Circumstances;
import io.loanledger.core.loan.LoanTriggers;
import io.loanledger.core.money.Asset;
import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.price.IndexState;
import io.loanledger.core.terms.AddOn;
import io.loanledger.core.terms.CollateralTerms;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.RateSeries;
import io.loanledger.streams.wire.IndexPosition;
import io.loanledger.streams.wire.MappedBroadcast.AddOnSet;
import io.loanledger.streams.wire.MappedBroadcast.RateFixed;
import io.loanledger.streams.wire.TermsResolver;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a task knows beside its loans: the newest index record of each market, the terms, pauses, and its clock. A copy of
 * {@code task-state} in memory; every change goes to both, so that a task that starts again knows the same.
 *
 * <p>Task time is the maximum price time of all index records processed, open or not: it never goes back. One thread.
 */
final class TaskCircumstances implements Circumstances, TermsResolver {
    /** A loan is issued on a price that the broker took at most this long before the record at hand. */
    static final long FRESH_FOR_MILLIS = 5_000;

    /** What became of new terms. */
    enum TermsTaken {
        /** They are known from here on. */
        NEW,
        /** Known before, with the same content. */
        KNOWN,
        /** Known before with other content: the former stand. An alarm. */
        CONFLICTING
    }

    private final TaskState state;
    private final Map<String, LastIndex> indexes = new TreeMap<>();
    private final Map<String, TreeMap<Integer, ProductTerms>> terms = new HashMap<>();
    private final Map<String, Asset> assets = new HashMap<>();
    private final Set<String> paused = new HashSet<>();
    private final Map<String, RateSeries> rates = new HashMap<>();
    private final Map<String, AddOn> addOns = new HashMap<>();
    private TermsPosition termsPosition;
    private Instant taskTime = Instant.EPOCH;
    private long nowMillis;
    private @Nullable List<IndexPosition> positions;

    /** Reads all of it from the store. */
    TaskCircumstances(TaskState state) {
        this.state = state;
        state.forEachIndex(last -> {
            indexes.put(last.index().market(), last);
            taskTime = later(taskTime, last.taskTime());
        });
        state.forEachTerms(this::know);
        state.forEachPause(paused::add);
        state.forEachFixing((rateId, day, value) ->
                rates.merge(rateId, RateSeries.EMPTY.with(day, value), (series, first) -> series.with(day, value)));
        state.forEachAddOn(addOns::put);
        termsPosition = state.termsPosition();
    }

    // --- as the decider sees it --------------------------------------------------------------------------------------

    @Override
    public Instant taskTime() {
        return taskTime;
    }

    @Override
    public @Nullable ProductTerms newestTerms(String productId) {
        TreeMap<Integer, ProductTerms> versions = terms.get(productId);
        return versions == null ? null : versions.lastEntry().getValue();
    }

    @Override
    public @Nullable Asset asset(String code) {
        return assets.get(code);
    }

    @Override
    public @Nullable IndexPrice price(String market) {
        LastIndex last = indexes.get(market);
        if (last == null) {
            return null;
        }
        return paused.contains(market) ? halted(last.index()) : last.index();
    }

    @Override
    public RateSeries series(String rateId) {
        return rates.getOrDefault(rateId, RateSeries.EMPTY);
    }

    @Override
    public BigDecimal addOn(String market) {
        AddOn addOn = addOns.get(market);
        return addOn == null ? BigDecimal.ZERO : addOn.share();
    }

    @Override
    public boolean isFresh(String market) {
        LastIndex last = indexes.get(market);
        return last != null && nowMillis - last.appendedAtMillis() <= FRESH_FOR_MILLIS;
    }

    @Override
    public ProductTerms terms(String productId, int version) {
        TreeMap<Integer, ProductTerms> versions = terms.get(productId);
        ProductTerms found = versions == null ? null : versions.get(version);
        if (found == null) {
            throw new IllegalStateException("TaskState: a loan is bound to unknown terms " + productId + "/" + version);
        }
        return found;
    }

    // --- as the task moves it ----------------------------------------------------------------------------------------

    /** The broker's time of the record at hand; what {@link #isFresh} compares with. */
    void at(long appendedAtMillis) {
        nowMillis = appendedAtMillis;
    }

    @Nullable
    LastIndex last(String market) {
        return indexes.get(market);
    }

    Map<String, LastIndex> indexes() {
        return indexes;
    }

    /** Products whose terms are known. */
    Set<String> products() {
        return terms.keySet();
    }

    boolean isPaused(String market) {
        return paused.contains(market);
    }

    /** As {@link #take(IndexPrice, long, byte[])}, stored field by field. */
    void take(IndexPrice index, long appendedAtMillis) {
        take(index, appendedAtMillis, null);
    }

    /**
     * Takes an index record that comes after the former one of its market; moves the clock.
     *
     * @param value the record as it came, if it is to be stored so
     */
    void take(IndexPrice index, long appendedAtMillis, byte @Nullable [] value) {
        taskTime = later(taskTime, index.priceTime());
        LastIndex last = new LastIndex(index, appendedAtMillis, taskTime, value);
        indexes.put(index.market(), last);
        positions = null;
        state.putIndex(last);
    }

    TermsPosition termsPosition() {
        return termsPosition;
    }

    void advance(TermsPosition position) {
        termsPosition = position;
        state.putTermsPosition(position);
    }

    TermsTaken take(ProductTerms next) {
        TreeMap<Integer, ProductTerms> versions = terms.get(next.productId());
        ProductTerms known = versions == null ? null : versions.get(next.version());
        if (known != null) {
            return known.equals(next) ? TermsTaken.KNOWN : TermsTaken.CONFLICTING;
        }
        if (!assetsAgree(next)) {
            return TermsTaken.CONFLICTING;
        }
        know(next);
        state.putTerms(next);
        return TermsTaken.NEW;
    }

    TermsTaken take(RateFixed fixing) {
        RateSeries former = series(fixing.rateId());
        BigDecimal known = former.fixedFor(fixing.effectiveFrom());
        if (known != null) {
            return known.compareTo(fixing.value()) == 0 ? TermsTaken.KNOWN : TermsTaken.CONFLICTING;
        }
        rates.put(fixing.rateId(), former.with(fixing.effectiveFrom(), fixing.value()));
        state.putFixing(fixing.rateId(), fixing.effectiveFrom(), fixing.value());
        return TermsTaken.NEW;
    }

    /** Of a market's add-ons that of the highest version stands; one that comes late says nothing. */
    TermsTaken take(AddOnSet set) {
        AddOn known = addOns.get(set.market());
        if (known != null && set.addOn().version() <= known.version()) {
            boolean other =
                    set.addOn().version() == known.version() && !set.addOn().equals(known);
            return other ? TermsTaken.CONFLICTING : TermsTaken.KNOWN;
        }
        addOns.put(set.market(), set.addOn());
        state.putAddOn(set.market(), set.addOn());
        return TermsTaken.NEW;
    }

    /**
     * Whether a fixing leads where keys drawn before it did not look: it is for a day that has passed, or the rate of some terms rises
     * by more than they allow for.
     */
    boolean outrunsKeys(RateFixed fixing, RateSeries former) {
        LocalDate today = LocalDate.ofInstant(taskTime, ZoneOffset.UTC);
        return fixing.effectiveFrom().isBefore(today)
                || terms.values().stream()
                        .flatMap(versions -> versions.values().stream())
                        .anyMatch(product -> LoanTriggers.isOutrun(product.interest(), former, fixing.value(), today));
    }

    void pause(String market, boolean isPaused) {
        if (isPaused ? paused.add(market) : paused.remove(market)) {
            state.putPause(market, isPaused);
        }
    }

    /** Last index record read of each market, in the order of the markets' names. */
    List<IndexPosition> positions() {
        List<IndexPosition> now = positions;
        if (now == null) {
            now = new ArrayList<>(indexes.size());
            for (LastIndex last : indexes.values()) {
                IndexPrice index = last.index();
                now.add(new IndexPosition(index.market(), index.epoch(), index.sequence()));
            }
            now = List.copyOf(now);
            positions = now;
        }
        return now;
    }

    private void know(ProductTerms next) {
        terms.computeIfAbsent(next.productId(), product -> new TreeMap<>()).put(next.version(), next);
        assets.putIfAbsent(next.debtAsset().code(), next.debtAsset());
        for (CollateralTerms collateral : next.collateral()) {
            assets.putIfAbsent(collateral.asset().code(), collateral.asset());
        }
    }

    /** One code is one asset in the whole book: a second scale for it would make two amounts of the same text differ. */
    private boolean assetsAgree(ProductTerms next) {
        return agrees(next.debtAsset())
                && next.collateral().stream().map(CollateralTerms::asset).allMatch(this::agrees);
    }

    private boolean agrees(Asset asset) {
        return Objects.requireNonNullElse(assets.get(asset.code()), asset).equals(asset);
    }

    private static Instant later(Instant first, Instant second) {
        return first.isAfter(second) ? first : second;
    }

    private static IndexPrice halted(IndexPrice index) {
        return new IndexPrice(
                index.market(),
                index.epoch(),
                index.sequence(),
                index.priceTime(),
                index.price(),
                IndexState.HALTED,
                "paused by the lender",
                index.quorum(),
                index.sources());
    }
}

package io.loanledger.core.price;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes one market's index price from its venues' quotes, under {@link IndexRules}.
 *
 * <p>The price: of the venues whose quote is sane, young and narrow, those near the median count, each clamped to a band around the
 * median of those that count; their equal-weight mean, half-even at the market's scale. But for that rounding it lies
 * within the range of the venues that count, and no single venue moves it by more than its share of the clamp: with five venues at 0.5 %, by 0.1 %.
 *
 * <p>The state:
 *
 * <ul>
 *   <li>STALE while fewer venues than the quorum are fresh;
 *   <li>SUSPECT while they do not agree, after a jump, and at the first price after a gap (a start, STALE, disagreement, or a
 *       calculation that stood still for longer than the age limit);
 *   <li>HALTED instead of SUSPECT when the move is over the halt limit;
 *   <li>DEGRADED while the quorum agrees without all venues; LIVE otherwise.
 * </ul>
 *
 * A jump is over when the price is back within the jump limit of the last open price, or believed once it has gone on for the dwell time
 * without another jump and a quorum has quoted anew. The first price after a gap can only be believed that way. In a closed state the
 * index carries the last open price.
 *
 * <p>Time comes with the calls and never runs backwards: an earlier instant counts as the latest seen. Same calls, same findings. One
 * thread.
 */
public final class IndexCalculator {
    /** A move that is not believed yet. */
    private record Suspicion(IndexState state, BigDecimal latest, Instant since, Duration dwell, boolean afterGap) {
        Suspicion goingOnAt(BigDecimal price) {
            return new Suspicion(state, price, since, dwell, afterGap);
        }
    }

    private final IndexRules rules;
    private final VenuePanel panel;

    private boolean changed;
    private @Nullable Instant newest;
    private @Nullable Instant published;
    /** The last price of an open state. */
    private @Nullable BigDecimal reference;
    /** When venues last agreed on a price. */
    private @Nullable Instant agreed;
    /** Whether the next price may be compared with the reference as its successor. */
    private boolean gap = true;

    private @Nullable Suspicion suspicion;
    private boolean degraded;
    private @Nullable Instant fullSince;

    /** Starts without a past: the first price is SUSPECT until it is confirmed. */
    public IndexCalculator(IndexRules rules) {
        this.rules = rules;
        this.panel = new VenuePanel(rules);
    }

    /**
     * Goes on from the last record of the market's former writer. If that was open and no older than the age limit there is no gap.
     */
    public static IndexCalculator resumedFrom(IndexPrice last, IndexRules rules) {
        if (!last.market().equals(rules.market())) {
            throw new IllegalArgumentException(rules.market() + " cannot follow " + last.market());
        }
        IndexCalculator calculator = new IndexCalculator(rules);
        calculator.newest = last.priceTime();
        calculator.reference = last.price();
        if (last.state().isOpen()) {
            calculator.agreed = last.priceTime();
            calculator.gap = false;
            calculator.degraded = last.state() == IndexState.DEGRADED;
        }
        return calculator;
    }

    public IndexRules rules() {
        return rules;
    }

    /** Takes a venue's quote, or says why not. Whether a price comes of it is asked with {@link #onTime}. */
    public Optional<QuoteRefusal> onQuote(VenueQuote quote) {
        Optional<QuoteRefusal> refusal = panel.take(quote);
        boolean heard = refusal.isEmpty() || refusal.get() == QuoteRefusal.ABSURD;
        changed |= heard;
        return refusal;
    }

    /**
     * Takes the price of a venue's currency in the market's own, from that pair's open index; null when it has none. Like a quote it ages:
     * venues that quote in the currency are out while it is not known and young.
     */
    public void onConversion(String currency, @Nullable BigDecimal price, Instant at) {
        panel.convert(currency, price, at);
        changed = true;
    }

    /**
     * The index at this instant, when one is due: after a change no sooner than the conflation interval after the last one, and
     * without a change after the heartbeat interval.
     */
    public Optional<MarketIndex> onTime(Instant now) {
        Instant instant = newest == null || now.isAfter(newest) ? now : newest;
        newest = instant;
        if (!isDue(instant)) {
            return Optional.empty();
        }
        changed = false;
        published = instant;
        return Optional.of(calculate(instant));
    }

    private boolean isDue(Instant now) {
        if (published == null) {
            return true;
        }
        Duration elapsed = Duration.between(published, now);
        return elapsed.compareTo(changed ? rules.conflation() : rules.heartbeat()) >= 0;
    }

    private MarketIndex calculate(Instant now) {
        VenuePanel.Reading reading = panel.read(now);
        watchFullness(reading.kept(), now);
        if (reading.fresh() < rules.quorum()) {
            return closedForGap(IndexState.STALE, countsOf(reading.fresh(), "fresh"), reading, now);
        }
        if (reading.kept() < rules.quorum()) {
            return closedForGap(IndexState.SUSPECT, countsOf(reading.kept(), "near the median"), reading, now);
        }
        if (agreed != null && agreed.plus(rules.maxAge()).isBefore(now)) {
            gap = true;
            suspicion = null;
        }
        agreed = now;
        BigDecimal price = IndexMath.meanRoundedHalfEven(reading.entered(), rules.priceScale());
        suspicion = judge(price, reading, now);
        if (suspicion != null) {
            return finding(now, reference, suspicion.state, reasonOf(suspicion), reading);
        }
        gap = false;
        reference = price;
        return degraded
                ? finding(now, price, IndexState.DEGRADED, countsOf(reading.kept(), "counted"), reading)
                : finding(now, price, IndexState.LIVE, "", reading);
    }

    /** What remains to be doubted about a price on which a quorum agrees; null when nothing. */
    private @Nullable Suspicion judge(BigDecimal price, VenuePanel.Reading reading, Instant now) {
        if (suspicion == null) {
            return gap || isJumpFromReference(price) ? suspect(price, now) : null;
        }
        if (!suspicion.afterGap && !isJumpFromReference(price)) {
            return null;
        }
        if (IndexMath.isFurther(price, suspicion.latest, rules.jump())) {
            return suspect(price, now);
        }
        boolean dwelt = !now.isBefore(suspicion.since.plus(suspicion.dwell));
        Instant since = suspicion.since;
        long renewed =
                reading.observations().stream().filter(at -> at.isAfter(since)).count();
        return dwelt && renewed >= rules.quorum() ? null : suspicion.goingOnAt(price);
    }

    private Suspicion suspect(BigDecimal price, Instant now) {
        boolean halts = reference != null && IndexMath.isFurther(price, reference, rules.halt());
        return halts
                ? new Suspicion(IndexState.HALTED, price, now, rules.haltDwell(), gap)
                : new Suspicion(IndexState.SUSPECT, price, now, rules.jumpDwell(), gap);
    }

    private boolean isJumpFromReference(BigDecimal price) {
        return reference == null || IndexMath.isFurther(price, reference, rules.jump());
    }

    private MarketIndex closedForGap(IndexState state, String reason, VenuePanel.Reading reading, Instant now) {
        gap = true;
        suspicion = null;
        return finding(now, reference, state, reason, reading);
    }

    private void watchFullness(int kept, Instant now) {
        if (kept < rules.venueCurrencies().size()) {
            degraded = true;
            fullSince = null;
            return;
        }
        if (fullSince == null) {
            fullSince = now;
        }
        if (!now.isBefore(fullSince.plus(rules.fullDwell()))) {
            degraded = false;
        }
    }

    private MarketIndex finding(
            Instant now, @Nullable BigDecimal price, IndexState state, String reason, VenuePanel.Reading reading) {
        return new MarketIndex(rules.market(), now, price, state, reason, rules.quorum(), reading.sources());
    }

    private String countsOf(int venues, String what) {
        return venues + " of " + rules.venueCurrencies().size() + " venues " + what + ", quorum " + rules.quorum();
    }

    private String reasonOf(Suspicion doubt) {
        String from = reference == null ? "no former price" : "last " + reference.toPlainString();
        return (doubt.afterGap ? "first price after a gap: " : "jump: ") + doubt.latest.toPlainString() + ", " + from
                + ", since " + doubt.since;
    }
}

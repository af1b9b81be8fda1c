package io.loanledger.streams.wire;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.money.Threshold;
import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.price.IndexSource;
import io.loanledger.core.price.IndexState;
import io.loanledger.core.terms.AddOn;
import io.loanledger.core.terms.CollateralTerms;
import io.loanledger.core.terms.ExposureBasis;
import io.loanledger.core.terms.Ladder;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.Rung;
import io.loanledger.events.AssetDefinition;
import io.loanledger.events.ConcentrationAddOn;
import io.loanledger.events.FannedTerms;
import io.loanledger.events.KillSwitch;
import io.loanledger.events.MarketPause;
import io.loanledger.events.OperatorSkip;
import io.loanledger.events.RateFixing;
import io.loanledger.streams.wire.MappedBroadcast.AddOnSet;
import io.loanledger.streams.wire.MappedBroadcast.KillSwitchSet;
import io.loanledger.streams.wire.MappedBroadcast.MarketPaused;
import io.loanledger.streams.wire.MappedBroadcast.ProductChanged;
import io.loanledger.streams.wire.MappedBroadcast.SkipOrdered;
import io.loanledger.streams.wire.MappedBroadcast.TermsChange;
import io.loanledger.streams.wire.MappedInput.Reason;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Index prices and fanned terms as values of the core. Whatever is wrong with a record comes back as a value. Any thread. */
public final class BroadcastMapping {
    private BroadcastMapping() {}

    /** The index price of a record whose key is its market. */
    public static MappedBroadcast price(String key, io.loanledger.events.IndexPrice record) {
        Problems problems = new Problems();
        String market = problems.id("market", record.getMarket());
        if (!market.equals(key)) {
            problems.unreadable(Reason.KEY_MISMATCH, "the key is not the value's market");
        }
        IndexState state = state(record.getState(), problems);
        String written = record.getPrice();
        BigDecimal price = written == null ? null : problems.number("price", written);
        if (price == null ? state.isOpen() : price.signum() <= 0) {
            problems.unreadable(Reason.INCONSISTENT, state + " with the price " + price);
        }
        List<IndexSource> sources = new ArrayList<>();
        for (io.loanledger.events.IndexSource source : record.getSources()) {
            sources.add(source(source, problems));
        }
        MappedInput.Unreadable unreadable = problems.unreadable();
        if (unreadable != null) {
            return new MappedBroadcast.Unreadable(unreadable.reason(), unreadable.detail());
        }
        return new MappedBroadcast.Price(new IndexPrice(
                market,
                record.getEpoch(),
                record.getSequence(),
                record.getPriceTime(),
                price,
                state,
                problems.words("stateReason", record.getStateReason()),
                record.getQuorum(),
                sources));
    }

    private static IndexState state(io.loanledger.events.IndexState state, Problems problems) {
        return switch (state) {
            case LIVE -> IndexState.LIVE;
            case DEGRADED -> IndexState.DEGRADED;
            case STALE -> IndexState.STALE;
            case SUSPECT -> IndexState.SUSPECT;
            case HALTED -> IndexState.HALTED;
            case UNKNOWN -> {
                problems.unreadable(Reason.UNKNOWN_SYMBOL, "state is UNKNOWN");
                yield IndexState.HALTED;
            }
        };
    }

    private static IndexSource source(io.loanledger.events.IndexSource record, Problems problems) {
        String written = record.getPrice();
        return new IndexSource(
                record.getVenue(),
                written == null ? null : problems.number("sources.price", written),
                status(record, problems),
                record.getObservedAt());
    }

    private static IndexSource.Status status(io.loanledger.events.IndexSource record, Problems problems) {
        return switch (record.getStatus()) {
            case USED -> IndexSource.Status.USED;
            case CLAMPED -> IndexSource.Status.CLAMPED;
            case AGED -> IndexSource.Status.AGED;
            case WIDE_SPREAD -> IndexSource.Status.WIDE_SPREAD;
            case INSANE -> IndexSource.Status.INSANE;
            case OUTLIER -> IndexSource.Status.OUTLIER;
            case UNCONVERTED -> IndexSource.Status.UNCONVERTED;
            case UNKNOWN -> {
                problems.unreadable(Reason.UNKNOWN_SYMBOL, "sources.status of " + record.getVenue() + " is UNKNOWN");
                yield IndexSource.Status.INSANE;
            }
        };
    }

    /** What the risk team changed. */
    public static MappedBroadcast terms(FannedTerms record) {
        Problems problems = new Problems();
        TermsChange change = change(record, problems);
        MappedInput.Unreadable unreadable = problems.unreadable();
        if (unreadable != null) {
            return new MappedBroadcast.Unreadable(unreadable.reason(), unreadable.detail());
        }
        return new MappedBroadcast.Terms(record.getEpoch(), record.getSequence(), Objects.requireNonNull(change));
    }

    private static @Nullable TermsChange change(FannedTerms record, Problems problems) {
        io.loanledger.events.ProductTerms product = record.getProductTerms();
        MarketPause pause = record.getMarketPause();
        KillSwitch kill = record.getKillSwitch();
        OperatorSkip skip = record.getOperatorSkip();
        RateFixing fixing = record.getRateFixing();
        ConcentrationAddOn addOn = record.getConcentrationAddOn();
        long records = Stream.of(product, pause, kill, skip, fixing, addOn)
                .filter(Objects::nonNull)
                .count();
        TermsChange change = switch (record.getKind()) {
            case PRODUCT_TERMS -> product == null ? null : product(product, problems);
            case MARKET_PAUSE ->
                pause == null
                        ? null
                        : new MarketPaused(
                                problems.id("market", pause.getMarket()),
                                pause.getPaused(),
                                problems.words("reason", pause.getReason()));
            case KILL_SWITCH ->
                kill == null ? null : new KillSwitchSet(kill.getEngaged(), problems.words("reason", kill.getReason()));
            case OPERATOR_SKIP -> skip == null ? null : new SkipOrdered(skip);
            case RATE_FIXING -> fixing == null ? null : AgreedInterestMapping.fixing(fixing, problems);
            case CONCENTRATION_ADD_ON -> addOn == null ? null : addOn(addOn, problems);
            case UNKNOWN -> {
                problems.unreadable(Reason.UNKNOWN_SYMBOL, "kind is UNKNOWN");
                yield null;
            }
        };
        if (change == null || records != 1) {
            problems.unreadable(
                    Reason.KIND_WITHOUT_RECORD,
                    "kind " + record.getKind() + " with " + records + " records, one of them its own is wanted");
        }
        return change;
    }

    private static @Nullable TermsChange addOn(ConcentrationAddOn record, Problems problems) {
        try {
            return new AddOnSet(
                    problems.id("market", record.getMarket()),
                    new AddOn(record.getVersion(), problems.number("addOn", record.getAddOn())));
        } catch (IllegalArgumentException e) {
            problems.unreadable(Reason.INCONSISTENT, record.getMarket() + ": " + e.getMessage());
            return null;
        }
    }

    /** The terms of a product, or null with a problem noted: the core's own constructors say what does not fit together. */
    private static @Nullable TermsChange product(io.loanledger.events.ProductTerms record, Problems problems) {
        try {
            ProductTerms terms = productTerms(record, problems);
            return new ProductChanged(terms);
        } catch (IllegalArgumentException | ArithmeticException e) {
            problems.unreadable(
                    Reason.INCONSISTENT,
                    "terms of " + record.getProductId() + " do not fit together: " + e.getMessage());
            return null;
        }
    }

    private static ProductTerms productTerms(io.loanledger.events.ProductTerms record, Problems problems) {
        Asset debtAsset = asset(record.getDebtAsset());
        List<CollateralTerms> collateral = new ArrayList<>();
        for (io.loanledger.events.CollateralTerms taken : record.getCollateral()) {
            Asset asset = asset(taken.getAsset());
            collateral.add(new CollateralTerms(
                    asset,
                    problems.id("collateral.market", taken.getMarket()),
                    SaleMapping.tiers(taken, asset, problems),
                    new Quantity(problems.number("collateral.lotSize", taken.getLotSize()), asset),
                    SaleMapping.optional("collateral.openLtv", taken.getOpenLtv(), problems)));
        }
        return new ProductTerms(
                problems.id("productId", record.getProductId()),
                record.getVersion(),
                debtAsset,
                collateral,
                fraction("openLtv", record.getOpenLtv(), problems),
                ladder(record, problems),
                SaleMapping.liquidation(record.getLiquidation(), debtAsset, problems),
                AgreedInterestMapping.interest(record, problems),
                exposureBasis(record.getExposureBasis(), problems),
                record.getTermDays(),
                SaleMapping.release(record.getRelease(), debtAsset, problems),
                AgreedTermsMapping.agreed(record.getAgreement(), debtAsset, problems),
                record.getMixedCollateral());
    }

    private static Asset asset(AssetDefinition record) {
        return new Asset(record.getCode(), record.getScale());
    }

    /** The ladder of the terms, or the single call that they state instead of one. */
    private static Ladder ladder(io.loanledger.events.ProductTerms product, Problems problems) {
        io.loanledger.events.MarginCallTerms call = product.getMarginCall();
        io.loanledger.events.Ladder record = product.getLadder();
        Duration factLag = Duration.ofSeconds(call.getFactLagSeconds());
        Ladder.ClockStopper stopper = stopper(call, problems);
        if (record == null) {
            return Ladder.of(
                    threshold("marginCall.threshold", call.getThreshold(), problems),
                    fraction("marginCall.cureLtv", call.getCureLtv(), problems),
                    Duration.ofSeconds(call.getCureSeconds()),
                    factLag,
                    stopper);
        }
        return new Ladder(
                record.getRungs().stream().map(rung -> rung(rung, problems)).toList(),
                factLag,
                stopper,
                Duration.ofSeconds(record.getCureDwellSeconds()),
                Duration.ofSeconds(record.getDisputeSeconds()),
                Duration.ofSeconds(record.getAnswerSeconds()));
    }

    private static Rung rung(io.loanledger.events.Rung record, Problems problems) {
        io.loanledger.events.Fraction share = record.getShare();
        return new Rung(
                threshold("ladder.rungs.threshold", record.getThreshold(), problems),
                switch (record.getAction()) {
                    case NOTICE -> Rung.Action.NOTICE;
                    case CALL -> Rung.Action.CALL;
                    case SELL -> Rung.Action.SELL;
                    case UNKNOWN -> {
                        problems.unreadable(Reason.UNKNOWN_SYMBOL, "ladder.rungs.action is UNKNOWN");
                        yield Rung.Action.NOTICE;
                    }
                },
                fraction("ladder.rungs.level", record.getLevel(), problems),
                Duration.ofSeconds(record.getPeriodSeconds()),
                share == null ? Fraction.ZERO : fraction("ladder.rungs.share", share, problems));
    }

    private static Ladder.ClockStopper stopper(io.loanledger.events.MarginCallTerms record, Problems problems) {
        return switch (record.getClockStopper()) {
            case DETECTED -> Ladder.ClockStopper.DETECTED;
            case LOCKED_AND_CLAIMED -> Ladder.ClockStopper.LOCKED_AND_CLAIMED;
            case CONFIRMED, UNKNOWN -> {
                problems.unreadable(
                        Reason.UNKNOWN_SYMBOL,
                        "the ledger does not know the clock stopper " + record.getClockStopper());
                yield Ladder.ClockStopper.LOCKED_AND_CLAIMED;
            }
        };
    }

    private static ExposureBasis exposureBasis(io.loanledger.events.ExposureBasis basis, Problems problems) {
        return switch (basis) {
            case PRINCIPAL -> ExposureBasis.PRINCIPAL;
            case OUTSTANDING -> ExposureBasis.OUTSTANDING;
            case TOTAL_OBLIGATION -> ExposureBasis.TOTAL_OBLIGATION;
            case UNKNOWN -> {
                problems.unreadable(Reason.UNKNOWN_SYMBOL, "exposureBasis is UNKNOWN");
                yield ExposureBasis.OUTSTANDING;
            }
        };
    }

    static Threshold threshold(String field, io.loanledger.events.Threshold record, Problems problems) {
        return new Threshold(
                fraction(field + ".ltv", record.getLtv(), problems),
                switch (record.getComparator()) {
                    case REACHES -> Threshold.Comparator.REACHES;
                    case EXCEEDS -> Threshold.Comparator.EXCEEDS;
                    case UNKNOWN -> {
                        problems.unreadable(Reason.UNKNOWN_SYMBOL, field + ".comparator is UNKNOWN");
                        yield Threshold.Comparator.REACHES;
                    }
                });
    }

    static Fraction fraction(String field, io.loanledger.events.Fraction record, Problems problems) {
        return new Fraction(
                whole(field + ".numerator", record.getNumerator(), problems),
                whole(field + ".denominator", record.getDenominator(), problems));
    }

    private static BigInteger whole(String field, String text, Problems problems) {
        return problems.number(field, text).toBigIntegerExact();
    }

    /** A decimal fraction, "0.0099". */
    static Fraction rate(String field, String text, Problems problems) {
        return Fraction.ofDecimal(problems.number(field, text));
    }
}

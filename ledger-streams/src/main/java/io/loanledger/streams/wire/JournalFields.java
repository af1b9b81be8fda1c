package io.loanledger.streams.wire;

import io.loanledger.core.loan.Allocation;
import io.loanledger.core.loan.CaseReason;
import io.loanledger.core.loan.ChargeKind;
import io.loanledger.core.loan.Charges;
import io.loanledger.core.loan.Counterparty;
import io.loanledger.core.loan.CureKind;
import io.loanledger.core.loan.Debt;
import io.loanledger.core.loan.DefaultReason;
import io.loanledger.core.loan.DifferenceKind;
import io.loanledger.core.loan.DisputeOutcome;
import io.loanledger.core.loan.Part;
import io.loanledger.core.loan.Position;
import io.loanledger.core.loan.PriceEvidence;
import io.loanledger.core.loan.SaleMode;
import io.loanledger.core.loan.Settlement;
import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.money.Threshold;
import io.loanledger.core.posting.Account;
import io.loanledger.core.posting.Entry;
import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.price.IndexSource;
import io.loanledger.core.price.IndexState;
import io.loanledger.core.terms.Charge;
import io.loanledger.core.terms.CollateralTerms;
import io.loanledger.core.terms.Compounding;
import io.loanledger.core.terms.DayCount;
import io.loanledger.core.terms.ExposureBasis;
import io.loanledger.core.terms.HaircutTier;
import io.loanledger.core.terms.InterestTerms;
import io.loanledger.core.terms.Ladder;
import io.loanledger.core.terms.LiquidationTerms;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.Rate;
import io.loanledger.core.terms.ReleaseTerms;
import io.loanledger.core.terms.Rung;
import io.loanledger.core.terms.SalePlan;
import io.loanledger.events.RateKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a journal record as the core's values. The scale of an asset is the number of decimals its amounts are written
 * with. A symbol that the core does not know throws {@link IllegalArgumentException}: a journal of a newer ledger is not read by an
 * older one.
 */
final class JournalFields {
    private final GenericRecord record;

    JournalFields(GenericRecord record) {
        this.record = record;
    }

    // --- plain values ------------------------------------------------------------------------------------------------

    String text(String name) {
        return record.get(name).toString();
    }

    long number(String name) {
        return (Long) record.get(name);
    }

    int integer(String name) {
        return (Integer) record.get(name);
    }

    boolean flag(String name) {
        return (Boolean) record.get(name);
    }

    BigDecimal decimal(String name) {
        return new BigDecimal(text(name));
    }

    Instant instant(String name) {
        return Micros.toInstant(number(name));
    }

    LocalDate day(String name) {
        return LocalDate.ofEpochDay(integer(name));
    }

    ChainHash hash(String name) {
        return ChainHash.of(((GenericFixed) record.get(name)).bytes());
    }

    CureKind cure(String name) {
        return CureKind.valueOf(text(name));
    }

    DisputeOutcome outcome(String name) {
        return DisputeOutcome.valueOf(text(name));
    }

    /** A record from before it was kept is of the one call that there was, or of the hard limit. */
    int rung(String name, CaseReason reason) {
        if (has(name)) {
            return integer(name);
        }
        return switch (reason) {
            case HARD_LTV, PAYMENT_DEFAULT, MATURITY, CROSS_DEFAULT, MANUAL -> 0;
            case CALL_EXPIRED -> 1;
        };
    }

    CaseReason reason(String name) {
        return CaseReason.valueOf(text(name));
    }

    Counterparty counterparty(String name) {
        return Counterparty.valueOf(text(name));
    }

    ChargeKind charge(String name) {
        return ChargeKind.valueOf(text(name));
    }

    DefaultReason defaultReason(String name) {
        return DefaultReason.valueOf(text(name));
    }

    DifferenceKind difference(String name) {
        return DifferenceKind.valueOf(text(name));
    }

    SaleMode mode(String name) {
        return SaleMode.valueOf(text(name));
    }

    @Nullable
    String optionalText(String name) {
        return has(name) ? text(name) : null;
    }

    @Nullable
    Instant optionalInstant(String name) {
        return has(name) ? instant(name) : null;
    }

    @Nullable
    LocalDate optionalDay(String name) {
        return has(name) ? day(name) : null;
    }

    @Nullable
    BigDecimal optionalDecimal(String name) {
        return has(name) ? decimal(name) : null;
    }

    @Nullable
    PriceEvidence optionalEvidence(String name) {
        return has(name) ? evidence(name) : null;
    }

    private boolean has(String name) {
        return record.get(name) != null;
    }

    @Nullable
    JournalFields inOptional(String name) {
        return has(name) ? in(name) : null;
    }

    List<String> symbols(String name) {
        return ((List<?>) record.get(name)).stream().map(Object::toString).toList();
    }

    private JournalFields in(String name) {
        return new JournalFields((GenericRecord) record.get(name));
    }

    <T> List<T> each(String name, Function<JournalFields, T> read) {
        List<T> all = new ArrayList<>();
        for (Object item : (List<?>) record.get(name)) {
            all.add(read.apply(new JournalFields((GenericRecord) item)));
        }
        return all;
    }

    // --- money, coin, terms ------------------------------------------------------------------------------------------

    Money money(String name) {
        JournalFields in = in(name);
        BigDecimal amount = in.decimal("amount");
        return new Money(amount, new Asset(in.text("asset"), amount.scale()));
    }

    /** Null, also in a record from before the field was kept, is nothing. */
    Money moneyOrZero(String name, Asset currency) {
        return has(name) ? money(name) : Money.zero(currency);
    }

    Quantity coin(String name) {
        JournalFields in = in(name);
        BigDecimal amount = in.decimal("amount");
        return new Quantity(amount, new Asset(in.text("asset"), amount.scale()));
    }

    /** Money that most records have none of. */
    Money someMoney(String name, Asset currency) {
        return has(name) ? money(name) : Money.zero(currency);
    }

    Asset asset(String name) {
        JournalFields in = in(name);
        return new Asset(in.text("code"), in.integer("scale"));
    }

    Allocation allocation(String name) {
        JournalFields in = in(name);
        Money surplus = in.money("surplus");
        Asset currency = surplus.currency();
        return new Allocation(
                in.moneyOrZero("costs", currency),
                in.moneyOrZero("penalties", currency),
                in.money("fees"),
                in.money("interest"),
                in.money("principal"),
                surplus,
                in.each(
                        "parts",
                        part -> new Part(
                                part.integer("bucket"),
                                new Money(part.decimal("fees"), currency),
                                new Money(part.decimal("interest"), currency),
                                new Money(part.decimal("principal"), currency))));
    }

    Fraction fraction(String name) {
        JournalFields in = in(name);
        return new Fraction(new BigInteger(in.text("numerator")), new BigInteger(in.text("denominator")));
    }

    private @Nullable Fraction optionalFraction(String name) {
        return has(name) ? fraction(name) : null;
    }

    private Threshold threshold(String name) {
        JournalFields in = in(name);
        return new Threshold(in.fraction("ltv"), Threshold.Comparator.valueOf(in.text("comparator")));
    }

    @Nullable
    ProductTerms optionalTerms(String name) {
        return has(name) ? terms(name) : null;
    }

    ProductTerms terms(String name) {
        JournalFields in = in(name);
        Asset debtAsset = in.asset("debtAsset");
        return new ProductTerms(
                in.text("productId"),
                in.integer("version"),
                debtAsset,
                in.each("collateral", JournalFields::collateralTerms),
                in.fraction("openLtv"),
                in.ladder(),
                in.in("liquidation").liquidationTerms(debtAsset),
                in.interest(),
                in.exposureBasis("exposureBasis"),
                in.has("termDays") ? in.integer("termDays") : 0,
                in.has("release") ? in.in("release").releaseTerms(debtAsset) : null,
                JournalSchedule.read(in.inOptional("agreement"), debtAsset),
                in.flag("mixedCollateral"));
    }

    private ReleaseTerms releaseTerms(Asset debtAsset) {
        return new ReleaseTerms(
                fraction("belowLtv"),
                fraction("backToLtv"),
                new Money(decimal("least"), debtAsset),
                new Money(decimal("most"), debtAsset),
                integer("notBeforeDays"),
                integer("intervalDays"));
    }

    private InterestTerms interest() {
        Fraction annualRate = fraction("annualRate");
        if (!has("agreement")) {
            return new InterestTerms(annualRate, dayCount("dayCount"));
        }
        JournalFields agreement = in("agreement");
        DayCount dayCount = agreement.dayCount("dayCount");
        if (!agreement.has("interest")) {
            return new InterestTerms(annualRate, dayCount);
        }
        JournalFields agreed = agreement.in("interest");
        return new InterestTerms(agreed.rate(annualRate), dayCount, Compounding.valueOf(agreed.text("compounding")));
    }

    private Rate rate(Fraction annualRate) {
        return switch (RateKind.valueOf(text("kind"))) {
            case ANNUAL_RATE -> new Rate.Annual(annualRate);
            case STEPPED ->
                new Rate.Stepped(
                        each("steps", step -> new Rate.Step(step.integer("fromDay"), step.decimal("annualRate"))));
            case FLOATING -> {
                JournalFields in = in("floating");
                yield new Rate.Floating(
                        in.text("rateId"), in.decimal("spread"), in.decimal("floor"), in.optionalDecimal("cap"));
            }
            case KINKED -> {
                JournalFields in = in("kinked");
                yield new Rate.Kinked(
                        in.text("rateId"),
                        in.decimal("base"),
                        in.decimal("toKink"),
                        in.decimal("kink"),
                        in.decimal("beyond"));
            }
            case UNKNOWN -> throw new IllegalArgumentException("a rate of an unknown kind");
        };
    }

    /** Records from before the field was kept are of the one day count that there was; so with the basis. */
    private DayCount dayCount(String name) {
        return has(name) ? DayCount.valueOf(text(name)) : DayCount.ACT_365F;
    }

    private ExposureBasis exposureBasis(String name) {
        return has(name) ? ExposureBasis.valueOf(text(name)) : ExposureBasis.OUTSTANDING;
    }

    private CollateralTerms collateralTerms() {
        Asset asset = asset("asset");
        List<HaircutTier> tiers = new ArrayList<>();
        tiers.add(new HaircutTier(Quantity.zero(asset), fraction("haircut")));
        tiers.addAll(each(
                "tiers", t -> new HaircutTier(new Quantity(t.decimal("over"), asset), t.fraction("haircut"))));
        return new CollateralTerms(
                asset, text("market"), tiers, new Quantity(decimal("lotSize"), asset), optionalFraction("openLtv"));
    }

    /** Of bound terms: the ladder, or the single call for which these terms need none. */
    private Ladder ladder() {
        JournalFields call = in("marginCall");
        Duration factLag = Duration.ofSeconds(call.number("factLagSeconds"));
        Ladder.ClockStopper stopper = Ladder.ClockStopper.valueOf(call.text("clockStopper"));
        if (!has("ladder")) {
            return Ladder.of(
                    call.threshold("threshold"),
                    call.fraction("cureLtv"),
                    Duration.ofSeconds(call.number("cureSeconds")),
                    factLag,
                    stopper);
        }
        JournalFields in = in("ladder");
        return new Ladder(
                in.each("rungs", JournalFields::rung),
                factLag,
                stopper,
                Duration.ofSeconds(in.number("cureDwellSeconds")),
                Duration.ofSeconds(in.number("disputeSeconds")),
                Duration.ofSeconds(in.number("answerSeconds")));
    }

    private Rung rung() {
        return new Rung(
                threshold("threshold"),
                Rung.Action.valueOf(text("action")),
                fraction("level"),
                Duration.ofSeconds(number("periodSeconds")),
                has("share") ? fraction("share") : Fraction.ZERO);
    }

    private LiquidationTerms liquidationTerms(Asset debtAsset) {
        Money minimumResidualDebt = new Money(decimal("minimumResidualDebt"), debtAsset);
        if (!has("sale")) {
            return new LiquidationTerms(
                    threshold("threshold"),
                    fraction("targetLtv"),
                    minimumResidualDebt,
                    fraction("feeRate"),
                    fraction("floorDiscount"));
        }
        JournalFields sale = in("sale");
        return new LiquidationTerms(
                threshold("threshold"),
                SalePlan.valueOf(sale.text("plan")),
                fraction("targetLtv"),
                sale.fraction("closeFactor"),
                minimumResidualDebt,
                new Charge(fraction("feeRate"), Charge.Base.valueOf(sale.text("feeBase"))),
                new Charge(sale.fraction("penaltyRate"), Charge.Base.valueOf(sale.text("penaltyBase"))),
                fraction("floorDiscount"),
                sale.optionalFraction("reverseLtv"));
    }

    // --- evidence ----------------------------------------------------------------------------------------------------

    PriceEvidence evidence(String name) {
        JournalFields in = in(name);
        return new PriceEvidence(
                in.in("index").indexPrice(),
                in.money("exposure"),
                in.coin("collateral"),
                in.fraction("haircut"),
                in.threshold("threshold"),
                in.decimal("numerator"),
                in.decimal("denominator"),
                in.text("productId"),
                in.integer("termsVersion"),
                in.exposureBasis("exposureBasis"),
                in.optionalDay("maturity"),
                in.optionalDecimal("counted"),
                in.has("stabilised") ? in.money("stabilised") : null,
                in.each("others", JournalBasket::other),
                in.optionalDecimal("addOn"),
                in.has("debt") ? JournalSchedule.debtIndex(in.in("debt")) : null);
    }

    private IndexPrice indexPrice() {
        return new IndexPrice(
                text("market"),
                number("epoch"),
                number("sequence"),
                instant("priceTime"),
                optionalDecimal("price"),
                IndexState.valueOf(text("state")),
                text("stateReason"),
                integer("quorum"),
                each("sources", JournalFields::indexSource));
    }

    private IndexSource indexSource() {
        return new IndexSource(
                text("venue"),
                optionalDecimal("price"),
                IndexSource.Status.valueOf(text("status")),
                optionalInstant("observedAt"));
    }

    // --- head and end of every record --------------------------------------------------------------------------------

    JournalHeader header() {
        JournalFields in = in("header");
        return new JournalHeader(
                in.number("sequence"),
                in.integer("partition"),
                in.text("loanId"),
                in.number("loanVersion"),
                new Cause(
                        in.text("causeTopic"),
                        in.integer("causePartition"),
                        in.number("causeOffset"),
                        in.optionalText("causeEventId"),
                        in.number("causeContentDigest"),
                        in.optionalInstant("causeOccurredAt")),
                in.instant("taskTime"),
                in.each(
                        "indexPositions",
                        p -> new IndexPosition(p.text("market"), p.number("epoch"), p.number("sequence"))),
                in.number("termsEpoch"),
                in.number("termsSequence"),
                in.integer("step"),
                in.hash("previousHash"));
    }

    List<Entry> postings() {
        return each("postings", e -> {
            BigDecimal amount = e.decimal("amount");
            return new Entry(Account.valueOf(e.text("account")), new Asset(e.text("asset"), amount.scale()), amount);
        });
    }

    @Nullable
    Position balances() {
        if (!has("balances")) {
            return null;
        }
        JournalFields in = in("balances");
        String currency = in.text("debtAsset");
        String coin = in.text("collateralAsset");
        return new Position(
                new Debt(
                        in.money("principal", currency),
                        in.money("interest", currency),
                        in.money("fees", currency),
                        in.money("interestPosted", currency),
                        in.decimal("principalDays"),
                        in.optionalDay("accruedTo"),
                        in.optionalDay("startedOn"),
                        in.charges(currency),
                        in.has("interestBefore")
                                ? in.money("interestBefore", currency)
                                : Money.zero(in.money("deskClaim", currency).currency())),
                JournalBasket.collateral(in, coin),
                new Settlement(
                        in.money("clearing", currency),
                        in.money("surplusOwed", currency),
                        in.money("surplusPaying", currency),
                        in.money("deskClaim", currency),
                        in.has("stabilised")
                                ? in.money("stabilised", currency)
                                : Money.zero(in.money("deskClaim", currency).currency())),
                in.each("further", further -> JournalBasket.collateral(further, further.text("asset"))));
    }

    /** The principal has the scale of the currency, as every amount has. */
    private Charges charges(String currency) {
        Asset asset = money("principal", currency).currency();
        return new Charges(
                has("costs") ? new Money(decimal("costs"), asset) : Money.zero(asset),
                has("penalties") ? new Money(decimal("penalties"), asset) : Money.zero(asset),
                has("penaltyDays") ? decimal("penaltyDays") : BigDecimal.ZERO,
                has("penaltiesPosted") ? new Money(decimal("penaltiesPosted"), asset) : Money.zero(asset));
    }

    private Money money(String name, String currency) {
        BigDecimal amount = decimal(name);
        return new Money(amount, new Asset(currency, amount.scale()));
    }

    Quantity coin(String name, String asset) {
        BigDecimal amount = decimal(name);
        return new Quantity(amount, new Asset(asset, amount.scale()));
    }
}

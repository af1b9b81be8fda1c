package io.loanledger.streams.wire;

import io.loanledger.core.loan.Agreement;
import io.loanledger.core.loan.Allocation;
import io.loanledger.core.loan.Amendment;
import io.loanledger.core.loan.Application;
import io.loanledger.core.loan.BackOff;
import io.loanledger.core.loan.Charges;
import io.loanledger.core.loan.ClosedCase;
import io.loanledger.core.loan.Collateral;
import io.loanledger.core.loan.Counters;
import io.loanledger.core.loan.Debt;
import io.loanledger.core.loan.DebtIndex;
import io.loanledger.core.loan.DefaultReason;
import io.loanledger.core.loan.Defaults;
import io.loanledger.core.loan.Difference;
import io.loanledger.core.loan.DifferenceKind;
import io.loanledger.core.loan.Disbursement;
import io.loanledger.core.loan.Draws;
import io.loanledger.core.loan.Due;
import io.loanledger.core.loan.Instruction;
import io.loanledger.core.loan.LiquidationCase;
import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanEvent;
import io.loanledger.core.loan.LoanMemory;
import io.loanledger.core.loan.LoanStatus;
import io.loanledger.core.loan.MarginCall;
import io.loanledger.core.loan.OtherCoin;
import io.loanledger.core.loan.Overfill;
import io.loanledger.core.loan.Part;
import io.loanledger.core.loan.Payment;
import io.loanledger.core.loan.Pledge;
import io.loanledger.core.loan.Position;
import io.loanledger.core.loan.PriceEvidence;
import io.loanledger.core.loan.Quarantine;
import io.loanledger.core.loan.Reconciliation;
import io.loanledger.core.loan.SeenFact;
import io.loanledger.core.loan.Servicing;
import io.loanledger.core.loan.Settlement;
import io.loanledger.core.loan.Unsettled;
import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.money.Threshold;
import io.loanledger.core.posting.Account;
import io.loanledger.core.posting.Entry;
import io.loanledger.core.posting.Posting;
import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.price.IndexSource;
import io.loanledger.core.price.IndexState;
import io.loanledger.core.terms.AgreementTerms;
import io.loanledger.core.terms.Charge;
import io.loanledger.core.terms.CollateralTerms;
import io.loanledger.core.terms.Component;
import io.loanledger.core.terms.Compounding;
import io.loanledger.core.terms.DayCount;
import io.loanledger.core.terms.DebtPrice;
import io.loanledger.core.terms.DefaultTerms;
import io.loanledger.core.terms.ExposureBasis;
import io.loanledger.core.terms.HaircutTier;
import io.loanledger.core.terms.InterestTerms;
import io.loanledger.core.terms.Ladder;
import io.loanledger.core.terms.LineTerms;
import io.loanledger.core.terms.LiquidationTerms;
import io.loanledger.core.terms.OriginationTerms;
import io.loanledger.core.terms.PrepaymentTerms;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.Rate;
import io.loanledger.core.terms.ReleaseTerms;
import io.loanledger.core.terms.Rung;
import io.loanledger.core.terms.SalePlan;
import io.loanledger.core.terms.ScheduleTerms;
import io.loanledger.core.terms.WaterfallTerms;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Values of the core with every field varied, from a seed. Not every one could come to pass; every one must survive its bytes. */
final class RandomCore {
    static final Asset USD = new Asset("USD", 2);
    static final Asset BTC = new Asset("BTC", 8);

    private static final String ALPHABET = "abcXYZ019-_/:.% äß€\uD83D\uDE00";
    private static final int MICROS = 1_000;

    private final Random random;
    private static final Asset OTHER = new Asset("OTHER", 5);

    private final Asset currency;
    private Asset coin;

    /** Whether the debt of the loan that is being made has a price. */
    private boolean priced;

    RandomCore(long seed) {
        random = new Random(seed);
        currency = any(USD, new Asset("JPY", 0), new Asset("DAI", 18));
        coin = any(BTC, new Asset("ETH", 18), new Asset("X", 0));
    }

    @SafeVarargs
    final <T> T any(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private <T> @Nullable T maybe(Supplier<T> value) {
        return random.nextBoolean() ? value.get() : null;
    }

    private <T> List<T> some(Supplier<T> value) {
        List<T> all = new ArrayList<>();
        for (int left = random.nextInt(4); left > 0; left--) {
            all.add(value.get());
        }
        return all;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        int[] points = ALPHABET.codePoints().toArray();
        for (int left = random.nextInt(20); left > 0; left--) {
            text.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return text.toString();
    }

    Instant instant() {
        return Instant.ofEpochSecond(random.nextLong(-1L << 33, 1L << 34), random.nextInt(1_000_000) * (long) MICROS);
    }

    private LocalDate day() {
        return LocalDate.ofEpochDay(random.nextInt(-5_000, 60_000));
    }

    /** From nothing to 250 bits, either sign. */
    private BigInteger unscaled() {
        BigInteger size = new BigInteger(random.nextInt(random.nextInt(4) == 0 ? 250 : 60) + 1, random);
        return random.nextBoolean() ? size : size.negate();
    }

    private BigDecimal decimal() {
        return new BigDecimal(unscaled(), random.nextInt(20));
    }

    private BigDecimal positive() {
        return new BigDecimal(unscaled().abs().add(BigInteger.ONE), random.nextInt(12));
    }

    private Money money() {
        return new Money(new BigDecimal(unscaled(), currency.scale()), currency);
    }

    private Quantity coin() {
        return new Quantity(new BigDecimal(unscaled(), coin.scale()), coin);
    }

    private Quantity someCoin() {
        return new Quantity(new BigDecimal(unscaled().abs(), coin.scale()), coin);
    }

    private Allocation allocation() {
        if (random.nextBoolean()) {
            return new Allocation(money(), money(), money(), money());
        }
        List<Part> parts = new ArrayList<>();
        for (int bucket = random.nextInt(1, 4); bucket > 0; bucket--) {
            parts.add(new Part(bucket, money(), money(), money()));
        }
        return new Allocation(money(), money(), money(), money(), money(), money(), parts);
    }

    private Fraction fraction(int fromPercent, int toPercent) {
        BigInteger denominator =
                BigInteger.valueOf(random.nextInt(1, 1_000_000)).multiply(BigInteger.valueOf(10_000));
        return new Fraction(
                denominator
                        .multiply(BigInteger.valueOf(random.nextInt(fromPercent * 100, toPercent * 100)))
                        .divide(BigInteger.valueOf(10_000)),
                denominator);
    }

    private Threshold threshold(int fromPercent, int toPercent) {
        return new Threshold(fraction(fromPercent, toPercent), any(Threshold.Comparator.values()));
    }

    ProductTerms terms() {
        List<CollateralTerms> collateral = new ArrayList<>();
        collateral.add(collateralTerms(coin));
        if (random.nextBoolean()) {
            collateral.add(collateralTerms(OTHER));
        }
        LiquidationTerms sale = random.nextBoolean() ? plainSale() : sale();
        ExposureBasis basis = any(ExposureBasis.values());
        InterestTerms interest = interest(basis);
        int termDays = random.nextInt(2, ProductTerms.LONGEST_TERM_DAYS);
        boolean stabilises = sale.plan() == SalePlan.STABILISE; // which has no line
        if (random.nextInt(3) == 0) {
            return mixed(basis, interest, termDays);
        }
        return new ProductTerms(
                text(),
                random.nextInt(1, Integer.MAX_VALUE),
                currency,
                collateral,
                fraction(20, 50),
                random.nextBoolean() ? singleCall() : ladder(sale),
                sale,
                interest,
                basis,
                termDays,
                maybe(this::releaseTerms),
                random.nextBoolean() ? AgreementTerms.PLAIN : agreed(interest, termDays, !stabilises));
    }

    /** Of loans that may have coin of {@link #OTHER} too. */
    private ProductTerms mixed(ExposureBasis basis, InterestTerms interest, int termDays) {
        return new ProductTerms(
                        text(),
                        random.nextInt(1, Integer.MAX_VALUE),
                        currency,
                        List.of(inOwnMarket(coin), inOwnMarket(OTHER)),
                        fraction(20, 50),
                        singleCall(),
                        plainSale(),
                        interest,
                        basis,
                        termDays)
                .withMixedCollateral(true);
    }

    private CollateralTerms inOwnMarket(Asset asset) {
        return new CollateralTerms(
                asset,
                asset.code() + "-" + currency.code(),
                Fraction.percent(random.nextInt(30)),
                new Quantity(BigDecimal.ONE.setScale(asset.scale()), asset));
    }

    private AgreementTerms agreed(InterestTerms interest, int termDays, boolean mayBeDrawn) {
        List<Component> order = new ArrayList<>(List.of(Component.values()));
        Collections.shuffle(order, random);
        ScheduleTerms schedule = maybe(() -> schedule(interest, termDays));
        AgreementTerms agreed = AgreementTerms.PLAIN
                .withWaterfall(
                        random.nextBoolean()
                                ? WaterfallTerms.PLAIN
                                : new WaterfallTerms(order, random.nextBoolean(), random.nextBoolean()))
                .withOrigination(maybe(() -> new OriginationTerms(some(money()), fraction(0, 3))))
                .withSchedule(schedule)
                .withDefault(schedule == null ? null : maybe(() -> onDefault(schedule, interest)))
                .withDebtPrice(
                        !mayBeDrawn
                                ? null
                                : maybe(() -> new DebtPrice(
                                        "DEBT-" + text(), new Asset("QUOTE", random.nextInt(9)), random.nextBoolean())))
                .withSubstitution(random.nextBoolean());
        return random.nextBoolean()
                ? agreed.withPrepayment(maybe(() -> new PrepaymentTerms(fraction(1, 3), random.nextInt(400))))
                : !mayBeDrawn
                                || agreed.debtPrice() != null
                                || (agreed.schedule() != null
                                        && agreed.schedule().kind().amortises())
                        ? agreed
                        : agreed.withLine(new LineTerms(
                                random.nextBoolean(),
                                some(money()),
                                maybe(() -> new OriginationTerms(some(money()), fraction(0, 3)))));
    }

    private DefaultTerms onDefault(ScheduleTerms schedule, InterestTerms interest) {
        boolean accelerates = random.nextBoolean();
        return new DefaultTerms(
                random.nextInt(schedule.graceDays(), DefaultTerms.LONGEST_DAYS),
                interest.compounds() ? BigDecimal.ZERO : BigDecimal.valueOf(random.nextInt(1, 10_000), 4),
                accelerates,
                accelerates && random.nextBoolean(),
                random.nextBoolean());
    }

    private ScheduleTerms schedule(InterestTerms interest, int termDays) {
        ScheduleTerms.Kind kind = any(ScheduleTerms.Kind.values());
        if (kind == ScheduleTerms.Kind.ANNUITY && !interest.isPlain()) {
            kind = ScheduleTerms.Kind.INTEREST_ONLY;
        }
        boolean periodic = kind != ScheduleTerms.Kind.BULLET && kind != ScheduleTerms.Kind.CUSTOM;
        boolean days = random.nextBoolean();
        return new ScheduleTerms(
                kind,
                periodic && days ? random.nextInt(termDays / 100 + 1, 36_000) : 0,
                periodic && !days ? random.nextInt(2, 100) : 0,
                kind == ScheduleTerms.Kind.CUSTOM
                        ? List.of(new ScheduleTerms.Planned(random.nextInt(1, termDays), fraction(1, 99)))
                        : List.of(),
                random.nextInt(ScheduleTerms.LONGEST_GRACE_DAYS),
                Duration.ofSeconds(random.nextInt(1_000_000)),
                some(money()),
                fraction(0, 10));
    }

    private static Money some(Money amount) {
        return amount.isNegative() ? amount.negated() : amount;
    }

    private LiquidationTerms plainSale() {
        return new LiquidationTerms(
                threshold(70, 90), fraction(40, 59), moneyNotNegative(), fraction(0, 3), fraction(0, 10));
    }

    private LiquidationTerms sale() {
        SalePlan plan = any(SalePlan.values());
        boolean stabilises = plan == SalePlan.STABILISE;
        return new LiquidationTerms(
                threshold(70, 90),
                plan,
                random.nextBoolean() ? Fraction.ZERO : fraction(40, 59),
                plan == SalePlan.TO_TARGET ? fraction(1, 100) : Fraction.ONE,
                moneyNotNegative(),
                stabilises ? Charge.ofSoldValue(fraction(0, 3)) : new Charge(fraction(0, 3), any(Charge.Base.values())),
                stabilises ? Charge.NONE : new Charge(fraction(0, 20), any(Charge.Base.values())),
                fraction(0, 10),
                stabilises ? fraction(50, 69) : null);
    }

    private ReleaseTerms releaseTerms() {
        Money least = moneyNotNegative();
        return new ReleaseTerms(
                fraction(20, 50),
                fraction(20, 50),
                least,
                least.plus(moneyNotNegative()),
                random.nextInt(400),
                random.nextInt(400));
    }

    private Money moneyNotNegative() {
        return new Money(new BigDecimal(unscaled().abs(), currency.scale()), currency);
    }

    private Money zero() {
        return Money.zero(currency);
    }

    private InterestTerms interest(ExposureBasis basis) {
        boolean stated = basis == ExposureBasis.TOTAL_OBLIGATION || random.nextBoolean();
        Rate rate = stated
                ? (random.nextBoolean()
                        ? new Rate.Annual(fraction(0, 20))
                        : new Rate.Stepped(
                                List.of(new Rate.Step(0, rate()), new Rate.Step(random.nextInt(1, 400), rate()))))
                : (random.nextBoolean()
                        ? new Rate.Floating(
                                text(), rate().negate(), rate(), random.nextBoolean() ? null : BigDecimal.TWO)
                        : new Rate.Kinked(text(), rate(), rate(), new BigDecimal("0.92"), rate()));
        return basis == ExposureBasis.TOTAL_OBLIGATION || random.nextBoolean()
                ? new InterestTerms(rate, stated ? any(DayCount.values()) : DayCount.THIRTY_E_360, Compounding.SIMPLE)
                : new InterestTerms(rate, DayCount.ACT_360, any(Compounding.values()));
    }

    private BigDecimal rate() {
        return BigDecimal.valueOf(random.nextInt(1_000_000), 6);
    }

    private CollateralTerms collateralTerms(Asset asset) {
        Quantity lot =
                new Quantity(new BigDecimal(BigInteger.valueOf(random.nextInt(1, 1_000_000)), asset.scale()), asset);
        if (random.nextBoolean()) {
            return new CollateralTerms(asset, text(), fraction(0, 30), lot);
        }
        List<HaircutTier> tiers = new ArrayList<>();
        tiers.add(new HaircutTier(Quantity.zero(asset), Fraction.percent(random.nextInt(20))));
        tiers.add(new HaircutTier(lot, Fraction.percent(random.nextInt(20, 30))));
        tiers.add(new HaircutTier(lot.plus(lot), Fraction.percent(random.nextInt(30, 99))));
        return new CollateralTerms(asset, text(), tiers, lot, maybe(() -> fraction(20, 50)));
    }

    PriceEvidence evidence() {
        return new PriceEvidence(
                index(),
                money(),
                coin(),
                fraction(0, 30),
                threshold(50, 90),
                decimal(),
                decimal(),
                text(),
                random.nextInt(),
                any(ExposureBasis.values()),
                maybe(this::day),
                maybe(this::decimal),
                maybe(this::money),
                some(this::otherCoin),
                maybe(this::decimal),
                maybe(() -> new DebtIndex(
                        new Asset("QUOTE", random.nextInt(9)),
                        text(),
                        random.nextLong(),
                        random.nextLong(),
                        instant(),
                        positive())));
    }

    private OtherCoin otherCoin() {
        return new OtherCoin(coin(), decimal(), text(), random.nextLong(), random.nextLong(), instant(), positive());
    }

    IndexPrice index() {
        IndexState state = any(IndexState.values());
        return new IndexPrice(
                text(),
                random.nextLong(),
                random.nextLong(),
                instant(),
                state.isOpen() ? positive() : maybe(this::positive),
                state,
                text(),
                random.nextInt(),
                some(() -> new IndexSource(
                        text(), maybe(this::decimal), any(IndexSource.Status.values()), maybe(this::instant))));
    }

    Posting posting() {
        List<Entry> entries = new ArrayList<>();
        for (int left = random.nextInt(3); left > 0; left--) {
            Money money = money();
            entries.add(new Entry(any(Account.values()), money.currency(), money.amount()));
            entries.add(new Entry(
                    any(Account.values()), money.currency(), money.amount().negate()));
        }
        return new Posting(entries);
    }

    JournalHeader header() {
        String eventId = maybe(this::text);
        return new JournalHeader(
                random.nextLong(),
                random.nextInt(),
                text(),
                random.nextLong(),
                new Cause(
                        text(), random.nextInt(), random.nextLong(), eventId, random.nextLong(), maybe(this::instant)),
                instant(),
                some(() -> new IndexPosition(text(), random.nextLong(), random.nextLong())),
                random.nextLong(),
                random.nextLong(),
                random.nextInt(),
                hash());
    }

    ChainHash hash() {
        byte[] bytes = new byte[ChainHash.BYTES];
        random.nextBytes(bytes);
        return ChainHash.of(bytes);
    }

    /** An event of this kind with all components varied, nulls where they are allowed. */
    LoanEvent event(Class<?> type) throws ReflectiveOperationException {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = components[i].getAnnotatedType().isAnnotationPresent(Nullable.class) && random.nextBoolean()
                    ? null
                    : component(types[i]);
        }
        return (LoanEvent) type.getDeclaredConstructor(types).newInstance(values);
    }

    private Object component(Class<?> type) {
        if (type.isEnum()) {
            return any(type.getEnumConstants());
        }
        return switch (type.getSimpleName()) {
            case "String" -> text();
            case "BigDecimal" -> decimal();
            case "Instant" -> instant();
            case "LocalDate" -> day();
            case "int" -> random.nextInt();
            case "long" -> random.nextLong();
            case "boolean" -> random.nextBoolean();
            case "Money" -> money();
            case "Quantity" -> coin();
            case "Asset" -> any(currency, coin);
            case "Allocation" -> allocation();
            case "PriceEvidence" -> evidence();
            case "ProductTerms" -> terms();
            default -> throw new IllegalArgumentException("teach the generator " + type);
        };
    }

    // --- state -------------------------------------------------------------------------------------------------------

    Position position() {
        return position(random.nextBoolean());
    }

    private Position position(boolean amended) {
        return new Position(
                new Debt(
                        money(),
                        money(),
                        money(),
                        money(),
                        decimal(),
                        maybe(this::day),
                        maybe(this::day),
                        charges(),
                        amended ? money() : zero()),
                collateral(),
                new Settlement(money(), money(), money(), money(), random.nextBoolean() ? zero() : money()));
    }

    private Charges charges() {
        return switch (random.nextInt(3)) {
            case 0 -> Charges.none(currency);
            case 1 -> new Charges(money(), money());
            default -> new Charges(money(), money(), decimal(), money());
        };
    }

    /** What is counted in the coin, from here on in another one, and back. */
    private <T> T in(Asset other, Supplier<T> value) {
        Asset own = coin;
        coin = other;
        T made = value.get();
        coin = own;
        return made;
    }

    private <T> T inAnyOf(Agreement agreement, Supplier<T> value) {
        return agreement.terms().mixedCollateral() && random.nextBoolean() ? in(OTHER, value) : value.get();
    }

    private Position positionOf(Agreement agreement, boolean amended) {
        Position position = position(amended);
        return agreement.terms().mixedCollateral() && random.nextBoolean()
                ? new Position(
                        position.debt(),
                        position.collateral(),
                        position.settlement(),
                        List.of(in(OTHER, this::collateral)))
                : position;
    }

    private Collateral collateral() {
        Quantity held = someCoin();
        Quantity reserved = half(held);
        Quantity sold = someCoin();
        Quantity released = someCoin();
        Quantity reverted = someCoin();
        Quantity missing = half(reverted);
        return new Collateral(
                held.plus(sold).plus(released).plus(reverted).minus(missing),
                held,
                reserved,
                half(held.minus(reserved)),
                sold,
                half(sold),
                released,
                reverted,
                missing);
    }

    private static Quantity half(Quantity whole) {
        return Quantity.roundedDown(whole.amount().divide(BigDecimal.TWO), whole.asset());
    }

    /** Money and coin in the loan's own assets, everything else in any. */
    Loan loan() {
        Amendment amendment = maybe(() -> new Amendment(maybe(this::day), random.nextBoolean(), random.nextInt(1, 9)));
        Agreement agreement = random.nextInt(5) == 0 ? null : new Agreement(terms(), money(), coin, amendment);
        boolean bound = agreement != null;
        priced = bound && agreement.terms().agreed().debtPrice() != null;
        return new Loan(
                text(),
                random.nextLong(),
                any(LoanStatus.values()),
                random.nextBoolean(),
                maybe(() -> new Quarantine(text(), text(), random.nextInt(), random.nextLong())),
                maybe(() ->
                        new Application(text(), text(), decimal(), text(), text(), instant(), maybe(this::decimal))),
                agreement,
                bound ? positionOf(agreement, amendment != null) : null,
                some(() -> new Pledge(
                        text(),
                        decimal(),
                        text(),
                        maybe(this::instant),
                        maybe(this::instant),
                        any(Pledge.Stage.values()),
                        random.nextBoolean())),
                bound ? maybe(this::payout) : null,
                maybe(this::marginCall),
                bound ? maybe(() -> inAnyOf(agreement, this::openCase)) : null,
                maybe(() -> new BackOff(random.nextInt(1, 100), instant())),
                bound
                        ? some(() -> inAnyOf(
                                agreement,
                                () -> new ClosedCase(
                                        text(),
                                        coin(),
                                        money(),
                                        money(),
                                        overfill(),
                                        priced ? maybe(this::positive) : null)))
                        : List.of(),
                bound
                        ? some(() -> new Payment(
                                text(),
                                allocation(),
                                day(),
                                random.nextBoolean(),
                                random.nextBoolean() ? zero() : money()))
                        : List.of(),
                some(() -> new Instruction(
                        text(),
                        any(Instruction.Kind.values()),
                        decimal(),
                        bound && agreement.terms().mixedCollateral() ? maybe(() -> OTHER) : null)),
                some(() -> new Money(decimal().setScale(3, java.math.RoundingMode.DOWN), new Asset("A" + text(), 3))),
                new Counters(random.nextInt(), random.nextInt(), random.nextInt(), random.nextInt()),
                new LoanMemory(some(() -> new SeenFact(random.nextLong(), random.nextLong(), instant()))),
                random.nextBoolean()
                        ? Reconciliation.NONE
                        : reconciliation(bound && agreement.terms().mixedCollateral()),
                maybe(this::day),
                bound && random.nextBoolean() ? servicing() : Servicing.NONE,
                random.nextInt(3),
                bound ? new Draws(some(this::payout), random.nextBoolean()) : Draws.NONE);
    }

    private Disbursement payout() {
        return new Disbursement(text(), money(), any(Disbursement.Stage.values()));
    }

    private Servicing servicing() {
        return new Servicing(
                random.nextInt(),
                some(() -> new Due(random.nextInt(), day(), money(), money(), money(), random.nextBoolean())),
                random.nextBoolean() ? Defaults.NONE : defaults());
    }

    private Defaults defaults() {
        return new Defaults(
                maybe(() -> new Defaults.Current(any(DefaultReason.values()), day())),
                some(() -> new Defaults.Span(day(), day(), random.nextBoolean())));
    }

    private Reconciliation reconciliation(boolean mixed) {
        return new Reconciliation(
                maybe(this::instant),
                new Unsettled(some(() -> new Unsettled.Sale(day(), decimal()))),
                new Unsettled(some(() -> new Unsettled.Sale(day(), decimal()))),
                some(() -> new Difference(any(DifferenceKind.values()), text(), decimal(), decimal(), instant())),
                decimal(),
                mixed && random.nextBoolean()
                        ? List.of(new Reconciliation.OfCoin(
                                OTHER, new Unsettled(some(() -> new Unsettled.Sale(day(), decimal()))), decimal()))
                        : List.of());
    }

    private LiquidationCase openCase() {
        return new LiquidationCase(
                text(),
                any(io.loanledger.core.loan.CaseReason.values()),
                any(io.loanledger.core.loan.SaleMode.values()),
                random.nextInt(),
                coin(),
                coin(),
                coin(),
                money(),
                money(),
                money(),
                allocation(),
                decimal(),
                maybe(this::instant),
                overfill(),
                money(),
                random.nextBoolean(),
                random.nextInt(4),
                priced ? maybe(this::positive) : null);
    }

    private MarginCall marginCall() {
        return new MarginCall(
                text(),
                random.nextInt(1, 9),
                instant(),
                instant(),
                instant(),
                any(MarginCall.Stage.values()),
                maybe(this::instant),
                maybe(() -> new MarginCall.Dispute(instant(), instant())));
    }

    private Ladder singleCall() {
        return Ladder.of(
                threshold(55, 65),
                fraction(50, 55),
                Duration.ofSeconds(random.nextInt(1, 1_000_000)),
                Duration.ofSeconds(random.nextInt(1_000_000)),
                any(Ladder.ClockStopper.values()));
    }

    private Ladder ladder(LiquidationTerms sale) {
        List<Rung> rungs = List.of(
                Rung.notice(threshold(51, 54), fraction(10, 50)),
                Rung.call(threshold(55, 58), fraction(20, 50), Duration.ZERO),
                sale.plan() == SalePlan.STABILISE
                        ? Rung.notice(threshold(59, 62), fraction(20, 50))
                        : Rung.sell(threshold(59, 62), fraction(20, 50), fraction(1, 99)),
                Rung.call(threshold(63, 65), fraction(20, 50), Duration.ofSeconds(random.nextInt(1_000, 1_000_000))));
        boolean disputes = random.nextBoolean();
        return new Ladder(
                rungs.subList(random.nextInt(2), random.nextInt(2, 5)),
                Duration.ofSeconds(random.nextInt(1_000_000)),
                any(Ladder.ClockStopper.values()),
                Duration.ofSeconds(random.nextInt(1_000)),
                Duration.ofSeconds(disputes ? random.nextInt(1, 1_000) : 0),
                Duration.ofSeconds(disputes ? random.nextInt(1, 1_000_000) : 0));
    }

    private Overfill overfill() {
        return new Overfill(coin(), money(), money());
    }

    StoredLoan stored() {
        return new StoredLoan(loan(), random.nextLong(), hash());
    }
}
